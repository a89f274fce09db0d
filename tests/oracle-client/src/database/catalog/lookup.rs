//! Finding things in the catalog.

use super::model::{Catalog, Constraint, Foreign, Index, Kind, Sequence, Table};

impl Catalog {
    pub fn table(&self, owner: &str, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.owner == owner && table.name == name)
    }

    pub fn table_by_id(&self, id: u64) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }

    pub fn table_mut(&mut self, id: u64) -> Option<&mut Table> {
        self.tables.iter_mut().find(|table| table.id == id)
    }

    pub fn index(&self, owner: &str, name: &str) -> Option<&Index> {
        self.indexes.iter().find(|index| index.owner == owner && index.name == name)
    }

    pub fn index_by_id(&self, id: u64) -> Option<&Index> {
        self.indexes.iter().find(|index| index.id == id)
    }

    pub fn sequence_by_id(&self, id: u64) -> Option<&Sequence> {
        self.sequences.iter().find(|sequence| sequence.id == id)
    }

    pub fn constraint_name_taken(&self, owner: &str, name: &str) -> bool {
        let named = |constraint: &Constraint| constraint.name == name;
        self.tables.iter().any(|table| table.owner == owner && table.constraints.iter().any(named))
    }

    /// Whether an index is on an expression of this column.
    pub fn is_in_expression(&self, table: u64, column: u64) -> bool {
        let mut indexes = self.indexes.iter().filter(|index| index.table == table);
        indexes.any(|index| index.columns.iter().any(|indexed| indexed.is_made_of(column)))
    }

    /// The constraint that an index enforces, if any.
    pub fn key_of_index(&self, index: &Index) -> Option<&Constraint> {
        let table = self.table_by_id(index.table)?;
        table.constraints.iter().find(|constraint| constraint.index() == Some(index.id))
    }

    /// The foreign keys that point at a table, each with the table it belongs to.
    pub fn references_to(&self, table: u64) -> Vec<(&Table, &Constraint, &Foreign)> {
        let mut found = Vec::new();
        for child in &self.tables {
            for constraint in &child.constraints {
                if let Kind::Foreign(foreign) = &constraint.kind
                    && foreign.table == table
                {
                    found.push((child, constraint, foreign));
                }
            }
        }
        found
    }
}

impl Constraint {
    /// The index of a primary or unique key.
    pub fn index(&self) -> Option<u64> {
        match self.kind {
            Kind::Primary { index } | Kind::Unique { index } => Some(index),
            _ => None,
        }
    }

    pub fn is_primary(&self) -> bool {
        matches!(self.kind, Kind::Primary { .. })
    }
}
