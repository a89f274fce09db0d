//! A session: its database, its transaction, and the faults that strike it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::link::{Link, Waited, wait};
use crate::database::{Column, Database, Statement};
use crate::error::OracleError;
use crate::faults::Faults;
use crate::messages;
use crate::sessions::Attributes;
use crate::trips::{self, Kind};

pub struct Session {
    pub(super) link: Arc<Link>,
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
        let is_noted = !faults.passes_over(&self.attributes.action);
        let faults = faults.of_action(&self.attributes.action);
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
        if is_noted {
            trips::append(&self.link.folder, self.id(), kind, rows, text);
        }
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

    pub(super) fn database(&mut self) -> Result<&mut Database, OracleError> {
        self.database.as_mut().ok_or_else(|| messages::error(3114))
    }

    pub(super) fn settle(&mut self, faults: &Faults) -> Result<(), OracleError> {
        match faults.take_failing_commit(&self.link.folder).map_err(unusable)? {
            None => self.database()?.commit(),
            Some(code) => {
                self.database()?.rollback()?;
                Err(messages::error(code))
            }
        }
    }

    pub(super) fn lost(&mut self) -> OracleError {
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
    trips::note_unanswered(&link.folder, link.id, kind, text, timeout);
    wait(&link.folder, Instant::now(), Some((link.id, timeout)), takes)
}

/// The data folder went away beneath us.
pub(super) fn unusable(error: std::io::Error) -> OracleError {
    OracleError::new(600, format!("internal error code, arguments: [data folder], [{error}]"))
}
