//! A session's transaction: whether SQLite has one open.

use rusqlite::Connection;

use crate::database::execute::failure;
use crate::database::messages::ora;
use crate::error::OracleError;

#[derive(Default)]
pub struct Transaction {
    pub open: bool,
    /// It sees one moment, and writes nothing.
    pub read_only: bool,
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

    /// SQLite takes the moment of the first read.
    pub fn read_only(&mut self, connection: &Connection) -> Result<(), OracleError> {
        if self.open {
            return Err(ora(1453));
        }
        run(connection, "BEGIN DEFERRED; SELECT COUNT(*) FROM sqlite_schema")?;
        (self.open, self.read_only) = (true, true);
        Ok(())
    }

    pub fn commit(&mut self, connection: &Connection) -> Result<(), OracleError> {
        self.read_only = false;
        if std::mem::take(&mut self.open) { run(connection, "COMMIT") } else { Ok(()) }
    }

    pub fn rollback(&mut self, connection: &Connection) -> Result<(), OracleError> {
        self.read_only = false;
        if std::mem::take(&mut self.open) { run(connection, "ROLLBACK") } else { Ok(()) }
    }
}

pub fn run(connection: &Connection, sql: &str) -> Result<(), OracleError> {
    connection.execute_batch(sql).map_err(|error| failure::oracle(&error))
}
