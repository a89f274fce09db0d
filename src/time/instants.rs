use chrono::{DateTime, NaiveDateTime, Utc};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, Offset};

use super::ZoneName;

/// An instant as what computes with time zones knows it. The last two hours of 9999-12-30 and what is after them are its end; nothing is before its
/// beginning.
pub fn timestamp(instant: DateTime<Utc>) -> Timestamp {
    let micros = instant.timestamp_micros();
    let beyond = if micros < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(micros).unwrap_or(beyond)
}

/// An instant as the database and the wire know it, to the microsecond.
pub fn instant(timestamp: Timestamp) -> DateTime<Utc> {
    // All of jiff's years are chrono's, too.
    DateTime::from_timestamp_micros(timestamp.as_microsecond()).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The instant of a local time in a zone, as RFC 5545, section 3.3.5, says: one that no clock shows is read with the offset
/// before the gap, one that comes twice is the first.
///
/// # Errors
/// What is wrong, for a person: a year beyond 1 to 9999 in UTC.
pub fn in_zone(local: NaiveDateTime, zone: &ZoneName) -> Result<DateTime<Utc>, String> {
    let as_utc = timestamp(local.and_utc());
    let civil = Offset::UTC.to_datetime(as_utc);
    let offset = match zone.rules().to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
    };
    let instant = local.and_utc() - chrono::TimeDelta::seconds(offset.seconds().into());
    super::parse::within_years(instant)
}
