//! SQLite's errors as Oracle's.

use rusqlite::{Error, ErrorCode};

use crate::database::messages::ora;
use crate::error::OracleError;

/// An error of SQLite's: one of our own functions', a lock that did not come, or one that should not happen.
pub fn oracle(error: &Error) -> OracleError {
    let message = message(error);
    if let Some(own) = own(&message) {
        return own;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ora(30006),
        _ => internal(error),
    }
}

pub fn internal(error: &Error) -> OracleError {
    OracleError::new(600, format_args!("internal error: {error}"))
}

pub fn message(error: &Error) -> String {
    match error {
        Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

/// The text of an error that one of our functions raised, `ORA-nnnnn: …`.
fn own(message: &str) -> Option<OracleError> {
    let rest = message.strip_prefix("ORA-")?;
    let (code, text) = rest.split_once(": ")?;
    Some(OracleError::new(code.parse().ok()?, text))
}
