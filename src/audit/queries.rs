//! The statements on AUDIT_LOG.

use super::Entry;
use crate::db::{Bind, DbError, Unit};

const INSERT: &str = "INSERT INTO AUDIT_LOG \
     (ID, USER_ID, ACTED_AT, ACT, ACTOR, ADDRESS, SESSION_ID, SUBJECT) VALUES \
     (:id, :user_id, COALESCE(:acted_at, CURRENT_TIMESTAMP), :act, :actor, :address, :session_id, :subject)";

/// An entry's texts, for as long as they are bound.
struct Texts {
    id: String,
    address: Option<String>,
    session: Option<String>,
}

impl Texts {
    fn of(entry: &Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            address: entry.address.map(|address| address.to_string()),
            session: entry.session.map(|session| session.to_string()),
        }
    }

    fn binds<'b>(&'b self, entry: &'b Entry) -> [Bind<'b>; 8] {
        [
            ("id", self.id.as_str().into()),
            ("user_id", entry.user.0.into()),
            ("acted_at", entry.acted_at.into()),
            ("act", entry.act.name().into()),
            ("actor", entry.actor.name().into()),
            ("address", self.address.as_deref().into()),
            ("session_id", self.session.as_deref().into()),
            ("subject", entry.subject.as_deref().into()),
        ]
    }
}

pub fn insert(db: &mut Unit<'_>, entry: &Entry) -> Result<(), DbError> {
    match db.execute(INSERT, &Texts::of(entry).binds(entry)) {
        // The log goes with its person.
        Err(DbError::ForeignKey(_)) => Ok(()),
        inserted => inserted.map(drop),
    }
}
