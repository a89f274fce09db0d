//! The statements on AUDIT_LOG.

use chrono::{DateTime, Utc};

use super::{Entry, ExportedEntry};
use crate::auth::UserId;
use crate::db::{Bind, DbError, Reader, Unit, required};
use crate::export::Rows;

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

/// A page of the user's log, in the order of its times: the index has them so. What is written only later with
/// a time that has been read past is not met.
pub fn export_log(
    db: &mut Reader<'_>,
    user: UserId,
    (after_at, after_id): &(DateTime<Utc>, String),
    entries: &mut Rows<'_, (DateTime<Utc>, String)>,
) -> Result<(), DbError> {
    db.rows(
        "SELECT ID, ACTED_AT, ACT, ACTOR, ADDRESS, SESSION_ID, SUBJECT FROM AUDIT_LOG \
         WHERE USER_ID = :user_id AND ACTED_AT >= :after_at AND (ACTED_AT > :after_at OR ID > :after_id) \
         ORDER BY ACTED_AT, ID FETCH FIRST :at_most ROWS ONLY",
        &[
            ("user_id", user.0.into()),
            ("after_at", (*after_at).into()),
            ("after_id", after_id.as_str().into()),
            ("at_most", entries.at_most().into()),
        ],
        |row| {
            let id = required(row.text(0)?, "ID")?;
            let at = required(row.timestamp(1)?, "ACTED_AT")?;
            let key = (at, id.clone().into_owned());
            let entry = ExportedEntry {
                id,
                at,
                act: required(row.text(2)?, "ACT")?,
                actor: required(row.text(3)?, "ACTOR")?,
                address: row.text(4)?,
                session: row.text(5)?,
                subject: row.text(6)?,
            };
            entries.push(key, &entry)
        },
    )
    .map(drop)
}
