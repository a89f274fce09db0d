//! A session's transaction: whether SQLite has one open.

use rusqlite::Connection;

use crate::database::execute::failure;
use crate::error::OracleError;

#[derive(Default)]
pub struct Transaction {
    pub open: bool,
}

impl Transaction {
    /// Opens SQLite's transaction if it is not; tells whether it did.
    pub fn begin(&mut self, connection: &Connection) -> Result<bool, OracleError> {
        if self.open {
            return Ok(false);
        }
        run(connection, "BEGIN IMMEDIATE")?;
        self.open = true;
        Ok(true)
    }

    pub fn commit(&mut self, connection: &Connection) -> Result<(), OracleError> {
        if std::mem::take(&mut self.open) { run(connection, "COMMIT") } else { Ok(()) }
    }

    pub fn rollback(&mut self, connection: &Connection) -> Result<(), OracleError> {
        if std::mem::take(&mut self.open) { run(connection, "ROLLBACK") } else { Ok(()) }
    }
}

pub fn run(connection: &Connection, sql: &str) -> Result<(), OracleError> {
    connection.execute_batch(sql).map_err(|error| failure::oracle(&error))
}
