//! A session's transaction: whether SQLite has one open, and its savepoints.

use rusqlite::Connection;

use crate::database::execute::failure;
use crate::database::messages::ora;
use crate::error::OracleError;

#[derive(Default)]
pub struct Transaction {
    pub open: bool,
    /// It sees one moment, and writes nothing.
    pub read_only: bool,
    /// In the order they were set; those of `early` before anything was written.
    savepoints: Vec<(String, bool)>,
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
        self.savepoints.clear();
        self.read_only = false;
        if std::mem::take(&mut self.open) { run(connection, "COMMIT") } else { Ok(()) }
    }

    pub fn rollback(&mut self, connection: &Connection) -> Result<(), OracleError> {
        self.savepoints.clear();
        self.undo_all(connection)
    }

    /// Undoes everything, but what savepoints there are from before it stay.
    pub fn undo_all(&mut self, connection: &Connection) -> Result<(), OracleError> {
        self.read_only = false;
        if std::mem::take(&mut self.open) { run(connection, "ROLLBACK") } else { Ok(()) }
    }

    pub fn savepoint(&mut self, connection: &Connection, name: &str) -> Result<(), OracleError> {
        self.savepoints.retain(|(known, _)| known != name);
        if self.open {
            run(connection, &format!("SAVEPOINT {}", quoted(name)))?;
        }
        self.savepoints.push((name.to_owned(), !self.open));
        Ok(())
    }

    pub fn rollback_to(&mut self, connection: &Connection, name: &str) -> Result<(), OracleError> {
        let found = self.savepoints.iter().position(|(known, _)| known == name);
        let index = found.ok_or_else(|| {
            OracleError::new(
                1086,
                format_args!("savepoint '{name}' never established in this session or is invalid"),
            )
        })?;
        self.savepoints.truncate(index + 1);
        if self.savepoints[index].1 {
            return self.undo_all(connection);
        }
        run(connection, &format!("ROLLBACK TO {}", quoted(name)))
    }
}

fn quoted(name: &str) -> String {
    format!("\"user {}\"", name.replace('"', "\"\""))
}

pub fn run(connection: &Connection, sql: &str) -> Result<(), OracleError> {
    connection.execute_batch(sql).map_err(|error| failure::oracle(&error))
}
