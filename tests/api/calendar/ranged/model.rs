//! Random series and ranges, against occurrences that are counted day by day.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{add, at_occurrence, events, list};
use crate::api::support::App;

const ZONES: [&str; 4] = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe"];

#[derive(Debug, Clone)]
enum Every {
    Days(i32),
    Weeks(i32, u8),
    Months(i32),
    Nothing,
}

#[derive(Debug, Clone)]
struct One {
    zone: &'static str,
    /// Days since 2024-01-01, and the minute of the day.
    start: (i32, i32),
    minutes: i64,
    is_all_day: bool,
    every: Every,
    count: Option<usize>,
    /// Which occurrence, whether it is left out, by how many minutes it is moved, and how long it is then.
    changes: Vec<(usize, bool, i64, i64)>,
}

fn one() -> impl Strategy<Value = One> {
    let every = prop_oneof![
        (1..5).prop_map(Every::Days),
        (1..3, 1..128_u8).prop_map(|(weeks, days)| Every::Weeks(weeks, days)),
        (1..3).prop_map(Every::Months),
        Just(Every::Nothing),
    ];
    let length = prop_oneof![Just(0_i64), 1..3000_i64, 40_000..100_000_i64];
    let change =
        (0..40_usize, any::<bool>(), prop_oneof![-3000..3000_i64, -200_000..200_000_i64], 0..3000_i64);
    (
        proptest::sample::select(&ZONES[..]),
        (0..500, 0..1440),
        length,
        any::<bool>(),
        every,
        proptest::option::of(1..40_usize),
        proptest::collection::vec(change, 0..4),
    )
        .prop_map(|(zone, start, minutes, is_all_day, every, count, changes)| One {
            zone,
            start: if is_all_day { (start.0, 0) } else { start },
            minutes: if is_all_day { minutes / 1440 * 1440 } else { minutes },
            is_all_day,
            every,
            count,
            changes,
        })
}

/// What a list has of an event: its start, which of the events it is, its end, and which occurrence.
type Row = (Timestamp, usize, Timestamp, Option<Timestamp>);

impl One {
    fn zone(&self) -> TimeZone {
        TimeZone::get(self.zone).unwrap()
    }

    fn first(&self) -> DateTime {
        let day = date(2024, 1, 1).checked_add(Span::new().days(self.start.0)).unwrap();
        day.at(0, 0, 0, 0).checked_add(Span::new().minutes(self.start.1)).unwrap()
    }

    fn at(&self, local: DateTime) -> Timestamp {
        local.to_zoned(self.zone()).unwrap().timestamp()
    }

    fn rule(&self) -> Option<String> {
        let rule = match self.every {
            Every::Days(days) => format!("FREQ=DAILY;INTERVAL={days}"),
            Every::Weeks(weeks, days) => {
                let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
                let named: Vec<_> = (0..7).filter(|day| days >> day & 1 == 1).map(|day| names[day]).collect();
                format!("FREQ=WEEKLY;INTERVAL={weeks};BYDAY={}", named.join(","))
            }
            Every::Months(months) => format!("FREQ=MONTHLY;INTERVAL={months}"),
            Every::Nothing => return None,
        };
        Some(match self.count {
            Some(count) => format!("RRULE:{rule};COUNT={count}"),
            None => format!("RRULE:{rule}"),
        })
    }

    fn is_given(&self, day: Date) -> bool {
        let first = self.first().date();
        let days = (day - first).get_days();
        match self.every {
            Every::Days(every) => days % every == 0,
            Every::Weeks(every, named) => {
                let monday = |day: Date| {
                    let back = i32::from(day.weekday().to_monday_zero_offset());
                    day.checked_sub(Span::new().days(back)).unwrap()
                };
                let weeks = (monday(day) - monday(first)).get_days() / 7;
                weeks % every == 0 && named >> day.weekday().to_monday_zero_offset() & 1 == 1
            }
            Every::Months(every) => {
                let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
                (months(day) - months(first)) % every == 0 && day.day() == first.day()
            }
            Every::Nothing => false,
        }
    }

    fn end(&self, start: Timestamp) -> Timestamp {
        match self.is_all_day {
            false => start + SignedDuration::from_mins(self.minutes),
            true => {
                let days = i32::try_from(self.minutes / 1440).unwrap();
                let day = self.zone().to_datetime(start).date().checked_add(Span::new().days(days)).unwrap();
                self.at(day.at(0, 0, 0, 0))
            }
        }
    }

    /// The starts that the rule gives, to the end of 2026.
    fn starts(&self) -> Vec<Timestamp> {
        let first = self.first();
        let mut starts = vec![self.at(first)];
        let mut day = first.date();
        while day < date(2026, 12, 31) && self.count.is_none_or(|count| starts.len() < count) {
            day = day.tomorrow().unwrap();
            if self.is_given(day) {
                starts.push(self.at(day.to_datetime(first.time())));
            }
        }
        starts
    }

