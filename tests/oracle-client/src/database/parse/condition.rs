//! Conditions: what is true, false or unknown. Oracle 21c has no boolean values, so these are no expressions.

use super::ast::{Condition, Expr};
use super::cursor::{Cursor, Read};
use super::expr::expr;
use super::query;
use crate::database::read::Word;
use crate::error::OracleError;

pub fn condition(cursor: &mut Cursor) -> Read<Condition> {
    let mut left = conjunction(cursor)?;
    while cursor.take("OR") {
        left = Condition::Or(Box::new(left), Box::new(conjunction(cursor)?));
    }
    Ok(left)
}

fn conjunction(cursor: &mut Cursor) -> Read<Condition> {
    let mut left = negation(cursor)?;
    while cursor.take("AND") {
        left = Condition::And(Box::new(left), Box::new(negation(cursor)?));
    }
    Ok(left)
}

fn negation(cursor: &mut Cursor) -> Read<Condition> {
    if cursor.take("NOT") {
        return Ok(Condition::Not(Box::new(negation(cursor)?)));
    }
    if cursor.take("EXISTS") {
        cursor.open()?;
        let query = query::query(cursor)?;
        cursor.close()?;
        return Ok(Condition::Exists(Box::new(query)));
    }
    if cursor.at_symbol("(") && !cursor.at_word_ahead(1, "SELECT") {
        return group_or_comparison(cursor);
    }
    comparison(cursor)
}

/// A parenthesis opens a group of conditions or the left side of a comparison; only what follows tells.
/// Of two failed readings, the one that came further says what is wrong.
fn group_or_comparison(cursor: &mut Cursor) -> Read<Condition> {
    let mark = cursor.mark();
    let as_comparison = comparison(cursor);
    let Err(first) = as_comparison else {
        return as_comparison;
    };
    cursor.reset(mark);
    let as_group = group(cursor);
    let nearer = |second: &OracleError| second.position < first.position;
    match as_group {
        Err(second) if nearer(&second) || first.code == 3001 => Err(first),
        other => other,
    }
}

fn group(cursor: &mut Cursor) -> Read<Condition> {
    cursor.open()?;
    let inner = condition(cursor)?;
    cursor.close()?;
    Ok(inner)
}

fn comparison(cursor: &mut Cursor) -> Read<Condition> {
    let left = expr(cursor)?;
    let position = cursor.position();
    let operator = match cursor.word() {
        Word::Symbol("=") => Some("="),
        Word::Symbol("<>" | "!=" | "^=") => Some("<>"),
        Word::Symbol("<") => Some("<"),
        Word::Symbol("<=") => Some("<="),
        Word::Symbol(">") => Some(">"),
        Word::Symbol(">=") => Some(">="),
        Word::Stray(_) => return cursor.fail(911),
        _ => None,
    };
    if let Some(operator) = operator {
        cursor.advance();
        if cursor.at_word("ANY") || cursor.at_word("SOME") || cursor.at_word("ALL") {
            return cursor.unimplemented("a comparison with ANY or ALL");
        }
        return Ok(Condition::Compare { operator, left, right: expr(cursor)?, position });
    }
    if cursor.take("IS") {
        let negated = cursor.take("NOT");
        cursor.expect("NULL", 908)?;
        return Ok(Condition::IsNull { expr: left, negated });
    }
    let negated = cursor.take("NOT");
    if cursor.take("IN") {
        return in_list(cursor, left, negated);
    }
    if cursor.take("BETWEEN") {
        let low = expr(cursor)?;
        cursor.expect("AND", 905)?;
        return Ok(Condition::Between { expr: left, low, high: expr(cursor)?, negated });
    }
    if cursor.take("LIKE") {
        let pattern = expr(cursor)?;
        let escape = if cursor.take("ESCAPE") { Some(expr(cursor)?) } else { None };
        return Ok(Condition::Like { expr: left, pattern, escape, negated });
    }
    cursor.fail(920)
}

fn in_list(cursor: &mut Cursor, left: Expr, negated: bool) -> Read<Condition> {
    if !cursor.take_symbol("(") {
        let list = vec![expr(cursor)?];
        return Ok(Condition::In { expr: left, list, negated });
    }
    if cursor.at_word("SELECT") {
        let query = Box::new(query::query(cursor)?);
        cursor.close()?;
        return Ok(Condition::InQuery { expr: left, query, negated });
    }
    let mut list = vec![expr(cursor)?];
    while cursor.take_symbol(",") {
        list.push(expr(cursor)?);
    }
    cursor.close()?;
    Ok(Condition::In { expr: left, list, negated })
}
