use std::sync::Arc;
use std::time::{Duration, Instant};

use super::DbError;

/// Whoever watches the database at work. What it is told is not to make anybody wait.
pub trait Observer: Send + Sync + 'static {
    /// So many more pieces of work wait for a connection; fewer, where it is negative.
    fn waiting(&self, change: i64);

    /// One had its connection after so long.
    fn lent(&self, waited: Duration);

    /// One went without.
    fn went_without(&self, why: Without);

    /// One has been done; told in the task that asked for it.
    fn worked(&self, work: Work);
}

/// Why work had no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// None can be opened.
    Away,
    /// All of them were in use.
    Busy,
}

/// What a piece of work took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// From the place in the pool to the answer.
    pub time: Duration,
    /// Round trips; the embedded engine makes none.
    pub trips: u64,
}

/// The connections of a pool, at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Connections {
    /// Those that are there.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// As many as there may be.
    pub most: u32,
}

/// Work that waits for a connection. Whatever ends the wait, it is over when this is dropped.
pub struct Waiting {
    observer: Arc<dyn Observer>,
    since: Instant,
}

impl Waiting {
    /// It begins to wait.
    pub fn new(observer: &Arc<dyn Observer>) -> Self {
        observer.waiting(1);
        Self { observer: Arc::clone(observer), since: Instant::now() }
    }

    /// It has a connection, or goes without.
    pub fn ended<T>(self, lent: &Result<T, DbError>) {
        match lent {
            Ok(_) => self.observer.lent(self.since.elapsed()),
            Err(DbError::Away(_)) => self.observer.went_without(Without::Away),
            Err(_) => self.observer.went_without(Without::Busy),
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.observer.waiting(-1);
    }
}