    /// What becomes of single occurrences: nothing, or another time. None is changed twice.
    fn changed(&self) -> BTreeMap<Timestamp, Option<(Timestamp, Timestamp)>> {
        let starts = self.starts();
        let mut changed = BTreeMap::new();
        for (which, is_excluded, by, minutes) in &self.changes {
            let id = starts[which % starts.len()];
            let start = id + SignedDuration::from_mins(*by);
            let times = (start, start + SignedDuration::from_mins(*minutes));
            changed.entry(id).or_insert((!is_excluded).then_some(times));
        }
        changed
    }

    fn rows(&self, index: usize) -> Vec<Row> {
        let changed = self.changed();
        let row = |start: Timestamp| match changed.get(&start) {
            Some(None) => None,
            Some(Some((moved, end))) => Some((*moved, index, *end, Some(start))),
            None => Some((start, index, self.end(start), Some(start))),
        };
        match self.every {
            Every::Nothing => vec![(self.at(self.first()), index, self.end(self.at(self.first())), None)],
            _ => self.starts().into_iter().filter_map(row).collect(),
        }
    }

    fn create(&self, app: &App, user: i64) -> i64 {
        let start = self.at(self.first());
        let mut more = json!({"time_zone": self.zone, "is_all_day": self.is_all_day});
        let Some(rule) = self.rule() else {
            return add(app, user, "one", (&start.to_string(), &self.end(start).to_string()), more);
        };
        more["recurrence"] = json!([rule]);
        let id = add(app, user, "many", (&start.to_string(), &self.end(start).to_string()), more);
        // What is left out last may not leave nothing.
        for (occurrence, times) in self.changed() {
            let occurrence = occurrence.to_string();
            match times {
                None => at_occurrence(app, user, "DELETE", id, &occurrence, &Value::Null),
                Some((start, end)) => {
                    let times = json!({"start_at": start.to_string(), "end_at": end.to_string()});
                    at_occurrence(app, user, "PATCH", id, &occurrence, &times);
                }
            }
        }
        id
    }

    /// Whether a row is within the range on the clocks of the reader's zone.
    fn holds(&self, row: &Row, (from, to): (Timestamp, Timestamp), reader: &TimeZone) -> bool {
        let (start, _, end, _) = *row;
        if !self.is_all_day {
            return start < to && (end > from || start >= from);
        }
        // Of a moved one the times are no midnights.
        let zone = self.zone();
        let [first, last] = [start, end].map(|at| zone.to_datetime(at));
        let is_end = last > first && last.date().to_zoned(zone.clone()).unwrap().timestamp() == end;
        let after =
            if is_end && last.date() > first.date() { last.date() } else { last.date().tomorrow().unwrap() };
        let [from, to] = [from, to].map(|at| reader.to_datetime(at));
        first.date().at(0, 0, 0, 0) < to && after.at(0, 0, 0, 0) > from
    }
}

#[test]
fn lists_are_what_counting_day_by_day_gives() {
    let app = App::start();
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let range = (-20..800_i64, 1..3000_i64, proptest::sample::select(&ZONES[..]));
    let case = (proptest::collection::vec(one(), 1..6), proptest::collection::vec(range, 8));
    let users = std::cell::Cell::new(0);
    let done = runner.run(&case, |(all, ranges)| {
        users.set(users.get() + 1);
        let user = app.new_user(&format!("user{}@example.com", users.get()));
        // One that is nowhere is deleted, and another matter.
        let all: Vec<_> = all.into_iter().filter(|one| !one.rows(0).is_empty()).collect();
        let ids: Vec<_> = all.iter().map(|one| one.create(&app, user)).collect();
        for (day, hours, reader) in ranges {
            let zone = TimeZone::get(reader).unwrap();
            let from = date(2024, 1, 1).checked_add(Span::new().days(day)).unwrap().at(0, 0, 0, 0);
            let from = from.to_zoned(zone.clone()).unwrap().timestamp();
            let to = from + SignedDuration::from_hours(hours);
            let rows = all.iter().enumerate().flat_map(|(index, one)| one.rows(index));
            let mut rows: Vec<_> = rows.filter(|row| all[row.1].holds(row, (from, to), &zone)).collect();
            rows.sort_unstable_by_key(|(start, index, _, id)| (*start, *index, *id));
            let expected: Vec<_> = rows
                .iter()
                .map(|(start, index, end, id)| {
                    json!([ids[*index], start.to_string(), end.to_string(), id.map(|id| id.to_string())])
                })
                .collect();
            let found = events(&list(&app, user, &format!("from={from}&to={to}&time_zone={reader}")));
            let found: Vec<_> = found
                .iter()
                .map(|event| json!([event["id"], event["start_at"], event["end_at"], event["occurrence"]]))
                .collect();
            prop_assert_eq!(&found, &expected, "{} to {} in {}", from, to, reader);
        }
        Ok(())
    });
    done.unwrap_or_else(|failure| panic!("{failure}"));
}
