//! DELETE.

use super::plan::Change;
use super::scope::{Scope, ScopeSource};
use super::update::referenced_columns;
use super::{Checked, Compiler};
use crate::database::parse::ast::Delete;

impl Compiler<'_> {
    pub fn delete(&mut self, delete: &Delete) -> Checked<Change> {
        let table = self.table(&delete.table, "DELETE")?;
        let prefix = self.next_alias();
        let source = ScopeSource::table(table, delete.alias.as_deref(), &format!("{prefix}."));
        self.scopes.push(Scope { sources: vec![source] });
        let filter = delete.filter.as_ref().map(|filter| self.condition(filter)).transpose();
        self.scopes.pop();
        let filter = filter?.map_or(String::new(), |filter| format!(" WHERE {filter}"));
        let (returning_sql, returning) =
            self.returning(table, delete.alias.as_deref(), &delete.returning.exprs)?;
        let keys = referenced_columns(self.catalog, table);
        let old: String = keys.iter().map(|key| format!(", c{key}")).collect();
        let target = format!("{} AS {prefix}", table.stored());
        Ok(Change {
            table: table.id,
            sql: format!("DELETE FROM {target}{filter} RETURNING rowid{old}{returning_sql}"),
            deletes: true,
            updates: false,
            checks: Vec::new(),
            keys,
            before: None,
            returning,
        })
    }
}
