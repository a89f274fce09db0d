//! Queries that find a row in breach of a CHECK constraint or a foreign key.

use super::scope::{Scope, ScopeSource};
use super::typed::Typed;
use super::{Checked, Compiler};
use crate::database::catalog::{Constraint, Kind, Table};
use crate::database::parse::{parse_condition, parse_expr};

/// A query over one row, `?1` being its rowid, that gives a row where the constraint is broken.
#[derive(Debug, Clone)]
pub struct RowCheck {
    pub foreign: bool,
    /// `OWNER.NAME`
    pub constraint: String,
    pub sql: String,
}

impl Compiler<'_> {
    /// The checks that a change of these columns asks for: CHECK first, then foreign keys.
    pub fn row_checks(&mut self, table: &Table, assigned: &[u64]) -> Checked<Vec<RowCheck>> {
        let mut checks = Vec::new();
        let touches =
            |constraint: &Constraint| constraint.columns.iter().any(|column| assigned.contains(column));
        for constraint in &table.constraints {
            if let Kind::Check { text } = &constraint.kind
                && touches(constraint)
            {
                let condition = self.check_condition(table, text)?;
                let sql = format!("SELECT 1 FROM {} WHERE rowid = ?1 AND NOT {condition}", table.stored());
                checks.push(RowCheck { foreign: false, constraint: label(table, constraint), sql });
            }
        }
        for constraint in table.constraints.iter().filter(|constraint| touches(constraint)) {
            if let Some(orphan) = self.orphan(table, constraint) {
                let sql = format!("SELECT 1 FROM {} AS c WHERE c.rowid = ?1 AND {orphan}", table.stored());
                checks.push(RowCheck { foreign: true, constraint: label(table, constraint), sql });
            }
        }
        Ok(checks)
    }

    /// A CHECK's condition over the table's stored columns.
    pub fn check_condition(&mut self, table: &Table, text: &str) -> Checked<String> {
        let condition = parse_condition(text)?;
        let outer = std::mem::take(&mut self.scopes);
        self.scopes.push(Scope { sources: vec![ScopeSource::table(table, None, "")] });
        let sql = self.condition(&condition);
        self.scopes = outer;
        sql
    }

    /// The value that an index on an expression has for a row of the table.
    pub fn index_expression(&mut self, table: &Table, text: &str) -> Checked<Typed> {
        let expr = parse_expr(text)?;
        let outer = std::mem::take(&mut self.scopes);
        self.scopes.push(Scope { sources: vec![ScopeSource::table(table, None, "")] });
        let value = self.expr(&expr);
        self.scopes = outer;
        value
    }

    /// The condition under which row `c` of the table has a foreign key without a parent.
    pub fn orphan(&self, table: &Table, constraint: &Constraint) -> Option<String> {
        let Kind::Foreign(foreign) = &constraint.kind else {
            return None;
        };
        let parent = self.catalog.table_by_id(foreign.table).unwrap_or(table);
        let given: Vec<String> =
            constraint.columns.iter().map(|column| format!("c.c{column} IS NOT NULL")).collect();
        let pairs = constraint.columns.iter().zip(&foreign.columns);
        let matched: Vec<String> = pairs.map(|(own, theirs)| format!("p.c{theirs} = c.c{own}")).collect();
        Some(format!(
            "{} AND NOT EXISTS (SELECT 1 FROM {} AS p WHERE {})",
            given.join(" AND "),
            parent.stored(),
            matched.join(" AND ")
        ))
    }
}

pub fn label(table: &Table, constraint: &Constraint) -> String {
    format!("{}.{}", table.owner, constraint.name)
}
