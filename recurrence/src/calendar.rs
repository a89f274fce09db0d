//! Days as numbers, counted from 1970-01-01 in the Gregorian calendar, and what they are in it.

/// The last day that a recurrence may have: 9999-12-31.
pub const LAST_DAY: i32 = day_number(9999, 12, 31);

/// Seconds of a day: 86,400, as a local clock shows them.
pub const DAY: i64 = 86_400;

/// The number of a day. Months are 1 to 12; a day beyond its month counts on into the next.
///
/// After Howard Hinnant, <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>.
pub const fn day_number(year: i32, month: u32, day: u32) -> i32 {
    // Years begin in March, so that the leap day is the last.
    let year = year - (month <= 2) as i32;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = ((153 * ((month + 9) % 12) + 2) / 5 + day - 1).cast_signed();
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The year, the month from 1 to 12 and the day of the month of a day's number.
pub const fn civil(day: i32) -> (i32, u32, u32) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year =
        (day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100)).cast_unsigned();
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + (month <= 2) as i32, month, day)
}

/// Monday is 0, Sunday 6.
pub const fn weekday(day: i32) -> u32 {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7).cast_unsigned()
}

pub const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days of a month from 1 to 12.
pub const fn month_length(year: i32, month: u32) -> u32 {
    match month {
        2 => 28 + is_leap(year) as u32,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

pub const fn year_length(year: i32) -> u32 {
    365 + is_leap(year) as u32
}

/// The first day of week 1 of a year: of the first week with at least four days in it (RFC 5545, section 3.3.10,
/// BYWEEKNO), where weeks begin on this weekday.
pub const fn first_week(year: i32, week_start: u32) -> i32 {
    // The week that has January 4 in it.
    week_of(day_number(year, 1, 4), week_start)
}

/// The first day of the week in which a day lies.
pub const fn week_of(day: i32, week_start: u32) -> i32 {
    day - ((weekday(day) + 7 - week_start) % 7).cast_signed()
}

/// The year of whose weeks a day's week is one.
pub const fn week_year(day: i32, week_start: u32) -> i32 {
    // The fourth day of a week lies in its year.
    civil(week_of(day, week_start) + 3).0
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::{Weekday, date};

    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let epoch = date(1970, 1, 1);
        for number in (day_number(0, 1, 1)..=LAST_DAY).step_by(13).chain([LAST_DAY]) {
            let (year, month, day) = civil(number);
            let same = epoch.checked_add(number.days()).unwrap();
            assert_eq!((i32::from(same.year()), same.month().unsigned_abs().into()), (year, month));
            assert_eq!(u32::from(same.day().unsigned_abs()), day);
            assert_eq!(day_number(year, month, day), number);
            assert_eq!(same.weekday().to_monday_zero_offset().unsigned_abs(), weekday(number) as u8);
            assert_eq!(u32::from(same.days_in_month().unsigned_abs()), month_length(year, month));
            assert_eq!(same.days_in_year().unsigned_abs() as u32, year_length(year));
            assert_eq!(i32::from(same.iso_week_date().year()), week_year(number, 0));
        }
    }

    #[test]
    fn week_1_has_four_days_in_its_year() {
        assert_eq!(civil(first_week(2026, 0)), (2025, 12, 29));
        assert_eq!(civil(first_week(2026, Weekday::Sunday.to_monday_zero_offset() as u32)), (2026, 1, 4));
        assert_eq!(week_year(day_number(2025, 12, 29), 0), 2026);
        assert_eq!(week_year(day_number(2027, 1, 3), 0), 2026);
    }
}
