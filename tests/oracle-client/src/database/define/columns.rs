//! New columns.

use super::{Defined, Definer};
use crate::database::catalog::{Column, DataType, Identity, Sequence, Table};
use crate::database::compile::{Compiler, Type};
use crate::database::messages::ora;
use crate::database::parse::ast::Expr;
use crate::database::parse::definition::ColumnSpec;
use crate::error::OracleError;

impl Definer<'_> {
    /// A column for the table, not yet among its columns; its constraints come later.
    pub fn new_column(&mut self, table: &mut Table, spec: &ColumnSpec) -> Result<Column, OracleError> {
        let at = spec.position;
        if table.column(&spec.name).is_some() {
            return Err(ora(957).at(at));
        }
        let kind = spec.kind.ok_or_else(|| ora(902).at(at))?;
        let identity = match &spec.identity {
            None => None,
            Some(_) if !matches!(kind, DataType::Number { scale: 0, .. }) => {
                return Err(ora(30675).at(at));
            }
            Some(_) if table.columns.iter().any(|column| column.identity.is_some()) => {
                return Err(ora(30669).at(at));
            }
            Some(identity) => {
                let sequence = self.catalog.next_id();
                self.catalog.sequences.push(Sequence {
                    id: sequence,
                    owner: table.owner.clone(),
                    name: format!("ISEQ$$_{}", 70_000 + table.id),
                    start: identity.start,
                    increment: identity.increment,
                });
                Some(Identity { always: identity.always, on_null: identity.on_null, sequence })
            }
        };
        if let Some(default) = &spec.default {
            self.check_default(kind, &default.expr).map_err(|error| error.at(at))?;
        }
        table.last_column += 1;
        Ok(Column {
            id: table.last_column,
            name: spec.name.clone(),
            kind,
            // A default for NULL makes the column NOT NULL.
            not_null: spec.default.as_ref().is_some_and(|default| default.on_null),
            default: spec.default.as_ref().map(|default| default.text.clone()),
            default_on_null: spec.default.as_ref().is_some_and(|default| default.on_null),
            identity,
        })
    }

    /// A default must fit the column's type, and names no column.
    pub fn check_default(&self, kind: DataType, default: &Expr) -> Defined {
        let mut compiler = Compiler::new(&self.catalog, self.user, self.schema, &[]);
        let value = compiler.expr(default).map_err(|error| match error.code {
            904 => OracleError::new(984, "column not allowed here"),
            _ => error,
        })?;
        compiler.convert(value, Type::from(kind.described())).map(drop)
    }
}
