//! Expressions: what has a value, and is no condition.

use super::ast::{Call, Condition, Expr, Operator, Position};
use super::condition::condition;
use super::cursor::{Cursor, Read};
use super::{literal, query};
use crate::database::read::{Word, reserved::is_reserved};

pub fn expr(cursor: &mut Cursor) -> Read<Expr> {
    let mut left = term(cursor)?;
    loop {
        let operator = match cursor.word() {
            Word::Symbol("+") => Operator::Add,
            Word::Symbol("-") => Operator::Subtract,
            Word::Symbol("||") => Operator::Concat,
            _ => return Ok(left),
        };
        left = binary(cursor, operator, left, term)?;
    }
}

fn term(cursor: &mut Cursor) -> Read<Expr> {
    let mut left = factor(cursor)?;
    loop {
        let operator = match cursor.word() {
            Word::Symbol("*") => Operator::Multiply,
            Word::Symbol("/") => Operator::Divide,
            _ => return Ok(left),
        };
        left = binary(cursor, operator, left, factor)?;
    }
}

fn binary(
    cursor: &mut Cursor,
    operator: Operator,
    left: Expr,
    right: fn(&mut Cursor) -> Read<Expr>,
) -> Read<Expr> {
    let position = cursor.position();
    cursor.advance();
    let right = right(cursor)?;
    Ok(Expr::Binary { operator, left: Box::new(left), right: Box::new(right), position })
}

fn factor(cursor: &mut Cursor) -> Read<Expr> {
    if cursor.take_symbol("-") {
        return Ok(Expr::Negate(Box::new(factor(cursor)?)));
    }
    if cursor.take_symbol("+") {
        return factor(cursor);
    }
    let expr = primary(cursor)?;
    if cursor.at_words(&["AT", "TIME"]) || cursor.at_words(&["AT", "LOCAL"]) {
        return cursor.unimplemented("AT TIME ZONE");
    }
    Ok(expr)
}

fn primary(cursor: &mut Cursor) -> Read<Expr> {
    let word = cursor.word().clone();
    match word {
        // The empty string is NULL.
        Word::Text(text) => {
            cursor.advance();
            Ok(if text.is_empty() { Expr::Null } else { Expr::Text(text) })
        }
        Word::Number(number) => {
            cursor.advance();
            Ok(Expr::Number(number))
        }
        Word::Bind(name) => {
            // The names of RETURNING's binds are checked where the statement is executed.
            if is_reserved(&name) {
                return cursor.fail(1745);
            }
            cursor.advance();
            Ok(Expr::Bind(name))
        }
        Word::Symbol("(") => parenthesised(cursor),
        Word::Stray(_) => cursor.fail(911),
        Word::Quoted(_) => column_or_call(cursor),
        Word::Name(name) => match name.as_str() {
            "NULL" => {
                cursor.advance();
                Ok(Expr::Null)
            }
            "CASE" => case(cursor),
            "TIMESTAMP" if matches!(cursor.ahead(1), Word::Text(_)) => {
                cursor.advance();
                literal::timestamp(cursor)
            }
            "INTERVAL" if matches!(cursor.ahead(1), Word::Text(_)) => {
                cursor.advance();
                literal::interval(cursor)
            }
            "DATE" if matches!(cursor.ahead(1), Word::Text(_)) => cursor.unimplemented("the type DATE"),
            "CAST" | "EXTRACT" if *cursor.ahead(1) == Word::Symbol("(") => cursor.unimplemented(&name),
            "SYSDATE" | "ROWNUM" | "ROWID" | "LEVEL" | "PRIOR" => cursor.unimplemented(&name),
            "USER" | "UID" => {
                let position = cursor.position();
                cursor.advance();
                Ok(Expr::Call(Call { name, arguments: Vec::new(), distinct: false, star: false, position }))
            }
            _ if is_reserved(&name) => cursor.fail(936),
            _ => column_or_call(cursor),
        },
        _ => cursor.fail(936),
    }
}

fn parenthesised(cursor: &mut Cursor) -> Read<Expr> {
    cursor.advance();
    if cursor.at_word("SELECT") {
        let query = query::query(cursor)?;
        cursor.close()?;
        return Ok(Expr::Subquery(Box::new(query)));
    }
    let inner = expr(cursor)?;
    if cursor.at_symbol(",") {
        return cursor.unimplemented("a list of expressions as one value");
    }
    cursor.close()?;
    Ok(inner)
}

fn column_or_call(cursor: &mut Cursor) -> Read<Expr> {
    let position = cursor.position();
    let first = cursor.name(936)?;
    if cursor.at_symbol("(") {
        return call(cursor, first, position);
    }
    let mut path = vec![first];
    while cursor.at_symbol(".") && *cursor.ahead(1) != Word::Symbol("*") {
        cursor.advance();
        path.push(cursor.name(1747)?);
    }
    if path.len() > 1 && cursor.at_symbol("(") {
        return cursor.unimplemented("a call of a stored function");
    }
    if cursor.at_symbol("(") || path.len() > 3 {
        return cursor.fail(904);
    }
    Ok(Expr::Column { path, position })
}

fn call(cursor: &mut Cursor, name: String, position: Position) -> Read<Expr> {
    cursor.open()?;
    let mut call = Call { name, arguments: Vec::new(), distinct: false, star: false, position };
    if call.name == "TRIM" {
        return cursor.unimplemented("TRIM");
    }
    if cursor.take_symbol("*") {
        call.star = true;
    } else if !cursor.at_symbol(")") {
        call.distinct = cursor.take("DISTINCT");
        if !call.distinct {
            cursor.take("ALL");
        }
        call.arguments.push(expr(cursor)?);
        while cursor.take_symbol(",") {
            call.arguments.push(expr(cursor)?);
        }
    }
    cursor.close()?;
    if cursor.at_word("OVER") {
        return cursor.unimplemented("an analytic function");
    }
    Ok(Expr::Call(call))
}

fn case(cursor: &mut Cursor) -> Read<Expr> {
    cursor.advance();
    let operand = if cursor.at_word("WHEN") { None } else { Some(expr(cursor)?) };
    let mut whens = Vec::new();
    while cursor.take("WHEN") {
        let position = cursor.position();
        let when = match &operand {
            Some(left) => {
                Condition::Compare { operator: "=", left: left.clone(), right: expr(cursor)?, position }
            }
            None => condition(cursor)?,
        };
        cursor.expect("THEN", 905)?;
        whens.push((when, expr(cursor)?));
    }
    if whens.is_empty() {
        return cursor.fail(905);
    }
    let otherwise = if cursor.take("ELSE") { Some(Box::new(expr(cursor)?)) } else { None };
    cursor.expect("END", 905)?;
    Ok(Expr::Case { operand: operand.map(Box::new), whens, otherwise })
}
