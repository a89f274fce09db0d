//! The database: one text of SQL, two engines. Drivers and their types stay in here.

mod connection;
mod embedded;
mod error;
#[cfg(test)]
pub mod explained;
mod in_line;
mod in_list;
mod limits;
mod migrations;
mod observer;
mod oracle;
mod overdue;
mod pool;
mod reader;
mod ready;
mod row;
mod schema;
mod settings;
mod unit;
mod value;

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{Mutex, OwnedSemaphorePermit};
use tokio::time::timeout_at;

pub use error::DbError;
pub use migrations::Plan;
pub use observer::{Connections, Observer, Without, Work};
pub use reader::Reader;
pub use ready::Ready;
pub use row::{Row, required};
pub use schema::Schema;
pub use settings::{Engine, Keys as SettingsKeys, OracleSettings, Settings};
pub use unit::{Batched, Unit};
pub use value::{Bind, Returned, Value};

use connection::Connection;
use limits::{Deadlines, Limits};
use observer::Waiting;
use pool::Pool;
use ready::{LastLook, Readiness};

/// The way to the database, shared by all requests.
///
/// What is asked of it is done off the async workers, and answered within the pool's timeout and the
/// call timeout together, whatever happens.
#[derive(Clone)]
pub struct Db {
    pool: Arc<Pool>,
    limits: Limits,
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
        let (pool, limits, readiness) = match &schema {
            Schema::Oracle(manager) => {
                let limits = Limits::of_oracle(manager.settings());
                (Pool::Oracle(oracle::OraclePool::new(manager.clone())), limits, Readiness::Unknown)
            }
            Schema::Embedded(path) => {
                embedded::close_to_others(path).iter().for_each(|said| tracing::warn!("{said}"));
                schema.make_ready(may_migrate)?;
                let pool = embedded::EmbeddedPool::new(path)?;
                let limits = Limits::of_embedded(&pool);
                (Pool::Embedded(pool), limits, Readiness::Ready)
            }
        };
        Ok(Self {
            pool: Arc::new(pool),
            limits,
            observer,
            schema: Arc::new(schema),
            may_migrate,
            readiness: tokio::sync::watch::Sender::new(readiness),
            last_look: Arc::default(),
        })
    }

    /// How long work may take, from when it is asked for: what was not committed by then never will be.
    pub fn longest_work(&self) -> std::time::Duration {
        self.limits.longest_work()
    }

    /// Reads, by one statement or several. `action` is what a DBA sees the session do
    /// (V$SESSION.ACTION).
    ///
    /// # Errors
    /// What `work` gives; `Away` or `Unavailable` when there is no connection in time, the schema is
    /// not there yet, or the work is not done in time.
    pub async fn read<T, F>(&self, action: &'static str, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Reader<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let deadlines = self.limits.deadlines();
        self.schema_is_ready(deadlines.lent).await?;
        let work = |connection: Connection<'_>| work(&mut Reader::new(connection));
        self.work(action, deadlines, work).await
    }

    /// As [`Db::read`], for several statements that are to see one moment. Oracle takes two round
    /// trips more for it.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn snapshot<T, F>(&self, action: &'static str, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Reader<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let deadlines = self.limits.deadlines();
        self.schema_is_ready(deadlines.lent).await?;
        let work = |connection: Connection<'_>| Unit::run_snapshot(connection, work);
        self.work(action, deadlines, work).await
    }

    /// A unit of work: what it writes is committed together or not at all. On the embedded engine one
    /// thread does all of them: whatever else a unit waits for, all others wait for, too.
    ///
    /// # Errors
    /// As [`Db::read`]. Where the database did not answer in time, whether the unit was committed is
    /// not known.
    pub async fn unit<T, F>(&self, action: &'static str, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Unit<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let deadlines = self.limits.deadlines();
        self.schema_is_ready(deadlines.lent).await?;
        match &*self.pool {
            Pool::Oracle(_) => {
                let work = |connection: Connection<'_>| Unit::run(connection, work);
                self.work(action, deadlines, work).await
            }
            Pool::Embedded(pool) => self.unit_in_line(action, pool.writer(), deadlines, work).await,
        }
    }

    /// As [`Db::read`], for work that needs no tables.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_before_schema<T, F>(&self, action: &'static str, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Reader<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let work = |connection: Connection<'_>| work(&mut Reader::new(connection));
        self.work(action, self.limits.deadlines(), work).await
    }

    /// Work on a connection of the pool.
    async fn work<T, F>(&self, action: &'static str, deadlines: Deadlines, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: FnOnce(Connection<'_>) -> Result<T, DbError> + Send + 'static,
    {
        let waiting = Waiting::new(&self.observer);
        let place = match self.place(deadlines).await {
            Ok(place) => place,
            Err(error) => {
                let none = Err(error);
                waiting.ended(&none);
                return none;
            }
        };
        let pool = Arc::clone(&self.pool);
        let working = tokio::task::spawn_blocking(move || {
            let _place = place;
            let started = Instant::now();
            let lent = pool.get(deadlines.lent.into_std());
            waiting.ended(&lent);
            let (done, trips) = match lent {
                Ok(mut lent) => lent.run(action, deadlines.done.map(|done| done.into_std()), work),
                Err(error) => (Err(error), 0),
            };
            (done, Work { time: started.elapsed(), trips })
        });
        // A driver that does not come back keeps its thread and its place, and not the request.
        let (done, took) = match deadlines.done {
            None => working.await,
            Some(deadline) => tokio::select! {
                biased;
                done = working => done,
                () = self.limits.overdue.after(deadline) => {
                    return Err(DbError::Unavailable(format!("{action} was not done in time")));
                }
            },
        }
        .map_err(|panic| DbError::Failed(panic.to_string()))?;
        self.observer.worked(took);
        done
    }

    async fn place(&self, deadlines: Deadlines) -> Result<OwnedSemaphorePermit, DbError> {
        let place = Arc::clone(&self.limits.places).acquire_owned();
        match timeout_at(deadlines.lent, place).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(closed)) => Err(DbError::Failed(closed.to_string())),
            Err(_) => Err(self.pool.none(self.limits.wait)),
        }
    }

    /// How many connections there are.
    pub fn connections(&self) -> Connections {
        self.pool.connections()
    }
}
