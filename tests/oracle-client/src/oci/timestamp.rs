//! Date-time descriptors, and the calls that fill and read them.

use std::ffi::{c_int, c_void};
use std::sync::{Mutex, PoisonError};

use chrono::{NaiveDate, TimeDelta};

use super::answer::{Failure, Result, answer};
use super::{handles, raw};
use crate::error::OracleError;
use crate::value::Timestamp;

const EPOCH: Timestamp =
    Timestamp { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: 0 };

pub struct DateTime {
    value: Mutex<Timestamp>,
}

impl Default for DateTime {
    fn default() -> Self {
        Self { value: Mutex::new(EPOCH) }
    }
}

impl DateTime {
    pub fn get(&self) -> Timestamp {
        *self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set(&self, value: Timestamp) {
        *self.value.lock().unwrap_or_else(PoisonError::into_inner) = value;
    }
}

/// The same instant as seen in UTC, which is this client's session time zone.
pub fn in_utc(timestamp: Timestamp) -> Timestamp {
    use chrono::{Datelike, Timelike};
    let Timestamp { year, month, day, hour, minute, second, nanosecond, offset } = timestamp;
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    let local = date.and_then(|date| date.and_hms_opt(hour.into(), minute.into(), second.into()));
    let utc = local.and_then(|local| local.checked_sub_signed(TimeDelta::minutes(offset.into())));
    // Fields that are no date were refused when the descriptor was made.
    let Some(utc) = utc else { return timestamp };
    Timestamp {
        year: utc.year() as i16,
        month: utc.month() as u8,
        day: utc.day() as u8,
        hour: utc.hour() as u8,
        minute: utc.minute() as u8,
        second: utc.second() as u8,
        nanosecond,
        offset: 0,
    }
}

/// As a text, in the default format of an American session.
pub fn to_text(timestamp: Timestamp) -> String {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let Timestamp { year, month, day, hour, minute, second, nanosecond, offset } = timestamp;
    let month = MONTHS[usize::from(month.clamp(1, 12)) - 1];
    let (half, hour) = (if hour < 12 { "AM" } else { "PM" }, (hour + 11) % 12 + 1);
    let (sign, offset) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
    format!(
        "{day:02}-{month}-{:02} {hour:02}.{minute:02}.{second:02}.{:06} {half} {sign}{:02}:{:02}",
        year.rem_euclid(100),
        nanosecond / 1000,
        offset / 60,
        offset % 60
    )
}

/// Refuses what is no date, each field with the error that OCI has for it.
pub fn check(timestamp: &Timestamp) -> std::result::Result<(), OracleError> {
    let Timestamp { year, month, day, hour, minute, second, nanosecond, offset } = *timestamp;
    let refuse = |code, text| Err(OracleError::new(code, text));
    if year == 0 || !(-4712..=9999).contains(&year) {
        return refuse(1841, "(full) year must be between -4713 and +9999, and not be 0");
    }
    if !(1..=12).contains(&month) {
        return refuse(1843, "not a valid month");
    }
    if !(1..=31).contains(&day) {
        return refuse(1847, "day of month must be between 1 and last day of month");
    }
    if NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).is_none() {
        return refuse(1839, "date not valid for month specified");
    }
    if hour > 23 {
        return refuse(1850, "hour must be between 0 and 23");
    }
    if minute > 59 {
        return refuse(1851, "minutes must be between 0 and 59");
    }
    if second > 59 {
        return refuse(1852, "seconds must be between 0 and 59");
    }
    if nanosecond > 999_999_999 {
        return refuse(1880, "the fractional seconds must be between 0 and 999999999");
    }
    if !(-15 * 60..=15 * 60).contains(&offset) {
        return refuse(1874, "time zone hour must be between -15 and 15");
    }
    Ok(())
}

