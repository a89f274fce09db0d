//! ALTER TABLE … MODIFY.

use super::{Defined, Definer};
use crate::database::catalog::{Constraint, DataType, Kind, Table};
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::parse::definition::{ColumnSpec, Rule};

impl Definer<'_> {
    pub fn modify(&mut self, table: &Table, spec: &ColumnSpec) -> Defined {
        let id = self.column_ids(table, std::slice::from_ref(&spec.name))?[0];
        let Some(column) = table.column_by_id(id) else {
            return Err(ora(904));
        };
        if spec.identity.is_some() {
            return Err(unimplemented_feature("MODIFY … AS IDENTITY"));
        }
        if let Some(kind) = spec.kind {
            if kind != column.kind && self.catalog.is_in_expression(table.id, id) {
                return Err(ora(30556));
            }
            self.check_kind(table, id, column.kind, kind)?;
        }
        if let Some(default) = &spec.default {
            self.check_default(spec.kind.unwrap_or(column.kind), &default.expr)?;
        }
        if spec.null {
            self.allow_null(table, id)?;
        }
        if let Some(known) = self.catalog.table_mut(table.id)
            && let Some(column) = known.columns.iter_mut().find(|column| column.id == id)
        {
            column.kind = spec.kind.unwrap_or(column.kind);
            if let Some(default) = &spec.default {
                column.default = Some(default.text.clone());
                column.default_on_null = default.on_null;
            }
        }
        for constraint in &spec.constraints {
            if matches!(constraint.rule, Rule::NotNull(_)) && column.not_null {
                return Err(ora(1442));
            }
            self.add_constraint(table.id, constraint)?;
        }
        Ok(())
    }

    /// A column may grow; it may shrink as far as its rows allow.
    fn check_kind(&self, table: &Table, id: u64, from: DataType, to: DataType) -> Defined {
        let stored = table.stored();
        let code = match (from, to) {
            _ if from == to => return Ok(()),
            (DataType::Varchar2 { .. }, DataType::Varchar2 { length, characters }) => {
                let measure =
                    if characters { format!("length(c{id})") } else { format!("octet_length(c{id})") };
                return match self.finds(&format!("SELECT 1 FROM {stored} WHERE {measure} > {length}"))? {
                    true => Err(ora(1441)),
                    false => Ok(()),
                };
            }
            (DataType::Raw { length: from }, DataType::Raw { length: to }) if to >= from => return Ok(()),
            (DataType::Number { .. }, DataType::Number { precision: None, .. }) => return Ok(()),
            (
                DataType::Number { precision: Some(p), scale: s },
                DataType::Number { precision: Some(precision), scale },
            ) if scale >= s && i16::from(precision) - i16::from(scale) >= i16::from(p) - i16::from(s) => {
                return Ok(());
            }
            (DataType::Number { .. }, DataType::Number { .. }) => 1440,
            (DataType::Timestamp { fraction: from }, DataType::Timestamp { fraction: to }) if to >= from => {
                return Ok(());
            }
            _ => 1439,
        };
        if self.finds(&format!("SELECT 1 FROM {stored} WHERE c{id} IS NOT NULL"))? {
            return Err(ora(code));
        }
        match code {
            1440 => Ok(()),
            _ => Err(unimplemented_feature("MODIFY to another type")),
        }
    }

    fn allow_null(&mut self, table: &Table, id: u64) -> Defined {
        let is_not_null = |c: &&Constraint| matches!(c.kind, Kind::NotNull) && c.columns == [id];
        let Some(constraint) = table.constraints.iter().find(is_not_null) else {
            return Err(ora(1451));
        };
        self.set_not_null(table.id, &[id], false);
        if let Some(known) = self.catalog.table_mut(table.id) {
            known.constraints.retain(|other| other.name != constraint.name);
        }
        Ok(())
    }
}
