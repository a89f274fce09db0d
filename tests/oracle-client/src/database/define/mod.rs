//! DDL: changes of the catalog, and of SQLite's tables beneath it. Each commits before and after itself.

mod accounts;
mod alter;
mod alter_session;
mod columns;
mod constraints;
mod drop;
mod expressions;
mod foreign;
mod indexes;
mod modify;
mod tables;

use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::Database;
use super::catalog::{Account, Catalog, Table, store};
use super::compile::Compiler;
use super::execute::failure;
use super::messages::ora;
use super::parse::ast::ObjectName;
use super::parse::definition::Definition;
use super::session::Locks;
use crate::error::OracleError;

pub type Defined = Result<(), OracleError>;

/// A definition at work on a copy of the catalog, inside a transaction of SQLite's.
pub struct Definer<'a> {
    pub connection: &'a Connection,
    pub catalog: Catalog,
    pub user: &'a str,
    pub schema: &'a str,
    pub locks: &'a Locks,
}

impl Database {
    /// A table that is in use is waited for as long as DDL_LOCK_TIMEOUT says.
    pub(super) fn define(&mut self, definition: &Definition) -> Defined {
        self.commit()?;
        let end = Instant::now() + self.ddl_lock_timeout;
        let end = self.locks.deadline.map_or(end, |call| end.min(call));
        loop {
            match self.try_to_define(definition) {
                Err(error) if error.code == 54 && Instant::now() < end => {
                    std::thread::sleep(Duration::from_millis(5))
                }
                defined => return defined,
            }
        }
    }

    fn try_to_define(&mut self, definition: &Definition) -> Defined {
        self.transaction.begin(&self.connection)?;
        // Between the last look at the catalog and this transaction another session may have changed it.
        let defined =
            store::load(&self.connection).map_err(|error| failure::internal(&error)).and_then(|catalog| {
                let (user, schema) = (self.user.as_str(), self.schema.as_str());
                let mut definer =
                    Definer { connection: &self.connection, catalog, user, schema, locks: &self.locks };
                definer.apply(definition)?;
                store::save(&self.connection, &mut definer.catalog).map_err(|error| failure::oracle(&error))
            });
        match defined {
            Ok(()) => self.transaction.commit(&self.connection)?,
            Err(_) => self.transaction.rollback(&self.connection)?,
        }
        self.refresh()?;
        defined
    }
}

impl Definer<'_> {
    fn apply(&mut self, definition: &Definition) -> Defined {
        match definition {
            Definition::CreateTable { name, columns, constraints } => {
                self.create_table(name, columns, constraints)
            }
            Definition::CreateIndex(spec) => self.create_index(spec).map(drop),
            Definition::DropTable { name, cascade } => self.drop_table(name, *cascade),
            Definition::DropIndex(name) => self.drop_index(name),
            Definition::AlterTable { name, changes } => self.alter_table(name, changes),
            Definition::CreateUser { name, password, quota } => self.create_user(name, password, *quota),
            Definition::Grant { privileges, to } => self.grant(privileges, to),
        }
    }

    fn account(&self) -> Result<&Account, OracleError> {
        self.catalog.accounts.get(self.user).ok_or_else(|| ora(1031))
    }

    /// ORA-01031 unless the user has the privilege: `here` in the own schema, `anywhere` in another's.
    fn require(&self, owner: &str, here: &str, anywhere: &str) -> Defined {
        let account = self.account()?;
        let own = owner == self.user && (here.is_empty() || account.has(here));
        if own || account.has(anywhere) { Ok(()) } else { Err(ora(1031)) }
    }

    /// The schema in which a new object goes.
    fn owner(&self, name: &ObjectName) -> Result<String, OracleError> {
        let owner = name.schema.as_deref().unwrap_or(self.schema);
        if self.catalog.accounts.contains_key(owner) { Ok(owner.to_owned()) } else { Err(ora(1918)) }
    }

    /// A table to be changed, which nobody else may be using; a copy, for the catalog changes meanwhile.
    fn table(&self, name: &ObjectName, privilege: &str) -> Result<Table, OracleError> {
        let table = Compiler::new(&self.catalog, self.user, self.schema, &[]).table(name, privilege)?.clone();
        self.locks.check_free(table.id)?;
        Ok(table)
    }

    fn compiler(&self) -> Compiler<'_> {
        Compiler::new(&self.catalog, self.user, self.schema, &[])
    }

    fn sql(&self, sql: &str) -> Defined {
        self.connection.execute_batch(sql).map_err(|error| failure::oracle(&error))
    }

    /// Does the query, without parameters, have a row?
    fn finds(&self, sql: &str) -> Result<bool, OracleError> {
        let found = self.connection.prepare(sql).and_then(|mut statement| statement.exists([]));
        found.map_err(|error| failure::oracle(&error))
    }
}
