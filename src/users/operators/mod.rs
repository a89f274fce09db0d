//! What operators see of accounts and do to them, beside servers that run.

mod acts;
mod queries;
mod report;

use std::io;
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use thiserror::Error;

use self::queries::Seen;
use crate::audit;
use crate::auth::Revocations;
use crate::db::{Db, DbError};
use crate::export::Export;
use crate::sessions;

/// Rows that a statement gives at most.
const ROWS: i64 = 500;

/// Accounts, in the hands of an operator.
pub struct Operators {
    db: Db,
    revocations: Arc<Revocations>,
    retention: TimeDelta,
    export: Export,
}

/// Why an operator did not get what they asked for.
#[derive(Debug, Error)]
pub enum NotDone {
    /// Nobody has this address.
    #[error("nobody is registered as {0}")]
    Nobody(String),
    /// Its time has passed, and a part of it may be gone.
    #[error("it is too late to restore {0}: a part of it may be gone")]
    TooLate(String),
    /// The database did not do what it was asked.
    #[error("{0}")]
    Database(#[from] DbError),
    /// What there is to show could not be written.
    #[error("{0}")]
    Written(#[from] io::Error),
}

impl Operators {
    /// Of the accounts in this database. An erased one is kept for as long as `retention`.
    pub fn new(db: Db, revocations: Arc<Revocations>, retention: TimeDelta, export: Export) -> Self {
        Self { db, revocations, retention, export }
    }

    /// All accounts, by their ids, as tables of some of them each.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn list(&self, mut say: impl FnMut(String) -> io::Result<()>) -> Result<(), NotDone> {
        let mut after = 0;
        loop {
            let accounts =
                self.db.read("list_accounts", move |db| queries::list_accounts(db, after, ROWS)).await?;
            if after == 0 || !accounts.is_empty() {
                say(report::accounts(&accounts))?;
            }
            match accounts.last() {
                Some(last) if accounts.len() as i64 == ROWS => after = last.id.0,
                _ => return Ok(()),
            }
        }
    }

    /// An account, and where it is logged in.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn show(&self, email: &str) -> Result<String, NotDone> {
        let account = self.find(email).await?;
        let user = account.id;
        let list = move |db: &mut crate::db::Reader<'_>| sessions::list_sessions(db, user, None, Utc::now());
        let sessions = self.db.read("list_sessions", list).await?;
        Ok(report::account(&account, &sessions))
    }

    /// What was done to an account, the newest first, as tables of some of it each.
    ///
    /// # Errors
    /// `NotDone`.
    pub async fn audit(
        &self,
        email: &str,
        mut say: impl FnMut(String) -> io::Result<()>,
    ) -> Result<(), NotDone> {
        let user = self.find(email).await?.id;
        let mut after = None;
        loop {
            let first = after.is_none();
            let list = move |db: &mut crate::db::Reader<'_>| {
                let after = after.as_ref().map(|(at, id): &(_, String)| (*at, id.as_str()));
                audit::list(db, user, after, ROWS)
            };
            let lines = self.db.read("list_activity", list).await?;
            if first || !lines.is_empty() {
                say(report::activity(&lines))?;
            }
            match lines.last() {
                Some(last) if lines.len() as i64 == ROWS => after = Some((last.at, last.id.clone())),
                _ => return Ok(()),
            }
        }
    }

    async fn find(&self, email: &str) -> Result<Seen, NotDone> {
        let typed = email.to_owned();
        let found = self.db.read("find_account", move |db| queries::find_account(db, &typed)).await?;
        found.ok_or_else(|| NotDone::Nobody(email.into()))
    }
}
