//! The database: one text of SQL, two engines. Drivers and their types stay in here.

mod connection;
mod embedded;
mod error;
mod migrations;
mod oracle;
mod row;
mod value;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

pub use connection::Connection;
pub use error::DbError;
pub use row::{Row, required};
pub use value::{Bind, Returned, Value};

use crate::config::Engine;

/// The way to the database, shared by all requests.
#[derive(Clone)]
pub struct Db {
    pool: Arc<Pool>,
    /// One for each connection that the pool may lend: who waits for one does not hold a thread.
    places: Arc<Semaphore>,
    timeout: Duration,
    migrated: Arc<AtomicBool>,
}

enum Pool {
    Oracle(oracle::OraclePool),
    Embedded(embedded::EmbeddedPool),
}

/// How long to wait before the schema is looked at again, while the database is away at the start.
const SCHEMA_RETRY: Duration = Duration::from_millis(500);

impl Db {
    /// Opens the embedded engine's file, or starts to open sessions to Oracle, which may still be
    /// coming up.
    ///
    /// # Errors
    /// On the embedded engine, when its file cannot serve. Oracle's troubles are told in the log,
    /// and to the requests.
    pub fn open(engine: &Engine) -> Result<Self, DbError> {
        let (pool, places, timeout, migrated) = match engine {
            Engine::Embedded(path) => {
                let pool = embedded::EmbeddedPool::open(path)?;
                let (places, timeout) = (pool.size(), pool.timeout());
                (Pool::Embedded(pool), places, timeout, true)
            }
            Engine::Oracle(config) => {
                let (places, timeout) = (config.max_connections, config.pool_timeout);
                (Pool::Oracle(oracle::OraclePool::new((**config).clone())), places, timeout, false)
            }
        };
        Ok(Self {
            pool: Arc::new(pool),
            places: Arc::new(Semaphore::new(places as usize)),
            timeout,
            migrated: Arc::new(AtomicBool::new(migrated)),
        })
    }

    /// Runs `work` with a connection, off the async workers; the connection goes back to the pool
    /// there, too.
    ///
    /// # Errors
    /// What `work` gives; `Away` or `Unavailable` when there is no connection within the pool's
    /// timeout, or the schema is not there yet.
    pub async fn run<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection<'_>) -> Result<T, DbError> + Send + 'static,
    {
        if !self.migrated.load(Ordering::Acquire) {
            // What keeps the schema from being there is in the log already.
            self.run_before_schema(|_| Ok(())).await?;
            return Err(DbError::Away("the schema is still being looked at".into()));
        }
        self.run_before_schema(work).await
    }

    /// As [`Db::run`], for work that needs no tables.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn run_before_schema<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let deadline = Instant::now() + self.timeout;
        let busy = |_| DbError::Unavailable(format!("all connections are busy for {:?}", self.timeout));
        let place = timeout_at(deadline, Arc::clone(&self.places).acquire_owned()).await.map_err(busy)?;
        let pool = Arc::clone(&self.pool);
        let work = move || {
            let _place = place;
            pool.with(deadline.saturating_duration_since(Instant::now()), work)
        };
        tokio::task::spawn_blocking(work).await.map_err(|panic| DbError::Failed(panic.to_string()))?
    }

    /// On Oracle: makes the schema what this version needs as soon as the database can be had, and
    /// keeps trying until then. The embedded engine's was made when it was opened.
    pub async fn migrate(self) {
        let mut told = String::new();
        while !self.migrated.load(Ordering::Acquire) {
            let pool = Arc::clone(&self.pool);
            let done = tokio::task::spawn_blocking(move || pool.migrate()).await;
            match done.unwrap_or_else(|panic| Err(DbError::Failed(panic.to_string()))) {
                Ok(()) => self.migrated.store(true, Ordering::Release),
                Err(error) => {
                    let text = error.to_string();
                    if !matches!(error, DbError::Away(_)) && text != told {
                        tracing::error!("the schema cannot be made ready: {text}");
                        told = text;
                    }
                    tokio::time::sleep(SCHEMA_RETRY).await;
                }
            }
        }
    }
}

impl Pool {
    fn with<T>(
        &self,
        timeout: Duration,
        work: impl FnOnce(&mut Connection<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        match self {
            Self::Oracle(pool) => work(&mut Connection::Oracle(&mut pool.get(timeout)?)),
            Self::Embedded(pool) => work(&mut Connection::Embedded(&mut pool.get()?)),
        }
    }

    fn migrate(&self) -> Result<(), DbError> {
        match self {
            Self::Oracle(pool) => oracle::migrate(pool.manager()),
            Self::Embedded(_) => Ok(()),
        }
    }
}
