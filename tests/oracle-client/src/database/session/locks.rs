//! Locks on tables, held in the operating system, not in SQLite: a session that locks a table leaves others free to
//! write elsewhere, and a process that dies lets go.
//!
//! LOCK TABLE … IN EXCLUSIVE MODE locks a table's file exclusively; DML on the table shares it.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::database::messages::ora;
use crate::database::parse::ast::Wait;
use crate::error::OracleError;

pub struct Locks {
    folder: PathBuf,
    held: HashMap<u64, Held>,
    /// When the client stops waiting for the call, whatever the statement says.
    pub deadline: Option<Instant>,
}

struct Held {
    file: LockFile,
    exclusive: bool,
    /// By LOCK TABLE: outlives a first statement that changed nothing.
    explicit: bool,
}

/// Lets go by itself. To close the file is not enough: a child that this process is just starting has it open, too,
/// until it runs its own program.
struct LockFile(File);

impl Drop for LockFile {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl Locks {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), held: HashMap::new(), deadline: None }
    }

    /// For DML: other sessions may do the same, but none may lock the table.
    pub fn share(&mut self, table: u64, wait: Wait) -> Result<(), OracleError> {
        self.take(table, false, false, wait)
    }

    /// LOCK TABLE.
    pub fn lock(&mut self, table: u64, exclusive: bool, wait: Wait) -> Result<(), OracleError> {
        self.take(table, exclusive, true, wait)
    }

    fn take(&mut self, table: u64, exclusive: bool, explicit: bool, wait: Wait) -> Result<(), OracleError> {
        if let Some(held) = self.held.get_mut(&table)
            && (held.exclusive || !exclusive)
        {
            held.explicit |= explicit;
            return Ok(());
        }
        let (file, shared_before) = match self.held.remove(&table) {
            Some(held) => (held.file, Some(held.explicit)),
            None => (self.file(table)?, None),
        };
        let taken = acquire(&file.0, exclusive, wait, self.deadline);
        if taken.is_ok() {
            self.held.insert(table, Held { file, exclusive, explicit });
        } else if let Some(explicit) = shared_before {
            // A failed change to exclusive has dropped the shared lock; nobody can hold more than shared now.
            if file.0.lock_shared().is_ok() {
                self.held.insert(table, Held { file, exclusive: false, explicit });
            }
        }
        taken
    }

    /// For DDL, which never waits: nobody else may be using the table.
    pub fn check_free(&self, table: u64) -> Result<(), OracleError> {
        acquire(&self.file(table)?.0, true, Wait::Never, None)
    }

    pub fn release_all(&mut self) {
        self.held.clear();
    }

    /// Lets go of what DML took alone.
    pub fn release_shares(&mut self) {
        self.held.retain(|_, held| held.explicit);
    }

    pub fn any_explicit(&self) -> bool {
        self.held.values().any(|held| held.explicit)
    }

    fn file(&self, table: u64) -> Result<LockFile, OracleError> {
        let path = self.folder.join(format!("lock.{table}"));
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        opened.map(LockFile).map_err(|error| internal(&error))
    }
}

fn acquire(file: &File, exclusive: bool, wait: Wait, call: Option<Instant>) -> Result<(), OracleError> {
    let deadline = match wait {
        Wait::Seconds(seconds) => Some(Instant::now() + Duration::from_secs(seconds)),
        Wait::Never | Wait::SkipLocked => Some(Instant::now()),
        Wait::Forever => None,
    };
    let deadline = deadline.into_iter().chain(call).min();
    loop {
        match if exclusive { file.try_lock() } else { file.try_lock_shared() } {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(internal(&error)),
            Err(TryLockError::WouldBlock) => {}
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(ora(if matches!(wait, Wait::Seconds(_)) { 30006 } else { 54 }));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn internal(error: &std::io::Error) -> OracleError {
    OracleError::new(600, format_args!("internal error: table lock: {error}"))
}
