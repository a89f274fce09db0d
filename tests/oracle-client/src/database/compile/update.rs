//! UPDATE.

use super::fit::Purpose;
use super::plan::Change;
use super::scope::{Scope, ScopeSource};
use super::{Checked, Compiler, invalid_identifier};
use crate::database::catalog::{Catalog, Table};
use crate::database::messages::ora;
use crate::database::parse::ast::{Assignment, Update};

impl Compiler<'_> {
    pub fn update(&mut self, update: &Update) -> Checked<Change> {
        let table = self.table(&update.table, "UPDATE")?;
        let prefix = self.next_alias();
        let source = ScopeSource::table(table, update.alias.as_deref(), &format!("{prefix}."));
        self.scopes.push(Scope { sources: vec![source] });
        let compiled = self.assignments(table, &update.assignments);
        let filter = update.filter.as_ref().map(|filter| self.condition(filter)).transpose();
        self.scopes.pop();
        let (set, assigned) = compiled?;
        let filter = filter?.map_or(String::new(), |filter| format!(" WHERE {filter}"));
        let (returning_sql, returning) =
            self.returning(table, update.alias.as_deref(), &update.returning.exprs)?;
        let keys: Vec<u64> = referenced_columns(self.catalog, table)
            .into_iter()
            .filter(|key| assigned.contains(key))
            .collect();
        let target = format!("{} AS {prefix}", table.stored());
        // With a FROM, SQLite computes every row's values before it changes any; without, a query in SET sees rows that
        // are changed already. A text that holds the word has one too, and nothing comes of it.
        let from = if set.contains("SELECT") { " FROM (SELECT 1)" } else { "" };
        let before = match keys.is_empty() {
            true => None,
            // A key moves as a whole, so the children are looked for by all columns that anything refers to.
            false => {
                Some(format!("SELECT {} FROM {target}{filter}", stored_keys(self.catalog, table, &prefix)))
            }
        };
        Ok(Change {
            table: table.id,
            sql: format!("UPDATE {target} SET {set}{from}{filter} RETURNING rowid{returning_sql}"),
            deletes: false,
            updates: true,
            checks: self.row_checks(table, &assigned)?,
            keys: if keys.is_empty() { keys } else { referenced_columns(self.catalog, table) },
            before,
            returning,
        })
    }

    /// The SET clause, and the columns that it assigns.
    pub fn assignments(&mut self, table: &Table, assignments: &[Assignment]) -> Checked<(String, Vec<u64>)> {
        let (mut set, mut assigned) = (Vec::new(), Vec::new());
        for assignment in assignments {
            let at = assignment.position.0;
            let Some((name, qualifiers)) = assignment.path.split_last() else {
                continue;
            };
            let known = self.scopes.last().is_some_and(|scope| {
                qualifiers.is_empty()
                    || scope.sources.iter().any(|source| source.name.as_ref() == qualifiers.last())
            });
            let column = table.column(name).filter(|_| known);
            let column = column.ok_or_else(|| invalid_identifier(&assignment.path).at(at))?;
            if assigned.contains(&column.id) {
                return Err(ora(957).at(at));
            }
            let value = self.value(table, column, &assignment.value, Purpose::Update);
            set.push(format!("{} = {}", column.stored(), value.map_err(|error| error.at(at))?));
            assigned.push(column.id);
        }
        Ok((set.join(", "), assigned))
    }
}

/// The columns of a table that foreign keys point at.
pub fn referenced_columns(catalog: &Catalog, table: &Table) -> Vec<u64> {
    let mut columns: Vec<u64> = Vec::new();
    for (_, _, foreign) in catalog.references_to(table.id) {
        columns.extend(&foreign.columns);
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn stored_keys(catalog: &Catalog, table: &Table, prefix: &str) -> String {
    let keys = referenced_columns(catalog, table);
    let stored: Vec<String> = keys.iter().map(|key| format!("{prefix}.c{key}")).collect();
    stored.join(", ")
}
