use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, ToSql};

use super::error::classify;
use crate::db::{Bind, DbError, Returned, Row, Value};

/// A pooled connection to the database file.
pub struct EmbeddedConnection {
    pub(super) pooled: r2d2::PooledConnection<SqliteConnectionManager>,
    /// SQLite has one writer, and makes the others poll. This process's own wait in line instead;
    /// SQLite's busy timeout is left to other processes on the file.
    pub(super) writer: Arc<Mutex<()>>,
}

impl EmbeddedConnection {
    pub fn rows<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        mut read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut statement = prepare(&self.pooled, sql, binds)?;
        let mut rows = statement.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(classify)? {
            found.push(read(&EmbeddedRow(row))?);
        }
        Ok(found)
    }

    pub fn execute(&mut self, sql: &str, binds: &[Bind<'_>]) -> Result<u64, DbError> {
        let mut statement = prepare(&self.pooled, sql, binds)?;
        let _turn = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = statement.raw_execute().map_err(classify)?;
        Ok(changed as u64)
    }

    pub fn insert<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        returned: &[Returned],
        read: impl FnOnce(&dyn Row) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        let columns: Vec<_> = returned.iter().map(|column| column.column()).collect();
        let mut statement = prepare(&self.pooled, &format!("{sql} RETURNING {}", columns.join(", ")), binds)?;
        let _turn = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rows = statement.raw_query();
        let row = rows.next().map_err(classify)?;
        let given = read(&EmbeddedRow(row.ok_or_else(|| DbError::Failed("nothing was inserted".into()))?))?;
        // The statement is committed when it has been stepped to its end.
        match rows.next().map_err(classify)? {
            None => Ok(given),
            Some(_) => Err(DbError::Failed("more than one row was inserted".into())),
        }
    }
}

/// A prepared statement with all of its binds, no more and no fewer, as Oracle wants them.
fn prepare<'c>(
    connection: &'c rusqlite::Connection,
    sql: &str,
    binds: &[Bind<'_>],
) -> Result<CachedStatement<'c>, DbError> {
    let mut statement = connection.prepare_cached(sql).map_err(classify)?;
    if statement.parameter_count() != binds.len() {
        let (wants, given) = (statement.parameter_count(), binds.len());
        return Err(DbError::Failed(format!("{wants} binds wanted, {given} given: {sql}")));
    }
    for (name, value) in binds {
        let index = statement.parameter_index(&format!(":{name}")).map_err(classify)?;
        let index = index.ok_or_else(|| DbError::Failed(format!("no bind :{name} in: {sql}")))?;
        statement.raw_bind_parameter(index, value).map_err(classify)?;
    }
    Ok(statement)
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Self::Integer(integer) => ToSqlOutput::from(integer),
            Self::Text(None | Some("")) => ToSqlOutput::from(rusqlite::types::Null),
            Self::Text(Some(text)) => ToSqlOutput::from(text),
            Self::Timestamp(instant) => ToSqlOutput::from(instant.timestamp_micros()),
        })
    }
}

struct EmbeddedRow<'r>(&'r rusqlite::Row<'r>);

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
}
