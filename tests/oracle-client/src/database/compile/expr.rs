//! Expressions.

use super::convert::of_kind;
use super::typed::{Type, Typed};
use super::{Checked, Compiler, inconsistent, invalid_identifier, quote};
use crate::database::messages::{ora, unimplemented_feature};
use crate::database::parse::ast::{Condition, Expr, Operator};
use crate::database::values::{number, timestamp};
use crate::error::OracleError;

impl Compiler<'_> {
    pub fn expr(&mut self, expr: &Expr) -> Checked<Typed> {
        match expr {
            Expr::Null => Ok(Typed::null()),
            Expr::Text(text) if text.len() > 4000 => Err(OracleError::new(1704, "string literal too long")),
            Expr::Text(text) => Ok(not_null(Typed::text(quote(text), text.len()))),
            Expr::Number(text) => number_literal(text),
            Expr::Timestamp(value) => Ok(not_null(Typed::timestamp(quote(&timestamp::store(value)?)))),
            Expr::Interval(nanoseconds) => {
                Ok(not_null(Typed::interval(blob(&number::of_integer(*nanoseconds)))))
            }
            Expr::Bind(name) => self.bind(name),
            Expr::Column { path, position } => self.name(path).map_err(|error| error.at(position.0)),
            Expr::Negate(inner) => self.negate(inner),
            Expr::Binary { operator, left, right, position } => {
                let (left, right) = (self.expr(left)?, self.expr(right)?);
                self.binary(*operator, left, right).map_err(|error| error.at(position.0))
            }
            Expr::Call(call) => self.call(call).map_err(|error| error.at(call.position.0)),
            Expr::Case { whens, otherwise, .. } => self.case(whens, otherwise.as_deref()),
            Expr::Subquery(query) => self.scalar_subquery(query),
            Expr::Default => Err(ora(936)),
        }
    }

    /// A list of expressions.
    pub fn exprs(&mut self, exprs: &[Expr]) -> Checked<Vec<Typed>> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    /// An expression as a value of that type.
    pub fn expr_as(&mut self, expr: &Expr, to: Type) -> Checked<Typed> {
        let value = self.expr(expr)?;
        self.convert(value, to)
    }

    fn bind(&self, name: &str) -> Checked<Typed> {
        let found = self.binds.iter().position(|(known, _)| known == name);
        let index = found.ok_or_else(|| ora(1008))?;
        let sql = format!("?{}", index + 1);
        Ok(match self.binds[index].1 {
            Type::Null => Typed { sql, ..Typed::null() },
            Type::Number => Typed::number(sql),
            Type::Text => Typed::text(sql, 4000),
            Type::Timestamp | Type::Interval => Typed::timestamp(sql),
            Type::Raw => Typed::raw(sql),
            Type::Clob => Typed::clob(sql),
        })
    }

    /// A column, or one of the words that look like one.
    fn name(&mut self, path: &[String]) -> Checked<Typed> {
        let column = self.column(path);
        let Err(error) = &column else { return column };
        if error.code != 904 {
            return column;
        }
        match path {
            [name] if name == "SYSTIMESTAMP" || name == "CURRENT_TIMESTAMP" => {
                Ok(not_null(Typed::timestamp("ora_systimestamp()".into())))
            }
            [name]
                if ["LOCALTIMESTAMP", "CURRENT_DATE", "SESSIONTIMEZONE", "DBTIMEZONE"]
                    .contains(&name.as_str()) =>
            {
                Err(unimplemented_feature(name))
            }
            [_, .., last] if last == "NEXTVAL" || last == "CURRVAL" => {
                Err(unimplemented_feature("a sequence by its name"))
            }
            _ => Err(invalid_identifier(path)),
        }
    }

    fn negate(&mut self, inner: &Expr) -> Checked<Typed> {
        let value = self.expr(inner)?;
        if value.kind == Type::Interval {
            return Ok(Typed::interval(format!("ora_negate({})", value.sql)));
        }
        let value = self.convert(value, Type::Number)?;
        Ok(Typed::number(format!("ora_negate({})", value.sql)))
    }

    fn binary(&self, operator: Operator, left: Typed, right: Typed) -> Checked<Typed> {
        use Operator::{Add, Concat, Divide, Multiply, Subtract};
        let call =
            |function: &str, left: &Typed, right: &Typed| format!("{function}({}, {})", left.sql, right.sql);
        match (operator, left.kind, right.kind) {
            (Concat, ..) => {
                let (left, right) = (self.convert(left, Type::Text)?, self.convert(right, Type::Text)?);
                Ok(Typed::text(call("ora_concat", &left, &right), left.bytes() + right.bytes()))
            }
            (Add, Type::Timestamp, Type::Interval) => {
                Ok(Typed::timestamp(call("ora_timestamp_add", &left, &right)))
            }
            (Add, Type::Interval, Type::Timestamp) => {
                Ok(Typed::timestamp(call("ora_timestamp_add", &right, &left)))
            }
            (Subtract, Type::Timestamp, Type::Interval) => {
                let right = Typed::interval(format!("ora_negate({})", right.sql));
                Ok(Typed::timestamp(call("ora_timestamp_add", &left, &right)))
            }
            (Subtract, Type::Timestamp, Type::Timestamp) => {
                Ok(Typed::interval(call("ora_timestamp_subtract", &left, &right)))
            }
            (Add, Type::Interval, Type::Interval) => Ok(Typed::interval(call("ora_add", &left, &right))),
            (Subtract, Type::Interval, Type::Interval) => {
                Ok(Typed::interval(call("ora_subtract", &left, &right)))
            }
            (Add | Subtract, Type::Timestamp, Type::Number) | (Add, Type::Number, Type::Timestamp) => {
                Err(unimplemented_feature("a timestamp and a number of days make a DATE"))
            }
            (_, Type::Interval, Type::Number) | (_, Type::Number, Type::Interval) => {
                Err(unimplemented_feature("arithmetic of intervals and numbers"))
            }
            (_, Type::Timestamp | Type::Interval | Type::Raw | Type::Clob, _) => {
                Err(inconsistent("NUMBER", left.kind.name()))
            }
            (_, _, Type::Timestamp | Type::Interval | Type::Raw | Type::Clob) => {
                Err(inconsistent("NUMBER", right.kind.name()))
            }
            _ => {
                let function = match operator {
                    Add => "ora_add",
                    Subtract => "ora_subtract",
                    Multiply => "ora_multiply",
                    Divide | Concat => "ora_divide",
                };
                let (left, right) = (self.convert(left, Type::Number)?, self.convert(right, Type::Number)?);
                Ok(Typed::number(call(function, &left, &right)))
            }
        }
    }

    fn case(&mut self, whens: &[(Condition, Expr)], otherwise: Option<&Expr>) -> Checked<Typed> {
        let mut conditions = Vec::new();
        let mut values = Vec::new();
        for (condition, value) in whens {
            conditions.push(self.condition(condition)?);
            values.push(self.expr(value)?);
        }
        values.push(otherwise.map_or(Ok(Typed::null()), |otherwise| self.expr(otherwise))?);
        let kind = self.same_type(&values)?;
        let mut sql = String::from("CASE");
        for (condition, value) in conditions.iter().zip(&values) {
            sql += &format!(" WHEN {condition} THEN {}", value.sql);
        }
        sql += &format!(" ELSE {} END", values[values.len() - 1].sql);
        Ok(Typed { nullable: true, ..of_kind(kind, format!("({sql})"), &values) })
    }
}

fn not_null(typed: Typed) -> Typed {
    Typed { nullable: false, ..typed }
}

pub fn number_literal(text: &str) -> Checked<Typed> {
    let bytes = number::encode(&number::parse(text)?)?;
    Ok(not_null(Typed::number(blob(&bytes))))
}

/// Bytes as SQLite's literal.
pub fn blob(bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("X'{hex}'")
}
