//! What shall go wrong: written by a test, read by the library at each call.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::folder::DataFolder;
use crate::trips::Kind;

/// When a session dies in the middle of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum KillPoint {
    /// The statement never ran.
    BeforeEffect,
    /// It ran, and an autocommitted one is committed, but the client never hears of it.
    AfterEffect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    pub sessions: usize,
    pub code: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countdown {
    /// 1 when the next statement is the one.
    pub remaining: u64,
    pub code: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Like {
    pub fragment: String,
    pub code: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SilentCalls {
    All,
    Pings,
}

/// The faults in force over one data folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    pub refuse_connections: Option<i32>,
    pub limit: Option<Limit>,
    /// Sessions that find themselves dead at their next use.
    pub killed: BTreeSet<u64>,
    pub kill_in_statement: Option<KillPoint>,
    /// How many statements pass before that one.
    pub statements_before_kill: u64,
    /// How long every answer takes, in milliseconds.
    pub hold: Option<u64>,
    pub time_out_calls: bool,
    /// How many further logons get no answer.
    pub silent_logons: u64,
    /// Sessions that hear nothing from the server, those that wait for their logon among them.
    pub silent: BTreeSet<u64>,
    /// What goes unanswered whatever the session.
    pub silent_calls: Option<SilentCalls>,
    /// The database's character set, where it is not AL32UTF8.
    pub character_set: Option<String>,
    /// The days after which the password expires, of which each logon warns.
    pub password_expires_in: Option<u32>,
    pub fail_statement: Option<Countdown>,
    pub fail_statements_like: Vec<Like>,
    pub fail_commit: Option<i32>,
    /// The action (`OCI_ATTR_ACTION`) of calls that what strikes one statement passes over.
    pub passed_over: Option<String>,
}

impl Faults {
    /// None are in force while there is no file, which is what most calls find.
    pub fn read(folder: &DataFolder) -> Self {
        match fs::read_to_string(folder.faults()) {
            Ok(text) => serde_json::from_str(&text).expect("the faults are written by this module"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::default(),
            Err(error) => panic!("cannot read {}: {error}", folder.faults().display()),
        }
    }

    /// Changes the faults under the folder's lock, so that one which happens once happens to one.
    pub fn update<T>(folder: &DataFolder, change: impl FnOnce(&mut Self) -> T) -> io::Result<T> {
        let _lock = folder.lock()?;
        let mut faults = Self::read(folder);
        let result = change(&mut faults);
        let text = serde_json::to_string_pretty(&faults).expect("faults are plain data");
        folder.replace(&folder.faults(), &text)?;
        Ok(result)
    }

    /// Those that are in force for calls with this action.
    pub fn of_action(self, action: &str) -> Self {
        match self.passes_over(action) {
            false => self,
            true => Self {
                kill_in_statement: None,
                fail_statement: None,
                fail_commit: None,
                fail_statements_like: Vec::new(),
                ..self
            },
        }
    }

    /// Whether what strikes one statement passes over calls with this action, which are not noted either.
    pub fn passes_over(&self, action: &str) -> bool {
        self.passed_over.as_deref() == Some(action)
    }

    /// The refusal of one more session beside those that are open, where there is a limit.
    pub fn refusal(&self, open: &[u64]) -> Option<i32> {
        let limit = self.limit?;
        let alive = open.iter().filter(|id| !self.killed.contains(id)).count();
        (alive >= limit.sessions).then_some(limit.code)
    }

    /// The code with which this statement shall fail, if it shall.
    pub fn for_statement(&self, folder: &DataFolder, text: &str) -> io::Result<Option<i32>> {
        if self.fail_statement.is_some() {
            let due = Self::update(folder, |faults| {
                let countdown = faults.fail_statement.as_mut()?;
                countdown.remaining = countdown.remaining.saturating_sub(1);
                if countdown.remaining > 0 { None } else { faults.fail_statement.take() }
            })?;
            if let Some(countdown) = due {
                return Ok(Some(countdown.code));
            }
        }
        let text = one_line(text);
        let like = self.fail_statements_like.iter().find(|like| text.contains(&one_line(&like.fragment)));
        Ok(like.map(|like| like.code))
    }

    /// How long every answer takes.
    pub fn held(&self) -> Duration {
        Duration::from_millis(self.hold.unwrap_or(0))
    }

    /// Does a call of this session go unanswered?
    pub fn silences(&self, session: u64, kind: Kind) -> bool {
        let of_all_sessions = match self.silent_calls {
            None => false,
            Some(SilentCalls::All) => kind != Kind::Connect,
            Some(SilentCalls::Pings) => kind == Kind::Ping,
        };
        of_all_sessions || self.silent.contains(&session)
    }

    /// Claims the silence for the logon of this session, if logons are silent.
    pub fn take_silent_logon(&self, folder: &DataFolder, session: u64) -> io::Result<()> {
        if self.silent_logons == 0 {
            return Ok(());
        }
        Self::update(folder, |faults| {
            if faults.silent_logons > 0 {
                faults.silent_logons -= 1;
                faults.silent.insert(session);
            }
        })
    }

    /// Ends what holds answers back.
    pub fn release(&mut self) {
        *self = Self {
            hold: None,
            time_out_calls: false,
            silent_logons: 0,
            silent: BTreeSet::new(),
            silent_calls: None,
            ..std::mem::take(self)
        };
    }

    /// Claims the death in a statement: it strikes one session once.
    pub fn take_kill(&self, folder: &DataFolder) -> io::Result<Option<KillPoint>> {
        match self.kill_in_statement {
            None => Ok(None),
            Some(_) => Self::update(folder, |faults| match faults.statements_before_kill.checked_sub(1) {
                None => faults.kill_in_statement.take(),
                Some(left) => {
                    faults.statements_before_kill = left;
                    None
                }
            }),
        }
    }

    /// Claims the failing commit: it strikes one commit.
    pub fn take_failing_commit(&self, folder: &DataFolder) -> io::Result<Option<i32>> {
        match self.fail_commit {
            None => Ok(None),
            Some(_) => Self::update(folder, |faults| faults.fail_commit.take()),
        }
    }
}

/// Statements are compared without regard to case and white space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
