use std::str;

use chrono::{DateTime, Datelike, SecondsFormat, Timelike, Utc};
use serde::Serializer;
use serde::ser::Error;

/// `2025-12-06T10:00:00Z`, as an event's times go out.
///
/// # Errors
/// The serializer's own.
pub fn serialize<S: Serializer>(instant: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_in(instant, b"Z", serializer)
}

/// `2025-12-06T10:00:00+00:00`, as a user's time of registration goes out.
///
/// # Errors
/// The serializer's own.
pub fn serialize_with_offset<S: Serializer>(
    instant: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => serialize_in(instant, b"+00:00", serializer),
        None => serializer.serialize_none(),
    }
}

/// Six fractional digits, or none where they would all be zero. A list prints two times for each
/// event: without chrono's formatter and its string, that is a fraction of the work.
fn serialize_in<S: Serializer>(
    instant: &DateTime<Utc>,
    zone: &[u8],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let micros = instant.nanosecond() / 1000;
    let Ok(year @ 0..=9999) = u32::try_from(instant.year()) else {
        // Neither the API nor Oracle takes it in, a file edited by hand may.
        let digits = if micros == 0 { SecondsFormat::Secs } else { SecondsFormat::Micros };
        return serializer.serialize_str(&instant.to_rfc3339_opts(digits, zone == b"Z"));
    };
    let mut text = Text::default();
    text.digits::<4>(year).push(b"-").digits::<2>(instant.month()).push(b"-").digits::<2>(instant.day());
    text.push(b"T").digits::<2>(instant.hour()).push(b":").digits::<2>(instant.minute());
    text.push(b":").digits::<2>(instant.second());
    if micros != 0 {
        text.push(b".").digits::<6>(micros);
    }
    text.push(zone);
    serializer.serialize_str(str::from_utf8(&text.bytes[..text.length]).map_err(S::Error::custom)?)
}

/// Room for `2025-12-06T10:00:00.123456+00:00`.
#[derive(Default)]
struct Text {
    bytes: [u8; 32],
    length: usize,
}

impl Text {
    fn push(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
        self
    }

    fn digits<const N: usize>(&mut self, mut number: u32) -> &mut Self {
        let mut digits = [b'0'; N];
        for digit in digits.iter_mut().rev() {
            *digit += (number % 10) as u8;
            number /= 10;
        }
        self.push(&digits)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Serialize;

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

    proptest! {
        #[test]
        fn times_read_as_chrono_prints_them(micros in -100_000_000_000_000_000..300_000_000_000_000_000_i64) {
            let instant = DateTime::from_timestamp_micros(micros).unwrap();
            let texts = [true, false].map(|zulu| instant.to_rfc3339_opts(SecondsFormat::Micros, zulu));
            prop_assert_eq!(printed(micros), format!("{texts:?}").replace(' ', "").replace(".000000", ""));
        }
    }
}
