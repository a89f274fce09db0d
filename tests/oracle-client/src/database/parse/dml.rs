//! INSERT, UPDATE, DELETE.

use super::ast::{Assignment, Delete, Expr, Insert, InsertRows, Position, Returning, Update};
use super::condition::condition;
use super::cursor::{Cursor, Read};
use super::expr::expr;
use super::query::query;
use super::source::alias;
use crate::database::read::{Word, reserved::is_reserved};

pub fn insert(cursor: &mut Cursor) -> Read<Insert> {
    cursor.advance();
    if cursor.at_word("ALL") || cursor.at_word("FIRST") {
        return cursor.unimplemented("a multi-table INSERT");
    }
    cursor.expect("INTO", 925)?;
    let table = cursor.object(903)?;
    let alias = if cursor.at_word("VALUES") { None } else { alias(cursor)? };
    let columns = if cursor.at_symbol("(") { column_list(cursor)? } else { Vec::new() };
    let rows = if cursor.at_word("SELECT") {
        InsertRows::Query(Box::new(query(cursor)?))
    } else {
        cursor.expect("VALUES", 926)?;
        InsertRows::Values(values(cursor)?)
    };
    let returning = returning(cursor)?;
    if !returning.exprs.is_empty() && matches!(rows, InsertRows::Query(_)) {
        return cursor.fail(933);
    }
    Ok(Insert { table, alias, columns, rows, returning })
}

pub fn column_list(cursor: &mut Cursor) -> Read<Vec<(String, Position)>> {
    cursor.open()?;
    let mut columns = Vec::new();
    loop {
        let position = cursor.position();
        columns.push((cursor.name(1747)?, position));
        if cursor.at_symbol(".") {
            return cursor.unimplemented("a qualified name in a list of columns");
        }
        if !cursor.take_symbol(",") {
            cursor.close()?;
            return Ok(columns);
        }
    }
}

pub fn values(cursor: &mut Cursor) -> Read<Vec<Expr>> {
    cursor.open()?;
    let mut values = vec![value(cursor)?];
    while cursor.take_symbol(",") {
        values.push(value(cursor)?);
    }
    if !cursor.at_symbol(")") {
        return cursor.fail(917);
    }
    cursor.close()?;
    Ok(values)
}

fn value(cursor: &mut Cursor) -> Read<Expr> {
    if cursor.take("DEFAULT") { Ok(Expr::Default) } else { expr(cursor) }
}

pub fn update(cursor: &mut Cursor) -> Read<Update> {
    cursor.advance();
    let table = cursor.object(903)?;
    let alias = if cursor.at_word("SET") { None } else { alias(cursor)? };
    cursor.expect("SET", 971)?;
    let assignments = assignments(cursor)?;
    let filter = if cursor.take("WHERE") { Some(condition(cursor)?) } else { None };
    Ok(Update { table, alias, assignments, filter, returning: returning(cursor)? })
}

pub fn assignments(cursor: &mut Cursor) -> Read<Vec<Assignment>> {
    let mut assignments = Vec::new();
    loop {
        if cursor.at_symbol("(") {
            return cursor.unimplemented("SET (columns) = (query)");
        }
        let position = cursor.position();
        let mut path = vec![cursor.name(1747)?];
        while cursor.take_symbol(".") {
            path.push(cursor.name(1747)?);
        }
        if !cursor.take_symbol("=") {
            return cursor.fail(927);
        }
        assignments.push(Assignment { path, value: value(cursor)?, position });
        if !cursor.take_symbol(",") {
            return Ok(assignments);
        }
    }
}

pub fn delete(cursor: &mut Cursor) -> Read<Delete> {
    cursor.advance();
    cursor.take("FROM");
    let table = cursor.object(903)?;
    let alias = alias(cursor)?;
    let filter = if cursor.take("WHERE") { Some(condition(cursor)?) } else { None };
    Ok(Delete { table, alias, filter, returning: returning(cursor)? })
}

fn returning(cursor: &mut Cursor) -> Read<Returning> {
    let mut returning = Returning::default();
    if cursor.at_words(&["LOG", "ERRORS"]) {
        return cursor.unimplemented("LOG ERRORS");
    }
    if !cursor.take("RETURNING") && !cursor.take("RETURN") {
        return Ok(returning);
    }
    returning.exprs.push(expr(cursor)?);
    while cursor.take_symbol(",") {
        returning.exprs.push(expr(cursor)?);
    }
    cursor.expect("INTO", 925)?;
    loop {
        match cursor.word().clone() {
            Word::Bind(name) if is_reserved(&name) => return cursor.fail(1745),
            Word::Bind(name) => returning.binds.push(name),
            _ => return cursor.fail(1747),
        }
        cursor.advance();
        if !cursor.take_symbol(",") {
            break;
        }
    }
    match returning.exprs.len().cmp(&returning.binds.len()) {
        std::cmp::Ordering::Less => cursor.fail(947),
        std::cmp::Ordering::Greater => cursor.fail(913),
        std::cmp::Ordering::Equal => Ok(returning),
    }
}
