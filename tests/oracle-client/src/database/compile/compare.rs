//! Conditions. SQLite's three truth values work as Oracle's do once the operands have the same type.

use super::typed::{Type, Typed};
use super::{Checked, Compiler};
use crate::database::messages::ora;
use crate::database::parse::ast::{Condition, Expr, Query};
use crate::error::OracleError;

impl Compiler<'_> {
    pub fn condition(&mut self, condition: &Condition) -> Checked<String> {
        match condition {
            Condition::Compare { operator, left, right, position } => {
                let (left, right) = (self.expr(left)?, self.expr(right)?);
                self.compare(operator, left, right).map_err(|error| error.at(position.0))
            }
            Condition::And(left, right) => {
                Ok(format!("({} AND {})", self.condition(left)?, self.condition(right)?))
            }
            Condition::Or(left, right) => {
                Ok(format!("({} OR {})", self.condition(left)?, self.condition(right)?))
            }
            Condition::Not(inner) => Ok(format!("(NOT {})", self.condition(inner)?)),
            Condition::IsNull { expr, negated } => {
                let value = self.expr(expr)?;
                Ok(format!("({} IS {}NULL)", value.sql, not(*negated)))
            }
            Condition::In { expr, list, negated } => self.in_list(expr, list, *negated),
            Condition::InQuery { expr, query, negated } => self.in_query(expr, query, *negated),
            Condition::Between { expr, low, high, negated } => {
                let (value, low, high) = (self.expr(expr)?, self.expr(low)?, self.expr(high)?);
                let low = self.compare(">=", value.clone(), low)?;
                let high = self.compare("<=", value, high)?;
                Ok(format!("({}({low} AND {high}))", not(*negated)))
            }
            Condition::Like { expr, pattern, escape, negated } => {
                let value = self.expr_as(expr, Type::Text)?;
                let pattern = self.expr_as(pattern, Type::Text)?;
                let escape =
                    escape.as_ref().map_or(Ok(Typed::null()), |escape| self.expr_as(escape, Type::Text))?;
                Ok(format!("({}ora_like({}, {}, {}))", not(*negated), value.sql, pattern.sql, escape.sql))
            }
            Condition::Exists(query) => {
                let query = self.subquery(query)?;
                Ok(format!("EXISTS ({})", query.sql))
            }
        }
    }

    fn compare(&self, operator: &str, left: Typed, right: Typed) -> Checked<String> {
        for side in [&left, &right] {
            side.ordered()?;
        }
        let (left, right) = self.unify(left, right)?;
        let timestamps = left.kind == Type::Timestamp || right.kind == Type::Timestamp;
        let collation = if timestamps { " COLLATE ORA_UTC" } else { "" };
        Ok(format!("({}{collation} {operator} {})", left.sql, right.sql))
    }

    fn in_list(&mut self, expr: &Expr, list: &[Expr], negated: bool) -> Checked<String> {
        if list.len() > 1000 {
            return Err(OracleError::new(1795, "maximum number of expressions in a list is 1000"));
        }
        let value = self.expr(expr)?;
        let mut alternatives = Vec::new();
        for item in list {
            let item = self.expr(item)?;
            alternatives.push(self.compare("=", value.clone(), item)?);
        }
        Ok(format!("({}({}))", not(negated), alternatives.join(" OR ")))
    }

    fn in_query(&mut self, expr: &Expr, query: &Query, negated: bool) -> Checked<String> {
        let value = self.expr(expr)?;
        let query = self.subquery(query)?;
        let [column] = &query.columns[..] else {
            return Err(ora(913));
        };
        let kind = column.kind;
        if value.kind != kind && value.kind != Type::Null && kind != Type::Null {
            return Err(super::inconsistent(value.kind.name(), kind.name()));
        }
        Ok(format!("({} {}IN ({}))", value.ordered()?, not(negated), query.sql))
    }
}

fn not(negated: bool) -> &'static str {
    if negated { "NOT " } else { "" }
}
