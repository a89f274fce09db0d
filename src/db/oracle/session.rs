use std::sync::Arc;
use std::time::{Duration, Instant};

use oracle::{ConnStatus, Connection};

use super::error::OracleError;
use super::gate::Gate;
use crate::db::DbError;

/// What is left of a deadline must be worth a call; the driver takes whole milliseconds.
const SHORTEST_CALL: Duration = Duration::from_millis(1);

/// A session: one connection to the database.
pub struct Session {
    pub(super) connection: Connection,
    gate: Arc<Gate>,
    /// When the database last answered on it.
    pub(super) used: Instant,
    broken: bool,
    /// Something was written, or a snapshot begun, and neither committed nor rolled back.
    pub(super) in_transaction: bool,
    /// How long a call may take at the most; `None`: as long as it takes.
    call_timeout: Option<Duration>,
    /// When the unit of work at hand must be done.
    deadline: Option<Instant>,
    /// Round trips since `take_trips`.
    pub(super) trips: u64,
}

impl Session {
    pub fn new(connection: Connection, gate: Arc<Gate>, call_timeout: Option<Duration>) -> Self {
        Self {
            connection,
            gate,
            used: Instant::now(),
            broken: false,
            in_transaction: false,
            call_timeout,
            deadline: None,
            trips: 0,
        }
    }

    /// Whether the pool must close this session rather than lend it again: it is dead, or in a
    /// transaction that its next user would find open. Costs no round trip.
    pub fn is_broken(&self) -> bool {
        self.broken || self.in_transaction || !matches!(self.connection.status(), Ok(ConnStatus::Normal))
    }

    /// The round trips since this was last asked: those of statements and pings. What opening and
    /// closing a session takes is not among them.
    pub fn take_trips(&mut self) -> u64 {
        std::mem::take(&mut self.trips)
    }

    /// Begins a piece of work: what a DBA sees the session do, and when the last of its calls must
    /// have been answered. Nothing of it is sent by itself.
    pub fn begin_work(&mut self, action: &str, deadline: Option<Instant>) -> Result<(), DbError> {
        self.deadline = deadline;
        let set = self.connection.set_action(action);
        self.outcome(set)
    }

    /// Lets the next call take no longer than a call may, or than is left until the deadline.
    pub(super) fn keep_deadline(&mut self) -> Result<(), OracleError> {
        let Some(deadline) = self.deadline else { return Ok(()) };
        let left = deadline.saturating_duration_since(Instant::now());
        if left < SHORTEST_CALL {
            return Err(OracleError::late());
        }
        let timeout = self.call_timeout.map_or(left, |timeout| timeout.min(left));
        Ok(self.connection.set_call_timeout(Some(timeout))?)
    }

    /// One round trip; ending it is another.
    pub fn begin_snapshot(&mut self) -> Result<(), DbError> {
        self.keep_deadline()?;
        self.connection.set_autocommit(false);
        self.in_transaction = true;
        Ok(self.run("SET TRANSACTION READ ONLY")?)
    }

    pub fn is_in_transaction(&self) -> bool {
        self.in_transaction
    }

    pub fn commit(&mut self) -> Result<(), DbError> {
        self.end_transaction(Connection::commit)
    }

    /// Costs no round trip where the session is dead.
    pub fn rollback(&mut self) -> Result<(), DbError> {
        match self.broken {
            true => Ok(()),
            false => self.end_transaction(Connection::rollback),
        }
    }

    fn end_transaction(&mut self, end: fn(&Connection) -> oracle::Result<()>) -> Result<(), DbError> {
        self.keep_deadline()?;
        self.trips += 1;
        let ended = end(&self.connection);
        self.in_transaction &= ended.is_err();
        self.outcome(ended)
    }

    /// Runs a statement that gives and takes nothing: DDL, LOCK TABLE.
    pub fn run(&mut self, sql: &str) -> Result<(), OracleError> {
        self.trips += 1;
        let done = self.connection.execute(sql, &[]).map(drop).map_err(OracleError::from);
        self.note(done)
    }

    /// Asks the database for a sign of life: one round trip.
    pub fn ping(&mut self) -> Result<(), OracleError> {
        self.trips += 1;
        let pinged = self.connection.ping().map_err(OracleError::from);
        self.note(pinged)
    }

    /// Lets each call take as long as it takes.
    pub fn lift_call_timeout(&mut self) -> Result<(), OracleError> {
        Ok(self.connection.set_call_timeout(None)?)
    }

    /// Lets each call take so long, whatever the settings say.
    pub fn limit_calls(&mut self, limit: std::time::Duration) -> Result<(), OracleError> {
        Ok(self.connection.set_call_timeout(Some(limit))?)
    }

    /// Turns autocommit off: what follows is one transaction, which ends when the session closes.
    pub fn begin(&mut self) {
        self.connection.set_autocommit(false);
        self.in_transaction = true;
    }

    pub(super) fn outcome<T>(&mut self, result: oracle::Result<T>) -> Result<T, DbError> {
        Ok(self.note(result.map_err(OracleError::from))?)
    }

    fn note<T>(&mut self, result: Result<T, OracleError>) -> Result<T, OracleError> {
        match &result {
            Ok(_) => self.used = Instant::now(),
            Err(error) if error.ends_session() => {
                self.broken = true;
                self.gate.session_died();
            }
            Err(_) => {}
        }
        result
    }
}

impl Session {
    /// Asks for a sign of life that comes within this time. A session that gives none is not to be
    /// used again.
    pub fn ping_within(&mut self, limit: Duration) -> Result<(), OracleError> {
        let other_calls = self.connection.call_timeout()?;
        self.connection.set_call_timeout(Some(limit))?;
        self.ping()?;
        Ok(self.connection.set_call_timeout(other_calls)?)
    }

    /// Has the pool close the session when it comes back.
    pub fn condemn(&mut self) {
        self.broken = true;
    }

    /// Ends it, within this time: one round trip, and none where it has ended already.
    pub fn close_within(&mut self, limit: Duration) -> Result<(), OracleError> {
        self.broken = true;
        if matches!(self.connection.status(), Ok(ConnStatus::Closed)) {
            return Ok(());
        }
        self.connection.set_call_timeout(Some(limit))?;
        Ok(self.connection.close()?)
    }
}
