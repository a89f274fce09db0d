//! The statements on USER_SESSIONS.

use std::borrow::Cow;
use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::exchange::{Held, Shown};
use super::export::ExportedSession;
use super::list::Session;
use super::opening::Opening;
use crate::auth::UserId;
use crate::db::{DbError, Reader, Returned, Unit, required};
use crate::export::Rows;

/// Says whether the person is still there, with the same hash of a password.
pub fn insert_session(db: &mut Unit<'_>, opening: &Opening, password_hash: &str) -> Result<bool, DbError> {
    let Opening { grant, kind, device, expires_at } = opening;
    let inserted = db.execute(
        "INSERT INTO USER_SESSIONS (ID, USER_ID, KIND, REFRESH_JTI, ISSUED_AT, CREATED_AT, LAST_USED_AT, \
         EXPIRES_AT, ADDRESS, USER_AGENT) SELECT :id, ID, :kind, :refresh_jti, :issued_at, \
         CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, :expires_at, :address, :user_agent FROM USERS \
         WHERE ID = :user_id AND PASSWORD_HASH = :password_hash",
        &[
            ("id", grant.session.to_string().as_str().into()),
            ("kind", kind.name().into()),
            ("refresh_jti", grant.refresh_jti.to_string().as_str().into()),
            ("issued_at", seconds(grant.issued_at).into()),
            ("expires_at", (*expires_at).into()),
            ("address", device.address.to_string().as_str().into()),
            ("user_agent", device.user_agent.as_deref().into()),
            ("user_id", grant.user.0.into()),
            ("password_hash", password_hash.into()),
        ],
    )?;
    Ok(inserted > 0)
}

