use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::classify;
use crate::db::DbError;
use crate::db::migrations::{
    self, Column, Dialect, Found, Plan, READ_RECORDS, READ_RECORDS_FROM_BEFORE, Record, Records, State,
    TABLES,
};

/// The columns of all tables. Names are the same in whatever case they were made.
const DESCRIBE_TABLES: &str = "SELECT UPPER(T.name), UPPER(C.name), C.\"notnull\" AND C.dflt_value IS NULL \
    FROM sqlite_schema T, pragma_table_info(T.name) C WHERE T.type IN ('table', 'view')";

/// What the file lacks. A file that is not there lacks everything, and is not made.
pub fn plan(path: &Path) -> Result<Plan, DbError> {
    if path.exists() {
        return look(&Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(classify)?);
    }
    let tables = TABLES.iter().map(|_| Found::Missing).collect();
    migrations::plan(Dialect::Embedded, &State { records: None, tables, has_lock: true })
}

/// Applies what is lacking in one transaction, and gives what it ran. SQLite's DDL takes part in
/// transactions, so that a failure or a process that dies leaves nothing half made, and the second
/// of two that start together finds it done.
pub fn apply(connection: &mut Connection) -> Result<Plan, DbError> {
    let lacking = look_at_once(connection)?;
    if lacking.is_empty() {
        return Ok(lacking);
    }
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(classify)?;
    let plan = look(&transaction)?;
    for statement in &plan.statements {
        transaction
            .execute_batch(&statement.sql)
            .map_err(|error| DbError::Failed(format!("{}: {}", statement.label(), classify(error))))?;
    }
    if let Some(first) = look(&transaction)?.statements.first() {
        return Err(DbError::Failed(format!("after migrating, the schema still lacks {}", first.label())));
    }
    transaction.commit().map_err(classify)?;
    Ok(plan)
}

/// Tables and records as they are at one time: another process may be making them.
fn look_at_once(connection: &mut Connection) -> Result<Plan, DbError> {
    look(&*connection.transaction().map_err(classify)?)
}

fn look(connection: &Connection) -> Result<Plan, DbError> {
    let described = described(connection).map_err(classify)?;
    let tables = TABLES.iter().map(|table| match described.get(table.name) {
        Some(columns) => table.judge(columns, Dialect::Embedded),
        None => Found::Missing,
    });
    let records = match described.get("PERSONY_MIGRATIONS") {
        Some(columns) => Some(records(connection, columns).map_err(classify)?),
        None => None,
    };
    migrations::plan(Dialect::Embedded, &State { records, tables: tables.collect(), has_lock: true })
}

fn described(connection: &Connection) -> rusqlite::Result<BTreeMap<String, Vec<Column>>> {
    let mut tables: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut query = connection.prepare(DESCRIBE_TABLES)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let column = Column { name: row.get(1)?, must_be_given: row.get(2)? };
        tables.entry(row.get(0)?).or_default().push(column);
    }
    Ok(tables)
}

fn records(connection: &Connection, columns: &[Column]) -> rusqlite::Result<Records> {
    let has = |name| columns.iter().any(|column| column.name == name);
    let is_complete = has("WORKS_WITH") && has("SHA256");
    let mut query = connection.prepare(if is_complete { READ_RECORDS } else { READ_RECORDS_FROM_BEFORE })?;
    let rows = query.query_map([], |row| {
        Ok(Record {
            migration: row.get(0)?,
            step: row.get(1)?,
            works_with: if is_complete { row.get(2)? } else { None },
            sha256: if is_complete { row.get(3)? } else { None },
        })
    })?;
    Ok(Records { rows: rows.collect::<Result<_, _>>()?, is_complete })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn migrated() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = crate::db::embedded::open(&folder.path().join("persony.db")).unwrap();
        apply(&mut connection).unwrap();
        (folder, connection)
    }

    #[test]
    fn the_columns_that_statements_name_are_those_that_migrations_make() {
        let (_folder, connection) = migrated();
        let described = described(&connection).unwrap();
        for table in TABLES {
            let made: Vec<_> = described[table.name].iter().map(|column| column.name.as_str()).collect();
            let all = TABLES.iter().filter(|other| other.name == table.name);
            assert_eq!(made, all.flat_map(|table| table.columns).copied().collect::<Vec<_>>());
        }
        let tables: Vec<_> = described.keys().filter(|name| !name.starts_with("SQLITE_")).collect();
        assert_eq!(
            tables,
            [
                "CALENDAR_EVENTS",
                "LOGIN_FAILURES",
                "PERSONY_JOBS",
                "PERSONY_MIGRATIONS",
                "USERS",
                "USER_PROFILES"
            ]
        );
    }
}
