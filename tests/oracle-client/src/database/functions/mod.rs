//! Oracle's functions and conversions, as functions that the generated SQL calls.

mod aggregates;
mod arguments;
mod columns;
mod numbers;
mod state;
mod texts;
mod times;

use rusqlite::{Connection, Result};

use super::values::timestamp;
use crate::database::session::Shared;

/// Makes everything that the generated SQL relies on known to a connection.
pub fn register(connection: &Connection, shared: &Shared) -> Result<()> {
    connection.create_collation(timestamp::COLLATION, timestamp::compare)?;
    numbers::register(connection)?;
    texts::register(connection)?;
    times::register(connection, shared)?;
    columns::register(connection)?;
    state::register(connection, shared)?;
    aggregates::register(connection)
}
