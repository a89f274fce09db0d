use std::thread;
use std::time::Instant;

use r2d2::{CustomizeConnection, NopErrorHandler, PooledConnection, State};

use super::error::OracleError;
use super::manager::SessionManager;
use super::session::Session;
use crate::db::DbError;

/// A session lent by the pool.
pub type PooledSession = PooledConnection<SessionManager>;

/// The pool of sessions. It is made without a database, and survives one that goes away.
pub struct OraclePool {
    pool: r2d2::Pool<SessionManager>,
    manager: SessionManager,
}

impl OraclePool {
    /// Starts to open the first sessions, and does not wait for them.
    pub fn new(manager: SessionManager) -> Self {
        let settings = manager.settings();
        let builder = r2d2::Pool::builder()
            .max_size(settings.max_connections)
            .min_idle(Some(settings.min_connections))
            .connection_timeout(settings.pool_timeout)
            // A round trip only where the session was idle for long or is suspect: see `is_valid`.
            .test_on_check_out(true)
            // The gate tells the log.
            .error_handler(Box::new(NopErrorHandler))
            .connection_customizer(Box::new(CloseAside));
        Self { pool: builder.build_unchecked(manager.clone()), manager }
    }

    pub fn state(&self) -> State {
        self.pool.state()
    }

    pub fn size(&self) -> u32 {
        self.pool.max_size()
    }

    /// Lends a session.
    ///
    /// # Errors
    /// `Away` at once where no session is open and none can be opened; `Unavailable` where none
    /// became free within `timeout`.
    pub fn get(&self, deadline: Instant) -> Result<PooledSession, DbError> {
        let timeout = deadline.saturating_duration_since(Instant::now());
        let away = || self.manager.gate().failure().map(|error| DbError::Away(error.to_string()));
        if self.pool.state().connections == 0
            && let Some(error) = away()
        {
            return Err(error);
        }
        self.pool.get_timeout(timeout).map_err(|_| {
            away()
                .unwrap_or_else(|| DbError::Unavailable(format!("no session became free within {timeout:?}")))
        })
    }
}

/// Closes sessions that leave the pool on a thread of their own. It is a round trip, and where the
/// session leaves because its database does not answer, the request that found out would wait for
/// it.
#[derive(Debug)]
struct CloseAside;

impl CustomizeConnection<Session, OracleError> for CloseAside {
    fn on_release(&self, session: Session) {
        let closing = thread::Builder::new().name("oracle-close".into()).spawn(move || drop(session));
        if let Err(error) = closing {
            tracing::warn!("a session was closed on the spot: {error}");
        }
    }
}
