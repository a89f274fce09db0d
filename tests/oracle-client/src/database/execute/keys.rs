//! From SQLite's words on a broken unique index to the constraint's name.

use rusqlite::{Connection, Error, Result};

use super::failure;
use crate::database::catalog::{Catalog, Index, IndexColumn, Table};
use crate::error::OracleError;

const DUPLICATE: &str = "UNIQUE constraint failed: ";

pub fn is_duplicate(error: &Error) -> bool {
    failure::message(error).starts_with(DUPLICATE)
}

/// Does the work with the table's unique indexes away, and makes them again: `SET id = id + 1` passes through
/// duplicates that are none in the end. If some are, the caller undoes the statement, indexes included.
pub fn check_last<T>(connection: &Connection, table: &Table, work: impl Fn() -> Result<T>) -> Result<T> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND sql LIKE 'CREATE UNIQUE%'";
    let mut statement = connection.prepare(sql)?;
    let indexes = statement.query_map([table.stored()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let indexes: Vec<(String, String)> = indexes.collect::<Result<_>>()?;
    drop(statement);
    for (name, _) in &indexes {
        connection.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    let done = work()?;
    for (_, sql) in &indexes {
        connection.execute_batch(sql)?;
    }
    Ok(done)
}

/// ORA-00001 with the constraint's or index's name, or what else the error is.
pub fn broken(error: &Error, catalog: &Catalog, table: &Table) -> OracleError {
    let message = failure::message(error);
    let Some(what) = message.strip_prefix(DUPLICATE) else {
        return failure::oracle(error);
    };
    let found = catalog.indexes.iter().find(|index| index.table == table.id && is_named(index, table, what));
    match found {
        Some(index) => {
            let key = catalog.key_of_index(index).map_or(&index.name, |key| &key.name);
            unique(&table.owner, key)
        }
        None => failure::internal(error),
    }
}

pub fn unique(owner: &str, name: &str) -> OracleError {
    OracleError::new(1, format_args!("unique constraint ({owner}.{name}) violated"))
}

/// SQLite names the columns of an index, or the index where it has expressions.
fn is_named(index: &Index, table: &Table, what: &str) -> bool {
    let named = |column: &IndexColumn| column.column().map(|id| format!("{}.c{id}", table.stored()));
    let columns: Option<Vec<String>> = index.columns.iter().map(named).collect();
    columns.is_some_and(|columns| what == columns.join(", ")) || what == format!("index '{}'", index.stored())
}
