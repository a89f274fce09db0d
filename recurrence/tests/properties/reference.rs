//! RFC 5545, section 3.3.10, read as slowly as it is written: each day and each minute is asked whether each part of the
//! rule holds for it. Nothing here is shared with the engine; days are jiff's.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime, Weekday, date, time};
use jiff::{Span, Timestamp, Unit};
use recurrence::Start;

use crate::cases::Freq::{Daily, Hourly, Minutely, Monthly, Weekly, Yearly};
use crate::cases::Model;

/// All starts before an instant.
pub fn starts(rule: &Model, start: &Start, to: Timestamp) -> Vec<Timestamp> {
    // A period more on both sides, for the whole sets at the edges.
    let period = Span::new().days(match rule.freq {
        Yearly => 380,
        Monthly => 32,
        _ => 8,
    });
    let first = start.local().date().saturating_sub(period);
    let last = start.zone().to_datetime(to).date().saturating_add(period);
    let mut periods: BTreeMap<i64, BTreeSet<DateTime>> = BTreeMap::new();
    let mut day = first;
    loop {
        if day_matches(rule, start.local(), day) {
            for (period, at) in times(rule, start.local(), day) {
                periods.entry(period).or_default().insert(at);
            }
        }
        if day >= last {
            break;
        }
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    let chosen = periods.into_values().flat_map(|set| by_position(rule, set.into_iter().collect()));
    // The compatible reading of local times is the RFC's.
    let instants =
        chosen.filter(|at| *at >= start.local()).filter_map(|at| start.zone().to_timestamp(at).ok());
    let later: BTreeSet<_> = instants.filter(|instant| *instant > start.instant()).collect();
    let all = std::iter::once(start.instant()).chain(later).take(rule.count.unwrap_or(usize::MAX));
    // UNTIL has whole seconds; a start of its second is not after it.
    let until = rule.until.map_or(Timestamp::MAX, |until| {
        Timestamp::new(until.as_second(), start.local().subsec_nanosecond()).unwrap_or(Timestamp::MAX)
    });
    all.filter(|instant| *instant < to && *instant <= until).collect()
}

fn by_position(rule: &Model, set: Vec<DateTime>) -> Vec<DateTime> {
    let size = set.len() as i64;
    let is_chosen = |index: i64| {
        rule.positions.is_empty()
            || rule.positions.contains(&(index + 1))
            || rule.positions.contains(&(index - size))
    };
    set.into_iter().enumerate().filter(|(index, _)| is_chosen(*index as i64)).map(|(_, at)| at).collect()
}

/// The number of the week's day 1, counted from any day.
fn week_of(rule: &Model, day: Date) -> Date {
    let mut day = day;
    while day.weekday() != Weekday::from_monday_zero_offset(rule.week_start).unwrap() {
        day = day.saturating_sub(Span::new().days(1));
    }
    day
}

/// "Week number one of the calendar year is the first week that contains at least four (4) days in that calendar year."
fn week_number(rule: &Model, day: Date) -> (i16, i64) {
    let monday = week_of(rule, day);
    let year = year_of_week(monday);
    let mut number = 1;
    let mut earlier = monday.saturating_sub(Span::new().days(7));
    while year_of_week(earlier) == year {
        number += 1;
        earlier = earlier.saturating_sub(Span::new().days(7));
    }
    (year, number)
}

fn weeks_in_year(rule: &Model, day: Date) -> i64 {
    let (year, mut number) = week_number(rule, day);
    let mut week = week_of(rule, day);
    while let Ok(later) = week.checked_add(Span::new().days(7))
        && year_of_week(later) == year
    {
        number += 1;
        week = later;
    }
    number
}

/// The fourth day of a week is in its year; what follows 9999 is in none.
fn year_of_week(first: Date) -> i16 {
    first.checked_add(Span::new().days(3)).map_or(10_000, Date::year)
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).unwrap().get_days().into()
}

/// Which period of the frequency a day is in.
fn period_of(rule: &Model, day: Date) -> i64 {
    match rule.freq {
        Yearly if !rule.weeks.is_empty() => week_number(rule, day).0.into(),
        Yearly => day.year().into(),
        Monthly => i64::from(day.year()) * 12 + i64::from(day.month()),
        Weekly => days_between(date(1, 1, 1), week_of(rule, day)).div_euclid(7),
        _ => days_between(date(1, 1, 1), day),
    }
}

