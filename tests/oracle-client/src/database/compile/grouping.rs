//! What may stand beside an aggregate: ORA-00937, ORA-00979.

use super::calls::AGGREGATES;
use super::{Checked, Compiler};
use crate::database::messages::ora;
use crate::database::parse::ast::{Condition, Expr, Item, Query};

/// Does the query aggregate its rows?
pub fn aggregates(query: &Query) -> bool {
    let in_items =
        query.items.iter().any(|item| matches!(item, Item::Expr { expr, .. } if has_aggregate(expr)));
    in_items
        || !query.group_by.is_empty()
        || query.having.is_some()
        || query.union_all.is_empty() && query.order_by.iter().any(|item| has_aggregate(&item.expr))
}

fn has_aggregate(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) if AGGREGATES.contains(&call.name.as_str()) => true,
        _ => parts(expr).into_iter().any(has_aggregate),
    }
}

fn parts(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Negate(inner) => vec![inner],
        Expr::Binary { left, right, .. } => vec![left, right],
        Expr::Call(call) => call.arguments.iter().collect(),
        Expr::Case { whens, otherwise, .. } => {
            let mut all: Vec<&Expr> = whens.iter().map(|(_, value)| value).collect();
            whens.iter().for_each(|(condition, _)| condition_parts(condition, &mut all));
            all.extend(otherwise.as_deref());
            all
        }
        _ => Vec::new(),
    }
}

fn condition_parts<'a>(condition: &'a Condition, all: &mut Vec<&'a Expr>) {
    match condition {
        Condition::Compare { left, right, .. } => all.extend([left, right]),
        Condition::And(left, right) | Condition::Or(left, right) => {
            condition_parts(left, all);
            condition_parts(right, all);
        }
        Condition::Not(inner) => condition_parts(inner, all),
        Condition::IsNull { expr, .. } | Condition::InQuery { expr, .. } => all.push(expr),
        Condition::In { expr, list, .. } => {
            all.push(expr);
            all.extend(list);
        }
        Condition::Between { expr, low, high, .. } => all.extend([expr, low, high]),
        Condition::Like { expr, pattern, escape, .. } => {
            all.extend([expr, pattern]);
            all.extend(escape);
        }
        Condition::Exists(_) => {}
    }
}

impl Compiler<'_> {
    /// Every column outside an aggregate must be one that the query groups by.
    pub fn check_grouped(&self, expr: &Expr, group_by: &[Expr]) -> Checked<()> {
        if group_by.contains(expr) {
            return Ok(());
        }
        match expr {
            Expr::Call(call) if AGGREGATES.contains(&call.name.as_str()) => Ok(()),
            Expr::Column { path, position } if self.is_local(path) => {
                Err(ora(if group_by.is_empty() { 937 } else { 979 }).at(position.0))
            }
            _ => parts(expr).into_iter().try_for_each(|part| self.check_grouped(part, group_by)),
        }
    }

    pub fn check_condition_grouped(&self, condition: &Condition, group_by: &[Expr]) -> Checked<()> {
        let mut all = Vec::new();
        condition_parts(condition, &mut all);
        all.into_iter().try_for_each(|part| self.check_grouped(part, group_by))
    }
}
