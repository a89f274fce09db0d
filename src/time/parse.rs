use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

const EXPECTED: &str = "Must be a date and time such as 2025-12-06T10:00:00Z";
const OUT_OF_RANGE: &str = "Must be within the years 1 to 9999 (UTC)";

/// Reads an ISO 8601 date and time in its extended form: a date alone (midnight), seconds and
/// their fraction left out or there, `T` or a blank between, an offset as `Z`, `+07:00`, `+0700`
/// or `+07`; without one it is UTC. A fraction is cut to the microsecond.
///
/// Not chrono's own parser, which takes signs, blanks and other lengths of year, too.
///
/// # Errors
/// What is wrong, for a person: another form, a time that is on no clock, or a year beyond 1 to
/// 9999 after conversion to UTC, which is what Oracle's TIMESTAMP holds.
pub fn parse(text: &str) -> Result<DateTime<Utc>, String> {
    Ok(parse_local(text)?.utc())
}

/// A time as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// With an offset: it is this instant.
    At(DateTime<Utc>),
    /// Without one: what a clock shows, in a zone that is yet to be named.
    Local(NaiveDateTime),
}

impl Time {
    /// The instant, where what has no offset is in UTC.
    pub fn utc(self) -> DateTime<Utc> {
        match self {
            Self::At(instant) => instant,
            Self::Local(local) => local.and_utc(),
        }
    }
}

/// As [`parse`], and tells whether there was an offset.
///
/// # Errors
/// As [`parse`].
pub fn parse_local(text: &str) -> Result<Time, String> {
    let mut rest = Scanner(text.as_bytes());
    let (local, offset) = date_and_time(&mut rest).filter(|_| rest.0.is_empty()).ok_or(EXPECTED)?;
    let utc = local.checked_sub_signed(offset.unwrap_or_default());
    let utc = utc.filter(|utc| (1..=9999).contains(&utc.year())).ok_or(OUT_OF_RANGE)?;
    Ok(if offset.is_some() { Time::At(utc.and_utc()) } else { Time::Local(utc) })
}

/// An instant that the database can hold.
///
/// # Errors
/// What is wrong with another one, for a person.
pub fn within_years(instant: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    if (1..=9999).contains(&instant.year()) { Ok(instant) } else { Err(OUT_OF_RANGE.into()) }
}

fn date_and_time(text: &mut Scanner<'_>) -> Option<(NaiveDateTime, Option<TimeDelta>)> {
    let year = text.digits(4)?;
    let month = text.after(b"-")?.digits(2)?;
    let day = text.after(b"-")?.digits(2)?;
    let date = NaiveDate::from_ymd_opt(year.cast_signed(), month, day)?;
    if text.0.is_empty() {
        return Some((date.and_time(NaiveTime::MIN), None));
    }
    let hour = text.after(b"Tt ")?.digits(2)?;
    let minute = text.after(b":")?.digits(2)?;
    let (mut second, mut micros) = (0, 0);
    if let Some(text) = text.after(b":") {
        second = text.digits(2)?;
        if let Some(text) = text.after(b".,") {
            micros = text.fraction()?;
        }
    }
    let time = NaiveTime::from_hms_micro_opt(hour, minute, second, micros)?;
    let offset = if text.0.is_empty() { None } else { Some(text.offset()?) };
    Some((date.and_time(time), offset))
}

struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    /// Steps over one byte, if it is among these.
    fn after(&mut self, any: &[u8]) -> Option<&mut Self> {
        let (first, rest) = self.0.split_first()?;
        any.contains(first).then(|| {
            self.0 = rest;
            self
        })
    }

    /// A number of exactly this many digits.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let number = digits.iter().try_fold(0, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        })?;
        self.0 = rest;
        Some(number)
    }

    /// One digit or more, as microseconds; what is finer is cut off.
    fn fraction(&mut self) -> Option<u32> {
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        let places = digits.iter().copied().chain(std::iter::repeat(b'0')).take(6);
        (length > 0).then(|| places.fold(0, |micros, byte| micros * 10 + u32::from(byte - b'0')))
    }

    /// How far ahead of UTC the clock was: less than a day.
    fn offset(&mut self) -> Option<TimeDelta> {
        if self.after(b"Zz").is_some() {
            return Some(TimeDelta::zero());
        }
        let sign = match self.0.first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let hours = self.after(b"+-")?.digits(2)?;
        let colon = self.after(b":").is_some();
        let minutes = match self.digits(2) {
            None if colon || !self.0.is_empty() => return None,
            minutes => minutes.unwrap_or(0),
        };
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|_| minutes < 60)?;
        let offset = FixedOffset::east_opt(sign * seconds)?;
        Some(TimeDelta::seconds(offset.local_minus_utc().into()))
    }
}

