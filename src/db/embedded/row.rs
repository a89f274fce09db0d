use std::borrow::Cow;

use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;

use super::error::classify;
use crate::db::{DbError, Row};

/// A row, read out of SQLite's own memory.
pub struct EmbeddedRow<'r>(pub &'r rusqlite::Row<'r>);

impl EmbeddedRow<'_> {
    fn column(&self, column: usize) -> Result<ValueRef<'_>, DbError> {
        self.0.get_ref(column).map_err(classify)
    }
}

fn mismatch(column: usize, wanted: &str, found: ValueRef<'_>) -> DbError {
    DbError::Failed(format!("column {column} is {}, not {wanted}", found.data_type()))
}

impl Row for EmbeddedRow<'_> {
    fn integer(&self, column: usize) -> Result<Option<i64>, DbError> {
        match self.column(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Integer(integer) => Ok(Some(integer)),
            found => Err(mismatch(column, "an integer", found)),
        }
    }

    fn text(&self, column: usize) -> Result<Option<Cow<'_, str>>, DbError> {
        match self.column(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => Ok(Some(text.into())),
                Err(error) => Err(DbError::Failed(format!("column {column}: {error}"))),
            },
            found => Err(mismatch(column, "a text", found)),
        }
    }

    fn timestamp(&self, column: usize) -> Result<Option<DateTime<Utc>>, DbError> {
        self.integer(column)?
            .map(|micros| {
                DateTime::from_timestamp_micros(micros)
                    .ok_or_else(|| DbError::Failed(format!("column {column}: {micros} is no time")))
            })
            .transpose()
    }

    fn bytes(&self, column: usize) -> Result<Option<Cow<'_, [u8]>>, DbError> {
        match self.column(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Blob(bytes) => Ok(Some(bytes.into())),
            found => Err(mismatch(column, "bytes", found)),
        }
    }
}
