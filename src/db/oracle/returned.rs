use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, Utc};
use oracle::Statement;
use oracle::sql_type::{FromSql, OracleType};

use super::bind::text_of;
use super::error::OracleError;
use crate::db::{DbError, Returned, Row};

/// What a write gave back of one column, for each row that it met, out of its OUT bind.
pub enum Column {
    Integers(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    /// At the offset that each was written at.
    Timestamps(Vec<Option<DateTime<FixedOffset>>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

impl Column {
    /// Reads the OUT bind of this name.
    pub fn of(statement: &Statement, out: &str, returned: Returned) -> Result<Self, DbError> {
        fn values<T: FromSql>(statement: &Statement, out: &str) -> Result<Vec<Option<T>>, DbError> {
            Ok(statement.returned_values(out).map_err(OracleError::from)?)
        }
        Ok(match returned {
            Returned::Integer(_) => Self::Integers(values(statement, out)?),
            Returned::Text(_) => Self::Texts(values(statement, out)?),
            Returned::Timestamp(_) => Self::Timestamps(values(statement, out)?),
            Returned::Bytes(_) => Self::Bytes(values(statement, out)?),
        })
    }
}

/// The type of the OUT bind of a returned column. Texts and bytes have room for as much as their
/// columns hold on a default database.
pub fn out_type(column: Returned) -> OracleType {
    match column {
        Returned::Integer(_) => OracleType::Int64,
        Returned::Text(_) => text_of(4000),
        Returned::Timestamp(_) => OracleType::TimestampTZ(6),
        Returned::Bytes(_) => OracleType::Raw(2000),
    }
}

/// One of the rows that a write has met.
pub struct ReturnedRow<'s> {
    pub columns: &'s [Column],
    /// Counts the rows from 0.
    pub index: usize,
}

fn absent(column: usize) -> DbError {
    DbError::Failed(format!("column {column} did not come back, or is of another type"))
}

impl Row for ReturnedRow<'_> {
    fn integer(&self, column: usize) -> Result<Option<i64>, DbError> {
        match self.columns.get(column) {
            Some(Column::Integers(values)) => values.get(self.index).copied().ok_or_else(|| absent(column)),
            _ => Err(absent(column)),
        }
    }

    fn text(&self, column: usize) -> Result<Option<Cow<'_, str>>, DbError> {
        match self.columns.get(column) {
            Some(Column::Texts(values)) => match values.get(self.index) {
                Some(text) => Ok(text.as_deref().map(Cow::Borrowed)),
                None => Err(absent(column)),
            },
            _ => Err(absent(column)),
        }
    }

    fn timestamp(&self, column: usize) -> Result<Option<DateTime<Utc>>, DbError> {
        match self.columns.get(column) {
            Some(Column::Timestamps(values)) => match values.get(self.index) {
                Some(local) => Ok(local.map(|local| local.to_utc())),
                None => Err(absent(column)),
            },
            _ => Err(absent(column)),
        }
    }

    fn bytes(&self, column: usize) -> Result<Option<Cow<'_, [u8]>>, DbError> {
        match self.columns.get(column) {
            Some(Column::Bytes(values)) => match values.get(self.index) {
                Some(bytes) => Ok(bytes.as_deref().map(Cow::Borrowed)),
                None => Err(absent(column)),
            },
            _ => Err(absent(column)),
        }
    }
}
