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
    /// Places for work that reads.
    pub readers: Arc<Semaphore>,
    /// Places for work that writes: on Oracle the same ones.
    pub writers: Arc<Semaphore>,
    /// How long work waits for a place and a connection.
    pub wait: Duration,
    /// Tells when work has taken too long.
    pub overdue: Arc<Overdue>,
    /// How long a call may take then; `None`: as long as it takes.
    call: Option<Duration>,
}

impl Limits {
    /// One place for each session that the pool may lend.
    pub fn of_oracle(settings: &OracleSettings) -> Self {
        let places = Arc::new(Semaphore::new(settings.max_connections as usize));
        Self {
            readers: Arc::clone(&places),
            writers: places,
            wait: settings.pool_timeout,
            overdue: Arc::default(),
            call: settings.call_timeout,
        }
    }

    /// One place for each connection, some of which writers may have.
    pub fn of_embedded(pool: &EmbeddedPool) -> Self {
        let (writers, all) = (pool.writers() as usize, pool.size() as usize);
        Self {
            readers: Arc::new(Semaphore::new(all - writers)),
            writers: Arc::new(Semaphore::new(writers)),
            wait: pool.timeout(),
            overdue: Arc::default(),
            call: Some(pool.timeout()),
        }
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
