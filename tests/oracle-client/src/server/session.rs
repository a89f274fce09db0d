//! A session: its database, its transaction, and the faults that strike it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::link::{Link, Waited, wait};
use crate::database::{Column, ColumnType, Database, Outcome, Statement};
use crate::error::OracleError;
use crate::faults::{Faults, KillPoint};
use crate::messages;
use crate::sessions::Attributes;
use crate::trips::{self, Kind};
use crate::value::Value;

/// A value for each IN bind by name, for one iteration of a statement.
pub type Binds = Vec<(String, Value)>;

pub struct Session {
    link: Arc<Link>,
    /// None once the session is dead: dropping the database rolled its transaction back.
    database: Option<Database>,
    attributes: Attributes,
    /// Attributes that no round trip has carried yet.
    unsent: bool,
    /// The error of the next call, where the connection is of no use any more and the client has yet
    /// to learn of it.
    gone: Option<i32>,
    /// What the logon had to remark.
    warning: Option<OracleError>,
}

/// What a round trip brought, and the rows it carried for the log.
pub struct Answer<T> {
    pub value: T,
    pub rows: u64,
}

/// How a statement shall be executed.
#[derive(Debug, Clone, Copy)]
pub struct Mode {
    /// The commit rides along.
    pub commit: bool,
    /// An iteration that fails does not keep the later ones from being tried.
    pub batch_errors: bool,
    /// How many rows of a query ride along.
    pub prefetch: usize,
}

/// The outcome of each iteration until one failed, and that one's error. With batch errors an
/// iteration that failed has changed nothing, and its error is listed under its number, from 0 on.
#[derive(Default)]
pub struct Execution {
    pub outcomes: Vec<Outcome>,
    pub failure: Option<OracleError>,
    pub batch_errors: Vec<(u32, OracleError)>,
}

/// Whether a query has a column that keeps its rows from being sent before they are asked for.
pub fn has_lob(columns: &[Column]) -> bool {
    columns.iter().any(|column| column.kind == ColumnType::Clob)
}

impl Execution {
    fn rows(&self, prefetch: usize) -> u64 {
        let rows = |outcome: &Outcome| match outcome {
            Outcome::Rows { columns, rows } if !has_lob(columns) => rows.len().min(prefetch) as u64,
            Outcome::Rows { .. } => 0,
            Outcome::Changed { rows, .. } => *rows,
            Outcome::Done => 0,
        };
        self.outcomes.iter().map(rows).sum()
    }
}

impl Session {
    pub fn begin(link: Arc<Link>, password: &str, attributes: Attributes) -> Result<Self, OracleError> {
        let file = link.folder.database(&link.service);
        Faults::read(&link.folder).take_silent_logon(&link.folder, link.id).map_err(unusable)?;
        let silence = silence(&link, Kind::Connect, "", None);
        let faults = Faults::read(&link.folder);
        let logon = || {
            if silence == Waited::Killed {
                return Err(messages::error(3113));
            }
            if let Some(refusal) = link.refuses_session(&faults) {
                return Err(refusal);
            }
            if attributes.user.is_empty() {
                return Err(messages::error(1017));
            }
            if password.is_empty() {
                return Err(messages::error(1005));
            }
            Database::authenticate(&file, &attributes.user, password)?;
            Database::open(&file, &attributes.user)
        };
        let database = logon();
        trips::append(&link.folder, link.id, Kind::Connect, 0, "");
        wait(&link.folder, Instant::now(), None, Faults::held);
        let expires_in =
            |days| OracleError::new(28002, format!("the password will expire within {days} days"));
        let mut session = Self {
            database: Some(database?),
            link,
            attributes,
            unsent: true,
            gone: None,
            warning: faults.password_expires_in.map(expires_in),
        };
        session.send_attributes();
        Ok(session)
    }

    /// What the logon had to remark, to whom it is told once.
    pub fn take_warning(&mut self) -> Option<OracleError> {
        self.warning.take()
    }

    pub fn id(&self) -> u64 {
        self.link.id
    }

    pub fn in_transaction(&self) -> bool {
        self.database.as_ref().is_some_and(Database::in_transaction)
    }

