//! Sequences, kept beside the data file: Oracle never takes a number back, whatever a transaction does.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::error::OracleError;

pub struct Sequences {
    folder: PathBuf,
}

impl Sequences {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The sequence's next number. Other sessions, in this process or another, never get the same.
    pub fn next(&self, id: i64, start: i64, increment: i64) -> Result<i64, OracleError> {
        let path = self.folder.join(format!("sequence.{id}"));
        advance(&path, start, increment).map_err(|error| {
            OracleError::new(600, format_args!("internal error: {}: {error}", path.display()))
        })
    }
}

fn advance(path: &Path, start: i64, increment: i64) -> io::Result<i64> {
    let mut file: File = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    file.lock()?;
    let mut last = String::new();
    file.read_to_string(&mut last)?;
    let next = last.trim().parse::<i64>().map_or(start, |last| last.wrapping_add(increment));
    file.rewind()?;
    // One fixed width, so that a shorter number covers a longer one.
    file.write_all(format!("{next:<20}").as_bytes())?;
    Ok(next)
}
