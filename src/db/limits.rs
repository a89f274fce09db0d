use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::embedded::EmbeddedPool;
use super::overdue::Overdue;
use super::settings::OracleSettings;

/// How many pieces of work may be under way, and how long one may take. Who waits for a place does
/// not hold a thread.
#[derive(Clone)]
pub struct Limits {
    /// Places for work on a connection of the pool.
    pub places: Arc<Semaphore>,
    /// How long work waits for a place and a connection.
    pub wait: Duration,
    /// Tells when work has taken too long.
    pub overdue: Arc<Overdue>,
    /// Tells when work in the writer's line has not begun in time: deadlines of one kind share a timer.
    pub late: Arc<Overdue>,
    /// How long a call may take then; `None`: as long as it takes.
    call: Option<Duration>,
}

impl Limits {
    /// One place for each session that the pool may lend.
    pub fn of_oracle(settings: &OracleSettings) -> Self {
        Self {
            places: Arc::new(Semaphore::new(settings.max_connections as usize)),
            wait: settings.pool_timeout,
            overdue: Arc::default(),
            late: Arc::default(),
            call: settings.call_timeout,
        }
    }

    /// One place for each connection that reads. Units of work stand in the writer's line.
    pub fn of_embedded(pool: &EmbeddedPool) -> Self {
        Self {
            places: Arc::new(Semaphore::new(pool.readers() as usize)),
            wait: pool.timeout(),
            overdue: Arc::default(),
            late: Arc::default(),
            call: Some(pool.timeout()),
        }
    }

    /// How long work may take, from when it is asked for. Where calls may take as long as they like, a day.
    pub fn longest_work(&self) -> Duration {
        self.wait + self.call.unwrap_or(Duration::from_secs(24 * 3600))
    }

    /// When work that is asked for now must have a connection, and when it must be done.
    pub fn deadlines(&self) -> Deadlines {
        let lent = Instant::now() + self.wait;
        Deadlines { lent, done: self.call.map(|call| lent + call) }
    }
}

/// When a piece of work must have got how far.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// It has a connection.
    pub lent: Instant,
    /// It is done; `None`: whenever.
    pub done: Option<Instant>,
}
