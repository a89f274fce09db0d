//! From SQLite's words on a broken unique index to the constraint's name.

use rusqlite::Error;

use super::failure;
use crate::database::catalog::{Catalog, Index, Table};
use crate::error::OracleError;

/// ORA-00001 with the constraint's or index's name, or what else the error is.
pub fn broken(error: &Error, catalog: &Catalog, table: &Table) -> OracleError {
    let message = failure::message(error);
    let Some(what) = message.strip_prefix("UNIQUE constraint failed: ") else {
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
    let columns: Vec<String> =
        index.columns.iter().map(|column| format!("{}.c{}", table.stored(), column.column)).collect();
    what == columns.join(", ") || what == format!("index '{}'", index.stored())
}
