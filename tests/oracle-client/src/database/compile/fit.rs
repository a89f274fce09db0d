//! From a value to what a column takes: its type, its length or precision, NOT NULL, its default.

use super::typed::{Type, Typed};
use super::{Checked, Compiler, quote};
use crate::database::catalog::{Column, DataType, Identity, Table};
use crate::database::messages::ora;
use crate::database::parse::ast::Expr;
use crate::database::parse::parse_expr;

/// What a value is on its way into a column for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Insert,
    Update,
}

impl Compiler<'_> {
    /// The SQL of a value that the column can take, or that fails as Oracle fails.
    pub fn fit(&mut self, table: &Table, column: &Column, value: Typed, purpose: Purpose) -> Checked<String> {
        let value = self.convert(value, Type::from(column.kind.described()))?;
        let label = quote(&format!("\"{}\".\"{}\".\"{}\"", table.owner, table.name, column.name));
        let mut sql = match column.kind {
            _ if value.kind == Type::Null => value.sql,
            DataType::Varchar2 { length, characters } => {
                format!("ora_fit_text({}, {length}, {}, {label})", value.sql, i32::from(characters))
            }
            DataType::Number { precision: None, .. } => value.sql,
            DataType::Number { precision: Some(precision), scale } => {
                format!("ora_fit_number({}, {precision}, {scale})", value.sql)
            }
            DataType::Raw { length } => format!("ora_fit_raw({}, {length}, {label})", value.sql),
            DataType::Clob => value.sql,
            DataType::Timestamp { fraction } => {
                format!("ora_fit_timestamp({}, {fraction})", value.sql)
            }
        };
        if purpose == Purpose::Insert && column.default_on_null {
            sql = format!("coalesce({sql}, {})", self.default(column)?.sql);
        }
        if let Some(Identity { on_null: true, sequence, .. }) = column.identity
            && purpose == Purpose::Insert
        {
            sql = format!("coalesce({sql}, {})", self.identity(sequence)?.sql);
        }
        if column.not_null {
            let code = if purpose == Purpose::Insert { 1400 } else { 1407 };
            sql = format!("ora_not_null({sql}, {code}, {label})");
        }
        Ok(sql)
    }

    /// The value of a column that an INSERT does not name, or names with DEFAULT.
    pub fn default(&mut self, column: &Column) -> Checked<Typed> {
        if let Some(identity) = &column.identity {
            return self.identity(identity.sequence);
        }
        let Some(text) = &column.default else {
            return Ok(Typed::null());
        };
        let expr = parse_expr(text)?;
        let outer = std::mem::take(&mut self.scopes);
        let value = self.expr(&expr);
        self.scopes = outer;
        value
    }

    /// The default as the column stores it, for rows that were there before the column.
    pub fn stored_default(&mut self, table: &Table, column: &Column) -> Checked<String> {
        let default = self.default(column)?;
        self.fit(table, column, default, Purpose::Insert)
    }

    fn identity(&self, sequence: u64) -> Checked<Typed> {
        let sequence = self.catalog.sequence_by_id(sequence).ok_or_else(|| ora(2289))?;
        Ok(Typed::number(format!("ora_nextval({}, {}, {})", sequence.id, sequence.start, sequence.increment)))
    }

    /// A value of VALUES or SET.
    pub fn value(
        &mut self,
        table: &Table,
        column: &Column,
        value: &Expr,
        purpose: Purpose,
    ) -> Checked<String> {
        if *value == Expr::Default {
            let default = self.default(column)?;
            return self.fit(table, column, default, purpose);
        }
        if column.identity.as_ref().is_some_and(|identity| identity.always) {
            return Err(ora(if purpose == Purpose::Insert { 32795 } else { 32796 }));
        }
        let value = self.expr(value)?;
        self.fit(table, column, value, purpose)
    }
}
