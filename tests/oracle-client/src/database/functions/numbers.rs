//! Arithmetic, exact to 38 digits.

use bigdecimal::Zero;
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, Result};

use super::arguments::{integer, lenient, number, strict, text};
use crate::database::values::number as decimal;

pub fn register(connection: &Connection) -> Result<()> {
    strict(connection, "ora_number", 1, |a| integer(a.integer(0)))?;
    strict(connection, "ora_to_number", 1, |a| number(&decimal::parse(a.text(0))?))?;
    strict(connection, "ora_number_text", 1, |a| text(decimal::to_char(a.bytes(0))))?;
    strict(connection, "ora_add", 2, |a| number(&(a.number(0) + a.number(1))))?;
    strict(connection, "ora_subtract", 2, |a| number(&(a.number(0) - a.number(1))))?;
    strict(connection, "ora_multiply", 2, |a| number(&(a.number(0) * a.number(1))))?;
    strict(connection, "ora_divide", 2, |a| number(&decimal::divide(&a.number(0), &a.number(1))?))?;
    strict(connection, "ora_negate", 1, |a| number(&-a.number(0)))?;
    strict(connection, "ora_mod", 2, |a| {
        let (left, right) = (a.number(0), a.number(1));
        if right.is_zero() { number(&left) } else { number(&(left % right)) }
    })?;
    // FETCH and OFFSET: less than nothing is nothing, and so is NULL.
    lenient(connection, "ora_row_count", |a| {
        Ok(Stored::Integer(if a.is_null(0) { 0 } else { a.integer(0).max(0) }))
    })
}
