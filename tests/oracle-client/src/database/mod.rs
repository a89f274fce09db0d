//! Oracle's SQL over SQLite: one `Database` is one session's view of it.
//!
//! The way of a statement: `read` makes tokens, `parse` a tree, `compile` checks the tree against the `catalog` and
//! writes SQLite's SQL, `execute` runs it. DDL goes from `parse` to `define`.
//!
//! What is not as in Oracle:
//! - SQLite has one writer. A session that writes, or has rows FOR UPDATE, keeps every other from doing so, whatever
//!   the table, for as long as its transaction lasts. So DDL waits for writers where Oracle would not, for half a
//!   minute, and deadlocks are not found: they last until a call timeout.
//! - SKIP LOCKED skips all rows while another session writes.
//! - CHECK is looked at after unique keys, so of two broken constraints the other may be named.
//! - Results of arithmetic keep 38 digits; Oracle keeps up to 40.
//! - Time zones are offsets; of the regions UTC alone is known, under its various names. The session's is UTC.
//! - Sequences hand out their numbers without a cache, in order and without gaps but for what was rolled back.
//! - A NULL in a bind has no type: where Oracle would miss the right one in UNION ALL or COALESCE, it fits.
//! - What is Oracle's and is not here is an ORA-03001 with the statement's text: PL/SQL, views, WITH, set operators
//!   but UNION ALL, a part of it in parentheses, hierarchies, ROWNUM, analytic functions, lists of expressions as one
//!   value, an interval as a column, indexes on an expression that is a timestamp, a CASE or has a literal of time,
//!   DATE, BLOB, CHAR and NVARCHAR2 columns, sequences by their names, savepoints, privileges on tables, timestamps
//!   from and to text but for literals, among others. What no statement of the application needs is not here. A CLOB
//!   is kept, fetched, found NULL and handed through UNION ALL, and no more: no function takes it.

mod catalog;
mod compile;
mod define;
mod dictionary;
mod execute;
mod functions;
pub(crate) mod messages;
mod parse;
mod read;
mod session;
mod statement;
mod values;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::OracleError;
use crate::value::Value;
use catalog::{Catalog, store};
use compile::{Plan, Type};
use execute::failure;
use messages::ora;
use session::{Locks, Shared, Transaction};

/// One session on the database file, with its own transaction. Dropping it rolls back.
pub struct Database {
    connection: Connection,
    user: String,
    schema: String,
    shared: Shared,
    catalog: Arc<Catalog>,
    locks: Locks,
    ddl_lock_timeout: Duration,
    transaction: Transaction,
    plans: HashMap<PlanKey, Arc<Plan>>,
}

/// Text, schema, and the types of the binds: what a plan depends on beside the catalog.
type PlanKey = (String, String, Vec<Type>);

/// What a statement is, as OCI's statement-type attribute distinguishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    Select,
    Insert,
    Update,
    Delete,
    Merge,
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
    Number {
        precision: Option<u8>,
        scale: i8,
    },
    TimestampTz {
        fraction: u8,
    },
    /// Length in bytes.
    Raw(u16),
    Clob,
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
    Rows {
        columns: Vec<Column>,
        rows: Vec<Vec<Value>>,
    },
    /// `returned`: for each affected row, the values of `RETURNING`, in order.
    Changed {
        rows: u64,
        returned: Vec<Vec<Value>>,
    },
    Done,
}

impl Database {
    /// Opens the database file for a user who has been authenticated; `user` in upper case.
    pub fn open(file: &Path, user: &str) -> Result<Self, OracleError> {
        let connection = session::open(file)?;
        let folder = session::companion_folder(file);
        let shared = Shared::new(&folder);
        functions::register(&connection, &shared).map_err(|error| failure::internal(&error))?;
        let catalog = store::load(&connection).map_err(|error| failure::internal(&error))?;
        if !catalog.accounts.contains_key(user) {
            return Err(ora(1017));
        }
        Ok(Self {
            connection,
            user: user.to_owned(),
            schema: user.to_owned(),
            shared,
            catalog: Arc::new(catalog),
            locks: Locks::new(&folder),
            ddl_lock_timeout: Duration::ZERO,
            transaction: Transaction::default(),
            plans: HashMap::new(),
        })
    }

    /// Is this the account's password? The first account, SYSTEM, is made with the file.
    pub fn authenticate(file: &Path, user: &str, password: &str) -> Result<(), OracleError> {
        let connection = session::open(file)?;
        let catalog = store::load(&connection).map_err(|error| failure::internal(&error))?;
        let account = catalog.accounts.get(user).filter(|account| account.password == password);
        let account = account.ok_or_else(|| ora(1017))?;
        if !account.has("CREATE SESSION") {
            let text = format_args!("user {user} lacks CREATE SESSION privilege; logon denied");
            return Err(OracleError::new(1045, text));
        }
        Ok(())
    }

    /// Reads the text without the catalog, as OCIStmtPrepare2 does: most errors wait for `execute`.
    pub fn prepare(text: &str) -> Statement {
        read::prepare(text)
    }

    pub fn commit(&mut self) -> Result<(), OracleError> {
        let done = self.transaction.commit(&self.connection);
        self.locks.release_all();
        done
    }

    pub fn rollback(&mut self) -> Result<(), OracleError> {
        let done = self.transaction.rollback(&self.connection);
        self.locks.release_all();
        done
    }

    /// Whether a transaction is open.
    pub fn in_transaction(&self) -> bool {
        self.transaction.open || self.locks.any_explicit()
    }

    /// What NLS_DATABASE_PARAMETERS shows; texts are UTF-8 all the same.
    pub fn set_character_set(&mut self, name: &str) {
        self.shared.lock().character_set = name.to_owned();
    }
}
