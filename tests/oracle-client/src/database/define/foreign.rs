//! New foreign keys.

use super::Definer;
use crate::database::catalog::{Constraint, Foreign, Kind, Table};
use crate::database::compile::{Type, label};
use crate::database::messages::ora;
use crate::database::parse::ast::ObjectName;
use crate::database::parse::definition::Rule;
use crate::error::OracleError;

impl Definer<'_> {
    pub fn foreign(
        &mut self,
        table: &Table,
        name: &str,
        rule: &Rule,
    ) -> Result<(Kind, Vec<u64>), OracleError> {
        let Rule::Foreign { columns, table: parent, referenced, on_delete } = rule else {
            return Err(ora(905));
        };
        let ids = self.column_ids(table, columns)?;
        let parent = self.parent(table, parent)?;
        let primary = parent.constraints.iter().find(|constraint| constraint.is_primary());
        let theirs = match referenced.is_empty() {
            true => primary
                .ok_or_else(|| OracleError::new(2268, "referenced table does not have a primary key"))?
                .columns
                .clone(),
            false => self.column_ids(&parent, referenced)?,
        };
        if theirs.len() != ids.len() {
            return Err(ora(2256));
        }
        let is_key = |constraint: &&Constraint| constraint.index().is_some() && constraint.columns == theirs;
        let key = parent.constraints.iter().find(is_key).ok_or_else(|| ora(2270))?;
        for (own, their) in ids.iter().zip(&theirs) {
            let kind = |table: &Table, id: &u64| {
                table.column_by_id(*id).map(|column| Type::from(column.kind.described()))
            };
            if kind(table, own) != kind(&parent, their) {
                let text = "column type incompatible with referenced column type";
                return Err(OracleError::new(2267, text));
            }
        }
        if table.constraints.iter().any(|known| {
            known.columns == ids
                && matches!(&known.kind, Kind::Foreign(f) if f.table == parent.id && f.columns == theirs)
        }) {
            return Err(ora(2275));
        }
        let foreign = Foreign {
            table: parent.id,
            columns: theirs,
            key: (parent.owner.clone(), key.name.clone()),
            on_delete: *on_delete,
        };
        let constraint = Constraint {
            name: name.to_owned(),
            generated: false,
            kind: Kind::Foreign(foreign),
            columns: ids,
        };
        if let Some(orphan) = self.compiler().orphan(table, &constraint)
            && self.finds(&format!("SELECT 1 FROM {} AS c WHERE {orphan}", table.stored()))?
        {
            let text =
                format_args!("cannot validate ({}) - parent keys not found", label(table, &constraint));
            return Err(OracleError::new(2298, text));
        }
        Ok((constraint.kind, constraint.columns))
    }

    fn parent(&self, table: &Table, name: &ObjectName) -> Result<Table, OracleError> {
        let owner = name.schema.as_deref().unwrap_or(&table.owner);
        if (owner, &name.name) == (&table.owner, &table.name) {
            return Ok(table.clone());
        }
        let full = ObjectName { schema: Some(owner.to_owned()), ..name.clone() };
        self.compiler().table(&full, "REFERENCES").cloned()
    }
}
