//! What a column takes: the checks around every value on its way into a table.

use rusqlite::types::Value as Stored;
use rusqlite::{Connection, Result};

use super::arguments::{changing, lenient, number, strict};
use crate::database::values::{number as decimal, timestamp};
use crate::error::OracleError;

pub fn register(connection: &Connection) -> Result<()> {
    // (text, most, whether characters are counted, the column's full name)
    strict(connection, "ora_fit_text", 1, |a| {
        let value = a.text(0);
        if value.len() > 4000 {
            return Err(OracleError::new(1461, "can bind a LONG value only for insert into a LONG column"));
        }
        let (most, label) = (a.integer(1), a.text(3));
        let actual = if a.integer(2) == 1 { value.chars().count() } else { value.len() };
        if actual as i64 > most {
            let text = format_args!("value too large for column {label} (actual: {actual}, maximum: {most})");
            return Err(OracleError::new(12899, text));
        }
        Ok(if value.is_empty() { Stored::Null } else { Stored::Text(value.to_owned()) })
    })?;
    // (bytes, most, the column's full name)
    strict(connection, "ora_fit_raw", 1, |a| {
        let (value, most, label) = (a.bytes(0), a.integer(1), a.text(2));
        let actual = value.len();
        if actual as i64 > most {
            let text = format_args!("value too large for column {label} (actual: {actual}, maximum: {most})");
            return Err(OracleError::new(12899, text));
        }
        Ok(Stored::Blob(value.to_vec()))
    })?;
    // (number, precision, scale)
    strict(connection, "ora_fit_number", 1, |a| {
        number(&decimal::fit(&a.number(0), a.integer(1) as u8, a.integer(2) as i8)?)
    })?;
    // (timestamp, fractional digits)
    strict(connection, "ora_fit_timestamp", 1, |a| {
        let (utc, offset) = a.timestamp(0);
        timestamp::store_utc(timestamp::round(utc, a.integer(1) as u8), offset).map(Stored::Text)
    })?;
    // Unlike COALESCE, NVL computes both.
    lenient(connection, "ora_nvl", |a| {
        let chosen = usize::from(a.is_null(0));
        a.0.get(chosen).map_err(|error| OracleError::new(600, error))
    })?;
    // (value, 1400 or 1407, the column's full name)
    // Not of its arguments alone: SQLite would look at a constant before it knows whether there is a row.
    changing(connection, "ora_not_null", |a| {
        if a.is_null(0) {
            let code = a.integer(1) as i32;
            let verb = if code == 1400 { "insert NULL into" } else { "update" };
            let end = if code == 1400 { "" } else { " to NULL" };
            return Err(OracleError::new(code, format_args!("cannot {verb} ({}){end}", a.text(2))));
        }
        a.0.get(0).map_err(|error| OracleError::new(600, error))
    })
}
