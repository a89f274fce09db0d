use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::classify;
use crate::db::DbError;
use crate::db::migrations::{self, Dialect, PROBE_SCHEMA, READ_RECORDS, RECORD_STEP, State, Step};

/// What the file lacks. A file that is not there lacks everything, and is not made.
pub fn pending(path: &Path) -> Result<Vec<Step>, DbError> {
    let state = match path.exists() {
        true => {
            state(&Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(classify)?)?
        }
        false => State { recorded: None, has_schema: false },
    };
    migrations::pending(Dialect::Embedded, &state)
}

/// Applies what is pending in one transaction, and gives the steps it took. SQLite's DDL takes
/// part in transactions, so that a process that dies leaves nothing half made, and the second of
/// two that start together finds it done.
pub fn apply(connection: &mut Connection) -> Result<Vec<Step>, DbError> {
    if migrations::pending(Dialect::Embedded, &state(connection)?)?.is_empty() {
        return Ok(Vec::new());
    }
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(classify)?;
    let state = state(&transaction)?;
    if state.recorded.is_none() {
        transaction.execute_batch(migrations::records_table(Dialect::Embedded)).map_err(classify)?;
    }
    let steps = migrations::pending(Dialect::Embedded, &state)?;
    for step in &steps {
        transaction.execute_batch(&step.sql).map_err(classify)?;
        let record = rusqlite::named_params! { ":migration": step.migration, ":step": step.step };
        transaction.execute(RECORD_STEP, record).map_err(classify)?;
    }
    transaction.commit().map_err(classify)?;
    Ok(steps)
}

fn state(connection: &Connection) -> Result<State, DbError> {
    // Not `table_exists`, which answers from what this connection read of the schema before.
    let count = "SELECT COUNT(*) > 0 FROM sqlite_schema WHERE type = 'table' AND name = :name";
    let has = |table: &str| {
        connection.query_row(count, &[(":name", table)], |row| row.get::<_, bool>(0)).map_err(classify)
    };
    let recorded = match has("PERSONY_MIGRATIONS")? {
        true => {
            let mut query = connection.prepare(READ_RECORDS).map_err(classify)?;
            let records = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(classify)?;
            Some(records.collect::<Result<_, _>>().map_err(classify)?)
        }
        false => None,
    };
    let has_schema = has("USERS")? && has("CALENDAR_EVENTS")?;
    if has_schema {
        connection.prepare(PROBE_SCHEMA).map_err(classify)?;
    }
    Ok(State { recorded, has_schema })
}
