//! From text to a tree: Oracle's grammar, as far as this stand-in goes, and Oracle's errors where a text leaves it.

mod account;
mod alter;
pub mod ast;
mod column;
mod condition;
mod constraint;
mod create;
mod cursor;
pub mod definition;
mod dml;
mod expr;
mod literal;
mod merge;
mod query;
mod session;
mod source;

use ast::{Condition, Expr, Parsed};
use cursor::{Cursor, Read};

/// Reads one statement. Errors carry Oracle's number and the place.
pub fn parse(text: &str) -> Read<Parsed> {
    let mut cursor = Cursor::new(text)?;
    let parsed = statement(&mut cursor)?;
    let dml = matches!(
        parsed,
        Parsed::Query(_) | Parsed::Insert(_) | Parsed::Update(_) | Parsed::Delete(_) | Parsed::Merge(_)
    );
    let code = match () {
        () if dml => 933,
        () if cursor.at_symbol(";") => 911,
        () => 922,
    };
    cursor.end(code)?;
    Ok(parsed)
}

/// Reads a condition that stands alone, as the catalog keeps one for a CHECK constraint.
pub fn parse_condition(text: &str) -> Read<Condition> {
    let mut cursor = Cursor::new(text)?;
    let condition = condition::condition(&mut cursor)?;
    cursor.end(907)?;
    Ok(condition)
}

/// Reads an expression that stands alone, as the catalog keeps one for a DEFAULT.
pub fn parse_expr(text: &str) -> Read<Expr> {
    let mut cursor = Cursor::new(text)?;
    let expr = expr::expr(&mut cursor)?;
    cursor.end(936)?;
    Ok(expr)
}

fn statement(cursor: &mut Cursor) -> Read<Parsed> {
    let read::Word::Name(first) = cursor.word().clone() else {
        return match cursor.word() {
            read::Word::Symbol("(") => query::query(cursor).map(|query| Parsed::Query(Box::new(query))),
            read::Word::Stray(_) => cursor.fail(911),
            _ => cursor.fail(900),
        };
    };
    match first.as_str() {
        "SELECT" => query::query(cursor).map(|query| Parsed::Query(Box::new(query))),
        "INSERT" => dml::insert(cursor).map(Parsed::Insert),
        "UPDATE" => dml::update(cursor).map(Parsed::Update),
        "DELETE" => dml::delete(cursor).map(Parsed::Delete),
        "MERGE" => merge::merge(cursor).map(|merge| Parsed::Merge(Box::new(merge))),
        "CREATE" => create::create(cursor).map(Parsed::Definition),
        "DROP" => alter::drop(cursor).map(Parsed::Definition),
        "ALTER" if cursor.at_word_ahead(1, "SESSION") => session::alter_session(cursor),
        "ALTER" => alter::alter(cursor).map(Parsed::Definition),
        "GRANT" => account::grant(cursor).map(Parsed::Definition),
        "LOCK" | "COMMIT" | "ROLLBACK" | "SET" => session::control(cursor),
        "WITH" | "BEGIN" | "DECLARE" | "CALL" | "EXPLAIN" | "RENAME" | "ANALYZE" | "AUDIT" | "NOAUDIT"
        | "SAVEPOINT" | "REVOKE" | "TRUNCATE" | "COMMENT" | "FLASHBACK" | "PURGE" | "ASSOCIATE"
        | "DISASSOCIATE" => cursor.unimplemented(&first),
        _ => cursor.fail(900),
    }
}

use super::read;
