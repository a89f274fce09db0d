use super::session::Session;
use crate::db::{DbError, Reader, Row};

/// Somebody who answers queries: a session of one's own, or one that the pool lent.
pub trait Asked {
    /// Runs a query, and hands each of its rows to `read`.
    fn ask(
        &mut self,
        sql: &str,
        read: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError>;
}

impl Asked for Session {
    fn ask(
        &mut self,
        sql: &str,
        read: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        self.rows(sql, &[], read).map(drop)
    }
}

impl Asked for Reader<'_> {
    fn ask(
        &mut self,
        sql: &str,
        read: &mut dyn FnMut(&dyn Row) -> Result<(), DbError>,
    ) -> Result<(), DbError> {
        self.rows(sql, &[], read).map(drop)
    }
}
