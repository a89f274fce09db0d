//! The round trip log: one line for each time a client waits for its server.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use crate::folder::DataFolder;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Two for each connection: the attach and the session's begin.
    Connect,
    Execute,
    /// An execution that carried its commit along.
    ExecuteCommit,
    Fetch,
    Commit,
    Rollback,
    Ping,
    Close,
}

const NAMES: [(Kind, &str); 8] = [
    (Kind::Connect, "connect"),
    (Kind::Execute, "execute"),
    (Kind::ExecuteCommit, "execute+commit"),
    (Kind::Fetch, "fetch"),
    (Kind::Commit, "commit"),
    (Kind::Rollback, "rollback"),
    (Kind::Ping, "ping"),
    (Kind::Close, "close"),
];

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, name) = NAMES.iter().find(|(kind, _)| kind == self).expect("every kind has a name");
        formatter.write_str(name)
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = NAMES.iter().find(|(_, name)| *name == text);
        found.map(|(kind, _)| *kind).ok_or_else(|| format!("no kind of round trip: {text:?}"))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// 0 when the connection was refused before it became a session.
    pub session: u64,
    pub kind: Kind,
    /// Rows that travelled with a query or a fetch, or that a statement changed.
    pub rows: u64,
    /// The statement with each run of white space as one blank; empty where there is none.
    pub statement: String,
}

/// Appends a line.
pub fn append(folder: &DataFolder, session: u64, kind: Kind, rows: u64, statement: &str) {
    write_line(&folder.trips(), &line(session, kind, rows, statement));
}

/// Keeps a call that begins to wait for an answer that does not come, for as long as its call timeout.
pub fn note_unanswered(
    folder: &DataFolder,
    session: u64,
    kind: Kind,
    statement: &str,
    timeout: Option<Duration>,
) {
    let line = line(session, kind, 0, statement);
    if timeout.is_none() && kind != Kind::Connect {
        write_line(&folder.unbounded(), &line);
    }
    write_line(&folder.unanswered(), &line);
}

fn line(session: u64, kind: Kind, rows: u64, statement: &str) -> String {
    format!("{session}\t{kind}\t{rows}\t{}\n", one_line(statement))
}

/// Keeps the text of a statement that carried an NVARCHAR2 value.
pub fn note_national_bind(folder: &DataFolder, statement: &str) {
    write_line(&folder.national_binds(), &format!("{}\n", one_line(statement)));
}

/// Keeps the text of a statement with a text whose bind is wider than a VARCHAR2 without need.
pub fn note_wide_bind(folder: &DataFolder, statement: &str) {
    write_line(&folder.wide_binds(), &format!("{}\n", one_line(statement)));
}

pub fn wide_binds(folder: &DataFolder) -> io::Result<Vec<String>> {
    Ok(read_if_there(&folder.wide_binds())?.lines().map(str::to_owned).collect())
}

pub fn national_binds(folder: &DataFolder) -> io::Result<Vec<String>> {
    Ok(read_if_there(&folder.national_binds())?.lines().map(str::to_owned).collect())
}

fn one_line(statement: &str) -> String {
    statement.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One write to a file opened for appending: lines of concurrent writers never mix. The log is
/// evidence, so one that cannot be written stops the test.
fn write_line(file: &Path, line: &str) {
    let opened = File::options().create(true).append(true).open(file);
    if let Err(error) = opened.and_then(|mut opened| opened.write_all(line.as_bytes())) {
        panic!("cannot write {}: {error}", file.display());
    }
}

fn read_if_there(file: &Path) -> io::Result<String> {
    match fs::read_to_string(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        other => other,
    }
}

/// The log so far, in the order in which the answers were ready.
pub fn read(folder: &DataFolder) -> io::Result<Vec<Trip>> {
    read_lines(&folder.trips())
}

/// The calls that were left without an answer so far.
pub fn unanswered(folder: &DataFolder) -> io::Result<Vec<Trip>> {
    read_lines(&folder.unanswered())
}

/// Those of them without a call timeout.
pub fn unbounded(folder: &DataFolder) -> io::Result<Vec<Trip>> {
    read_lines(&folder.unbounded())
}

fn read_lines(file: &Path) -> io::Result<Vec<Trip>> {
    // A line that is being written is yet to come.
    let text = read_if_there(file)?;
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .lines()
        .map(|line| parse(line).ok_or_else(|| io::Error::other(format!("not a round trip: {line:?}"))))
        .collect()
}

pub fn clear(folder: &DataFolder) -> io::Result<()> {
    // Truncated, not removed: a writer that has the file open keeps appending to the same one.
    for file in [folder.trips(), folder.unanswered(), folder.unbounded()] {
        File::options().create(true).truncate(true).write(true).open(file)?;
    }
    Ok(())
}

fn parse(line: &str) -> Option<Trip> {
    let mut fields = line.splitn(4, '\t');
    Some(Trip {
        session: fields.next()?.parse().ok()?,
        kind: fields.next()?.parse().ok()?,
        rows: fields.next()?.parse().ok()?,
        statement: fields.next()?.to_owned(),
    })
}
