//! Parameters in, rows out.

use rusqlite::types::Value as Stored;
use rusqlite::{Rows, Statement};

/// Gives the statement its parameters; it may use fewer than there are.
pub fn bind<'s>(statement: &'s mut Statement<'_>, parameters: &[Stored]) -> rusqlite::Result<Rows<'s>> {
    for (index, value) in parameters.iter().enumerate().take(statement.parameter_count()) {
        statement.raw_bind_parameter(index + 1, value)?;
    }
    Ok(statement.raw_query())
}

/// All rows of a query, as SQLite's values.
pub fn all(statement: &mut Statement<'_>, parameters: &[Stored]) -> rusqlite::Result<Vec<Vec<Stored>>> {
    let width = statement.column_count();
    let mut rows = bind(statement, parameters)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push((0..width).map(|index| row.get(index)).collect::<rusqlite::Result<_>>()?);
    }
    Ok(all)
}

/// Does the query have a row?
pub fn any(statement: &mut Statement<'_>, parameters: &[Stored]) -> rusqlite::Result<bool> {
    Ok(bind(statement, parameters)?.next()?.is_some())
}
