//! One value in the caller's memory, in one of OCI's external types.

use std::ffi::c_void;

use super::answer::{Failure, Result};
use super::timestamp::{check, in_utc, to_text};
use super::{handles, number};
use crate::error::OracleError;
use crate::messages;
use crate::value::{Timestamp, Value};

/// OCI's external types (SQLT_…), as far as the drivers use them.
pub mod kind {
    pub const CHR: u16 = 1;
    pub const NUM: u16 = 2;
    pub const INT: u16 = 3;
    pub const FLT: u16 = 4;
    pub const VNU: u16 = 6;
    pub const LNG: u16 = 8;
    pub const BFLOAT: u16 = 21;
    pub const BIN: u16 = 23;
    pub const BDOUBLE: u16 = 22;
    pub const UIN: u16 = 68;
    pub const AFC: u16 = 96;
    pub const CLOB: u16 = 112;
    pub const ODT: u16 = 156;
    pub const TIMESTAMP: u16 = 187;
    pub const TIMESTAMP_TZ: u16 = 188;
    pub const TIMESTAMP_LTZ: u16 = 232;
}

/// Types whose buffer holds the handle of a descriptor and not the value itself.
pub fn is_descriptor(kind: u16) -> bool {
    matches!(kind, kind::TIMESTAMP | kind::TIMESTAMP_TZ | kind::TIMESTAMP_LTZ | kind::CLOB)
}

/// OCIDate, as SQLT_ODT lays it out.
#[derive(Clone, Copy)]
#[repr(C)]
struct Date {
    year: i16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
}

/// Where a value lies, and its type there.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub kind: u16,
    /// The value, or the descriptor's handle for a type that has one.
    pub start: *mut c_void,
    pub size: usize,
}

/// What became of a value that was written.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// The length in bytes.
    Whole(usize),
    /// The value was wider than its place; this was its length.
    Truncated(usize),
}

impl Place {
    /// Reads a value that is not null.
    ///
    /// # Safety
    /// `start` holds a value of this type, `size` bytes of it.
    pub unsafe fn read(&self) -> Result<Value> {
        let number = |text: String| Ok(Value::Number(text));
        match self.kind {
            kind::CHR | kind::LNG | kind::AFC => {
                // SAFETY: the caller's promise.
                let text = unsafe { super::raw::text(self.start.cast_const().cast(), self.size) }?;
                Ok(if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) })
            }
            kind::BIN => {
                // SAFETY: the caller's promise.
                let bytes = unsafe { super::raw::bytes(self.start.cast_const().cast(), self.size) };
                Ok(if bytes.is_empty() { Value::Null } else { Value::Bytes(bytes.to_vec()) })
            }
            // SAFETY, here and below: the caller's promise.
            kind::INT | kind::UIN => number(unsafe { self.integer() }?.to_string()),
            kind::FLT | kind::BFLOAT | kind::BDOUBLE => number(decimal(unsafe { self.float() }?)?),
            kind::VNU => number(number::decode(&unsafe { self.load::<number::Bytes>() })?),
            kind::ODT => {
                let Date { year, month, day, hour, minute, second } = unsafe { self.load::<Date>() };
                let value = Timestamp { year, month, day, hour, minute, second, nanosecond: 0, offset: 0 };
                check(&value)?;
                Ok(Value::Timestamp(value))
            }
            kind::TIMESTAMP => {
                let value = handles::datetime(self.start)?.get();
                Ok(Value::Timestamp(Timestamp { offset: 0, ..value }))
            }
            kind::TIMESTAMP_TZ => Ok(Value::Timestamp(handles::datetime(self.start)?.get())),
            kind::TIMESTAMP_LTZ => Ok(Value::Timestamp(in_utc(handles::datetime(self.start)?.get()))),
            kind::CLOB => {
                let text = handles::lob(self.start)?.text();
                Ok(if text.is_empty() { Value::Null } else { Value::Text(text) })
            }
            _ => Err(Failure::Oracle(messages::error(3115))),
        }
    }

    /// Writes a value that is not null.
    ///
    /// # Safety
    /// `start` has room for `size` bytes of this type.
    pub unsafe fn write(&self, value: &Value) -> Result<Written> {
        match self.kind {
            kind::CHR | kind::LNG | kind::AFC => {
                let text = as_text(value);
                let mut length = text.len().min(self.size);
                while !text.is_char_boundary(length) {
                    length -= 1;
                }
                // SAFETY, here and below: the caller's promise; `length` is at most `size`.
                unsafe { self.start.cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), length) };
                return Ok(if length < text.len() {
                    Written::Truncated(text.len())
                } else {
                    Written::Whole(length)
                });
            }
            kind::BIN => {
                let bytes = as_bytes(value)?;
                let length = bytes.len().min(self.size);
                unsafe { self.start.cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), length) };
                return Ok(if length < bytes.len() {
                    Written::Truncated(bytes.len())
                } else {
                    Written::Whole(length)
                });
            }
            kind::INT | kind::UIN => unsafe { self.store_integer(&as_number(value)?) }?,
            kind::FLT | kind::BFLOAT | kind::BDOUBLE => {
                let float: f64 = as_number(value)?.parse().map_err(|_| messages::error(1722))?;
                match self.size {
                    4 => unsafe { self.store(float as f32) },
                    _ => unsafe { self.store(float) },
                }
            }
            kind::VNU => unsafe { self.store(number::encode(&as_number(value)?)?) },
            kind::NUM => return Err(Failure::Oracle(messages::error(3115))),
            kind::ODT => {
                let Timestamp { year, month, day, hour, minute, second, .. } = as_timestamp(value)?;
                unsafe { self.store(Date { year, month, day, hour, minute, second }) };
            }
            kind::TIMESTAMP | kind::TIMESTAMP_TZ => handles::datetime(self.start)?.set(as_timestamp(value)?),
            kind::TIMESTAMP_LTZ => handles::datetime(self.start)?.set(in_utc(as_timestamp(value)?)),
            kind::CLOB => handles::lob(self.start)?.fill(as_text(value)),
            _ => return Err(Failure::Oracle(messages::error(3115))),
        }
        Ok(Written::Whole(self.size))
    }

    unsafe fn load<T: Copy>(&self) -> T {
        // SAFETY: promised to `read`; arrays of values need not be aligned.
        unsafe { self.start.cast::<T>().read_unaligned() }
    }

    unsafe fn store<T>(&self, value: T) {
        // SAFETY: promised to `write`.
        unsafe { self.start.cast::<T>().write_unaligned(value) }
    }

    unsafe fn integer(&self) -> Result<i128> {
        // SAFETY: promised to `read`: an integer of `size` bytes.
        unsafe {
            match (self.kind, self.size) {
                (kind::UIN, 8) => Ok(self.load::<u64>().into()),
                (kind::INT, 8) => Ok(self.load::<i64>().into()),
                (kind::INT, 4) => Ok(self.load::<i32>().into()),
                (kind::INT, 2) => Ok(self.load::<i16>().into()),
                (kind::INT, 1) => Ok(self.load::<i8>().into()),
                _ => Err(Failure::Oracle(messages::error(3115))),
            }
        }
    }

    unsafe fn store_integer(&self, text: &str) -> Result {
        // The client cuts the fraction off, and refuses what does not fit.
        let whole = text.split('.').next().unwrap_or_default();
        let value: i128 = whole.parse().map_err(|_| messages::error(1426))?;
        let overflow = || Failure::Oracle(messages::error(1426));
        // SAFETY: promised to `write`: an integer of `size` bytes.
        unsafe {
            match (self.kind, self.size) {
                (kind::UIN, 8) => self.store(u64::try_from(value).map_err(|_| overflow())?),
                (kind::INT, 8) => self.store(i64::try_from(value).map_err(|_| overflow())?),
                (kind::INT, 4) => self.store(i32::try_from(value).map_err(|_| overflow())?),
                (kind::INT, 2) => self.store(i16::try_from(value).map_err(|_| overflow())?),
                (kind::INT, 1) => self.store(i8::try_from(value).map_err(|_| overflow())?),
                _ => return Err(Failure::Oracle(messages::error(3115))),
            }
        }
        Ok(())
    }

    unsafe fn float(&self) -> Result<f64> {
        // SAFETY: promised to `read`: a float of `size` bytes.
        unsafe {
            match self.size {
                4 => Ok(self.load::<f32>().into()),
                8 => Ok(self.load::<f64>()),
                _ => Err(Failure::Oracle(messages::error(3115))),
            }
        }
    }
}

