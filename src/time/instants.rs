use chrono::{DateTime, Utc};
use jiff::Timestamp;

/// An instant as what computes with time zones knows it. The last two hours of 9999-12-30 and what is after them are its end.
pub fn timestamp(instant: DateTime<Utc>) -> Timestamp {
    Timestamp::from_microsecond(instant.timestamp_micros()).unwrap_or(Timestamp::MAX)
}

/// An instant as the database and the wire know it, to the microsecond.
pub fn instant(timestamp: Timestamp) -> DateTime<Utc> {
    // All of jiff's years are chrono's, too.
    DateTime::from_timestamp_micros(timestamp.as_microsecond()).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
