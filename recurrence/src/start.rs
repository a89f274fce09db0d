use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::calendar::{DAY, day_number};
use crate::clock::instant_at;

/// Where a series begins: its DTSTART (RFC 5545, section 3.8.2.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    local: DateTime,
    zone: TimeZone,
    is_date: bool,
    instant: Timestamp,
    /// Whole seconds of `local`, as if it were UTC.
    pub(crate) local_second: i64,
    /// Whole seconds of `instant`, rounded down.
    pub(crate) second: i64,
    /// What `local` has beyond its second, in nanoseconds. Every start of the series has the same.
    pub(crate) fraction: i32,
}

impl Start {
    /// A start that is meant in a zone at this local time, of the years 1 to 9999. With `is_date` the series is of
    /// whole days: UNTIL, RDATE and EXDATE are dates, and each start has this time of day, midnight as a rule.
    ///
    /// # Errors
    /// For a person: a year beyond 1 to 9999, or an instant that is beyond [`Timestamp::MAX`], which lies 26 hours
    /// before the end of 9999.
    pub fn new(local: DateTime, zone: TimeZone, is_date: bool) -> Result<Self, String> {
        let instant = instant(local, &zone)?;
        Self::of(local, instant, zone, is_date)
    }

    /// The same of an instant. Unlike a local time it also tells the second of two that read alike when a clock is
    /// set back: the series then begins at just this instant, and its later starts are read as ever.
    ///
    /// # Errors
    /// As of [`Start::new`].
    pub fn at(instant: Timestamp, zone: TimeZone, is_date: bool) -> Result<Self, String> {
        Self::of(zone.to_datetime(instant), instant, zone, is_date)
    }

    fn of(local: DateTime, instant: Timestamp, zone: TimeZone, is_date: bool) -> Result<Self, String> {
        if !(1..=9999).contains(&local.year()) {
            return Err("A series begins within the years 1 to 9999".into());
        }
        let (local_second, fraction) = (second_of(local), local.subsec_nanosecond());
        Ok(Self { local, zone, is_date, instant, local_second, second: floor(instant), fraction })
    }

    /// The local time, to the nanosecond.
    #[must_use]
    pub fn local(&self) -> DateTime {
        self.local
    }

    /// The zone in which the series is meant.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether the series is of whole days.
    #[must_use]
    pub fn is_date(&self) -> bool {
        self.is_date
    }

    /// The first occurrence.
    #[must_use]
    pub fn instant(&self) -> Timestamp {
        self.instant
    }

    /// A whole second with the fraction that all starts of this series have; nothing beyond what jiff can hold.
    pub(crate) fn timestamp(&self, second: i64) -> Option<Timestamp> {
        Timestamp::new(second, self.fraction).ok()
    }

    /// The local second at which a start on this day is.
    pub(crate) fn on(&self, day: i32) -> i64 {
        i64::from(day) * DAY + self.local_second.rem_euclid(DAY)
    }
}

/// The instant of a local time as RFC 5545, section 3.3.5, says: "If the local time described does not occur (when
/// changing from standard to daylight time), the DATE-TIME value is interpreted using the UTC offset before the gap",
/// and of a time that occurs twice it "refers to the first occurrence". jiff calls this `compatible`.
///
/// # Errors
/// For a person: an instant that jiff cannot hold, which are only those of the last 26 hours of 9999.
pub fn instant(local: DateTime, zone: &TimeZone) -> Result<Timestamp, String> {
    let second = instant_at(second_of(local), zone).map(|(second, _)| second);
    second
        .and_then(|second| Timestamp::new(second, local.subsec_nanosecond()).ok())
        .ok_or_else(|| "The time is too close to the end of the year 9999".into())
}

/// Whole seconds of a local time since 1970, as if it were UTC.
pub(crate) fn second_of(local: DateTime) -> i64 {
    let day = day_number(
        local.year().into(),
        u32::from(local.month().unsigned_abs()),
        u32::from(local.day().unsigned_abs()),
    );
    let [hour, minute, second] = [local.hour(), local.minute(), local.second()].map(i64::from);
    i64::from(day) * DAY + hour * 3600 + minute * 60 + second
}

/// Whole seconds since 1970, rounded down.
pub(crate) fn floor(instant: Timestamp) -> i64 {
    // jiff's are rounded towards 1970.
    instant.as_second() - i64::from(instant.subsec_nanosecond() < 0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").unwrap()
    }

    #[test]
    fn a_time_in_a_gap_is_read_with_the_offset_before_it() {
        let local = date(2025, 3, 30).at(2, 30, 0, 0);
        assert_eq!(instant(local, &berlin()).unwrap().to_string(), "2025-03-30T01:30:00Z");
        let start = Start::new(local, berlin(), false).unwrap();
        assert_eq!(start.instant().to_string(), "2025-03-30T01:30:00Z");
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first() {
        let local = date(2025, 10, 26).at(2, 30, 0, 0);
        assert_eq!(instant(local, &berlin()).unwrap().to_string(), "2025-10-26T00:30:00Z");
        let second = "2025-10-26T01:30:00Z".parse().unwrap();
        let start = Start::at(second, berlin(), false).unwrap();
        assert_eq!((start.local(), start.instant()), (local, second));
    }

    #[test]
    fn fractions_are_kept_before_1970_too() {
        let local = date(1900, 1, 1).at(0, 0, 0, 250_000_000);
        let start = Start::new(local, TimeZone::UTC, false).unwrap();
        assert_eq!(start.instant().to_string(), "1900-01-01T00:00:00.25Z");
        assert_eq!(start.timestamp(start.second), Some(start.instant()));
    }

    #[test]
    fn years_end_where_timestamps_do() {
        assert!(Start::new(date(9999, 12, 31).at(0, 0, 0, 0), TimeZone::UTC, false).is_err());
        assert!(Start::new(date(0, 12, 31).at(0, 0, 0, 0), TimeZone::UTC, false).is_err());
        assert!(Start::new(date(1, 1, 1).at(0, 0, 0, 0), berlin(), false).is_ok());
        assert!(Start::new(date(9999, 12, 30).at(0, 0, 0, 0), berlin(), false).is_ok());
        assert!(Start::at(Timestamp::MAX, TimeZone::UTC, false).is_ok());
        assert!(Start::at(Timestamp::MIN, TimeZone::UTC, false).is_err());
    }
}
