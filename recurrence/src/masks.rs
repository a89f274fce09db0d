//! Which days of a month, a week or a year a rule names, by arithmetic on bits.

use crate::calendar::{civil, day_number, first_week, is_leap, month_length, week_of, weekday, year_length};
use crate::days::Days;
use crate::plan::Plan;

/// The lowest bits, this many up to 32.
fn ones(count: u32) -> u32 {
    ((1_u64 << count) - 1) as u32
}

/// The seven weekdays as they follow a first one.
#[inline]
pub fn turned(weekdays: u8, first: u32) -> u8 {
    let weekdays = u16::from(weekdays);
    ((weekdays >> first | weekdays << (7 - first)) & 0x7f) as u8
}

/// The days of a month that the rule names, from its first; without a look at BYDAY for rules that count weekdays
/// through the year.
#[inline]
pub fn month(plan: &Plan<'_>, first: i32, year: i32, month: u32, with_weekdays: bool) -> u32 {
    if plan.months >> (month - 1) & 1 == 0 {
        return 0;
    }
    let length = month_length(year, month);
    let mut days = ones(length);
    if plan.month_days | plan.month_days_back != 0 {
        // The last day is bit 0 of those counted back.
        days &= plan.month_days | plan.month_days_back.reverse_bits() >> (32 - length);
    }
    if with_weekdays && (plan.weekdays != 0 || !plan.rule.by_nth_day.is_empty()) {
        let first = weekday(first);
        // Five weeks, one after the other.
        let mut named = (u64::from(turned(plan.weekdays, first)) * 0x1020_4081) as u32;
        for nth in &plan.rule.by_nth_day {
            named |= nth_weekday(first, length, nth.weekday, nth.nth).map_or(0, |day| 1 << day);
        }
        days &= named;
    }
    if !plan.rule.by_year_day.is_empty() {
        days &= year_days(&plan.rule.by_year_day, first - day_number(year, 1, 1), year, length);
    }
    days
}

/// Where the nth of a weekday is, counted from 0, in a month or year of so many days that begins on such a weekday.
fn nth_weekday(first: u32, length: u32, weekday: u8, nth: i8) -> Option<u32> {
    let earliest = (u32::from(weekday) + 7 - first) % 7;
    let weeks = i64::from((length - 1 - earliest) / 7);
    let week = if nth > 0 { i64::from(nth) - 1 } else { weeks + 1 + i64::from(nth) };
    (0..=weeks).contains(&week).then(|| earliest + 7 * week as u32)
}

/// BYYEARDAY within a month that begins so many days after the year.
fn year_days(by_year_day: &[i16], offset: i32, year: i32, length: u32) -> u32 {
    let in_year = year_length(year).cast_signed();
    let mut days = 0;
    for &number in by_year_day {
        let number = i32::from(number);
        let day = if number > 0 { number - 1 } else { in_year + number };
        if (0..in_year).contains(&day) && (offset..offset + length.cast_signed()).contains(&day) {
            days |= 1 << (day - offset);
        }
    }
    days
}

/// The days of a week, from its first, whose months are named.
#[inline]
pub fn week(plan: &Plan<'_>, first: i32, weekdays: u8) -> u32 {
    let mut days = u32::from(weekdays);
    if plan.months != 0xfff {
        for day in 0..7 {
            let month = civil(first + day).1;
            if plan.months >> (month - 1) & 1 == 0 {
                days &= !(1 << day);
            }
        }
    }
    days
}

/// The days of a year.
///
/// BYDAY counts weekdays within each month where BYMONTH is there, else within the year (section 3.3.10, note 2).
pub fn year(plan: &Plan<'_>, year: i32) -> Days {
    let january = day_number(year, 1, 1);
    let mut days = Days::year(january);
    let by_year = !plan.rule.by_nth_day.is_empty() && plan.rule.by_month == 0;
    let mut months = plan.months;
    while months != 0 {
        let number = months.trailing_zeros() + 1;
        months &= months - 1;
        let first = day_number(year, number, 1);
        days.add((first - january).cast_unsigned(), month(plan, first, year, number, !by_year));
    }
    if by_year {
        days.keep(&weekdays_of_year(plan, january, year));
    }
    days
}

fn weekdays_of_year(plan: &Plan<'_>, january: i32, year: i32) -> Days {
    let (first, length) = (weekday(january), 365 + u32::from(is_leap(year)));
    let mut named = Days::year(january);
    let each = u32::from(turned(plan.weekdays, first));
    for week in 0..53 {
        named.add(week * 7, each);
    }
    for nth in &plan.rule.by_nth_day {
        if let Some(day) = nth_weekday(first, length, nth.weekday, nth.nth) {
            named.add(day, 1);
        }
    }
    named
}

/// The days of those weeks of a year that BYWEEKNO names. Whole weeks: the first may begin in the year before, the last
/// end in the year after. What else the rule says of a day is looked at in the day's own year.
pub fn weeks(plan: &Plan<'_>, year: i32) -> Days {
    let week_start = u32::from(plan.rule.week_start);
    let first = first_week(year, week_start);
    let count = (first_week(year + 1, week_start) - first).cast_unsigned() / 7;
    let back = plan.rule.by_week_back.reverse_bits() >> (64 - count);
    let mut named = plan.rule.by_week & ((1 << count) - 1) | back;
    let each = if plan.weekdays == 0 { 0x7f } else { u32::from(turned(plan.weekdays, week_start)) };
    let mut days = Days::year(first);
    while named != 0 {
        days.add(named.trailing_zeros() * 7, each);
        named &= named - 1;
    }
    if plan.months != 0xfff
        || plan.month_days | plan.month_days_back != 0
        || !plan.rule.by_year_day.is_empty()
    {
        let mut next = days.next(0);
        while let Some(bit) = next {
            let (year, number, day) = civil(first + bit.cast_signed());
            let in_month = month(plan, day_number(year, number, 1), year, number, true);
            if in_month >> (day - 1) & 1 == 0 {
                days.remove(bit);
            }
            next = days.next(bit + 1);
        }
    }
    days
}

/// The number of the week in which a day lies, counted from any; weeks begin on this weekday.
pub fn week_number(day: i32, week_start: u32) -> i32 {
    week_of(day, week_start).div_euclid(7)
}

/// The first day of the week of a number.
pub fn week_first(number: i32, week_start: u32) -> i32 {
    // Day 4 was a Monday.
    number * 7 + (4 + week_start.cast_signed()) % 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_counted_from_both_ends() {
        // A month of 31 days that begins on a Thursday has Saturdays on 3, 10, 17, 24 and 31.
        let saturdays = |nth| nth_weekday(3, 31, 5, nth).map(|day| day + 1);
        assert_eq!([1, 5, 6].map(saturdays), [Some(3), Some(31), None]);
        assert_eq!([-1, -5, -6].map(saturdays), [Some(31), Some(3), None]);
        assert_eq!(nth_weekday(3, 30, 5, -1), Some(23));
    }

    #[test]
    fn weeks_have_numbers() {
        for week_start in 0..7 {
            for day in -20..20 {
                let first = week_first(week_number(day, week_start), week_start);
                assert_eq!(first, week_of(day, week_start));
                assert!((first..first + 7).contains(&day));
            }
        }
    }
}
