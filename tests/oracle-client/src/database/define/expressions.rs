//! What an index is on: a column, or an expression of columns.

use super::Definer;
use crate::database::catalog::{Indexed, Table};
use crate::database::compile::{Type, quote};
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::parse::ast::{Expr, Operator};
use crate::error::OracleError;

type Written = Result<String, OracleError>;

impl Definer<'_> {
    pub fn indexed(&self, table: &Table, expr: &Expr) -> Result<Indexed, OracleError> {
        let (what, kind) = match expr {
            Expr::Column { path, .. } if path.len() == 1 && table.column(&path[0]).is_some() => {
                let id = self.column_ids(table, path)?[0];
                let kind = table.column_by_id(id).map_or(Type::Null, |column| column.kind.described().into());
                (Indexed::Column(id), kind)
            }
            _ => {
                let mut columns = Vec::new();
                let text = written(table, expr, &mut columns)?;
                let kind = self.compiler().index_expression(table, &text)?.kind;
                if kind == Type::Timestamp {
                    return Err(unimplemented_feature("an index on an expression that is a TIMESTAMP"));
                }
                (Indexed::Expression { text, columns }, kind)
            }
        };
        if kind == Type::Clob {
            return Err(OracleError::new(2327, "cannot create index on expression with datatype LOB"));
        }
        Ok(what)
    }
}

/// The expression as the dictionary shows it, names in quotes and no blanks, and the columns in it. What changes with
/// the session or from one call to the next is no expression for an index.
fn written(table: &Table, expr: &Expr, columns: &mut Vec<u64>) -> Written {
    match expr {
        Expr::Column { path, position } => {
            let [name] = &path[..] else {
                return Err(ora(1748).at(position.0));
            };
            match table.column(name) {
                Some(column) => columns.push(column.id),
                None if name == "SYSTIMESTAMP" || name == "CURRENT_TIMESTAMP" => {
                    return Err(ora(1743).at(position.0));
                }
                None => {
                    let text = format_args!("\"{name}\": invalid identifier");
                    return Err(OracleError::new(904, text).at(position.0));
                }
            }
            Ok(format!("\"{name}\""))
        }
        Expr::Call(call) if call.name == "USER" => Err(ora(1743).at(call.position.0)),
        Expr::Call(call) if !call.star && !call.distinct => {
            let arguments: Result<Vec<String>, _> =
                call.arguments.iter().map(|argument| written(table, argument, columns)).collect();
            Ok(format!("{}({})", call.name, arguments?.join(",")))
        }
        Expr::Negate(inner) => Ok(format!("-{}", operand(table, inner, columns, 3)?)),
        Expr::Binary { operator, left, right, .. } => {
            let (sign, strength) = sign(*operator);
            let left = operand(table, left, columns, strength)?;
            Ok(format!("{left}{sign}{}", operand(table, right, columns, strength + 1)?))
        }
        Expr::Number(text) => Ok(text.clone()),
        Expr::Text(text) => Ok(quote(text)),
        _ => Err(unimplemented_feature("an index on this expression")),
    }
}

/// A part of an expression, in parentheses where it binds less than what is around it.
fn operand(table: &Table, expr: &Expr, columns: &mut Vec<u64>, strength: u8) -> Written {
    let text = written(table, expr, columns)?;
    let own = match expr {
        Expr::Binary { operator, .. } => sign(*operator).1,
        // Two signs in a row begin a comment.
        Expr::Negate(_) => 0,
        _ => 4,
    };
    Ok(if own < strength { format!("({text})") } else { text })
}

fn sign(operator: Operator) -> (&'static str, u8) {
    match operator {
        Operator::Add => ("+", 1),
        Operator::Subtract => ("-", 1),
        Operator::Concat => ("||", 1),
        Operator::Multiply => ("*", 2),
        Operator::Divide => ("/", 2),
    }
}
