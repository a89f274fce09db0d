use std::sync::Arc;
use std::time::Instant;

use parking_lot::lock_api::ArcMutexGuard;
use parking_lot::{Mutex, RawMutex};
use r2d2_sqlite::SqliteConnectionManager;
use rusqlite::CachedStatement;

use super::error::classify;
use super::row::EmbeddedRow;
use super::statement::{bind, prepare};
use crate::db::{Batched, Bind, DbError, Returned, Row};

/// SQLite has one writer, and makes the others poll. This process's own wait in line instead, each no
/// longer than until its deadline; SQLite's busy timeout is left to other processes on the file.
pub type Turn = Arc<Mutex<()>>;

/// A pooled connection to the database file.
pub struct EmbeddedConnection {
    pub(super) pooled: r2d2::PooledConnection<SqliteConnectionManager>,
    pub(super) line: Turn,
    /// Held from the first write of a unit of work to its end.
    pub(super) turn: Option<ArcMutexGuard<RawMutex, ()>>,
    /// When the unit of work at hand must be done.
    pub(super) deadline: Instant,
}

impl EmbeddedConnection {
    pub fn rows<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        mut read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut statement = prepare(&self.pooled, sql, binds)?;
        all_rows(&mut statement, &mut read)
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
        self.write(commits, |connection| {
            let changed = prepare(connection, sql, binds)?.raw_execute().map_err(classify)?;
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
        self.write(commits, |connection| all_rows(&mut prepare(connection, &sql, binds)?, &mut read))
    }

    /// Row by row; one that fails is undone by itself, as SQLite does with any statement.
    pub fn batch(&mut self, sql: &str, rows: &[&[Bind<'_>]], commits: bool) -> Result<Batched, DbError> {
        let Some(first) = rows.first() else { return Ok(Batched::default()) };
        // All rows in one transaction: what one of them does is not on the disk before the others.
        let batched = self.write(false, |connection| {
            let mut statement = prepare(connection, sql, first)?;
            let mut batched = Batched::default();
            for (index, binds) in rows.iter().enumerate() {
                bind(&mut statement, sql, binds)?;
                match statement.raw_execute().map_err(classify) {
                    Ok(changed) => batched.met.push(changed as u64),
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

    /// Waits for the turn to write, unless this unit of work has it already. A statement that commits
    /// and is the only one needs no transaction around it.
    fn write<T>(
        &mut self,
        commits: bool,
        run: impl FnOnce(&rusqlite::Connection) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        if self.turn.is_none() {
            let turn = self.line.try_lock_arc_until(self.deadline);
            self.turn =
                Some(turn.ok_or_else(|| DbError::Unavailable("embedded engine: other writes go on".into()))?);
            let left = self.deadline.saturating_duration_since(Instant::now());
            self.pooled.busy_timeout(left).map_err(classify)?;
        }
        if !commits && !self.is_in_transaction() {
            self.pooled.execute_batch("BEGIN IMMEDIATE").map_err(classify)?;
        }
        let done = run(&self.pooled)?;
        if commits && self.is_in_transaction() {
            self.commit()?;
        }
        Ok(done)
    }

    /// SQLite takes the moment of the first read.
    pub fn begin_snapshot(&mut self) -> Result<(), DbError> {
        self.pooled.execute_batch("BEGIN DEFERRED").map_err(classify)
    }

    pub fn is_in_transaction(&self) -> bool {
        !self.pooled.is_autocommit()
    }

    pub fn commit(&mut self) -> Result<(), DbError> {
        self.pooled.execute_batch("COMMIT").map_err(classify)
    }

    pub fn rollback(&mut self) -> Result<(), DbError> {
        self.pooled.execute_batch("ROLLBACK").map_err(classify)
    }
}

/// A unit of work that panicked has left its transaction open.
impl Drop for EmbeddedConnection {
    fn drop(&mut self) {
        if self.is_in_transaction()
            && let Err(error) = self.rollback()
        {
            tracing::error!("a unit of work was not rolled back: {error}");
        }
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
