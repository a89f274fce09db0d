//! DROP.

use super::{Defined, Definer};
use crate::database::catalog::{Kind, Table};
use crate::database::messages::ora;
use crate::database::parse::ast::ObjectName;

impl Definer<'_> {
    pub fn drop_table(&mut self, name: &ObjectName, cascade: bool) -> Defined {
        let table = self.table(name, "DROP")?;
        let referring = self.catalog.references_to(table.id).iter().any(|(child, ..)| child.id != table.id);
        if referring && !cascade {
            return Err(ora(2449));
        }
        self.remove_table(&table)
    }

    /// Takes the table away, with its indexes, its identity's sequence, and the foreign keys that point at it.
    pub fn remove_table(&mut self, table: &Table) -> Defined {
        self.sql(&format!("DROP TABLE {}", table.stored()))?;
        let catalog = &mut self.catalog;
        catalog.tables.retain(|other| other.id != table.id);
        catalog.indexes.retain(|index| index.table != table.id);
        let identities: Vec<u64> =
            table.columns.iter().filter_map(|column| column.identity.as_ref()).map(|i| i.sequence).collect();
        catalog.sequences.retain(|sequence| !identities.contains(&sequence.id));
        for other in &mut catalog.tables {
            other
                .constraints
                .retain(|constraint| !matches!(&constraint.kind, Kind::Foreign(f) if f.table == table.id));
        }
        Ok(())
    }

    pub fn drop_index(&mut self, name: &ObjectName) -> Defined {
        let owner = name.schema.as_deref().unwrap_or(self.schema);
        let index =
            self.catalog.index(owner, &name.name).cloned().ok_or_else(|| ora(1418).at(name.position.0))?;
        self.require(owner, "", "DROP ANY INDEX")?;
        if self.catalog.key_of_index(&index).is_some() {
            return Err(ora(2429));
        }
        self.locks.check_free(index.table)?;
        self.sql(&format!("DROP INDEX {}", index.stored()))?;
        self.catalog.indexes.retain(|other| other.id != index.id);
        Ok(())
    }
}
