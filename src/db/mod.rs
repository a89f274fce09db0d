//! The database: one text of SQL, two engines. Drivers and their types stay in here.

mod connection;
mod embedded;
mod error;
mod migrations;
mod oracle;
mod pool;
mod ready;
mod row;
mod schema;
mod value;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, Semaphore};
use tokio::time::{Instant, timeout_at};

pub use connection::Connection;
pub use error::DbError;
pub use migrations::Step;
pub use ready::Ready;
pub use row::{Row, required};
pub use schema::Schema;
pub use value::{Bind, Returned, Value};

use crate::config::Engine;
use crate::watch::{self, Connections, DatabaseWork, PoolMetrics};
use pool::Pool;
use ready::LastLook;

/// The way to the database, shared by all requests.
#[derive(Clone)]
pub struct Db {
    pool: Arc<Pool>,
    /// One for each connection that the pool may lend: who waits for one does not hold a thread.
    places: Arc<Semaphore>,
    timeout: Duration,
    metrics: Arc<PoolMetrics>,
    schema: Arc<Schema>,
    may_migrate: bool,
    readiness: tokio::sync::watch::Sender<Readiness>,
    last_look: Arc<Mutex<LastLook>>,
}

/// What is known of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readiness {
    /// Nobody has looked yet.
    Unknown,
    /// It was not in order, or could not be seen, when last looked at.
    NotReady,
    Ready,
}

/// How long to wait before the schema is looked at again, while it is not in order.
const SCHEMA_RETRY: Duration = Duration::from_millis(500);

impl Db {
    /// Opens the embedded engine's file, or starts to open sessions to Oracle, which may still be
    /// coming up.
    ///
    /// # Errors
    /// On the embedded engine, when its file cannot serve. Oracle's troubles are told in the log,
    /// and to the requests.
    pub fn open(engine: &Engine, may_migrate: bool, metrics: Arc<PoolMetrics>) -> Result<Self, DbError> {
        let schema = Schema::of(engine);
        let (pool, places, timeout) = match &schema {
            Schema::Oracle(manager) => {
                let (places, timeout) = (manager.config().max_connections, manager.config().pool_timeout);
                (Pool::Oracle(oracle::OraclePool::new(manager.clone())), places, timeout)
            }
            Schema::Embedded(path) => {
                schema.make_ready(may_migrate)?;
                let pool = embedded::EmbeddedPool::new(path)?;
                let (places, timeout) = (pool.size(), pool.timeout());
                (Pool::Embedded(pool), places, timeout)
            }
        };
        let readiness = match schema {
            Schema::Oracle(_) => Readiness::Unknown,
            Schema::Embedded(_) => Readiness::Ready,
        };
        Ok(Self {
            pool: Arc::new(pool),
            places: Arc::new(Semaphore::new(places as usize)),
            timeout,
            metrics,
            schema: Arc::new(schema),
            may_migrate,
            readiness: tokio::sync::watch::Sender::new(readiness),
            last_look: Arc::default(),
        })
    }

    /// Runs `work` with a connection, off the async workers; the connection goes back to the pool
    /// there, too. `action` is what a DBA sees the session do (V$SESSION.ACTION).
    ///
    /// # Errors
    /// What `work` gives; `Away` or `Unavailable` when there is no connection within the pool's
    /// timeout, or the schema is not there yet.
    pub async fn run<T, F>(&self, action: &'static str, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let looked_at = |readiness: &Readiness| *readiness != Readiness::Unknown;
        let mut readiness = self.readiness.subscribe();
        match tokio::time::timeout(self.timeout, readiness.wait_for(looked_at)).await {
            Ok(Ok(readiness)) if *readiness == Readiness::Ready => {}
            // The log is told by the one who looks: see `make_ready`.
            _ => {
                let error = DbError::Away("the schema has not been found in order yet".into());
                self.metrics.failed(&error);
                return Err(error);
            }
        }
        self.run_before_schema(action, work).await
    }

    /// As [`Db::run`], for work that needs no tables.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn run_before_schema<T, F>(&self, action: &'static str, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let deadline = Instant::now() + self.timeout;
        let asked = self.metrics.ask();
        let busy = |_| DbError::Unavailable(format!("all connections are busy for {:?}", self.timeout));
        let place = match timeout_at(deadline, Arc::clone(&self.places).acquire_owned()).await {
            Ok(place) => place,
            Err(elapsed) => {
                let none = Err(busy(elapsed));
                asked.answered(&none);
                return none;
            }
        };
        let pool = Arc::clone(&self.pool);
        let work = move || {
            let _place = place;
            let started = Instant::now();
            let lent = pool.get(deadline.saturating_duration_since(started));
            asked.answered(&lent);
            let (done, trips) = match lent {
                Ok(mut lent) => lent.run(action, work),
                Err(error) => (Err(error), 0),
            };
            (done, DatabaseWork { time: started.elapsed(), trips })
        };
        let (done, took) =
            tokio::task::spawn_blocking(work).await.map_err(|panic| DbError::Failed(panic.to_string()))?;
        watch::saw_work(took);
        done
    }

    /// How many connections there are.
    pub fn connections(&self) -> Connections {
        self.pool.connections()
    }

    /// On Oracle: looks for the schema as soon as the database can be had, makes it if it may, and
    /// keeps trying until it is in order. The embedded engine's was made ready by `open`.
    pub async fn make_ready(self) {
        let mut told = String::new();
        while *self.readiness.borrow() != Readiness::Ready {
            let (schema, may_migrate) = (Arc::clone(&self.schema), self.may_migrate);
            let done = tokio::task::spawn_blocking(move || schema.make_ready(may_migrate)).await;
            match done.unwrap_or_else(|panic| Err(DbError::Failed(panic.to_string()))) {
                Ok(()) => drop(self.readiness.send_replace(Readiness::Ready)),
                Err(error) => {
                    let text = error.to_string();
                    if !matches!(error, DbError::Away(_)) && text != told {
                        tracing::error!("the schema is not in order: {text}");
                        told = text;
                    }
                    // Who waits is answered once the log has been told.
                    self.readiness.send_replace(Readiness::NotReady);
                    tokio::time::sleep(SCHEMA_RETRY).await;
                }
            }
        }
    }
}