    pub fn change_attributes(&mut self, change: impl FnOnce(&mut Attributes)) {
        change(&mut self.attributes);
        self.unsent = true;
    }

    /// Rolls back and cuts the connection, as the server does when it kills a session.
    pub fn die(&mut self) {
        self.database = None;
        self.link.disconnect();
    }

    /// The server's side of a kill: nothing is left of the transaction. The client learns of it at
    /// its next use.
    pub fn roll_back(&mut self) {
        self.database = None;
    }

    /// One round trip that runs `work` at the server.
    pub fn call<T>(
        &mut self,
        kind: Kind,
        text: &str,
        timeout: Option<Duration>,
        work: impl FnOnce(&mut Self, &Faults) -> Result<Answer<T>, OracleError>,
    ) -> Result<T, OracleError> {
        if !self.link.is_connected() {
            return Err(messages::error(3114));
        }
        if let Some(code) = self.gone {
            self.die();
            return Err(messages::error(code));
        }
        let since = Instant::now();
        let silence = silence(&self.link, kind, text, timeout);
        let faults = Faults::read(&self.link.folder);
        self.send_attributes();
        let mut answer = if silence == Waited::TimedOut {
            // The server does not hear the client's break either, so the client gives the connection up.
            self.gone = Some(3113);
            Err(messages::error(3156))
        } else if faults.killed.contains(&self.id()) {
            Err(self.lost())
        } else if faults.time_out_calls && timeout.is_some() {
            // The client's break reaches the server before the statement has done anything.
            Err(messages::error(3156))
        } else {
            work(self, &faults)
        };
        let rows = answer.as_ref().map_or(0, |answer| answer.rows);
        trips::append(&self.link.folder, self.id(), kind, rows, text);
        if self.link.is_connected() {
            match wait(&self.link.folder, since, Some((self.id(), timeout)), Faults::held) {
                Waited::Answered => {}
                // The server has done its work; only the answer is late.
                Waited::TimedOut => answer = Err(messages::error(3156)),
                Waited::Killed => answer = Err(self.lost()),
            }
        }
        match answer.as_ref().map_err(|error| error.code) {
            Err(code) if messages::ends_session(code) => self.die(),
            // The server has logged the session off, and has told so in another call's place.
            Err(2399) => {
                self.database = None;
                self.gone = Some(1012);
            }
            _ => {}
        }
        answer.map(|answer| answer.value)
    }

    /// Runs a statement once for each set of binds, all in one round trip.
    pub fn execute(
        &mut self,
        statement: &Statement,
        iterations: &[Binds],
        mode: Mode,
        timeout: Option<Duration>,
    ) -> Result<Execution, OracleError> {
        let query = statement.kind == crate::database::StatementKind::Select;
        let kind = if mode.commit && (!query || self.in_transaction()) {
            Kind::ExecuteCommit
        } else {
            Kind::Execute
        };
        self.call(kind, &statement.text, timeout, |session, faults| {
            if let Some(code) =
                faults.for_statement(&session.link.folder, &statement.text).map_err(unusable)?
            {
                return Err(messages::error(code));
            }
            let kill = faults.take_kill(&session.link.folder).map_err(unusable)?;
            if kill == Some(KillPoint::BeforeEffect) {
                return Err(session.lost());
            }
            // A statement that waits for a lock does so no longer than its client.
            session.database()?.wait_until(timeout.map(|timeout| Instant::now() + timeout))?;
            let character_set = faults.character_set.as_deref().unwrap_or("AL32UTF8");
            session.database()?.set_character_set(character_set);
            let mut execution = Execution::default();
            for (iteration, binds) in iterations.iter().enumerate() {
                if mode.batch_errors {
                    // A statement that is wrong by itself is no matter of one row.
                    session.database()?.check(statement, binds)?;
                }
                match session.database()?.execute(statement, binds) {
                    Ok(outcome) => execution.outcomes.push(outcome),
                    Err(error) if mode.batch_errors => {
                        execution.outcomes.push(Outcome::Changed { rows: 0, returned: Vec::new() });
                        execution.batch_errors.push((iteration as u32, error));
                    }
                    Err(error) => {
                        execution.failure = Some(error);
                        break;
                    }
                }
            }
            // What succeeded beside rows that failed is the caller's to commit or not.
            let whole = execution.failure.is_none() && execution.batch_errors.is_empty();
            if mode.commit && whole && session.in_transaction() {
                session.settle(faults)?;
            }
            if kill == Some(KillPoint::AfterEffect) {
                return Err(session.lost());
            }
            let rows = execution.rows(mode.prefetch);
            Ok(Answer { value: execution, rows })
        })
    }