/// A float as a NUMBER, which has neither infinity nor anything that is not a number.
fn decimal(value: f64) -> Result<String> {
    if value.is_finite() { Ok(value.to_string()) } else { Err(Failure::Oracle(messages::error(1426))) }
}

/// Oracle writes no zero before the point.
pub fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Number(number) => match number.strip_prefix("0.").or(number.strip_prefix("-0.")) {
            Some(fraction) if number.starts_with('-') => format!("-.{fraction}"),
            Some(fraction) => format!(".{fraction}"),
            None => number.clone(),
        },
        Value::Text(text) => text.clone(),
        Value::Timestamp(timestamp) => to_text(*timestamp),
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02X}")).collect(),
    }
}

pub fn as_bytes(value: &Value) -> std::result::Result<&[u8], OracleError> {
    match value {
        Value::Bytes(bytes) => Ok(bytes),
        _ => Err(mismatch("BINARY", value)),
    }
}

fn as_number(value: &Value) -> std::result::Result<String, OracleError> {
    match value {
        Value::Number(number) => Ok(number.clone()),
        Value::Text(text) => Ok(number::decode(&number::encode(text)?)?),
        Value::Null | Value::Timestamp(_) | Value::Bytes(_) => Err(mismatch("NUMBER", value)),
    }
}

fn as_timestamp(value: &Value) -> std::result::Result<Timestamp, OracleError> {
    match value {
        Value::Timestamp(timestamp) => Ok(*timestamp),
        _ => Err(mismatch("TIMESTAMP", value)),
    }
}

fn mismatch(expected: &str, value: &Value) -> OracleError {
    let got = match value {
        Value::Null => "NULL",
        Value::Number(_) => "NUMBER",
        Value::Text(_) => "CHAR",
        Value::Timestamp(_) => "TIMESTAMP WITH TIME ZONE",
        Value::Bytes(_) => "BINARY",
    };
    OracleError::new(932, format!("inconsistent datatypes: expected {expected} got {got}"))
}
