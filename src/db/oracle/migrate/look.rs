//! What an account has of the schema.

use std::collections::BTreeMap;

use crate::db::migrations::{
    self, Column, Dialect, Found, Plan, READ_RECORDS, READ_RECORDS_FROM_BEFORE, Record, Records, State,
    TABLES,
};
use crate::db::oracle::asked::Asked;
use crate::db::row::required;
use crate::db::{DbError, Row};

/// The account's own tables, as the dictionary describes them. Those that it sees through synonyms
/// are not here. A column with an identity has a default.
const DESCRIBE_TABLES: &str = "SELECT TABLE_NAME, COLUMN_NAME, NULLABLE, DEFAULT_LENGTH FROM USER_TAB_COLUMNS \
    WHERE TABLE_NAME IN ";

const LOCK_TABLE: &str = "PERSONY_MIGRATION_LOCK";
const PROBE_LOCK: &str = "SELECT ID FROM PERSONY_MIGRATION_LOCK WHERE 1 = 0";

/// What the schema lacks: two round trips where it is in order and the account's own, and one more
/// for each table that the dictionary does not show.
///
/// # Errors
/// `Away` or `Unavailable` when the database cannot be had; as [`migrations::plan`].
pub fn look(database: &mut impl Asked) -> Result<Plan, DbError> {
    // Before the tables: another instance may be making them. What is recorded is there.
    let records = records(database)?;
    let described = described(database)?;
    let tables = TABLES.iter().map(|table| match described.get(table.name) {
        Some(columns) => Ok(table.judge(columns, Dialect::Oracle)),
        None => probed(database, &table.probe()),
    });
    let tables = tables.collect::<Result<_, _>>()?;
    let has_lock = described.contains_key(LOCK_TABLE) || probed(database, PROBE_LOCK)? != Found::Missing;
    migrations::plan(Dialect::Oracle, &State { records, tables, has_lock })
}

fn described(database: &mut impl Asked) -> Result<BTreeMap<String, Vec<Column>>, DbError> {
    let names = TABLES.iter().map(|table| table.name).chain([LOCK_TABLE]);
    let names: Vec<_> = names.map(|name| format!("'{name}'")).collect();
    let mut tables: BTreeMap<_, Vec<_>> = BTreeMap::new();
    database.ask(&format!("{DESCRIBE_TABLES}({})", names.join(", ")), &mut |row| {
        let text = |column, name| Ok::<_, DbError>(required(row.text(column)?, name)?.into_owned());
        let must_be_given = text(2, "NULLABLE")? == "N" && row.integer(3)?.is_none();
        let column = Column { name: text(1, "COLUMN_NAME")?, must_be_given };
        tables.entry(text(0, "TABLE_NAME")?).or_default().push(column);
        Ok(())
    })?;
    Ok(tables)
}

/// What a query of the columns finds.
fn probed(database: &mut impl Asked, probe: &str) -> Result<Found, DbError> {
    match database.ask(probe, &mut |_| Ok(())) {
        Ok(()) => Ok(Found::Ours),
        Err(DbError::NoTable(_)) => Ok(Found::Missing),
        Err(DbError::Failed(why)) => Ok(Found::NotOurs(format!("{probe}: {why}"))),
        Err(error) => Err(error),
    }
}

fn records(database: &mut impl Asked) -> Result<Option<Records>, DbError> {
    let mut rows = Vec::new();
    let read = database.ask(READ_RECORDS, &mut |row| {
        let sha256 = row.text(3)?.map(|text| text.into_owned());
        rows.push(Record { works_with: row.integer(2)?, sha256, ..from_before(row)? });
        Ok(())
    });
    match read {
        Ok(()) => return Ok(Some(Records { rows, is_complete: true })),
        Err(DbError::NoTable(_)) => return Ok(None),
        // The table may lack the columns.
        Err(DbError::Failed(_)) => {}
        Err(error) => return Err(error),
    }
    let mut rows = Vec::new();
    database.ask(READ_RECORDS_FROM_BEFORE, &mut |row| {
        rows.push(from_before(row)?);
        Ok(())
    })?;
    Ok(Some(Records { rows, is_complete: false }))
}

fn from_before(row: &dyn Row) -> Result<Record, DbError> {
    Ok(Record {
        migration: required(row.integer(0)?, "MIGRATION")?,
        step: required(row.integer(1)?, "STEP")?,
        works_with: None,
        sha256: None,
    })
}

#[cfg(test)]
mod tests;