fn lands(rule: &Model, base: i64, here: i64) -> bool {
    (here - base).rem_euclid(rule.interval) == 0
}

/// Whether a list names a place, counted from 1 or from the end, of so many.
fn names(list: &[i64], place: i64, of: i64) -> bool {
    list.contains(&place) || list.contains(&(place - of - 1))
}

fn day_matches(rule: &Model, start: DateTime, day: Date) -> bool {
    let has_period = matches!(rule.freq, Yearly | Monthly | Weekly | Daily);
    let month_length = i64::from(day.days_in_month());
    (rule.months.is_empty() || rule.months.contains(&day.month()))
        && (rule.month_days.is_empty() || names(&rule.month_days, day.day().into(), month_length))
        && (rule.year_days.is_empty()
            || names(&rule.year_days, day.day_of_year().into(), day.days_in_year().into()))
        && (rule.days.is_empty() || rule.days.iter().any(|named| weekday_matches(rule, *named, day)))
        && as_start(rule, start, day)
        && (rule.weeks.is_empty() || names(&rule.weeks, week_number(rule, day).1, weeks_in_year(rule, day)))
        && (!has_period || lands(rule, period_of(rule, start.date()), period_of(rule, day)))
}

/// Counts the same weekdays in the month or year by looking at each.
fn weekday_matches(rule: &Model, (nth, weekday): (i64, i8), day: Date) -> bool {
    if day.weekday().to_monday_zero_offset() != weekday {
        return false;
    }
    if nth == 0 {
        return true;
    }
    let in_month = rule.freq == Monthly || !rule.months.is_empty();
    let is_same = |other: &Date| other.year() == day.year() && (!in_month || other.month() == day.month());
    let week = Span::new().days(7);
    let (mut before, mut after) = (0, 0);
    let mut other = day.saturating_sub(week);
    while is_same(&other) {
        before += 1;
        other = other.saturating_sub(week);
    }
    let mut other = day;
    while let Ok(next) = other.checked_add(week)
        && is_same(&next)
    {
        after += 1;
        other = next;
    }
    nth == before + 1 || nth == -(after + 1)
}

/// "Information, not contained in the rule, necessary to determine the various recurrence instance start time and dates
/// are derived from the Start Time (DTSTART)".
fn as_start(rule: &Model, start: DateTime, day: Date) -> bool {
    if !(rule.days.is_empty() && rule.month_days.is_empty() && rule.year_days.is_empty()) {
        return true;
    }
    match rule.freq {
        Yearly if !rule.weeks.is_empty() => day.weekday() == start.weekday(),
        Yearly if rule.months.is_empty() => day.month() == start.month() && day.day() == start.day(),
        Yearly | Monthly => day.day() == start.day(),
        Weekly => day.weekday() == start.weekday(),
        _ => true,
    }
}

/// The times of a day with the period that each is in.
fn times(rule: &Model, start: DateTime, day: Date) -> Vec<(i64, DateTime)> {
    let days = days_between(date(1, 1, 1), day);
    let start_days = days_between(date(1, 1, 1), start.date());
    let (start_hour, start_minute) = (i64::from(start.hour()), i64::from(start.minute()));
    let here = period_of(rule, day);
    let mut times = Vec::new();
    for hour in 0..24 {
        let by_hour = match rule.hours.as_slice() {
            [] => matches!(rule.freq, Minutely | Hourly) || hour == start.hour(),
            hours => hours.contains(&hour),
        };
        for minute in (0..60).filter(|_| by_hour) {
            let by_minute = match rule.minutes.as_slice() {
                [] => rule.freq == Minutely || minute == start.minute(),
                minutes => minutes.contains(&minute),
            };
            let hours = days * 24 + i64::from(hour);
            let minutes = hours * 60 + i64::from(minute);
            let (period, has_period) = match rule.freq {
                Minutely => {
                    (minutes, lands(rule, (start_days * 24 + start_hour) * 60 + start_minute, minutes))
                }
                Hourly => (hours, lands(rule, start_days * 24 + start_hour, hours)),
                _ => (here, true),
            };
            if !(has_period && by_minute) {
                continue;
            }
            let seconds = if rule.seconds.is_empty() { vec![start.second()] } else { rule.seconds.clone() };
            for second in seconds {
                times.push((period, day.to_datetime(time(hour, minute, second, start.subsec_nanosecond()))));
            }
        }
    }
    times
}
