//! Oracle's values as they are kept in SQLite.
//!
//! A NUMBER is a blob in Oracle's own base-100 notation, which orders as its bytes do and is exact to 38 digits.
//! A TIMESTAMP WITH TIME ZONE is a text, the UTC fields to nine digits and the offset behind them; the collation
//! `timestamp::COLLATION` compares the UTC part alone. VARCHAR2 and CLOB are texts, RAW is a blob, and NULL is NULL, the
//! empty text too. An INTERVAL DAY TO SECOND, which no column has, is a NUMBER of nanoseconds.

pub mod interval;
pub mod number;
pub mod timestamp;

use rusqlite::types::{Value as Stored, ValueRef};

use crate::database::compile::Type;
use crate::error::OracleError;
use crate::value::Value;

/// A bind's value as SQLite is given it.
pub fn to_stored(value: &Value) -> Result<Stored, OracleError> {
    Ok(match value {
        Value::Null => Stored::Null,
        Value::Text(text) if text.is_empty() => Stored::Null,
        Value::Text(text) => Stored::Text(text.clone()),
        Value::Number(number) => Stored::Blob(number::encode(&number::parse(number)?)?),
        Value::Timestamp(value) => Stored::Text(timestamp::store(value)?),
        Value::Bytes(bytes) if bytes.is_empty() => Stored::Null,
        Value::Bytes(bytes) => Stored::Blob(bytes.clone()),
    })
}

/// A column's value as a client is given it; the column's type tells a text from a timestamp, and a NUMBER's bytes
/// from a RAW's.
pub fn from_stored(stored: ValueRef<'_>, kind: Type) -> Value {
    match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Number(number.to_string()),
        ValueRef::Real(number) => Value::Number(number.to_string()),
        ValueRef::Blob([]) => Value::Null,
        ValueRef::Blob(bytes) if kind == Type::Raw => Value::Bytes(bytes.to_vec()),
        ValueRef::Blob(bytes) => Value::Number(number::plain(bytes)),
        ValueRef::Text(text) if kind == Type::Timestamp => {
            Value::Timestamp(timestamp::read(&String::from_utf8_lossy(text)))
        }
        ValueRef::Text([]) => Value::Null,
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
    }
}
