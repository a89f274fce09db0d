//! Oracle's SQL over SQLite: one `Database` is one session's view of it.

use std::path::Path;

use crate::error::OracleError;
use crate::value::Value;

/// One session on the database file, with its own transaction.
pub struct Database {}

/// What a statement is, as OCI's statement-type attribute distinguishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    Select,
    Insert,
    Update,
    Delete,
    Create,
    Drop,
    Alter,
    Other,
}

/// A statement as read from its text alone: what the client library knows before it is executed.
#[derive(Debug, Clone)]
pub struct Statement {
    pub text: String,
    pub kind: StatementKind,
    /// Bind names in upper case, without the colon, each time they occur, in order.
    pub binds: Vec<String>,
    /// The bind names of `RETURNING … INTO`, in order; they are among `binds` too.
    pub returning: Vec<String>,
}

/// The type of a column as a describe reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Length in bytes.
    Varchar2(u16),
    /// `None`: NUMBER without precision.
    Number { precision: Option<u8>, scale: i8 },
    TimestampTz { fraction: u8 },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: ColumnType,
    pub nullable: bool,
}

/// What an execution gave.
#[derive(Debug)]
pub enum Outcome {
    Rows { columns: Vec<Column>, rows: Vec<Vec<Value>> },
    /// `returned`: for each affected row, the values of `RETURNING`, in order.
    Changed { rows: u64, returned: Vec<Vec<Value>> },
    Done,
}

impl Database {
    /// Opens the database file for a user who has been authenticated; `user` in upper case.
    pub fn open(_file: &Path, _user: &str) -> Result<Self, OracleError> {
        unimplemented!()
    }

    /// Is this the account's password? The first account, SYSTEM, is made with the file.
    pub fn authenticate(_file: &Path, _user: &str, _password: &str) -> Result<(), OracleError> {
        unimplemented!()
    }

    /// Reads the text without the catalog, as OCIStmtPrepare2 does: most errors wait for `execute`.
    pub fn prepare(_text: &str) -> Statement {
        unimplemented!()
    }

    /// The columns that a SELECT would return, without running it (OCI's describe-only mode).
    pub fn describe(&mut self, _statement: &Statement) -> Result<Vec<Column>, OracleError> {
        unimplemented!()
    }

    /// Runs the statement. `binds` holds a value for each IN bind by name, in upper case.
    pub fn execute(&mut self, _statement: &Statement, _binds: &[(String, Value)]) -> Result<Outcome, OracleError> {
        unimplemented!()
    }

    pub fn commit(&mut self) -> Result<(), OracleError> {
        unimplemented!()
    }

    pub fn rollback(&mut self) -> Result<(), OracleError> {
        unimplemented!()
    }

    /// Whether a transaction is open.
    pub fn in_transaction(&self) -> bool {
        unimplemented!()
    }
}
