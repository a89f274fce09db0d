//! The data file: a SQLite database, and a folder beside it for locks and sequences.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, Result};

use crate::database::catalog::store;
use crate::database::execute::failure;
use crate::error::OracleError;

/// How long a statement waits for SQLite's one writer.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub fn companion_folder(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".d");
    name.into()
}

/// Opens the data file, and makes it first where it is not there.
pub fn open(file: &Path) -> std::result::Result<Connection, OracleError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match try_open(file) {
            // Two who switch a new file to WAL at once get an error without any waiting.
            Err(error) if is_busy(&error) && Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(5))
            }
            opened => return opened.map_err(|error| failure::internal(&error)),
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn try_open(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file)?;
    // A data file that was copied comes without its folder.
    std::fs::create_dir_all(companion_folder(file))
        .map_err(|error| rusqlite::Error::UserFunctionError(error.into()))?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(256);
    // A commit outlives the process in the WAL; that it might not outlive the machine is no matter for tests.
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;")?;
    if !store::exists(&connection)? {
        create(file, &connection)?;
    }
    Ok(connection)
}

fn create(file: &Path, connection: &Connection) -> Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let created = if store::exists(connection)? {
        Ok(())
    } else {
        let folder = companion_folder(file);
        // What an older file of this name left is not this one's.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)
            .map_err(|error| rusqlite::Error::UserFunctionError(error.into()))
            .and_then(|()| store::create(connection))
    };
    connection.execute_batch(if created.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    created
}
