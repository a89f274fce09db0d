use std::ops::{ControlFlow, Deref};

use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::CachedStatement;

use super::error::classify;
use super::row::EmbeddedRow;
use super::statement::{bind, prepare};
use crate::db::{Batched, Bind, DbError, Returned, Row};

/// A connection to the database file: one of those that read, or the writer's.
///
/// What belongs together stands in a savepoint: in one of the writer's transaction, which is a
/// group's; on a connection that reads it is a transaction by itself
/// (<https://www.sqlite.org/lang_savepoint.html>).
pub struct EmbeddedConnection {
    pub(super) sqlite: Sqlite,
    has_savepoint: bool,
}

/// Whose the connection is.
pub enum Sqlite {
    /// The pool's.
    Lent(r2d2::PooledConnection<SqliteConnectionManager>),
    /// The writer's.
    Own(rusqlite::Connection),
}

impl Deref for Sqlite {
    type Target = rusqlite::Connection;

    fn deref(&self) -> &rusqlite::Connection {
        match self {
            Self::Lent(pooled) => pooled,
            Self::Own(connection) => connection,
        }
    }
}

impl EmbeddedConnection {
    pub fn new(sqlite: Sqlite) -> Self {
        Self { sqlite, has_savepoint: false }
    }

    pub fn rows<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        mut read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut statement = prepare(&self.sqlite, sql, binds)?;
        all_rows(&mut statement, &mut read)
    }

    pub fn rows_until(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        mut read: impl FnMut(&dyn Row) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError> {
        let mut statement = prepare(&self.sqlite, sql, binds)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(classify)? {
            if read(&EmbeddedRow(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    pub fn row<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        Ok(self.rows(sql, binds, read)?.into_iter().next())
    }

    pub fn execute(&mut self, sql: &str, binds: &[Bind<'_>], commits: bool) -> Result<u64, DbError> {
        self.write(commits, |sqlite| {
            let changed = prepare(sqlite, sql, binds)?.raw_execute().map_err(classify)?;
            Ok(changed as u64)
        })
    }

    pub fn returning<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        returned: &[Returned],
        commits: bool,
        mut read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let columns: Vec<_> = returned.iter().map(|column| column.column()).collect();
        let sql = format!("{sql} RETURNING {}", columns.join(", "));
        // The statement is done when it has been stepped to its end.
        self.write(commits, |sqlite| all_rows(&mut prepare(sqlite, &sql, binds)?, &mut read))
    }

    /// Row by row; one that fails is undone by itself, as SQLite does with any statement.
    pub fn batch(&mut self, sql: &str, rows: &[&[Bind<'_>]], commits: bool) -> Result<Batched, DbError> {
        let Some(first) = rows.first() else { return Ok(Batched::default()) };
        // All rows in one savepoint, whatever comes after: the array stands or falls as a whole.
        let batched = self.write(false, |sqlite| {
            let mut statement = prepare(sqlite, sql, first)?;
            let mut batched = Batched::default();
            for (index, binds) in rows.iter().enumerate() {
                bind(&mut statement, sql, binds)?;
                match statement.raw_execute().map_err(classify) {
                    Ok(changed) => batched.met.push(changed as u64),
                    // Without the transaction each further row would be committed by itself.
                    Err(error) if sqlite.is_autocommit() => return Err(error),
                    Err(error @ DbError::Unavailable(_)) => return Err(error),
                    Err(error) => {
                        batched.met.push(0);
                        batched.failed.push((index, error));
                    }
                }
            }
            Ok(batched)
        })?;
        match commits {
            true => self.commit().map(|()| batched),
            false => Ok(batched),
        }
    }

    /// Writes within the group's transaction. A statement that commits and is the only one needs no
    /// savepoint around it: if it fails, SQLite undoes it by itself.
    fn write<T>(
        &mut self,
        commits: bool,
        run: impl FnOnce(&rusqlite::Connection) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        if self.sqlite.is_autocommit() {
            return Err(DbError::Unavailable("embedded engine: the transaction is at an end".into()));
        }
        if !commits && !self.has_savepoint {
            self.set_savepoint()?;
        }
        let done = run(&self.sqlite)?;
        if commits && self.has_savepoint {
            self.commit()?;
        }
        Ok(done)
    }

    /// SQLite takes the moment of the first read.
    pub fn begin_snapshot(&mut self) -> Result<(), DbError> {
        self.set_savepoint()
    }

    /// Whether there is something that can still be rolled back by itself.
    pub fn is_in_transaction(&self) -> bool {
        self.has_savepoint && !self.sqlite.is_autocommit()
    }

    fn set_savepoint(&mut self) -> Result<(), DbError> {
        self.step("SAVEPOINT UNIT").map_err(classify)?;
        self.has_savepoint = true;
        Ok(())
    }

    /// Of a unit of work: it becomes its group's, which is yet to be committed.
    pub fn commit(&mut self) -> Result<(), DbError> {
        self.step("RELEASE UNIT").map_err(classify)?;
        self.has_savepoint = false;
        Ok(())
    }

    pub fn rollback(&mut self) -> Result<(), DbError> {
        self.step("ROLLBACK TO UNIT").map_err(classify)?;
        self.commit()
    }

    /// Rolls back what there still is of a transaction. SQLite may have ended it by itself, with each
    /// savepoint in it.
    pub(super) fn end_transaction(&mut self) {
        self.has_savepoint = false;
        if !self.sqlite.is_autocommit()
            && let Err(error) = self.step("ROLLBACK").map_err(classify)
        {
            tracing::error!("a transaction was not rolled back: {error}");
        }
    }

    /// Runs a statement of our own that gives no rows.
    pub(super) fn step(&self, sql: &str) -> rusqlite::Result<()> {
        self.sqlite.prepare_cached(sql)?.raw_execute().map(drop)
    }
}

/// A snapshot whose work panicked has left its transaction open.
impl Drop for EmbeddedConnection {
    fn drop(&mut self) {
        self.end_transaction();
    }
}

fn all_rows<T>(
    statement: &mut CachedStatement<'_>,
    read: &mut impl FnMut(&dyn Row) -> Result<T, DbError>,
) -> Result<Vec<T>, DbError> {
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(classify)? {
        found.push(read(&EmbeddedRow(row))?);
    }
    Ok(found)
}
