use std::net::IpAddr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Act, queries};
use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// A line of the audit log. It never holds a secret, nor anything that was typed where one belongs.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(super) id: Uuid,
    pub(super) user: UserId,
    pub(super) act: Act,
    pub(super) actor: Actor,
    pub(super) address: Option<IpAddr>,
    pub(super) session: Option<Uuid>,
    pub(super) subject: Option<String>,
    /// Where it is written later: when it was, by the database's clock.
    pub(super) acted_at: Option<DateTime<Utc>>,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who asked over HTTP, in the name of the user.
    User,
    /// Somebody at the command line of a server.
    Operator,
}

impl Actor {
    /// As the database and the wire have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Operator => "operator",
        }
    }
}

impl Entry {
    /// What was done in the name of a user: from which address, and with which session, if it was one.
    pub fn by_user(act: Act, user: UserId, address: IpAddr, session: Option<Uuid>) -> Self {
        Self { address: Some(address), session, ..Self::new(act, user, Actor::User) }
    }

    /// What an operator did to a user's account.
    pub fn by_operator(act: Act, user: UserId) -> Self {
        Self::new(act, user, Actor::Operator)
    }

    fn new(act: Act, user: UserId, actor: Actor) -> Self {
        let id = Uuid::new_v4();
        Self { id, user, act, actor, address: None, session: None, subject: None, acted_at: None }
    }

    /// What it was done to, where that is not the account as a whole: a session, an address. At most 255
    /// bytes.
    #[must_use]
    pub fn on(self, subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }

    /// When it was, by the database's clock, where it is written later.
    #[must_use]
    pub fn at(self, acted_at: DateTime<Utc>) -> Self {
        Self { acted_at: Some(acted_at), ..self }
    }

    /// Writes it in the unit of work of what was done.
    ///
    /// # Errors
    /// `DbError` as the engine classes it. Where the user is not there any more, nor is their log: that is
    /// none.
    pub fn insert(&self, db: &mut Unit<'_>) -> Result<(), DbError> {
        queries::insert(db, self)
    }
}
