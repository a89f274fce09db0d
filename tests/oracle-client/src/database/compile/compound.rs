//! UNION ALL.

use super::convert::of_kind;
use super::query::{Compiled, OutColumn, directed, order_clause, place};
use super::typed::{Type, Typed};
use super::{Checked, Compiler, invalid_identifier};
use crate::database::messages::ora;
use crate::database::parse::ast::{Expr, OrderItem, Query};

impl Compiler<'_> {
    /// A query of several parts, of which the first is compiled. It gives the columns their names.
    pub fn compound(&mut self, query: &Query, first: Compiled) -> Checked<Compiled> {
        let Compiled { mut sql, mut columns, mut tables } = first;
        for part in &query.union_all {
            let part = self.select(part)?;
            if part.columns.len() != columns.len() {
                return Err(ora(1789).at(query.position.0));
            }
            for (column, other) in columns.iter_mut().zip(&part.columns) {
                column.join(other).map_err(|error| error.at(query.position.0))?;
            }
            sql += &format!(" UNION ALL {}", part.sql);
            tables.extend(part.tables);
        }
        let mut keys = Vec::new();
        for item in &query.order_by {
            let place = ordered_by(item, &columns)?;
            keys.push(directed(&columns[place].sort_key(place)?, item));
        }
        sql += &order_clause(&keys);
        sql += &self.limits(query)?;
        Ok(Compiled { sql, columns, tables })
    }
}

/// The column that a result of several parts is sorted by: its place or its name, and no expression.
fn ordered_by(item: &OrderItem, columns: &[OutColumn]) -> Checked<usize> {
    match &item.expr {
        Expr::Number(position) => place(position, columns),
        Expr::Column { path, position } => {
            let [name] = &path[..] else {
                return Err(invalid_identifier(path).at(position.0));
            };
            let mut named = columns.iter().enumerate().filter(|(_, column)| column.name == *name);
            let (place, _) = named.next().ok_or_else(|| invalid_identifier(path).at(position.0))?;
            if named.next().is_some() { Err(ora(960).at(position.0)) } else { Ok(place) }
        }
        _ => Err(ora(1785)),
    }
}

impl OutColumn {
    /// Makes it hold the values of another part's column too. Nothing is converted; NULL is of any type.
    fn join(&mut self, other: &OutColumn) -> Checked<()> {
        let kind = match (self.kind, other.kind) {
            (Type::Null, kind) | (kind, Type::Null) => kind,
            (kind, same) if kind == same => kind,
            _ => return Err(ora(1790)),
        };
        let nullable = self.nullable || other.nullable;
        if self.kind != other.kind {
            self.described = if self.kind == Type::Null { other.described } else { self.described };
        } else if self.described != other.described {
            let part = |column: &OutColumn| Typed {
                sql: String::new(),
                kind,
                described: column.described,
                nullable: column.nullable,
            };
            self.described = of_kind(kind, String::new(), &[part(self), part(other)]).described;
        }
        (self.kind, self.nullable) = (kind, nullable);
        Ok(())
    }
}
