//! Executing one statement in a session: its locks, its transaction, and what a failure leaves behind.

use std::time::{Duration, Instant};

use rusqlite::types::Value as Stored;

use super::dml::{Changed, Dml};
use super::{failure, query};
use crate::database::compile::{Plan, QueryPlan};
use crate::database::messages::ora;
use crate::database::parse::ast::{ObjectName, Wait};
use crate::database::session::PATIENCE;
use crate::database::{Database, Outcome};
use crate::error::OracleError;

/// As long as SQLite's timeout can be, which is in milliseconds: three weeks and more.
const FOREVER: Duration = Duration::from_millis(i32::MAX as u64);

impl Database {
    pub(in crate::database) fn run(
        &mut self,
        plan: &Plan,
        parameters: &[Stored],
    ) -> Result<Outcome, OracleError> {
        match plan {
            Plan::Query(plan) => match plan.for_update {
                None => query::run(&self.connection, plan, parameters),
                Some(wait) => self.query_for_update(plan, wait, parameters),
            },
            Plan::Change(change) => self.write(&[change.table], |dml| dml.change(change), parameters),
            Plan::Merge(merge) => {
                let tables: Vec<u64> =
                    merge.update.iter().chain(&merge.insert).map(|change| change.table).collect();
                self.write(&tables, |dml| dml.merge(merge), parameters)
            }
        }
    }

    /// A statement that fails undoes its own work alone. If it was the first of its transaction and failed or changed
    /// nothing, the transaction ends with it, for SQLite has one writer.
    fn write(
        &mut self,
        tables: &[u64],
        work: impl Fn(&Dml) -> Result<Changed, OracleError>,
        parameters: &[Stored],
    ) -> Result<Outcome, OracleError> {
        if self.transaction.read_only {
            return Err(ora(1456));
        }
        for table in tables {
            self.locks.share(*table, Wait::Forever)?;
        }
        let began = match self.begin_within(FOREVER) {
            Ok(began) => began,
            Err(error) => {
                self.locks.release_shares();
                return Err(error);
            }
        };
        if !began {
            self.sql("SAVEPOINT statement")?;
        }
        let catalog = self.catalog.clone();
        let done = work(&Dml { connection: &self.connection, catalog: &catalog, parameters });
        let changed = done.as_ref().is_ok_and(|(rows, _)| *rows > 0);
        if began && !changed {
            self.transaction.rollback(&self.connection)?;
            self.locks.release_shares();
        } else if !began {
            if done.is_err() {
                self.sql("ROLLBACK TO statement")?;
            }
            self.sql("RELEASE statement")?;
        }
        let (rows, returned) = done?;
        Ok(Outcome::Changed { rows, returned })
    }

    /// Row locks are the one write lock that SQLite has. Under SKIP LOCKED every row counts as locked while another
    /// session holds it.
    fn query_for_update(
        &mut self,
        plan: &QueryPlan,
        wait: Wait,
        parameters: &[Stored],
    ) -> Result<Outcome, OracleError> {
        for table in &plan.tables {
            self.locks.share(*table, wait)?;
        }
        let patience = match wait {
            Wait::Forever => FOREVER,
            Wait::Seconds(seconds) => Duration::from_secs(seconds),
            Wait::Never | Wait::SkipLocked => Duration::ZERO,
        };
        let began = match self.begin_within(patience) {
            Err(error) if error.code == 30006 => {
                self.locks.release_shares();
                return match wait {
                    Wait::SkipLocked => Ok(Outcome::Rows { columns: plan.columns.clone(), rows: Vec::new() }),
                    Wait::Never => Err(ora(54)),
                    _ => Err(error),
                };
            }
            other => other?,
        };
        let found = query::run(&self.connection, plan, parameters);
        let some = matches!(&found, Ok(Outcome::Rows { rows, .. }) if !rows.is_empty());
        if began && !some {
            self.transaction.rollback(&self.connection)?;
            self.locks.release_shares();
        }
        found
    }

    /// Becomes SQLite's one writer, or tells that it is already.
    fn begin_within(&mut self, patience: Duration) -> Result<bool, OracleError> {
        self.set_patience(patience)?;
        let began = self.transaction.begin(&self.connection);
        self.set_patience(PATIENCE)?;
        began
    }

    pub(in crate::database) fn lock_table(
        &mut self,
        name: &ObjectName,
        exclusive: bool,
        wait: Wait,
    ) -> Result<Outcome, OracleError> {
        let catalog = self.catalog.clone();
        let table = self.compiler(&catalog, &[]).table(name, "INSERT")?.id;
        self.locks.lock(table, exclusive, wait)?;
        Ok(Outcome::Done)
    }

    /// Waits for no lock beyond this moment, at which the client stops waiting for the call.
    pub fn wait_until(&mut self, deadline: Option<Instant>) -> Result<(), OracleError> {
        self.locks.deadline = deadline;
        self.set_patience(PATIENCE)
    }

    fn set_patience(&self, patience: Duration) -> Result<(), OracleError> {
        let left = self.locks.deadline.map_or(patience, |end| end.saturating_duration_since(Instant::now()));
        self.connection.busy_timeout(patience.min(left)).map_err(|error| failure::internal(&error))
    }

    fn sql(&self, sql: &str) -> Result<(), OracleError> {
        self.connection.execute_batch(sql).map_err(|error| failure::oracle(&error))
    }
}
