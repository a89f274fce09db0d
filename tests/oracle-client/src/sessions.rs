//! The open sessions of a data folder, as V$SESSION would list them.
//!
//! A session's file stays locked as long as its process keeps it open, so a session whose process
//! died is known to be gone without anybody tidying up after it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::OracleError;
use crate::faults::Faults;
use crate::folder::DataFolder;
use crate::messages;

/// What a session tells the server about itself. A change travels with the next round trip.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes {
    pub service: String,
    /// As the client was given it, parameters and all.
    pub connect_string: String,
    /// The folder of the client's configuration; empty where none was named.
    pub tns_admin: String,
    pub user: String,
    pub process: u32,
    pub driver_name: String,
    pub module: String,
    pub action: String,
    pub client_info: String,
    pub client_identifier: String,
    pub edition: String,
}

/// A session's entry. Dropping it closes the entry; the attributes stay for tests to read.
#[derive(Debug)]
pub struct Entry {
    pub id: u64,
    folder: DataFolder,
    _locked: File,
}

impl Entry {
    pub fn create(
        folder: &DataFolder,
        faults: &Faults,
        attributes: &Attributes,
    ) -> Result<Self, OracleError> {
        let create = || -> io::Result<Result<Self, OracleError>> {
            let _lock = folder.lock()?;
            fs::create_dir_all(folder.sessions())?;
            if let Some(code) = faults.refusal(&list(folder)?) {
                return Ok(Err(messages::error(code)));
            }
            let id = ids(folder)?.max().unwrap_or(0) + 1;
            // Before the session is listed, so that who finds it finds its attributes.
            describe(folder, id, attributes)?;
            let file = File::options().create_new(true).write(true).open(entry(folder, id))?;
            file.lock()?;
            Ok(Ok(Self { id, folder: folder.clone(), _locked: file }))
        };
        create().unwrap_or_else(|error| {
            Err(OracleError::new(12560, format!("TNS:protocol adapter error ({error})")))
        })
    }

    pub fn describe(&self, attributes: &Attributes) -> io::Result<()> {
        describe(&self.folder, self.id, attributes)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        // Nothing to do about a failure: the lock goes with the file, and the lock is what counts.
        let _ = fs::remove_file(entry(&self.folder, self.id));
    }
}

/// The ids of the open sessions, of all processes, in order.
pub fn list(folder: &DataFolder) -> io::Result<Vec<u64>> {
    let mut open: Vec<u64> = ids(folder)?.filter(|id| is_locked(&entry(folder, *id))).collect();
    open.sort_unstable();
    open.dedup();
    Ok(open)
}

/// The last attributes that the session sent, also after its end.
pub fn attributes(folder: &DataFolder, id: u64) -> Option<Attributes> {
    let text = fs::read_to_string(description(folder, id)).ok()?;
    serde_json::from_str(&text).ok()
}

/// Ids of open and of ended sessions; some come twice.
fn ids(folder: &DataFolder) -> io::Result<impl Iterator<Item = u64>> {
    let names: Vec<PathBuf> = match fs::read_dir(folder.sessions()) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(names.into_iter().filter_map(|path| path.file_stem()?.to_str()?.parse().ok()))
}

fn describe(folder: &DataFolder, id: u64, attributes: &Attributes) -> io::Result<()> {
    let text = serde_json::to_string_pretty(attributes).expect("attributes are plain data");
    folder.replace(&description(folder, id), &text)
}

fn entry(folder: &DataFolder, id: u64) -> PathBuf {
    folder.sessions().join(id.to_string())
}

fn description(folder: &DataFolder, id: u64) -> PathBuf {
    folder.sessions().join(format!("{id}.json"))
}

fn is_locked(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    // A shared lock, so that two who look at the same time do not take each other for the owner.
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}
