//! An attachment to the server: what a client's server handle stands for.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::connect_string;
use crate::error::OracleError;
use crate::faults::Faults;
use crate::folder::DataFolder;
use crate::messages;
use crate::sessions::{Attributes, Entry};
use crate::trips::{self, Kind};

/// Refusals that come from the listener; any other code comes from the session's begin.
const AT_ATTACH: std::ops::Range<i32> = 12000..13000;

#[derive(Debug)]
pub struct Link {
    pub id: u64,
    pub folder: DataFolder,
    pub service: String,
    connect_string: String,
    /// None once the client knows that the connection is dead, or has detached.
    entry: Mutex<Option<Entry>>,
}

impl Link {
    pub fn attach(connect_string: &str) -> Result<Self, OracleError> {
        let folder = DataFolder::from_environment()?;
        let service = connect_string::service(connect_string)?;
        let faults = Faults::read(&folder);
        let attached = Self::enter(&folder, connect_string, &service, &faults);
        trips::append(&folder, attached.as_ref().map_or(0, |link| link.id), Kind::Connect, 0, "");
        wait(&folder, Instant::now(), None, Faults::held);
        attached
    }

    fn enter(
        folder: &DataFolder,
        connect_string: &str,
        service: &str,
        faults: &Faults,
    ) -> Result<Self, OracleError> {
        if let Some(code) = faults.refuse_connections.filter(|code| AT_ATTACH.contains(code)) {
            return Err(messages::error(code));
        }
        let (service, connect_string) = (service.to_owned(), connect_string.to_owned());
        let attributes = of_this_process(&service, &connect_string, Attributes::default());
        let entry = Entry::create(folder, faults, &attributes)?;
        Ok(Self {
            id: entry.id,
            folder: folder.clone(),
            service,
            connect_string,
            entry: Mutex::new(Some(entry)),
        })
    }

    /// What a session over this link tells of itself: `who`, and whence it comes.
    pub fn attributes(&self, who: Attributes) -> Attributes {
        of_this_process(&self.service, &self.connect_string, who)
    }

    pub fn refuses_session(&self, faults: &Faults) -> Option<OracleError> {
        faults.refuse_connections.filter(|code| !AT_ATTACH.contains(code)).map(messages::error)
    }

    /// What OCI's server-status attribute tells: whether the client knows the connection as dead.
    pub fn is_connected(&self) -> bool {
        self.entry().is_some()
    }

    pub fn disconnect(&self) {
        *self.entry() = None;
    }

    pub fn describe(&self, attributes: &Attributes) -> bool {
        self.entry().as_ref().is_some_and(|entry| entry.describe(attributes).is_ok())
    }

    fn entry(&self) -> MutexGuard<'_, Option<Entry>> {
        self.entry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn of_this_process(service: &str, connect_string: &str, who: Attributes) -> Attributes {
    Attributes {
        service: service.to_owned(),
        connect_string: connect_string.to_owned(),
        tns_admin: std::env::var("TNS_ADMIN").unwrap_or_default(),
        process: std::process::id(),
        ..who
    }
}

/// How the wait for an answer ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Waited {
    Answered,
    TimedOut,
    Killed,
}

/// Holds an answer back for as long as it `takes`, but no longer than the call's timeout.
pub fn wait(
    folder: &DataFolder,
    since: Instant,
    call: Option<(u64, Option<Duration>)>,
    takes: impl Fn(&Faults) -> Duration,
) -> Waited {
    const STEP: Duration = Duration::from_millis(5);
    loop {
        // Read afresh each time, so that a release or a kill takes effect within a step.
        let faults = Faults::read(folder);
        let takes = takes(&faults);
        let waited = since.elapsed();
        if call.is_some_and(|(session, _)| faults.killed.contains(&session)) {
            return Waited::Killed;
        }
        // First, for the work itself may have waited longer than the client does.
        let timeout = call.and_then(|(_, timeout)| timeout).unwrap_or(Duration::MAX);
        if waited >= timeout {
            return Waited::TimedOut;
        }
        if waited >= takes {
            return Waited::Answered;
        }
        std::thread::sleep(STEP.min(takes - waited).min(timeout - waited));
    }
}
