//! What the addresses of views name: a month, a week and a day, as ISO 8601 writes them, in the years 1 to 9999.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use rocket::request::FromParam;

use crate::http::Error;
use crate::time::WeekStart;

/// `2026-11`, by its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month(pub Date);

/// `2026-W47`, by its Monday. Whatever day somebody's weeks begin with, theirs has this Monday to Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week(pub Date);

/// `2026-11-21`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub Date);

/// Without signs and blanks, which numbers and dates of the libraries can have.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'W')
}

/// A year that a calendar has.
fn known(date: Date) -> Option<Date> {
    (1..=9999).contains(&date.year()).then_some(date)
}

impl Month {
    /// The one that a day is in.
    pub fn of(date: Date) -> Self {
        Self(date.first_of_month())
    }

    /// So many months later. `None`: there is none.
    pub fn later(self, months: i32) -> Option<Self> {
        self.0.checked_add(months.months()).ok().and_then(known).map(Self)
    }

    fn parse(text: &str) -> Option<Self> {
        is_plain(text).then_some(())?;
        let (year, month) =
            text.split_once('-').filter(|(year, month)| (year.len(), month.len()) == (4, 2))?;
        known(Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?).map(Self)
    }
}

impl Week {
    /// The one in which a day is, for whom weeks begin with this day.
    pub fn of(date: Date, start: WeekStart) -> Self {
        let first = first_of_week(date, start);
        let monday = (0..7)
            .filter_map(|days| first.checked_add(days.days()).ok())
            .find(|day| day.weekday() == Weekday::Monday);
        Self(monday.unwrap_or(first))
    }

    /// So many weeks later. `None`: there is none.
    pub fn later(self, weeks: i32) -> Option<Self> {
        self.0.checked_add(weeks.weeks()).ok().and_then(known).map(Self)
    }

    /// Its number (ISO 8601).
    pub fn number(self) -> i8 {
        self.0.iso_week_date().week()
    }

    fn parse(text: &str) -> Option<Self> {
        is_plain(text).then_some(())?;
        let (year, week) = text.split_once("-W").filter(|(year, week)| (year.len(), week.len()) == (4, 2))?;
        let week = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
        known(week.date()).map(Self)
    }
}

impl Day {
    /// So many days later. `None`: there is none.
    pub fn later(self, days: i32) -> Option<Self> {
        self.0.checked_add(days.days()).ok().and_then(known).map(Self)
    }

    /// Reads it as addresses and fields of forms have it.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|_| text.len() == 10 && is_plain(text)).and_then(known).map(Self)
    }
}

/// The first day of the week that a day is in; the calendar's first one where that is before it.
pub fn first_of_week(date: Date, start: WeekStart) -> Date {
    let begins_with = match start {
        WeekStart::Sunday => Weekday::Sunday,
        WeekStart::Monday => Weekday::Monday,
        WeekStart::Saturday => Weekday::Saturday,
    };
    let behind = date.weekday().since(begins_with);
    date.checked_sub(behind.days()).unwrap_or(date)
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.0.iso_week_date();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

macro_rules! from_param {
    ($($named:ty),*) => {
        $(impl<'r> FromParam<'r> for $named {
            type Error = Error;

            fn from_param(text: &'r str) -> Result<Self, Error> {
                Self::parse(text).ok_or_else(Error::no_such_path)
            }
        })*
    };
}

from_param!(Month, Week, Day);

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        assert_eq!(Month::parse("2026-11").unwrap().to_string(), "2026-11");
        assert_eq!(Week::parse("2026-W53").unwrap(), Week(date(2026, 12, 28)));
        assert_eq!(Week::parse("2026-W01").unwrap().to_string(), "2026-W01");
        assert_eq!(Day::parse("0001-01-01").unwrap().to_string(), "0001-01-01");
        for text in
            ["", "2026-13", "2026-1", "+026-11", "0000-01", "2026-11-01", "2025-W53", "2026-W1", "2026-w01"]
        {
            assert_eq!((Month::parse(text), Week::parse(text)), (None, None), "{text}");
        }
        for text in ["", "2026-02-29", "2026-11-1", "20261101", "0000-01-01", "2026-11-01T00:00"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_week_has_the_day_whatever_it_begins_with() {
        let (sunday, monday) = (date(2026, 11, 22), date(2026, 11, 23));
        assert_eq!(Week::of(sunday, WeekStart::Monday).to_string(), "2026-W47");
        assert_eq!(Week::of(sunday, WeekStart::Sunday).to_string(), "2026-W48");
        assert_eq!(Week::of(sunday, WeekStart::Saturday).to_string(), "2026-W48");
        assert_eq!(Week::of(monday, WeekStart::Sunday).to_string(), "2026-W48");
        assert_eq!(first_of_week(monday, WeekStart::Saturday), date(2026, 11, 21));
    }

    #[test]
    fn there_is_nothing_beyond_the_calendar() {
        assert_eq!(Month::parse("9999-12").unwrap().later(1), None);
        assert_eq!(Month::parse("0001-01").unwrap().later(-1), None);
        assert_eq!(Day::parse("9999-12-31").unwrap().later(1), None);
        assert_eq!(Week::parse("9999-W52").unwrap().later(1), None);
    }
}
