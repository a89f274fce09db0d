//! CREATE TABLE.

use super::{Defined, Definer};
use crate::database::catalog::{Column, Table};
use crate::database::messages::ora;
use crate::database::parse::ast::ObjectName;
use crate::database::parse::definition::{ColumnSpec, ConstraintSpec};

impl Definer<'_> {
    pub fn create_table(
        &mut self,
        name: &ObjectName,
        columns: &[ColumnSpec],
        constraints: &[ConstraintSpec],
    ) -> Defined {
        let owner = self.owner(name)?;
        self.require(&owner, "CREATE TABLE", "CREATE ANY TABLE")?;
        if self.catalog.table(&owner, &name.name).is_some() {
            return Err(ora(955).at(name.position.0));
        }
        let mut table = Table {
            id: self.catalog.next_id(),
            owner,
            name: name.name.clone(),
            columns: Vec::new(),
            constraints: Vec::new(),
            last_column: 0,
        };
        for spec in columns {
            let column = self.new_column(&mut table, spec)?;
            table.columns.push(column);
        }
        if table.columns.is_empty() {
            return Err(ora(904).at(name.position.0));
        }
        let stored: Vec<String> = table.columns.iter().map(Column::stored_definition).collect();
        self.sql(&format!("CREATE TABLE {} ({})", table.stored(), stored.join(", ")))?;
        let id = table.id;
        self.catalog.tables.push(table);
        let inline = columns.iter().flat_map(|column| &column.constraints);
        // Foreign keys last: one may point at a key of this very table that is written behind it.
        let (foreign, own): (Vec<_>, Vec<_>) = inline.chain(constraints).partition(|spec| spec.is_foreign());
        for spec in own.into_iter().chain(foreign) {
            self.add_constraint(id, spec)?;
        }
        Ok(())
    }
}
