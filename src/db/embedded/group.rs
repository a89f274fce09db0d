use std::thread::sleep;
use std::time::Duration;

use rusqlite::ErrorCode;
use tokio::time::Instant;

use super::EmbeddedConnection;
use super::error::classify;
use super::line::Task;
use crate::db::DbError;

/// The most units of work of one group.
const MOST: usize = 256;

/// How long a group takes more units in: all of them wait for its end. As many as a group may have
/// take some milliseconds, so that this is for those that take long.
const TAKES_IN: Duration = Duration::from_millis(100);

/// How long to wait before asking again for a file that another program writes to. SQLite's own pauses
/// grow to a tenth of a second: beside a program that writes all the time they would seldom meet the
/// moment between two of its transactions.
const PAUSE: Duration = Duration::from_millis(1);

/// Units of work that went to the disk together, in one transaction and by one sync, or that are
/// together not there.
pub struct Group {
    members: Vec<Box<dyn Task>>,
    committed: Result<(), DbError>,
}

impl Group {
    /// Does the first unit and those that follow it, and commits them. A unit that fails by itself is
    /// undone, and the others stand.
    pub fn write(
        connection: &mut EmbeddedConnection,
        first: Box<dyn Task>,
        mut next: impl FnMut() -> Option<Box<dyn Task>>,
    ) -> Self {
        if let Err(error) = begin(connection, first.deadlines().lent) {
            first.refuse(error);
            return Self { members: Vec::new(), committed: Ok(()) };
        }
        let full_at = Instant::now() + TAKES_IN;
        let mut group = Self { members: Vec::new(), committed: Ok(()) };
        let mut following = Some(first);
        while let Some(mut task) = following.take() {
            group.committed = run(connection, &mut *task);
            group.members.push(task);
            let has_room = group.members.len() < MOST && Instant::now() < full_at;
            if group.committed.is_ok() && has_room {
                following = next();
            }
        }
        if group.committed.is_ok() {
            group.committed = group.commit(connection);
        }
        connection.end_transaction();
        group
    }

    /// Tells all of them how it went. One that failed by itself failed by what it saw: where that was
    /// not committed, it proves nothing.
    pub fn answer(self) {
        for member in self.members {
            member.end(self.committed.clone());
        }
    }

    /// Not if somebody has been told already that it was not done in time. (Who is told while the
    /// commit runs cannot be helped.)
    fn commit(&self, connection: &EmbeddedConnection) -> Result<(), DbError> {
        let now = Instant::now();
        if self.members.iter().any(|member| member.deadlines().done.is_some_and(|done| done <= now)) {
            return Err(DbError::Unavailable("embedded engine: the group took too long".into()));
        }
        connection.step("COMMIT").map_err(classify).map_err(|error| match error {
            // Of a constraint that is looked at now it is not known whose it is.
            DbError::Unique(text) | DbError::ForeignKey(text) => DbError::Failed(text),
            error => error,
        })
    }
}

/// Begins the transaction. Another program that writes is waited for until the deadline.
fn begin(connection: &EmbeddedConnection, deadline: Instant) -> Result<(), DbError> {
    loop {
        match connection.step("BEGIN IMMEDIATE") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && Instant::now() < deadline =>
            {
                sleep(PAUSE);
            }
            begun => return begun.map_err(classify),
        }
    }
}

/// Does one unit; an error if the whole group is lost by it.
fn run(connection: &mut EmbeddedConnection, task: &mut dyn Task) -> Result<(), DbError> {
    let done = task.run(connection);
    if connection.sqlite.is_autocommit() {
        // As where the disk is full (https://www.sqlite.org/lang_transaction.html).
        let why = done.err().map_or_else(String::new, |error| format!(": {error}"));
        return Err(DbError::Unavailable(format!("embedded engine: the transaction was ended{why}")));
    }
    // After a panic.
    if connection.is_in_transaction() { connection.rollback() } else { Ok(()) }
}
