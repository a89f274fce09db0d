//! The database: one text of SQL, two engines. Drivers and their types stay in here.

mod connection;
mod embedded;
mod error;
mod migrations;
mod observer;
mod oracle;
mod pool;
mod ready;
mod row;
mod schema;
mod settings;
mod value;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, Semaphore};
use tokio::time::{Instant, timeout_at};

pub use connection::Connection;
pub use error::DbError;
pub use migrations::Plan;
pub use observer::{Connections, Observer, Without, Work};
pub use ready::Ready;
pub use row::{Row, required};
pub use schema::Schema;
pub use settings::{Engine, Keys as SettingsKeys, OracleSettings, Settings};
pub use value::{Bind, Returned, Value};

use observer::Waiting;
use pool::Pool;
use ready::{LastLook, Readiness};

/// The way to the database, shared by all requests.
#[derive(Clone)]
pub struct Db {
    pool: Arc<Pool>,
    /// One for each connection that the pool may lend: who waits for one does not hold a thread.
    places: Arc<Semaphore>,
    timeout: Duration,
    observer: Arc<dyn Observer>,
    schema: Arc<Schema>,
    may_migrate: bool,
    readiness: tokio::sync::watch::Sender<Readiness>,
    last_look: Arc<Mutex<LastLook>>,
}

impl Db {
    /// Opens the embedded engine's file, or starts to open sessions to Oracle, which may still be
    /// coming up.
    ///
    /// # Errors
    /// On the embedded engine, when its file cannot serve. Oracle's troubles are told in the log,
    /// and to the requests.
    pub fn open(settings: &Settings, observer: Arc<dyn Observer>) -> Result<Self, DbError> {
        let (schema, may_migrate) = (Schema::of(&settings.engine), settings.migrate_at_start);
        let (pool, places, timeout) = match &schema {
            Schema::Oracle(manager) => {
                let (places, timeout) = (manager.settings().max_connections, manager.settings().pool_timeout);
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
            observer,
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
        self.schema_is_ready().await?;
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
        let waiting = Waiting::new(&self.observer);
        let busy = |_| DbError::Unavailable(format!("all connections are busy for {:?}", self.timeout));
        let place = match timeout_at(deadline, Arc::clone(&self.places).acquire_owned()).await {
            Ok(place) => place,
            Err(elapsed) => {
                let none = Err(busy(elapsed));
                waiting.ended(&none);
                return none;
            }
        };
        let pool = Arc::clone(&self.pool);
        let work = move || {
            let _place = place;
            let started = Instant::now();
            let lent = pool.get(deadline.saturating_duration_since(started));
            waiting.ended(&lent);
            let (done, trips) = match lent {
                Ok(mut lent) => lent.run(action, work),
                Err(error) => (Err(error), 0),
            };
            (done, Work { time: started.elapsed(), trips })
        };
        let (done, took) =
            tokio::task::spawn_blocking(work).await.map_err(|panic| DbError::Failed(panic.to_string()))?;
        self.observer.worked(took);
        done
    }

    /// How many connections there are.
    pub fn connections(&self) -> Connections {
        self.pool.connections()
    }
}
