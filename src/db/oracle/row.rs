use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, Utc};
use oracle::Statement;
use oracle::sql_type::FromSql;

use super::error::OracleError;
use crate::db::{DbError, Row};

/// A row of a query.
pub struct Fetched<'r>(pub &'r oracle::Row);

/// The row that an INSERT has just made, as its OUT binds hold it.
pub struct Inserted<'s> {
    pub statement: &'s Statement,
    /// The names of the binds, in the order of the columns.
    pub outs: &'s [String],
}

/// Reads a column as the driver converts it.
trait Columns {
    fn get<T: FromSql>(&self, column: usize) -> Result<Option<T>, DbError>;
}

impl Columns for Fetched<'_> {
    fn get<T: FromSql>(&self, column: usize) -> Result<Option<T>, DbError> {
        Ok(self.0.get::<usize, Option<T>>(column).map_err(OracleError::from)?)
    }
}

impl Columns for Inserted<'_> {
    fn get<T: FromSql>(&self, column: usize) -> Result<Option<T>, DbError> {
        let values = self.statement.returned_values::<&str, Option<T>>(&self.outs[column]);
        match <[Option<T>; 1]>::try_from(values.map_err(OracleError::from)?) {
            Ok([value]) => Ok(value),
            Err(values) => Err(DbError::Failed(format!("{} rows were inserted, not one", values.len()))),
        }
    }
}

impl<C: Columns> Row for C {
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
}
