use std::ops::ControlFlow;

use super::connection::Connection;
use super::in_list::InList;
use super::{Bind, DbError, Row};

/// Reads. Each statement sees what is committed when it begins, unless all of them are asked for one
/// moment (`Db::snapshot`).
pub struct Reader<'c> {
    pub(super) connection: Connection<'c>,
}

impl<'c> Reader<'c> {
    pub(super) fn new(connection: Connection<'c>) -> Self {
        Self { connection }
    }

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
        self.connection.rows(sql, binds, read)
    }

    /// The rows of a query as long as `read` wants more. What comes after them is not fetched.
    ///
    /// # Errors
    /// As [`Reader::rows`].
    pub fn rows_until(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError> {
        self.connection.rows_until(sql, binds, read)
    }

    /// The row of a query that gives at most one.
    ///
    /// # Errors
    /// As [`Reader::rows`].
    pub fn row<T>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        self.connection.row(sql, binds, read)
    }

    /// All rows of a query for a list of integers of any length, which stands in it as
    /// `IN (:list)`: one statement, and a further one for each 256 of them. The rows of one
    /// statement come in its order. Nothing is asked for an empty list.
    ///
    /// # Errors
    /// As [`Reader::rows`].
    pub fn rows_in<T>(
        &mut self,
        sql: &str,
        list: (&str, &[i64]),
        binds: &[Bind<'_>],
        mut read: impl FnMut(&dyn Row) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let (name, integers) = list;
        let mut found = Vec::new();
        for part in InList::parts(name, integers) {
            let mut all = part.binds();
            all.extend_from_slice(binds);
            found.extend(self.connection.rows(&part.expand(sql), &all, &mut read)?);
        }
        Ok(found)
    }
}
