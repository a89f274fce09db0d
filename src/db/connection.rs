use super::embedded::EmbeddedConnection;
use super::oracle::PooledSession;
use super::{Bind, DbError, Returned, Row};

/// A connection of either engine. Every statement is committed by itself.
///
/// SQL is written once, in Oracle's dialect with `:named` binds; what SQLite does not share stays
/// behind this type.
pub enum Connection<'a> {
    /// A session of the Oracle pool.
    Oracle(&'a mut PooledSession),
    /// A connection to the embedded engine's file.
    Embedded(&'a mut EmbeddedConnection),
}

impl Connection<'_> {
    /// All rows of a query, each read by `read`.
    ///
    /// # Errors
    /// `DbError` as the engine classes it, or what `read` gives.
    pub fn rows<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        match self {
            Self::Oracle(session) => session.rows(sql, binds, read),
            Self::Embedded(connection) => connection.rows(sql, binds, read),
        }
    }

    /// The row of a query that gives at most one.
    ///
    /// # Errors
    /// As [`Connection::rows`].
    pub fn row<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        match self {
            Self::Oracle(session) => session.row(sql, binds, read),
            Self::Embedded(connection) => Ok(connection.rows(sql, binds, read)?.into_iter().next()),
        }
    }

    /// Runs an INSERT, UPDATE or DELETE, and says how many rows it changed.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn execute(&mut self, sql: &str, binds: &[Bind<'_>]) -> Result<u64, DbError> {
        match self {
            Self::Oracle(session) => session.execute(sql, binds),
            Self::Embedded(connection) => connection.execute(sql, binds),
        }
    }

    /// Inserts one row and reads columns of it, in the same round trip.
    ///
    /// # Errors
    /// `DbError` as the engine classes it, or what `read` gives.
    pub fn insert<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        returned: &[Returned],
        read: impl FnOnce(&dyn Row) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        match self {
            Self::Oracle(session) => session.insert(sql, binds, returned, read),
            Self::Embedded(connection) => connection.insert(sql, binds, returned, read),
        }
    }
}
