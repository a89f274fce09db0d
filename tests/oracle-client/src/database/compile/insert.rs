//! INSERT.

use super::fit::Purpose;
use super::plan::Change;
use super::scope::{Scope, ScopeSource};
use super::typed::{Type, Typed};
use super::{Checked, Compiler, invalid_identifier};
use crate::database::catalog::{Column, Table};
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::parse::ast::{Expr, Insert, InsertRows, Position};
use crate::error::OracleError;

impl Compiler<'_> {
    pub fn insert(&mut self, insert: &Insert) -> Checked<Change> {
        let table = self.table(&insert.table, "INSERT")?;
        self.check_quota(table)?;
        let columns = self.insert_columns(table, &insert.columns)?;
        let source = match &insert.rows {
            InsertRows::Values(values) => {
                check_count(columns.len(), values.len())?;
                format!("VALUES ({})", self.row(table, &columns, values)?.join(", "))
            }
            InsertRows::Query(query) => {
                let query = self.subquery(query)?;
                check_count(columns.len(), query.columns.len())?;
                let mut given = Vec::new();
                for (index, column) in query.columns.iter().enumerate() {
                    let (sql, kind) = (format!("o{}", index + 1), column.kind);
                    given.push(Typed { sql, kind, described: column.described, nullable: true });
                }
                let row = self.row_of(table, &columns, &given)?;
                format!("SELECT {} FROM ({}) WHERE true", row.join(", "), query.sql)
            }
        };
        let (returning_sql, returning) =
            self.returning(table, insert.alias.as_deref(), &insert.returning.exprs)?;
        Ok(Change {
            table: table.id,
            sql: format!("{} {source} RETURNING rowid{returning_sql}", insert_into(table)),
            deletes: false,
            updates: false,
            checks: self.row_checks(table, &all_columns(table))?,
            keys: Vec::new(),
            before: None,
            returning,
        })
    }

    fn check_quota(&self, table: &Table) -> Checked<()> {
        let quota = self.catalog.accounts.get(&table.owner).is_some_and(|owner| owner.has_quota());
        if quota { Ok(()) } else { Err(OracleError::new(1950, "no privileges on tablespace 'USERS'")) }
    }

    pub fn insert_columns<'t>(
        &self,
        table: &'t Table,
        names: &[(String, Position)],
    ) -> Checked<Vec<&'t Column>> {
        if names.is_empty() {
            return Ok(table.columns.iter().collect());
        }
        let mut columns: Vec<&Column> = Vec::new();
        for (name, position) in names {
            let column = table.column(name);
            let column =
                column.ok_or_else(|| invalid_identifier(std::slice::from_ref(name)).at(position.0))?;
            if columns.iter().any(|known| known.id == column.id) {
                return Err(ora(957).at(position.0));
            }
            columns.push(column);
        }
        Ok(columns)
    }

    /// One value for every column of the table, in its order: as given, else by default.
    pub fn row(&mut self, table: &Table, columns: &[&Column], values: &[Expr]) -> Checked<Vec<String>> {
        let mut row = Vec::new();
        for column in &table.columns {
            let given = columns.iter().position(|known| known.id == column.id).map(|index| &values[index]);
            row.push(self.value(table, column, given.unwrap_or(&Expr::Default), Purpose::Insert)?);
        }
        Ok(row)
    }

    fn row_of(&mut self, table: &Table, columns: &[&Column], given: &[Typed]) -> Checked<Vec<String>> {
        let mut row = Vec::new();
        for column in &table.columns {
            let value = match columns.iter().position(|known| known.id == column.id) {
                Some(_) if column.identity.as_ref().is_some_and(|identity| identity.always) => {
                    return Err(ora(32795));
                }
                Some(index) => given[index].clone(),
                None => self.default(column)?,
            };
            row.push(self.fit(table, column, value, Purpose::Insert)?);
        }
        Ok(row)
    }

    /// The rest of SQLite's RETURNING, and how to read it.
    pub fn returning(
        &mut self,
        table: &Table,
        alias: Option<&str>,
        exprs: &[Expr],
    ) -> Checked<(String, Vec<Type>)> {
        self.scopes.push(Scope { sources: vec![ScopeSource::table(table, alias, "")] });
        let values = self.exprs(exprs);
        self.scopes.pop();
        let values = values?;
        if values.iter().any(|value| value.kind == Type::Interval) {
            return Err(unimplemented_feature("RETURNING an interval"));
        }
        let sql = values.iter().map(|value| format!(", {}", value.sql)).collect();
        Ok((sql, values.iter().map(|value| value.kind).collect()))
    }
}

pub fn all_columns(table: &Table) -> Vec<u64> {
    table.columns.iter().map(|column| column.id).collect()
}

pub fn insert_into(table: &Table) -> String {
    let stored: Vec<String> = table.columns.iter().map(Column::stored).collect();
    format!("INSERT INTO {} ({})", table.stored(), stored.join(", "))
}

pub fn check_count(columns: usize, values: usize) -> Checked<()> {
    match values.cmp(&columns) {
        std::cmp::Ordering::Less => Err(ora(947)),
        std::cmp::Ordering::Greater => Err(ora(913)),
        std::cmp::Ordering::Equal => Ok(()),
    }
}
