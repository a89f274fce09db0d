//! ALTER TABLE: columns and constraints added and dropped, and new names.

use super::{Defined, Definer};
use crate::database::catalog::{Constraint, IndexColumn, Kind, Table};
use crate::database::compile::Compiler;
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::parse::ast::ObjectName;
use crate::database::parse::definition::{Change, ColumnSpec};
use crate::error::OracleError;

impl Definer<'_> {
    pub fn alter_table(&mut self, name: &ObjectName, changes: &[Change]) -> Defined {
        let id = self.table(name, "ALTER")?.id;
        for change in changes {
            let table = self.catalog.table_by_id(id).cloned().ok_or_else(|| ora(942))?;
            match change {
                Change::AddColumn(spec) => self.add_column(table, spec)?,
                Change::AddConstraint(spec) => self.add_constraint(id, spec)?,
                Change::DropColumns(names) => self.drop_columns(&table, names)?,
                Change::DropConstraint { name, cascade } => {
                    let named = table.constraints.iter().find(|constraint| constraint.name == *name);
                    let absent =
                        || OracleError::new(2443, "Cannot drop constraint  - nonexistent constraint");
                    self.drop_constraint(&table, named.ok_or_else(absent)?, *cascade)?;
                }
                Change::DropPrimaryKey { cascade } => {
                    let primary = table.constraints.iter().find(|constraint| constraint.is_primary());
                    let absent = || OracleError::new(2441, "Cannot drop nonexistent primary key");
                    self.drop_constraint(&table, primary.ok_or_else(absent)?, *cascade)?;
                }
                Change::Modify(spec) => self.modify(&table, spec)?,
                Change::RenameColumn { from, to } => self.rename_column(&table, from, to)?,
                Change::RenameTable(to) => {
                    if self.catalog.table(&table.owner, to).is_some() {
                        return Err(ora(955));
                    }
                    if let Some(table) = self.catalog.table_mut(id) {
                        table.name = to.clone();
                    }
                }
            }
        }
        Ok(())
    }

    fn add_column(&mut self, mut table: Table, spec: &ColumnSpec) -> Defined {
        if table.column(&spec.name).is_some() {
            return Err(ora(1430).at(spec.position));
        }
        let column = self.new_column(&mut table, spec)?;
        let id = table.id;
        let stored = table.stored();
        self.sql(&format!("ALTER TABLE {stored} ADD COLUMN {}", column.stored_definition()))?;
        // Rows that are there get the default too.
        if column.default.is_some() || column.identity.is_some() {
            let default =
                Compiler::new(&self.catalog, self.user, self.schema, &[]).stored_default(&table, &column)?;
            self.sql(&format!("UPDATE {stored} SET {} = {default}", column.stored()))?;
        } else if spec.constraints.iter().any(ConstraintNeedsValue::needs_value)
            && self.finds(&format!("SELECT 1 FROM {stored}"))?
        {
            return Err(ora(1758));
        }
        table.columns.push(column);
        if let Some(known) = self.catalog.table_mut(id) {
            *known = table;
        }
        spec.constraints.iter().try_for_each(|constraint| self.add_constraint(id, constraint))
    }

    fn drop_columns(&mut self, table: &Table, names: &[String]) -> Defined {
        let ids = self.column_ids(table, names)?;
        if ids.len() == table.columns.len() {
            return Err(ora(12983));
        }
        let referenced = self.catalog.references_to(table.id);
        if referenced.iter().any(|(.., foreign)| foreign.columns.iter().any(|column| ids.contains(column))) {
            return Err(ora(12992));
        }
        let touched = |columns: &[u64]| columns.iter().any(|column| ids.contains(column));
        if table
            .constraints
            .iter()
            .any(|c| touched(&c.columns) && !c.columns.iter().all(|id| ids.contains(id)))
        {
            return Err(ora(12991));
        }
        if ids.iter().any(|id| self.catalog.is_in_expression(table.id, *id)) {
            return Err(unimplemented_feature("DROP of a column with an index on an expression of it"));
        }
        let indexes: Vec<_> =
            self.catalog.indexes.iter().filter(|index| index.table == table.id).cloned().collect();
        for index in indexes
            .iter()
            .filter(|index| index.columns.iter().filter_map(IndexColumn::column).any(|id| ids.contains(&id)))
        {
            self.sql(&format!("DROP INDEX {}", index.stored()))?;
            self.catalog.indexes.retain(|other| other.id != index.id);
        }
        for id in &ids {
            self.sql(&format!("ALTER TABLE {} DROP COLUMN c{id}", table.stored()))?;
        }
        if let Some(known) = self.catalog.table_mut(table.id) {
            known.columns.retain(|column| !ids.contains(&column.id));
            known.constraints.retain(|constraint| !touched(&constraint.columns));
        }
        Ok(())
    }

    fn drop_constraint(&mut self, table: &Table, constraint: &Constraint, cascade: bool) -> Defined {
        if let Some(id) = constraint.index() {
            let key = (table.owner.clone(), constraint.name.clone());
            let uses = |kind: &Kind| matches!(kind, Kind::Foreign(foreign) if foreign.key == key);
            if self.catalog.references_to(table.id).iter().any(|(_, child, _)| uses(&child.kind)) {
                if !cascade {
                    return Err(ora(2273));
                }
                self.catalog.tables.iter_mut().for_each(|child| child.constraints.retain(|c| !uses(&c.kind)));
            }
            if let Some(index) = self.catalog.index_by_id(id).cloned() {
                self.sql(&format!("DROP INDEX {}", index.stored()))?;
                self.catalog.indexes.retain(|other| other.id != id);
            }
        }
        if matches!(constraint.kind, Kind::NotNull | Kind::Primary { .. }) {
            let still = |column: &u64| {
                let keeps = |other: &&Constraint| {
                    other.name != constraint.name
                        && matches!(other.kind, Kind::NotNull | Kind::Primary { .. })
                };
                table.constraints.iter().filter(keeps).any(|other| other.columns.contains(column))
            };
            let freed: Vec<u64> =
                constraint.columns.iter().copied().filter(|column| !still(column)).collect();
            self.set_not_null(table.id, &freed, false);
        }
        if let Some(known) = self.catalog.table_mut(table.id) {
            known.constraints.retain(|other| other.name != constraint.name);
        }
        Ok(())
    }

    fn rename_column(&mut self, table: &Table, from: &str, to: &str) -> Defined {
        let id = self.column_ids(table, &[from.to_owned()])?[0];
        if table.column(to).is_some() {
            return Err(ora(957));
        }
        if table.constraints.iter().any(|c| matches!(c.kind, Kind::Check { .. }) && c.columns.contains(&id)) {
            let what = "RENAME COLUMN of a column with a CHECK constraint";
            return Err(unimplemented_feature(what));
        }
        if self.catalog.is_in_expression(table.id, id) {
            return Err(unimplemented_feature(
                "RENAME COLUMN of a column with an index on an expression of it",
            ));
        }
        if let Some(known) = self.catalog.table_mut(table.id) {
            known
                .columns
                .iter_mut()
                .filter(|column| column.id == id)
                .for_each(|column| column.name = to.to_owned());
        }
        Ok(())
    }
}

/// Whether a constraint makes a column without a default impossible where there are rows.
trait ConstraintNeedsValue {
    fn needs_value(&self) -> bool;
}

impl ConstraintNeedsValue for crate::database::parse::definition::ConstraintSpec {
    fn needs_value(&self) -> bool {
        use crate::database::parse::definition::Rule;
        matches!(self.rule, Rule::NotNull(_) | Rule::Key { primary: true, .. })
    }
}
