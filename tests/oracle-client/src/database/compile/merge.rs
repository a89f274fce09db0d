//! MERGE: an UPDATE of the rows that match, then an INSERT of those that do not.
//!
//! Oracle forbids updating a column of the ON condition, so the UPDATE leaves the matches as they were.

use super::checks::RowCheck;
use super::insert::{all_columns, check_count, insert_into};
use super::plan::{Change, MergePlan};
use super::scope::ScopeSource;
use super::sources::Sources;
use super::{Checked, Compiler};
use crate::database::catalog::Table;
use crate::database::messages::unimplemented_feature;
use crate::database::parse::ast::{Merge, MergeInsert};

impl Compiler<'_> {
    pub fn merge(&mut self, merge: &Merge) -> Checked<MergePlan> {
        let table = self.table(&merge.table, if merge.update.is_some() { "UPDATE" } else { "INSERT" })?;
        if merge.insert.is_some() {
            self.table(&merge.table, "INSERT")?;
        }
        let prefix = self.next_alias();
        let target = ScopeSource::table(table, merge.alias.as_deref(), &format!("{prefix}."));
        let source = self.source(&merge.source)?;
        let mut both = source.scope.clone();
        both.sources.push(target);
        self.scopes.push(both);
        let compiled = self.merge_parts(merge, table, &prefix, &source);
        self.scopes.pop();
        compiled
    }

    fn merge_parts(
        &mut self,
        merge: &Merge,
        table: &Table,
        prefix: &str,
        source: &Sources,
    ) -> Checked<MergePlan> {
        let on = self.condition(&merge.on)?;
        let stored = table.stored();
        let update = match &merge.update {
            None => None,
            Some((assignments, filter)) => {
                let (set, assigned) = self.assignments(table, assignments)?;
                if super::update::referenced_columns(self.catalog, table)
                    .iter()
                    .any(|key| assigned.contains(key))
                {
                    return Err(unimplemented_feature("MERGE that updates a referenced key"));
                }
                let filter = filter.as_ref().map_or(Ok("true".into()), |filter| self.condition(filter))?;
                let from = format!("FROM {} WHERE {on} AND {filter}", source.sql);
                let sql = format!("UPDATE {stored} AS {prefix} SET {set} {from} RETURNING {stored}.rowid");
                Some(change(table, sql, self.row_checks(table, &assigned)?))
            }
        };
        let insert = merge.insert.as_ref().map(|insert| {
            let matched = format!("EXISTS (SELECT 1 FROM {stored} AS {prefix} WHERE {on})");
            self.merge_insert(insert, table, source, &matched)
        });
        let unstable = match update.is_some() {
            true => format!(
                "SELECT count(*) FROM (SELECT 1 FROM {stored} AS {prefix} CROSS JOIN {} WHERE {on} \
                 GROUP BY {prefix}.rowid HAVING count(*) > 1)",
                source.sql
            ),
            false => "SELECT 0".into(),
        };
        Ok(MergePlan { update, insert: insert.transpose()?, unstable })
    }

    fn merge_insert(
        &mut self,
        insert: &MergeInsert,
        table: &Table,
        from: &Sources,
        matched: &str,
    ) -> Checked<Change> {
        let columns = self.insert_columns(table, &insert.columns)?;
        check_count(columns.len(), insert.values.len())?;
        // The values and their condition see the source alone.
        let both = std::mem::replace(&mut self.scopes, vec![from.scope.clone()]);
        let row = self.row(table, &columns, &insert.values);
        let filter = insert.filter.as_ref().map_or(Ok("true".into()), |filter| self.condition(filter));
        self.scopes = both;
        let (row, filter) = (row?.join(", "), filter?);
        let into = insert_into(table);
        let sql =
            format!("{into} SELECT {row} FROM {} WHERE NOT {matched} AND {filter} RETURNING rowid", from.sql);
        let checks = self.row_checks(table, &all_columns(table))?;
        Ok(change(table, sql, checks))
    }
}

fn change(table: &Table, sql: String, checks: Vec<RowCheck>) -> Change {
    Change {
        table: table.id,
        sql,
        deletes: false,
        updates: false,
        checks,
        keys: Vec::new(),
        before: None,
        returning: Vec::new(),
    }
}
