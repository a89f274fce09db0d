//! The data folder: everything that sessions, tests and processes share.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::OracleError;

/// The variable that names the data folder. It is read at each attach.
pub const VARIABLE: &str = "ORACLE_STAND_IN_DIR";

#[derive(Debug, Clone)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The folder that the environment names. Without one there is nothing to connect to, which a
    /// client reports as a name that it cannot resolve.
    pub fn from_environment() -> Result<Self, OracleError> {
        match std::env::var_os(VARIABLE) {
            Some(path) if !path.is_empty() => Ok(Self(path.into())),
            _ => Err(OracleError::new(
                12154,
                format!(
                    "TNS:could not resolve the connect identifier specified \
                     (this is the stand-in for the Oracle Client, and {VARIABLE} is not set)"
                ),
            )),
        }
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The SQLite file of a service; its name in upper case.
    pub fn database(&self, service: &str) -> PathBuf {
        self.0.join(format!("{service}.sqlite"))
    }

    pub fn trips(&self) -> PathBuf {
        self.0.join("trips.log")
    }

    /// The calls that were left without an answer, in the form of the round trips.
    pub fn unanswered(&self) -> PathBuf {
        self.0.join("unanswered.log")
    }

    /// The statements that carried an NVARCHAR2 value, one a line.
    pub fn national_binds(&self) -> PathBuf {
        self.0.join("national-binds.log")
    }

    /// The statements with a text whose bind is wider than a VARCHAR2 without need, one a line.
    pub fn wide_binds(&self) -> PathBuf {
        self.0.join("wide-binds.log")
    }

    /// The calls that were left without an answer and have no call timeout.
    pub fn unbounded(&self) -> PathBuf {
        self.0.join("unbounded.log")
    }

    pub fn faults(&self) -> PathBuf {
        self.0.join("faults.json")
    }

    /// One file for each session: locked while it is open, its attributes beside it.
    pub fn sessions(&self) -> PathBuf {
        self.0.join("sessions")
    }

    /// Holds off every other process and thread until the file is dropped.
    pub fn lock(&self) -> io::Result<File> {
        fs::create_dir_all(&self.0)?;
        let file = File::options().create(true).append(true).open(self.0.join("lock"))?;
        file.lock()?;
        Ok(file)
    }

    /// Writes a file such that a reader sees the old text or the new, never a part. The caller
    /// holds the lock, or is the file's only writer.
    pub fn replace(&self, file: &Path, text: &str) -> io::Result<()> {
        let draft = file.with_extension(format!("{}.draft", std::process::id()));
        fs::write(&draft, text)?;
        fs::rename(draft, file)
    }
}
