//! Timestamps from and to text, by a date format model.

use chrono::{Datelike, Timelike};

use super::picture::{Element, elements};
use super::timestamp;
use crate::database::messages::ora;
use crate::error::OracleError;
use crate::value::Timestamp;

/// Oracle's default NLS_TIMESTAMP_TZ_FORMAT for AMERICA.
pub const DEFAULT: &str = "DD-MON-RR HH.MI.SSXFF AM TZR";

const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// What follows `TIMESTAMP` in a literal.
pub fn read_literal(text: &str) -> Result<Timestamp, OracleError> {
    let format = match text.trim().len() {
        0..19 => return Err(ora(1861)),
        19 => "YYYY-MM-DD HH24:MI:SS",
        _ if text.contains('.') && !text.trim()[19..].contains(['+', '-', ' ']) => "YYYY-MM-DD HH24:MI:SSXFF",
        _ if text.contains('.') => "YYYY-MM-DD HH24:MI:SSXFF TZR",
        _ => "YYYY-MM-DD HH24:MI:SS TZR",
    };
    read(text, format, 0)
}

/// Reads a text by the format. `zone` is the offset where the format names none.
pub fn read(text: &str, format: &str, zone: i16) -> Result<Timestamp, OracleError> {
    let mut reader = Reader { rest: text.trim() };
    let today = timestamp::now();
    let mut value = Timestamp {
        year: today.year() as i16,
        month: today.month() as u8,
        day: 1,
        hour: 0,
        minute: 0,
        second: 0,
        nanosecond: 0,
        offset: zone,
    };
    let mut afternoon = None;
    let mut twelve_hours = false;
    for element in elements(format)? {
        if reader.rest.is_empty() && !matches!(element, Element::Punctuation(_) | Element::Fraction(_)) {
            // What is left out at the end keeps its default, but a date must be whole.
            match element {
                Element::Zone | Element::ZoneHour | Element::ZoneMinute | Element::Meridian => {
                    continue;
                }
                Element::Hour24 | Element::Hour12 | Element::Minute | Element::Second => continue,
                _ => return Err(ora(1840)),
            }
        }
        match element {
            Element::Year4 => value.year = reader.digits(4)? as i16,
            Element::Year2 => {
                let year = reader.digits(2)? as i16;
                value.year = if year < 50 { 2000 + year } else { 1900 + year };
            }
            Element::Month => value.month = reader.digits(2)? as u8,
            Element::MonthName(_) => value.month = reader.month()?,
            Element::Day => value.day = reader.digits(2)? as u8,
            Element::Hour24 => value.hour = reader.digits(2)? as u8,
            Element::Hour12 => {
                value.hour = reader.digits(2)? as u8;
                twelve_hours = true;
            }
            Element::Minute => value.minute = reader.digits(2)? as u8,
            Element::Second => value.second = reader.digits(2)? as u8,
            Element::Fraction(digits) => value.nanosecond = reader.fraction(digits.unwrap_or(9)),
            Element::Meridian => afternoon = Some(reader.meridian()?),
            Element::ZoneHour => value.offset = reader.zone_hour()?,
            Element::ZoneMinute => {
                let minutes = reader.digits(2)? as i16;
                value.offset += if value.offset < 0 { -minutes } else { minutes };
            }
            Element::Zone => value.offset = reader.zone()?,
            Element::Literal(literal) => {
                reader.rest = reader.rest.strip_prefix(literal.as_str()).ok_or_else(|| ora(1861))?;
            }
            Element::Punctuation(_) => reader.punctuation(),
        }
    }
    if !reader.rest.trim().is_empty() {
        return Err(ora(1830));
    }
    if twelve_hours {
        if !(1..=12).contains(&value.hour) {
            return Err(ora(1849));
        }
        value.hour = value.hour % 12 + if afternoon == Some(true) { 12 } else { 0 };
    }
    timestamp::store(&value)?;
    Ok(value)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// One to so many digits.
    fn digits(&mut self, most: usize) -> Result<u32, OracleError> {
        let length = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let number = self.rest[..length].parse().map_err(|_| ora(1858))?;
        self.rest = &self.rest[length..];
        Ok(number)
    }

    fn month(&mut self) -> Result<u8, OracleError> {
        let letters = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = self.rest[..letters].to_uppercase();
        let found = MONTHS.iter().position(|month| *month == name || month[..3] == name);
        let month = found.ok_or_else(|| ora(1843))?;
        self.rest = &self.rest[letters..];
        Ok(month as u8 + 1)
    }

    fn fraction(&mut self, most: u8) -> u32 {
        let length = self.rest.bytes().take(most.into()).take_while(u8::is_ascii_digit).count();
        let digits = format!("{:0<9}", &self.rest[..length]);
        self.rest = &self.rest[length..];
        digits.parse().unwrap_or(0)
    }

    fn meridian(&mut self) -> Result<bool, OracleError> {
        let word = self.rest.get(..2).map(str::to_uppercase);
        let afternoon = match word.as_deref() {
            Some("AM") => false,
            Some("PM") => true,
            _ => return Err(OracleError::new(1855, "AM/A.M. or PM/P.M. required")),
        };
        self.rest = &self.rest[2..];
        Ok(afternoon)
    }

    fn zone_hour(&mut self) -> Result<i16, OracleError> {
        let negative = self.rest.starts_with('-');
        self.rest = self.rest.trim_start_matches(['+', '-']);
        let hours = self.digits(2)? as i16;
        Ok(if negative { -hours * 60 } else { hours * 60 })
    }

    fn zone(&mut self) -> Result<i16, OracleError> {
        let (word, rest) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
        let zone = timestamp::zone(word)?;
        self.rest = rest;
        Ok(zone)
    }

    /// One character that is no letter or digit stands for any other; it may be left out too. A sign before a
    /// zone's hours stays for the hours.
    fn punctuation(&mut self) {
        let mut characters = self.rest.chars();
        if characters.next().is_some_and(|c| !c.is_alphanumeric() && c != '+') {
            self.rest = characters.as_str();
        }
    }
}

/// Writes a stored timestamp by the format.
pub fn write(value: &Timestamp, format: &str) -> Result<String, OracleError> {
    let local = timestamp::local(value)?;
    let mut text = String::new();
    for element in elements(format)? {
        let zone = value.offset.abs();
        let sign = if value.offset < 0 { '-' } else { '+' };
        let month = MONTHS[local.month0() as usize];
        text += &match element {
            Element::Year4 => format!("{:04}", local.year()),
            Element::Year2 => format!("{:02}", local.year() % 100),
            Element::Month => format!("{:02}", local.month()),
            Element::MonthName(true) => format!("{month:<9}"),
            Element::MonthName(false) => month[..3].to_owned(),
            Element::Day => format!("{:02}", local.day()),
            Element::Hour24 => format!("{:02}", local.hour()),
            Element::Hour12 => format!("{:02}", local.hour12().1),
            Element::Minute => format!("{:02}", local.minute()),
            Element::Second => format!("{:02}", local.second()),
            Element::Fraction(digits) => {
                format!("{:09}", local.nanosecond())[..usize::from(digits.unwrap_or(6)).min(9)].to_owned()
            }
            Element::Meridian => if local.hour12().0 { "PM" } else { "AM" }.to_owned(),
            Element::ZoneHour => format!("{sign}{:02}", zone / 60),
            Element::ZoneMinute => format!("{:02}", zone % 60),
            Element::Zone => format!("{sign}{:02}:{:02}", zone / 60, zone % 60),
            Element::Literal(literal) => literal,
            Element::Punctuation(c) => c.to_string(),
        };
    }
    Ok(text)
}
