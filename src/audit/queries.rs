//! The statements on AUDIT_LOG.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Entry, Line};
use crate::auth::UserId;
use crate::db::{Bind, DbError, Reader, Unit};
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

/// Writes all of them in one round trip. One that was written before stays as it is.
pub fn insert_all(db: &mut Unit<'_>, entries: &[Entry]) -> Result<(), DbError> {
    let texts: Vec<_> = entries.iter().map(Texts::of).collect();
    let rows: Vec<_> = texts.iter().zip(entries).map(|(texts, entry)| texts.binds(entry)).collect();
    let rows: Vec<&[Bind<'_>]> = rows.iter().map(<[_; 8]>::as_slice).collect();
    for (row, error) in db.batch(INSERT, &rows)?.failed {
        match error {
            DbError::Unique(_) | DbError::ForeignKey(_) => {}
            // No other row is kept from the log for it.
            error => tracing::error!("the audit log lacks a login of user {}: {error}", entries[row].user.0),
        }
    }
    Ok(())
}

/// Deletes what was done so long ago, as many as `rows` at most. Says how many.
pub fn delete_old(db: &mut Unit<'_>, age: TimeDelta, rows: i64) -> Result<u64, DbError> {
    db.last().execute(
        "DELETE FROM AUDIT_LOG WHERE ID IN (SELECT ID FROM AUDIT_LOG \
         WHERE ACTED_AT <= CURRENT_TIMESTAMP - NUMTODSINTERVAL(:seconds, 'SECOND') \
         FETCH FIRST :at_most ROWS ONLY)",
        &[("seconds", age.num_seconds().into()), ("at_most", rows.into())],
    )
}

/// What was done to a user's account, the newest first: what stands behind `after` in that order, as many
/// lines as `rows` at most. By IDX_AUDIT_LOG_USER_ACTED, read backwards.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn list(
    db: &mut Reader<'_>,
    user: UserId,
    after: Option<(DateTime<Utc>, &str)>,
    rows: i64,
) -> Result<Vec<Line>, DbError> {
    let (acted_at, id) = after.unwrap_or((END_OF_TIME, "~"));
    db.rows(
        "SELECT ID, ACTED_AT, ACT, ACTOR, ADDRESS, SESSION_ID, SUBJECT FROM AUDIT_LOG \
         WHERE USER_ID = :user_id AND ACTED_AT <= :acted_at AND (ACTED_AT < :acted_at OR ID < :id) \
         ORDER BY ACTED_AT DESC, ID DESC FETCH FIRST :at_most ROWS ONLY",
        &[
            ("user_id", user.0.into()),
            ("acted_at", acted_at.into()),
            ("id", id.into()),
            ("at_most", rows.into()),
        ],
        Line::read,
    )
}

/// The last second that both engines can keep.
const END_OF_TIME: DateTime<Utc> = DateTime::from_timestamp(253_402_300_799, 0).expect("it is in range");

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
            let line = Line::read(row)?;
            entries.push((line.at, line.id.clone()), &line)
        },
    )
    .map(drop)
}