#[cfg(test)]
mod tests {
    use chrono::SecondsFormat;
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> Result<String, String> {
        parse(text).map(|instant| instant.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }

    #[test]
    fn every_form_of_the_contract_is_read() {
        for (text, instant) in [
            ("2025-12-06T10:00:00Z", "2025-12-06T10:00:00Z"),
            ("2025-12-06t10:00:00z", "2025-12-06T10:00:00Z"),
            ("2025-12-06 10:00:00", "2025-12-06T10:00:00Z"),
            ("2025-12-06T10:00", "2025-12-06T10:00:00Z"),
            ("2025-12-06T10:00Z", "2025-12-06T10:00:00Z"),
            ("2025-12-06", "2025-12-06T00:00:00Z"),
            ("2025-12-06T10:00:00+07:00", "2025-12-06T03:00:00Z"),
            ("2025-12-06T10:00:00+0700", "2025-12-06T03:00:00Z"),
            ("2025-12-06T10:00+07", "2025-12-06T03:00:00Z"),
            ("2025-12-06T22:00:00-05:30", "2025-12-07T03:30:00Z"),
            ("2025-12-06T10:00:00-00:00", "2025-12-06T10:00:00Z"),
            ("2025-12-06T10:00:00.5Z", "2025-12-06T10:00:00.500Z"),
            ("2025-12-06T10:00:00,123456Z", "2025-12-06T10:00:00.123456Z"),
            ("2025-12-06T10:00:00.1234569999999Z", "2025-12-06T10:00:00.123456Z"),
            ("2024-02-29T23:59:59+23:59", "2024-02-29T00:00:59Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
            ("0000-12-31T23:30:00-01:00", "0001-01-01T00:30:00Z"),
        ] {
            assert_eq!(utc(text).as_deref(), Ok(instant), "{text}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "tomorrow",
            "2025",
            "2025-12",
            "2025-12-6",
            "25-12-06",
            "+2025-12-06",
            "-2025-12-06",
            "12025-12-06",
            "2025/12/06",
            "20251206T100000Z",
            "2025-W49-6",
            "2025-12-06Z",
            "2025-12-06T",
            "2025-12-06T10",
            "2025-12-06T10Z",
            "2025-12-06T10:00:",
            "2025-12-06T10:00:0",
            "2025-12-06T10:00:00.",
            "2025-12-06T10:00:00.Z",
            "2025-12-06T10:00:00 Z",
            "2025-12-06T10:00:00+",
            "2025-12-06T10:00:00+7",
            "2025-12-06T10:00:00+07:",
            "2025-12-06T10:00:00+07:0",
            "2025-12-06T10:00:00+07:00:00",
            "2025-12-06T10:00:00+24:00",
            "2025-12-06T10:00:00+07:60",
            "2025-12-06T10:00:00Zulu",
            "2025-12-06T10:00:00Z ",
            "2025-12-06T10:00:00UTC",
            "2025-12-06T10:00:00[Europe/Berlin]",
            "2025-02-30",
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-01-00",
            "2025-12-06T24:00:00Z",
            "2025-12-06T10:60:00Z",
            "2025-12-06T10:00:60Z",
            "２０２５-12-06",
            "2025-12-06T10:00:00−07:00",
        ] {
            assert_eq!(utc(text), Err(EXPECTED.into()), "{text}");
        }
    }

    #[test]
    fn years_beyond_oracles_are_refused_after_conversion() {
        for text in ["0000-06-01", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"] {
            assert_eq!(utc(text), Err(OUT_OF_RANGE.into()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = parse(&text);
        }

        #[test]
        fn no_text_near_a_time_makes_it_panic(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.,Zz+−-]{0,24}") {
            let _ = parse(&text);
        }

        #[test]
        fn it_reads_what_chrono_prints_at_any_offset(
            micros in -62_135_596_800_000_000_i64..253_402_300_800_000_000,
            minutes in -1439..1440_i32,
        ) {
            let instant = DateTime::from_timestamp_micros(micros).unwrap();
            let local = instant.with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
            // chrono marks years beyond four digits with a sign.
            prop_assume!((0..=9999).contains(&local.year()));
            prop_assert_eq!(parse(&local.to_rfc3339()), Ok(instant));
        }
    }
}
