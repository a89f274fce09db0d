use rusqlite::ErrorCode;
use rusqlite::ffi::{SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};

use crate::db::DbError;

/// Classes SQLite's error by its result code (<https://www.sqlite.org/rescode.html>).
pub fn classify(error: rusqlite::Error) -> DbError {
    let text = format!("embedded engine: {error}");
    let Some(code) = error.sqlite_error() else { return DbError::Failed(text) };
    match (code.code, code.extended_code) {
        (_, SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY) => DbError::Unique(text),
        (_, SQLITE_CONSTRAINT_FOREIGNKEY) => DbError::ForeignKey(text),
        (
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory,
            _,
        ) => DbError::Unavailable(text),
        _ => DbError::Failed(text),
    }
}
