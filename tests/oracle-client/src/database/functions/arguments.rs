//! Defining a function, and reading its arguments.

use bigdecimal::{BigDecimal, Signed, ToPrimitive};
use chrono::NaiveDateTime;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value as Stored, ValueRef};
use rusqlite::{Connection, Result};

use crate::database::values::{number, timestamp};
use crate::error::OracleError;

pub type Answer = std::result::Result<Stored, OracleError>;

pub struct Arguments<'a, 'c>(pub &'a Context<'c>);

impl Arguments<'_, '_> {
    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn is_null(&self, index: usize) -> bool {
        index >= self.count() || self.0.get_raw(index) == ValueRef::Null
    }

    /// A text; empty where there is none.
    pub fn text(&self, index: usize) -> &str {
        match index < self.count() {
            true => self.0.get_raw(index).as_str().unwrap_or(""),
            false => "",
        }
    }

    /// The bytes of a NUMBER or a RAW.
    pub fn bytes(&self, index: usize) -> &[u8] {
        self.0.get_raw(index).as_blob().unwrap_or(&[0x80])
    }

    pub fn number(&self, index: usize) -> BigDecimal {
        number::decode(self.bytes(index))
    }

    /// A NUMBER cut to a whole number, or one of SQLite's integers.
    pub fn integer(&self, index: usize) -> i64 {
        match self.0.get_raw(index) {
            ValueRef::Integer(integer) => integer,
            _ => {
                let whole = self.number(index).with_scale(0);
                whole.to_i64().unwrap_or(if whole.is_negative() { i64::MIN } else { i64::MAX })
            }
        }
    }

    /// A timestamp's UTC fields and offset.
    pub fn timestamp(&self, index: usize) -> (NaiveDateTime, i16) {
        timestamp::split(self.text(index))
    }
}

/// A function of NULLs and values alike, and of what else the session knows.
pub fn changing(
    connection: &Connection,
    name: &str,
    function: impl Fn(&Arguments) -> Answer + Send + 'static,
) -> Result<()> {
    connection.create_scalar_function(name, -1, FunctionFlags::SQLITE_UTF8, move |context| {
        function(&Arguments(context)).map_err(failed)
    })
}

/// A function of NULLs and values alike.
pub fn lenient(
    connection: &Connection,
    name: &str,
    function: impl Fn(&Arguments) -> Answer + Send + 'static,
) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection
        .create_scalar_function(name, -1, flags, move |context| function(&Arguments(context)).map_err(failed))
}

/// A function that is NULL where its first arguments, as many as `needed`, are not all there.
pub fn strict(
    connection: &Connection,
    name: &str,
    needed: usize,
    function: impl Fn(&Arguments) -> Answer + Send + 'static,
) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(name, -1, flags, move |context| {
        let arguments = Arguments(context);
        if (0..needed).any(|index| arguments.is_null(index)) {
            return Ok(Stored::Null);
        }
        function(&arguments).map_err(failed)
    })
}

/// SQLite hands the text on, `ORA-` and number included; `execute::failure` reads it back.
pub fn failed(error: OracleError) -> rusqlite::Error {
    rusqlite::Error::UserFunctionError(error.into())
}

/// A text, NULL where it is empty.
pub fn text(text: impl Into<String>) -> Answer {
    let text = text.into();
    Ok(if text.is_empty() { Stored::Null } else { Stored::Text(text) })
}

pub fn number(number: &BigDecimal) -> Answer {
    number::encode(number).map(Stored::Blob)
}

pub fn integer(integer: i64) -> Answer {
    Ok(Stored::Blob(number::of_integer(integer)))
}
