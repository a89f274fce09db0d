//! TIMESTAMP WITH TIME ZONE.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Timelike, Utc};

use crate::database::messages::ora;
use crate::error::OracleError;
use crate::value::Timestamp;

/// SQLite's name for the order by the UTC part alone.
pub const COLLATION: &str = "ORA_UTC";

/// How many bytes of a stored timestamp are its UTC part.
const UTC_LENGTH: usize = 29;

/// The stored text. Fields outside Oracle's ranges are refused as Oracle refuses them.
pub fn store(value: &Timestamp) -> Result<String, OracleError> {
    if !(-15 * 60..=15 * 60).contains(&value.offset) {
        return Err(ora(1874));
    }
    let utc = local(value)? - Duration::minutes(value.offset.into());
    store_utc(utc, value.offset)
}

/// A time by its UTC fields, seen at the offset. The years 1 to 9999 are those at the offset: UTC may lie a day
/// before or after them, and `:000`, which orders behind `9999`, stands for the year 10000.
pub fn store_utc(utc: NaiveDateTime, offset: i16) -> Result<String, OracleError> {
    let local = utc.checked_add_signed(Duration::minutes(offset.into()));
    if !local.is_some_and(|local| (1..=9999).contains(&local.year())) {
        return Err(ora(1841));
    }
    let year = if utc.year() > 9999 { ":000".to_owned() } else { format!("{:04}", utc.year()) };
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs());
    let fields = utc.format("-%m-%d %H:%M:%S");
    Ok(format!("{year}{fields}.{:09}{sign}{:02}:{:02}", utc.nanosecond(), minutes / 60, minutes % 60))
}

/// The fields as a calendar knows them, at the value's own offset.
pub fn local(value: &Timestamp) -> Result<NaiveDateTime, OracleError> {
    if !(1..=9999).contains(&value.year) {
        return Err(ora(1841));
    }
    if !(1..=12).contains(&value.month) {
        return Err(ora(1843));
    }
    if !(1..=31).contains(&value.day) {
        return Err(ora(1847));
    }
    let date = NaiveDate::from_ymd_opt(value.year.into(), value.month.into(), value.day.into());
    let date = date.ok_or_else(|| ora(1839))?;
    let code = match () {
        () if value.hour > 23 => 1850,
        () if value.minute > 59 => 1851,
        () => 1852,
    };
    date.and_hms_nano_opt(value.hour.into(), value.minute.into(), value.second.into(), value.nanosecond)
        .ok_or_else(|| ora(code))
}

/// UTC and the offset in minutes. Only stored texts come here, so nothing can be wrong with them.
pub fn split(stored: &str) -> (NaiveDateTime, i16) {
    let (utc, offset) = stored.split_at(UTC_LENGTH.min(stored.len()));
    let utc = utc.replacen(":000-", "+10000-", 1);
    let utc = NaiveDateTime::parse_from_str(&utc, "%Y-%m-%d %H:%M:%S%.f").unwrap_or_default();
    let part = |from: usize, to: usize| {
        offset.get(from..to).and_then(|digits| digits.parse::<i16>().ok()).unwrap_or(0)
    };
    let minutes = part(1, 3) * 60 + part(4, 6);
    (utc, if offset.starts_with('-') { -minutes } else { minutes })
}

pub fn read(stored: &str) -> Timestamp {
    let (utc, offset) = split(stored);
    at_offset(utc, offset)
}

pub fn at_offset(utc: NaiveDateTime, offset: i16) -> Timestamp {
    let local = utc + Duration::minutes(offset.into());
    Timestamp {
        year: local.year() as i16,
        month: local.month() as u8,
        day: local.day() as u8,
        hour: local.hour() as u8,
        minute: local.minute() as u8,
        second: local.second() as u8,
        nanosecond: local.nanosecond(),
        offset,
    }
}

/// Rounded to so many fractional digits, half up.
pub fn round(utc: NaiveDateTime, digits: u8) -> NaiveDateTime {
    let unit = 10_u32.pow(9 - u32::from(digits.min(9)));
    let over = utc.nanosecond() % unit;
    let down = utc - Duration::nanoseconds(over.into());
    if over * 2 >= unit && unit > 1 { down + Duration::nanoseconds(unit.into()) } else { down }
}

/// The collation: earlier or later, whatever the offsets.
pub fn compare(left: &str, right: &str) -> std::cmp::Ordering {
    let utc = |stored: &str| stored.as_bytes()[..UTC_LENGTH.min(stored.len())].to_vec();
    utc(left).cmp(&utc(right))
}

/// The time now to the microsecond, as a server's SYSTIMESTAMP gives it.
pub fn now() -> NaiveDateTime {
    let now: DateTime<Utc> = std::time::SystemTime::now().into();
    let now = now.naive_utc();
    now - Duration::nanoseconds((now.nanosecond() % 1000).into())
}

/// What follows `TIMESTAMP` in a literal: `YYYY-MM-DD HH24:MI:SS[.FF] [zone]`; UTC where it names none.
pub fn read_literal(text: &str) -> Result<Timestamp, OracleError> {
    let text = text.trim();
    let fields = text.get(..19).ok_or_else(|| ora(1861))?;
    let shape = "dddd-dd-dd dd:dd:dd";
    let is_shaped = |(c, wanted): (char, char)| if wanted == 'd' { c.is_ascii_digit() } else { c == wanted };
    if !fields.chars().zip(shape.chars()).all(is_shaped) {
        return Err(ora(1861));
    }
    let rest = &text[19..];
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())),
        None => ("", rest),
    };
    // The shape was looked at, so each part is a number.
    let part = |range: std::ops::Range<usize>| fields[range].parse::<u16>().unwrap_or(0);
    let value = Timestamp {
        year: part(0..4) as i16,
        month: part(5..7) as u8,
        day: part(8..10) as u8,
        hour: part(11..13) as u8,
        minute: part(14..16) as u8,
        second: part(17..19) as u8,
        nanosecond: format!("{fraction:0<9}").get(..9).and_then(|digits| digits.parse().ok()).unwrap_or(0),
        offset: if zone.trim().is_empty() { 0 } else { self::zone(zone)? },
    };
    local(&value)?;
    Ok(value)
}

/// `+02:00`, `-05:30`, or a name of UTC; other regions are not known here.
pub fn zone(text: &str) -> Result<i16, OracleError> {
    let text = text.trim();
    if ["UTC", "GMT", "Z", "ETC/UTC", "UCT", "DBTIMEZONE", "ETC/GMT"].contains(&text.to_uppercase().as_str())
    {
        return Ok(0);
    }
    let sign = match text.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Err(ora(1882)),
    };
    let (hours, minutes) = text[1..].split_once(':').ok_or_else(|| ora(1882))?;
    let part =
        |digits: &str| digits.parse::<i16>().ok().filter(|n| (0..=59).contains(n)).ok_or_else(|| ora(1882));
    let total = sign * (part(hours)? * 60 + part(minutes)?);
    if total.abs() > 15 * 60 { Err(ora(1874)) } else { Ok(total) }
}
