use std::thread;
use std::time::{Duration, Instant};

use r2d2::{CustomizeConnection, NopErrorHandler, PooledConnection, State};

use super::error::OracleError;
use super::manager::SessionManager;
use super::session::Session;
use super::trust::Standing;
use crate::db::DbError;

/// A session lent by the pool.
pub type PooledSession = PooledConnection<SessionManager>;

/// How much of the time that is left a ping may take. The client may need as long again to take
/// back a call that was not answered, and then there must be time for a logon.
const PING_SHARE: u32 = 3;

/// What answers at all answers within this time. Where not even so much is left, a session is lent
/// without a ping: if it is dead, the statement finds out.
const SHORTEST_PING: Duration = Duration::from_millis(100);

/// How long ending a session may take.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// How long after its time an attempt to log on has been given up for sure.
const LAG: Duration = Duration::from_millis(50);

/// r2d2 tries again for a place that it failed to fill after 0.4 s, then twice as long, up to half of its
/// `connection_timeout`. Nothing else of it goes by that time, because all checkouts bring their own.
const TWICE_THE_LONGEST_PAUSE: Duration = Duration::from_secs(4);

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
            // With none r2d2 would open one only for who waits for it, and nobody waits while the gate
            // knows why there is none: see `get`.
            .min_idle(Some(settings.min_connections.max(1)))
            .connection_timeout(settings.pool_timeout.min(TWICE_THE_LONGEST_PAUSE))
            // r2d2 would test one session after another, whatever time that takes: see `get`. Its
            // three threads are enough: they wait for two logons at once, and for none for long.
            .test_on_check_out(false)
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

    /// Lends a session that is as good as known to be alive.
    ///
    /// # Errors
    /// `Away` at once where no session is open and none can be opened; `Away` or `Unavailable` where
    /// none could be had before the deadline.
    pub fn get(&self, deadline: Instant) -> Result<PooledSession, DbError> {
        let started = Instant::now();
        loop {
            if self.pool.state().connections == 0
                && let Some(away) = self.away()
            {
                return Err(away);
            }
            let now = Instant::now();
            let lent = match self.pool.get_timeout(self.look_again(now, deadline) - now) {
                Ok(lent) => lent,
                Err(_) if Instant::now() < deadline => continue,
                Err(_) => return Err(self.none(deadline.saturating_duration_since(started))),
            };
            if let Some(alive) = self.alive(lent, deadline) {
                return Ok(alive);
            }
        }
    }

    /// Why no session can be had, where that is known.
    fn away(&self) -> Option<DbError> {
        self.manager.gate().failure().map(|error| DbError::Away(error.to_string()))
    }

    /// What to say to who waited in vain, for a place or for a session. Of a logon that keeps them
    /// waiting the log is told once it is known what became of it.
    pub fn none(&self, waited: Duration) -> DbError {
        if let Some(away) = self.away() {
            return away;
        }
        if self.manager.gate().turned_away() {
            return DbError::Away(format!("no session within {waited:?}: a logon is under way"));
        }
        DbError::Unavailable(format!("no session became free within {waited:?}"))
    }

    /// When to look again whether a session can be had at all, which is known once the oldest
    /// attempt to log on has been given up; at the deadline at the latest.
    fn look_again(&self, now: Instant, deadline: Instant) -> Instant {
        let patience = self.manager.settings().pool_timeout + LAG;
        let given_up = self.manager.gate().oldest_attempt().map(|began| began + patience);
        given_up.filter(|given_up| *given_up > now).unwrap_or(deadline).min(deadline).max(now)
    }

    /// The session, unless it is dead. If a ping finds that, those that were idle for as long are
    /// dropped with it, and not asked: each would take its time to say nothing.
    fn alive(&self, mut session: PooledSession, deadline: Instant) -> Option<PooledSession> {
        let trust = &self.manager.gate().trust;
        let now = Instant::now();
        match trust.standing(session.used, now) {
            Standing::Trusted => return Some(session),
            Standing::Suspect => {
                let (used, limit) = (session.used, deadline.saturating_duration_since(now) / PING_SHARE);
                if limit < SHORTEST_PING {
                    return Some(session);
                }
                match session.ping_within(limit) {
                    Ok(()) => return Some(session),
                    Err(error) => {
                        tracing::debug!("a session that was idle is dead: {error}");
                        trust.lost(used);
                        self.drop_lost();
                    }
                }
            }
            Standing::Lost => {}
        }
        session.condemn();
        None
    }

    /// Drops what is lost of the sessions that nobody uses, and puts the others back in their order.
    fn drop_lost(&self) {
        let (trust, now) = (&self.manager.gate().trust, Instant::now());
        let mut kept = Vec::new();
        while let Some(mut session) = self.pool.try_get() {
            match trust.standing(session.used, now) {
                Standing::Lost => session.condemn(),
                Standing::Suspect | Standing::Trusted => kept.push(session),
            }
        }
        kept.into_iter().rev().for_each(drop);
    }
}

/// Ends the sessions that nobody uses, and opens no more.
impl Drop for OraclePool {
    fn drop(&mut self) {
        // r2d2 would do so as well, but for an attempt to log on that keeps its pool alive.
        self.manager.gate().close();
        while let Some(mut session) = self.pool.try_get() {
            close(&mut session);
        }
    }
}

/// Where that fails there is nothing left to close.
fn close(session: &mut Session) {
    if let Err(error) = session.close_within(CLOSE_TIMEOUT) {
        tracing::debug!("a session could not be closed: {error}");
    }
}

/// Closes sessions that leave the pool on a thread of their own. It is a round trip, and where the
/// session leaves because its database does not answer, the request that found out would wait for
/// it.
#[derive(Debug)]
struct CloseAside;

impl CustomizeConnection<Session, OracleError> for CloseAside {
    fn on_release(&self, mut session: Session) {
        if let Err(error) =
            thread::Builder::new().name("oracle-close".into()).spawn(move || close(&mut session))
        {
            tracing::warn!("a session was closed on the spot: {error}");
        }
    }
}
