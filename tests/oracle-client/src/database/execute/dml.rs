//! Running INSERT, UPDATE, DELETE and MERGE, with what follows from them: CHECK, foreign keys, children.

use rusqlite::Connection;
use rusqlite::types::{Value as Stored, ValueRef};

use super::{children, failure, keys, rows};
use crate::database::catalog::Catalog;
use crate::database::compile::{Change, MergePlan, RowCheck};
use crate::database::messages::ora;
use crate::database::values::from_stored;
use crate::error::OracleError;
use crate::value::Value;

pub struct Dml<'a> {
    pub connection: &'a Connection,
    pub catalog: &'a Catalog,
    pub parameters: &'a [Stored],
}

/// How many rows changed, and what RETURNING gives for each.
pub type Changed = (u64, Vec<Vec<Value>>);

impl Dml<'_> {
    pub fn change(&self, change: &Change) -> Result<Changed, OracleError> {
        let table = self.catalog.table_by_id(change.table).ok_or_else(|| ora(942))?;
        let mut old_keys = Vec::new();
        if let Some(before) = &change.before {
            old_keys = self.query(before).map_err(|error| failure::oracle(&error))?;
        }
        let affected = match self.query(&change.sql) {
            Err(error) if change.updates && keys::is_duplicate(&error) => {
                keys::check_last(self.connection, table, || self.query(&change.sql))
            }
            other => other,
        };
        let affected = affected.map_err(|error| keys::broken(&error, self.catalog, table))?;
        for row in &affected {
            self.check(&row[0], &change.checks)?;
        }
        let keys = if change.deletes { change.keys.len() } else { 0 };
        if change.deletes && keys > 0 {
            old_keys = affected.iter().map(|row| row[1..=keys].to_vec()).collect();
        }
        children::settle(self, table, &change.keys, &old_keys, change.deletes)?;
        let returned = match change.returning.is_empty() {
            true => Vec::new(),
            false => affected.iter().map(|row| output(&row[1 + keys..], change)).collect(),
        };
        Ok((affected.len() as u64, returned))
    }

    pub fn merge(&self, plan: &MergePlan) -> Result<Changed, OracleError> {
        let unstable = self.query(&plan.unstable).map_err(|error| failure::oracle(&error))?;
        if unstable != [[Stored::Integer(0)]] {
            return Err(ora(30926));
        }
        let mut total = 0;
        for change in plan.update.iter().chain(&plan.insert) {
            total += self.change(change)?.0;
        }
        Ok((total, Vec::new()))
    }

    fn check(&self, rowid: &Stored, checks: &[RowCheck]) -> Result<(), OracleError> {
        for check in checks {
            if self.any(&check.sql, std::slice::from_ref(rowid))? {
                let name = &check.constraint;
                return Err(match check.foreign {
                    true => OracleError::new(
                        2291,
                        format_args!("integrity constraint ({name}) violated - parent key not found"),
                    ),
                    false => OracleError::new(2290, format_args!("check constraint ({name}) violated")),
                });
            }
        }
        Ok(())
    }

    fn query(&self, sql: &str) -> rusqlite::Result<Vec<Vec<Stored>>> {
        rows::all(&mut *self.connection.prepare_cached(sql)?, self.parameters)
    }

    pub fn all(&self, sql: &str, parameters: &[Stored]) -> Result<Vec<Vec<Stored>>, OracleError> {
        let run = || rows::all(&mut *self.connection.prepare_cached(sql)?, parameters);
        run().map_err(|error| failure::oracle(&error))
    }

    pub fn any(&self, sql: &str, parameters: &[Stored]) -> Result<bool, OracleError> {
        let run = || rows::any(&mut *self.connection.prepare_cached(sql)?, parameters);
        run().map_err(|error| failure::oracle(&error))
    }
}

fn output(values: &[Stored], change: &Change) -> Vec<Value> {
    let each = values.iter().zip(&change.returning);
    each.map(|(value, kind)| from_stored(ValueRef::from(value), *kind)).collect()
}

/// A table's columns as a list for SQL.
pub fn stored_list(columns: &[u64]) -> String {
    let stored: Vec<String> = columns.iter().map(|column| format!("c{column}")).collect();
    stored.join(", ")
}

/// `c1 = ?1 AND c2 = ?2 …`
pub fn equal_to_parameters(columns: &[u64]) -> String {
    let pairs: Vec<String> =
        columns.iter().enumerate().map(|(index, column)| format!("c{column} = ?{}", index + 1)).collect();
    pairs.join(" AND ")
}
