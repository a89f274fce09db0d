use std::ops::ControlFlow;

use super::embedded::EmbeddedConnection;
use super::oracle::PooledSession;
use super::{Batched, Bind, DbError, Returned, Row};

/// A connection of either engine, and the one place where both are named side by side.
///
/// SQL is written once, in Oracle's dialect with `:named` binds; what SQLite does not share stays
/// below.
pub enum Connection<'c> {
    /// A session of the Oracle pool.
    Oracle(&'c mut PooledSession),
    /// A connection to the embedded engine's file.
    Embedded(&'c mut EmbeddedConnection),
}

/// Calls the same method on whichever engine it is.
macro_rules! on_either {
    ($connection:expr, $name:ident($($argument:expr),*)) => {
        match $connection {
            Connection::Oracle(session) => session.$name($($argument),*),
            Connection::Embedded(connection) => connection.$name($($argument),*),
        }
    };
}

impl Connection<'_> {
    pub fn rows<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        on_either!(self, rows(sql, binds, read))
    }

    pub fn rows_until(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError> {
        on_either!(self, rows_until(sql, binds, read))
    }

    pub fn row<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        on_either!(self, row(sql, binds, read))
    }

    /// Where `commits` says so, the transaction is committed with the statement: see `Unit`.
    pub fn execute(&mut self, sql: &str, binds: &[Bind<'_>], commits: bool) -> Result<u64, DbError> {
        on_either!(self, execute(sql, binds, commits))
    }

    pub fn returning<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        returned: &[Returned],
        commits: bool,
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        on_either!(self, returning(sql, binds, returned, commits, read))
    }

    pub fn batch(&mut self, sql: &str, rows: &[&[Bind<'_>]], commits: bool) -> Result<Batched, DbError> {
        on_either!(self, batch(sql, rows, commits))
    }

    /// Begins a transaction whose reads all see one moment.
    pub fn begin_snapshot(&mut self) -> Result<(), DbError> {
        on_either!(self, begin_snapshot())
    }

    /// Whether something has been written that is not committed.
    pub fn is_in_transaction(&self) -> bool {
        on_either!(self, is_in_transaction())
    }

    pub fn commit(&mut self) -> Result<(), DbError> {
        on_either!(self, commit())
    }

    pub fn rollback(&mut self) -> Result<(), DbError> {
        on_either!(self, rollback())
    }
}