/// `+hh:mm` as minutes; nothing is the session's time zone.
fn offset(text: &str) -> Result<i16> {
    let invalid = || Failure::Oracle(OracleError::new(1882, "timezone region not found"));
    if text.is_empty() {
        return Ok(0);
    }
    let (sign, rest) = match text.split_at_checked(1) {
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        _ => return Err(invalid()),
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let field = |text: &str| text.parse::<u8>().map(i16::from).map_err(|_| invalid());
    Ok(sign * (field(hours)? * 60 + field(minutes)?))
}

/// # Safety
/// OCI's contract: `zone` has `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIDateTimeConstruct(
    _environment: *mut c_void,
    error: *mut c_void,
    descriptor: *mut c_void,
    year: i16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
    zone: *const u8,
    length: usize,
) -> c_int {
    answer(error, || {
        // SAFETY: the caller's promise.
        let offset = offset(unsafe { raw::text(zone, length) }?)?;
        let value = Timestamp { year, month, day, hour, minute, second, nanosecond, offset };
        check(&value)?;
        handles::datetime(descriptor)?.set(value);
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIDateTimeGetDate(
    _environment: *mut c_void,
    error: *mut c_void,
    descriptor: *const c_void,
    year: *mut i16,
    month: *mut u8,
    day: *mut u8,
) -> c_int {
    answer(error, || {
        let value = handles::datetime(descriptor)?.get();
        // SAFETY: OCI's contract: pointers to the fields.
        unsafe {
            raw::put(year, value.year);
            raw::put(month, value.month);
            raw::put(day, value.day);
        }
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIDateTimeGetTime(
    _environment: *mut c_void,
    error: *mut c_void,
    descriptor: *mut c_void,
    hour: *mut u8,
    minute: *mut u8,
    second: *mut u8,
    nanosecond: *mut u32,
) -> c_int {
    answer(error, || {
        let value = handles::datetime(descriptor)?.get();
        // SAFETY: OCI's contract: pointers to the fields.
        unsafe {
            raw::put(hour, value.hour);
            raw::put(minute, value.minute);
            raw::put(second, value.second);
            raw::put(nanosecond, value.nanosecond);
        }
        Ok(())
    })
}

/// Both parts carry the sign.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn OCIDateTimeGetTimeZoneOffset(
    _environment: *mut c_void,
    error: *mut c_void,
    descriptor: *const c_void,
    hours: *mut i8,
    minutes: *mut i8,
) -> c_int {
    answer(error, || {
        let offset = handles::datetime(descriptor)?.get().offset;
        // SAFETY: OCI's contract: pointers to the fields.
        unsafe {
            raw::put(hours, (offset / 60) as i8);
            raw::put(minutes, (offset % 60) as i8);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, check, in_utc, offset, to_text};

    const NOON: Timestamp = Timestamp {
        year: 2026,
        month: 1,
        day: 1,
        hour: 0,
        minute: 15,
        second: 30,
        nanosecond: 123_456_000,
        offset: 330,
    };

    #[test]
    fn utc_may_be_another_year() {
        let utc = in_utc(NOON);
        assert_eq!((utc.year, utc.month, utc.day, utc.hour, utc.minute), (2025, 12, 31, 18, 45));
    }

    #[test]
    fn offsets_have_a_sign() {
        assert_eq!(offset("-05:30").unwrap(), -330);
        assert_eq!(offset("+14:00").unwrap(), 840);
        assert!(offset("Europe/Berlin").is_err());
    }

    #[test]
    fn the_default_text_is_american() {
        assert_eq!(to_text(NOON), "01-JAN-26 12.15.30.123456 AM +05:30");
    }

    #[test]
    fn a_date_that_never_was_is_refused() {
        assert_eq!(check(&Timestamp { year: 0, ..NOON }).unwrap_err().code, 1841);
        assert_eq!(check(&Timestamp { month: 2, day: 30, ..NOON }).unwrap_err().code, 1839);
        assert_eq!(check(&Timestamp { hour: 24, ..NOON }).unwrap_err().code, 1850);
    }
}
