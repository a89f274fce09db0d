use chrono::{DateTime, SecondsFormat, Timelike, Utc};
use serde::{Serialize, Serializer};

/// Six fractional digits, or none where they would all be zero.
fn digits(instant: &DateTime<Utc>) -> SecondsFormat {
    match instant.nanosecond() / 1000 {
        0 => SecondsFormat::Secs,
        _ => SecondsFormat::Micros,
    }
}

/// `2025-12-06T10:00:00Z`, as an event's times go out.
///
/// # Errors
/// The serializer's own.
pub fn serialize<S: Serializer>(instant: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&instant.to_rfc3339_opts(digits(instant), true))
}

/// `2025-12-06T10:00:00+00:00`, as a user's time of registration goes out.
///
/// # Errors
/// The serializer's own.
pub fn serialize_with_offset<S: Serializer>(
    instant: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    instant.map(|instant| instant.to_rfc3339_opts(digits(&instant), false)).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Both(
        #[serde(serialize_with = "serialize")] DateTime<Utc>,
        #[serde(serialize_with = "serialize_with_offset")] Option<DateTime<Utc>>,
    );

    fn printed(micros: i64) -> String {
        let instant = DateTime::from_timestamp_micros(micros).unwrap();
        serde_json::to_string(&Both(instant, Some(instant))).unwrap()
    }

    #[test]
    fn fractions_have_six_digits_or_are_not_there() {
        assert_eq!(printed(0), r#"["1970-01-01T00:00:00Z","1970-01-01T00:00:00+00:00"]"#);
        assert_eq!(printed(500_000), r#"["1970-01-01T00:00:00.500000Z","1970-01-01T00:00:00.500000+00:00"]"#);
    }

    #[test]
    fn years_have_four_digits() {
        assert_eq!(
            printed(-62_135_596_800_000_000),
            r#"["0001-01-01T00:00:00Z","0001-01-01T00:00:00+00:00"]"#
        );
    }
}
