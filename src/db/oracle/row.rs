use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, Utc};
use oracle::sql_type::FromSql;

use super::error::OracleError;
use crate::db::{DbError, Row};

/// A row of a query.
pub struct Fetched<'r>(pub &'r oracle::Row);

impl Fetched<'_> {
    fn get<T: FromSql>(&self, column: usize) -> Result<Option<T>, DbError> {
        Ok(self.0.get::<usize, Option<T>>(column).map_err(OracleError::from)?)
    }
}

impl Row for Fetched<'_> {
    fn integer(&self, column: usize) -> Result<Option<i64>, DbError> {
        self.get(column)
    }

    fn text(&self, column: usize) -> Result<Option<Cow<'_, str>>, DbError> {
        Ok(self.get::<String>(column)?.map(Cow::Owned))
    }

    /// The driver's `DateTime<Utc>` takes the fields and forgets the offset: they are read at their
    /// offset, and then turned into UTC.
    fn timestamp(&self, column: usize) -> Result<Option<DateTime<Utc>>, DbError> {
        let local: Option<DateTime<FixedOffset>> = self.get(column)?;
        Ok(local.map(|local| local.to_utc()))
    }

    fn bytes(&self, column: usize) -> Result<Option<Cow<'_, [u8]>>, DbError> {
        Ok(self.get::<Vec<u8>>(column)?.map(Cow::Owned))
    }
}
