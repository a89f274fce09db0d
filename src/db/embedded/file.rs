use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use chrono::Utc;
use rusqlite::OpenFlags;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;

use super::error::classify;
use crate::db::DbError;

/// How long a statement waits for another program that has the file to itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the file, and makes it when it is missing.
///
/// # Errors
/// When the file cannot be opened or written, or is no SQLite database.
pub fn open(path: &Path) -> Result<rusqlite::Connection, DbError> {
    make_private(path).map_err(|error| DbError::Unavailable(error.to_string()))?;
    let connection = rusqlite::Connection::open_with_flags(path, flags()).map_err(classify)?;
    prepare(&connection).map_err(classify)?;
    Ok(connection)
}

/// Makes a missing file for its owner alone: it is to hold password hashes. SQLite gives the files
/// beside it the same mode.
fn make_private(path: &Path) -> std::io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Without SQLITE_OPEN_URI: the setting is a path, whatever it looks like.
pub fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Sets a connection up: durability, strictness, and what Oracle has that SQLite lacks.
///
/// With `synchronous=FULL` a commit is on the disk before it is acknowledged
/// (<https://www.sqlite.org/pragma.html#pragma_synchronous>).
pub fn prepare(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         CREATE TEMP VIEW DUAL AS SELECT 'X' AS DUMMY;",
    )?;
    // The clock, in the unit in which the schema keeps times. SQLite reads CURRENT_TIMESTAMP as a
    // call of this function, in a DEFAULT too; its own has no fractions of a second.
    connection.create_scalar_function("CURRENT_TIMESTAMP", 0, FunctionFlags::SQLITE_UTF8, |_| {
        Ok(Utc::now().timestamp_micros())
    })?;
    connection.create_scalar_function(
        "NUMTODSINTERVAL",
        2,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
        |arguments| interval(arguments.get(0)?, arguments.get_raw(1)),
    )
}

/// An interval of so many units, in the unit in which the schema keeps times.
fn interval(length: i64, unit: ValueRef<'_>) -> rusqlite::Result<i64> {
    let ValueRef::Text(unit) = unit else { return Err(failed("no unit of an interval")) };
    let seconds = seconds_of(unit).ok_or_else(|| failed("no unit of an interval"))?;
    length.checked_mul(seconds * 1_000_000).ok_or_else(|| failed("the interval is too long"))
}

/// How many seconds a unit has that NUMTODSINTERVAL takes.
pub(super) fn seconds_of(unit: &[u8]) -> Option<i64> {
    match unit {
        b"SECOND" => Some(1),
        b"MINUTE" => Some(60),
        b"HOUR" => Some(3600),
        b"DAY" => Some(86_400),
        _ => None,
    }
}

fn failed(why: &str) -> rusqlite::Error {
    rusqlite::Error::UserFunctionError(why.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_in_microseconds() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        prepare(&connection).unwrap();
        let micros = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        for (interval, expected) in [
            ("NUMTODSINTERVAL(90, 'SECOND')", 90_000_000),
            ("NUMTODSINTERVAL(2, 'MINUTE') - NUMTODSINTERVAL(120, 'SECOND')", 0),
            ("NUMTODSINTERVAL(1, 'DAY') - NUMTODSINTERVAL(24, 'HOUR')", 0),
        ] {
            assert_eq!(micros(&format!("SELECT {interval} FROM DUAL")).unwrap(), expected, "{interval}");
        }
        for wrong in ["NUMTODSINTERVAL(1, 'second')", "NUMTODSINTERVAL(9223372036854775807, 'SECOND')"] {
            micros(&format!("SELECT {wrong} FROM DUAL")).unwrap_err();
        }
    }
}
