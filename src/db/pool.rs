use std::time::{Duration, Instant};

use super::embedded::{EmbeddedConnection, EmbeddedPool};
use super::oracle::{OraclePool, PooledSession};
use super::{Connections, DbError, connection::Connection};

/// The connections of the configured engine.
pub enum Pool {
    Oracle(OraclePool),
    Embedded(EmbeddedPool),
}

/// A connection lent by the pool, to which it goes back when this is dropped.
pub enum Lent {
    Oracle(PooledSession),
    Embedded(EmbeddedConnection),
}

impl Pool {
    /// Lends a connection.
    ///
    /// # Errors
    /// `Away` or `Unavailable` when there is none until the deadline.
    pub fn get(&self, deadline: Instant) -> Result<Lent, DbError> {
        Ok(match self {
            Self::Oracle(pool) => Lent::Oracle(pool.get(deadline)?),
            Self::Embedded(pool) => Lent::Embedded(pool.get(deadline)?),
        })
    }

    /// What to say to who waited so long in vain.
    pub fn none(&self, waited: Duration) -> DbError {
        match self {
            Self::Oracle(pool) => pool.none(waited),
            Self::Embedded(_) => DbError::Unavailable(format!("all connections are busy for {waited:?}")),
        }
    }

    /// How many connections there are.
    pub fn connections(&self) -> Connections {
        match self {
            Self::Oracle(pool) => {
                let state = pool.state();
                Connections { open: state.connections, idle: state.idle_connections, most: pool.size() }
            }
            Self::Embedded(pool) => pool.connections(),
        }
    }
}

impl Lent {
    /// Does a piece of work, which is to be done by the deadline; with its result, the round trips
    /// that the connection made since it was lent.
    pub fn run<T>(
        &mut self,
        action: &'static str,
        deadline: Option<Instant>,
        work: impl FnOnce(Connection<'_>) -> Result<T, DbError>,
    ) -> (Result<T, DbError>, u64) {
        match self {
            Self::Oracle(session) => {
                let begun = session.begin_work(action, deadline);
                let done = begun.and_then(|()| work(Connection::Oracle(session)));
                (done, session.take_trips())
            }
            Self::Embedded(connection) => (work(Connection::Embedded(connection)), 0),
        }
    }
}