    pub fn describe(
        &mut self,
        statement: &Statement,
        timeout: Option<Duration>,
    ) -> Result<Vec<Column>, OracleError> {
        self.call(Kind::Execute, &statement.text, timeout, |session, _| {
            let value = session.database()?.describe(statement)?;
            Ok(Answer { value, rows: 0 })
        })
    }

    /// Brings further rows of a query; which ones, its cursor knows.
    pub fn fetch(&mut self, text: &str, rows: u64, timeout: Option<Duration>) -> Result<(), OracleError> {
        self.call(Kind::Fetch, text, timeout, |_, _| Ok(Answer { value: (), rows }))
    }

    pub fn commit(&mut self, timeout: Option<Duration>) -> Result<(), OracleError> {
        self.call(Kind::Commit, "", timeout, |session, faults| {
            session.settle(faults)?;
            Ok(Answer { value: (), rows: 0 })
        })
    }

    pub fn rollback(&mut self, timeout: Option<Duration>) -> Result<(), OracleError> {
        self.call(Kind::Rollback, "", timeout, |session, _| {
            session.database()?.rollback()?;
            Ok(Answer { value: (), rows: 0 })
        })
    }

    pub fn ping(&mut self, timeout: Option<Duration>) -> Result<(), OracleError> {
        self.call(Kind::Ping, "", timeout, |_, _| Ok(Answer { value: (), rows: 0 }))
    }

    /// The server's banner is not sent with the logon: to ask for it is a round trip.
    pub fn tell_version(&mut self, timeout: Option<Duration>) -> Result<(), OracleError> {
        self.call(Kind::Execute, "OCIServerRelease", timeout, |_, _| Ok(Answer { value: (), rows: 0 }))
    }

    /// Ends the session; what it did not commit is rolled back.
    pub fn close(&mut self, timeout: Option<Duration>) -> Result<(), OracleError> {
        let closed = self.call(Kind::Close, "", timeout, |session, _| {
            session.database()?.rollback()?;
            Ok(Answer { value: (), rows: 0 })
        });
        self.die();
        closed
    }

    fn database(&mut self) -> Result<&mut Database, OracleError> {
        self.database.as_mut().ok_or_else(|| messages::error(3114))
    }

    fn settle(&mut self, faults: &Faults) -> Result<(), OracleError> {
        match faults.take_failing_commit(&self.link.folder).map_err(unusable)? {
            None => self.database()?.commit(),
            Some(code) => {
                self.database()?.rollback()?;
                Err(messages::error(code))
            }
        }
    }

    fn lost(&mut self) -> OracleError {
        self.die();
        let mut error = messages::error(3113);
        // A real client names the process and the session that it lost.
        error.message +=
            &format!("\nProcess ID: {}\nSession ID: {} Serial number: 1", std::process::id(), self.id());
        error
    }

    fn send_attributes(&mut self) {
        if !self.unsent {
            return;
        }
        self.unsent = !self.link.describe(&self.attributes);
    }
}

/// Waits while the faults let the server say nothing. What would be asked has no effect meanwhile.
fn silence(link: &Link, kind: Kind, text: &str, timeout: Option<Duration>) -> Waited {
    let takes = |faults: &Faults| {
        if faults.silences(link.id, kind) { Duration::MAX } else { Duration::ZERO }
    };
    if takes(&Faults::read(&link.folder)).is_zero() {
        return Waited::Answered;
    }
    trips::note_unanswered(&link.folder, link.id, kind, text);
    wait(&link.folder, Instant::now(), Some((link.id, timeout)), takes)
}

/// The data folder went away beneath us.
fn unusable(error: std::io::Error) -> OracleError {
    OracleError::new(600, format!("internal error code, arguments: [data folder], [{error}]"))
}
