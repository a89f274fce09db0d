use std::fmt::{Display, Formatter, Result};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar::{DAY, civil, day_number, month_length};
use crate::clock::instant_at;
use crate::parse::number;
use crate::start::{Start, second_of};

/// A DATE or a DATE-TIME: RFC 5545, sections 3.3.4 and 3.3.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The number of a day.
    Date(i32),
    /// Seconds on a local clock.
    Local(i64),
    /// Seconds since 1970.
    Utc(i64),
}

/// Reads `20251231`, `20251231T230000` or `20251231T230000Z`, of the years 1 to 9999. Second 60 is second 59.
pub fn moment(text: &str) -> Option<Moment> {
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let day = day(date)?;
    let Some(time) = time else { return Some(Moment::Date(day)) };
    let (time, is_utc) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, true),
        None => (time, false),
    };
    let second = i64::from(day) * DAY + second(time)?;
    Some(if is_utc { Moment::Utc(second) } else { Moment::Local(second) })
}

fn day(text: &str) -> Option<i32> {
    if text.len() != 8 {
        return None;
    }
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    let (year, month, day) = (number(year)?.cast_signed(), number(month)?, number(day)?);
    let exists = (1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day);
    (year > 0 && exists).then(|| day_number(year, month, day))
}

fn second(text: &str) -> Option<i64> {
    if text.len() != 6 {
        return None;
    }
    let (hour, rest) = text.split_at_checked(2)?;
    let (minute, second) = rest.split_at_checked(2)?;
    let (hour, minute, second) = (number(hour)?, number(minute)?, number(second)?);
    (hour < 24 && minute < 60 && second <= 60).then(|| (hour * 3600 + minute * 60 + second.min(59)).into())
}

impl Moment {
    /// The second since 1970 of a moment in a series: a local time is read in this zone, a date at the time of day of
    /// the start.
    pub fn second(self, zone: &TimeZone, start: &Start) -> Option<i64> {
        match self {
            Self::Date(day) => instant_at(start.on(day), start.zone()).map(|(second, _)| second),
            Self::Local(local) => instant_at(local, zone).map(|(second, _)| second),
            Self::Utc(second) => Some(second),
        }
    }

    /// The day that it is in the zone of the start.
    pub fn local_day(self, start: &Start) -> Option<i32> {
        match self {
            Self::Date(day) => Some(day),
            Self::Local(local) => i32::try_from(local.div_euclid(DAY)).ok(),
            Self::Utc(second) => {
                let instant = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
                let local = second_of(start.zone().to_datetime(instant));
                i32::try_from(local.div_euclid(DAY)).ok()
            }
        }
    }
}

/// Prints a day: `20251231`.
pub struct Date(pub i32);

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (year, month, day) = civil(self.0);
        write!(f, "{year:04}{month:02}{day:02}")
    }
}

/// Prints a second since 1970: `20251231T230000Z`.
pub struct Utc(pub i64);

impl Display for Utc {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let second = self.0.rem_euclid(DAY);
        let date = Date(self.0.div_euclid(DAY) as i32);
        write!(f, "{date}T{:02}{:02}{:02}Z", second / 3600, second / 60 % 60, second % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_printed() {
        for text in ["00010101T000000Z", "20251231T230059Z", "99991231T235959Z"] {
            let Some(Moment::Utc(second)) = moment(text) else { panic!("{text}") };
            assert_eq!(Utc(second).to_string(), text);
        }
        assert_eq!(moment("19700102"), Some(Moment::Date(1)));
        assert_eq!(moment("19700102T000001"), Some(Moment::Local(86_401)));
        assert_eq!(moment("20161231T235960Z"), moment("20161231T235959z"));
        for text in [
            "",
            "T",
            "2025123",
            "20250230",
            "20251301",
            "20250001",
            "20250100",
            "00000101",
            "20250101T",
            "+0250101",
            "20250101T24000",
            "20250101T240000Z",
            "20250101T006000",
            "20250101T000061",
            "20250101T000000ZZ",
            "2025010é",
            "20250101T00000é",
            "2025-01-01",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
