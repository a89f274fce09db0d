use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::sleep;

use super::{Entry, queries};
use crate::db::{Db, DbError};

/// How long a login waits for others to be written with.
const GATHER: Duration = Duration::from_millis(500);

/// The pause after a write that failed.
const AGAIN: Duration = Duration::from_secs(1);

/// Rows of an array at most.
const ROWS: usize = 500;

/// Logins that wait for a database that is away, at most.
const KEPT: usize = 10_000;

/// Writes logins down after they were answered, so that a login stays one round trip.
pub struct LoginLog {
    db: Db,
    waiting: Mutex<Waiting>,
    has_come: Notify,
    /// Held while they are written.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Waiting {
    entries: VecDeque<Entry>,
    /// How many found no room since the last write.
    lost: u64,
    /// Whether the log has been told that they cannot be written.
    told: bool,
}

impl LoginLog {
    /// Nothing to write yet.
    pub fn new(db: Db) -> Self {
        Self { db, waiting: Mutex::default(), has_come: Notify::new(), writing: tokio::sync::Mutex::new(()) }
    }

    /// Takes a login, which is written within a second. While the database is away, so many are kept; of
    /// those beyond, the log tells how many they were.
    pub fn note(&self, entry: Entry) {
        let mut waiting = self.waiting.lock();
        match waiting.entries.len() < KEPT {
            true => waiting.entries.push_back(entry),
            false => waiting.lost += 1,
        }
        self.has_come.notify_one();
    }

    /// Writes what comes, in arrays.
    pub async fn run(self: Arc<Self>) {
        loop {
            self.has_come.notified().await;
            sleep(GATHER).await;
            while self.write().await.is_err() {
                sleep(AGAIN).await;
            }
        }
    }

    /// Writes what waits. Where that fails, it goes on waiting: the log is told.
    ///
    /// # Errors
    /// As [`Db::unit`].
    pub async fn write(&self) -> Result<(), DbError> {
        let _writing = self.writing.lock().await;
        loop {
            let entries: Arc<[Entry]> = self.waiting.lock().entries.iter().take(ROWS).cloned().collect();
            if entries.is_empty() {
                return Ok(());
            }
            let written = Arc::clone(&entries);
            // One whose answer was lost is written again, and is one row: it has its id already.
            let write = self.db.unit("write_logins", move |db| queries::insert_all(db.last(), &written));
            let outcome = write.await;
            self.wrote(entries.len(), &outcome);
            outcome?;
        }
    }

    fn wrote(&self, rows: usize, outcome: &Result<(), DbError>) {
        let mut waiting = self.waiting.lock();
        match outcome {
            Ok(()) => {
                waiting.entries.drain(..rows);
                if std::mem::take(&mut waiting.told) {
                    tracing::info!("logins can be written to the audit log again");
                }
                match std::mem::take(&mut waiting.lost) {
                    0 => {}
                    lost => {
                        tracing::error!("the audit log lacks {lost} logins: there was no room to keep them")
                    }
                }
            }
            Err(error) => match std::mem::replace(&mut waiting.told, true) {
                false => tracing::warn!("logins cannot be written to the audit log, and are kept: {error}"),
                true => tracing::debug!("logins cannot be written to the audit log: {error}"),
            },
        }
    }
}