/// Whether a session of the person's is there, and began no longer ago than this, by the database's clock.
pub fn began_within(
    db: &mut Reader<'_>,
    session: Uuid,
    user: UserId,
    age: Duration,
) -> Result<bool, DbError> {
    let found = db.row(
        "SELECT ID FROM USER_SESSIONS WHERE ID = :id AND USER_ID = :user_id \
         AND CREATED_AT >= CURRENT_TIMESTAMP - NUMTODSINTERVAL(:seconds, 'SECOND')",
        &[
            ("id", session.to_string().as_str().into()),
            ("user_id", user.0.into()),
            ("seconds", seconds(age.as_secs()).into()),
        ],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Puts the successor of a refresh token in its place, if it still has it. Says whether it had: of two that
/// show it at once one finds it gone.
pub fn replace(db: &mut Unit<'_>, shown: &Shown) -> Result<bool, DbError> {
    let replaced = db.execute(
        "UPDATE USER_SESSIONS SET REPLACED_JTI = REFRESH_JTI, REFRESH_JTI = :successor, \
         ISSUED_AT = :issued_at, LAST_USED_AT = CURRENT_TIMESTAMP, EXPIRES_AT = :expires_at, \
         ADDRESS = :address, USER_AGENT = :user_agent \
         WHERE ID = :id AND USER_ID = :user_id AND REFRESH_JTI = :refresh_jti",
        &[
            ("successor", shown.successor.refresh_jti.to_string().as_str().into()),
            ("issued_at", seconds(shown.successor.issued_at).into()),
            ("expires_at", shown.expires_at.into()),
            ("address", shown.device.address.to_string().as_str().into()),
            ("user_agent", shown.device.user_agent.as_deref().into()),
            ("id", shown.successor.session.to_string().as_str().into()),
            ("user_id", shown.successor.user.0.into()),
            ("refresh_jti", shown.refresh_jti.to_string().as_str().into()),
        ],
    )?;
    Ok(replaced > 0)
}

/// The tokens that a session has now.
pub fn find_held(db: &mut Reader<'_>, session: Uuid, user: UserId) -> Result<Option<Held>, DbError> {
    db.row(
        "SELECT REFRESH_JTI, REPLACED_JTI, ISSUED_AT, LAST_USED_AT, CURRENT_TIMESTAMP FROM USER_SESSIONS \
         WHERE ID = :id AND USER_ID = :user_id",
        &[("id", session.to_string().as_str().into()), ("user_id", user.0.into())],
        |row| {
            let last_used_at = required(row.timestamp(3)?, "LAST_USED_AT")?;
            Ok(Held {
                refresh_jti: uuid(&required(row.text(0)?, "REFRESH_JTI")?, "REFRESH_JTI")?,
                replaced_jti: row.text(1)?.map(|text| uuid(&text, "REPLACED_JTI")).transpose()?,
                issued_at: required(row.integer(2)?, "ISSUED_AT")?.unsigned_abs(),
                age: required(row.timestamp(4)?, "CURRENT_TIMESTAMP")? - last_used_at,
            })
        },
    )
}

/// The person's sessions, the last used first.
pub fn list_sessions(
    db: &mut Reader<'_>,
    user: UserId,
    current: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Vec<Session>, DbError> {
    db.rows(
        "SELECT ID, KIND, CREATED_AT, LAST_USED_AT, ADDRESS, USER_AGENT FROM USER_SESSIONS \
         WHERE USER_ID = :user_id AND EXPIRES_AT > :now ORDER BY LAST_USED_AT DESC, ID",
        &[("user_id", user.0.into()), ("now", now.into())],
        |row| {
            let id = uuid(&required(row.text(0)?, "ID")?, "ID")?;
            Ok(Session {
                id,
                kind: required(row.text(1)?, "KIND")?.into_owned(),
                created_at: required(row.timestamp(2)?, "CREATED_AT")?,
                last_used_at: required(row.timestamp(3)?, "LAST_USED_AT")?,
                address: required(row.text(4)?, "ADDRESS")?.into_owned(),
                user_agent: row.text(5)?.map(Cow::into_owned),
                is_current: current == Some(id),
            })
        },
    )
}

/// A page of the person's sessions by id, those among them that have expired.
pub fn export_sessions(
    db: &mut Reader<'_>,
    user: UserId,
    after: &Uuid,
    sessions: &mut Rows<'_, Uuid>,
) -> Result<(), DbError> {
    db.rows(
        "SELECT ID, KIND, CREATED_AT, LAST_USED_AT, EXPIRES_AT, ADDRESS, USER_AGENT FROM USER_SESSIONS \
         WHERE USER_ID = :user_id AND ID > :after_id ORDER BY ID FETCH FIRST :at_most ROWS ONLY",
        &[
            ("user_id", user.0.into()),
            ("after_id", after.to_string().as_str().into()),
            ("at_most", sessions.at_most().into()),
        ],
        |row| {
            let id = uuid(&required(row.text(0)?, "ID")?, "ID")?;
            let session = ExportedSession {
                id,
                kind: required(row.text(1)?, "KIND")?.into_owned(),
                created_at: required(row.timestamp(2)?, "CREATED_AT")?,
                last_used_at: required(row.timestamp(3)?, "LAST_USED_AT")?,
                expires_at: required(row.timestamp(4)?, "EXPIRES_AT")?,
                address: required(row.text(5)?, "ADDRESS")?.into_owned(),
                user_agent: row.text(6)?.map(Cow::into_owned),
            };
            sessions.push(id, &session)
        },
    )
    .map(drop)
}

/// Deletes one session of the person's. Says whether there was one.
pub fn delete_session(db: &mut Unit<'_>, session: Uuid, user: UserId) -> Result<bool, DbError> {
    let deleted = db.execute(
        "DELETE FROM USER_SESSIONS WHERE ID = :id AND USER_ID = :user_id",
        &[("id", session.to_string().as_str().into()), ("user_id", user.0.into())],
    )?;
    Ok(deleted > 0)
}

/// Deletes the person's sessions but one, and says which they were.
pub fn delete_other_sessions(
    db: &mut Unit<'_>,
    user: UserId,
    current: Option<Uuid>,
) -> Result<Vec<Uuid>, DbError> {
    // No session has the id of zeros; an empty one would be NULL, which is unlike nothing.
    let current = current.unwrap_or(Uuid::nil()).to_string();
    db.returning(
        "DELETE FROM USER_SESSIONS WHERE USER_ID = :user_id AND ID <> :current_id",
        &[("user_id", user.0.into()), ("current_id", current.as_str().into())],
        &[Returned::Text("ID")],
        |row| uuid(&required(row.text(0)?, "ID")?, "ID"),
    )
}

/// Deletes sessions that have expired, as many as `rows` at most. Says how many.
pub fn delete_expired_sessions(db: &mut Unit<'_>, rows: i64) -> Result<u64, DbError> {
    db.last().execute(
        "DELETE FROM USER_SESSIONS WHERE ID IN (SELECT ID FROM USER_SESSIONS \
         WHERE EXPIRES_AT < CURRENT_TIMESTAMP FETCH FIRST :at_most ROWS ONLY) \
         AND EXPIRES_AT < CURRENT_TIMESTAMP",
        &[("at_most", rows.into())],
    )
}

/// Seconds since 1970, and shorter times, are far from what does not fit.
fn seconds(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

fn uuid(text: &str, column: &str) -> Result<Uuid, DbError> {
    text.parse().map_err(|_| DbError::Failed(format!("{column} is no UUID")))
}
