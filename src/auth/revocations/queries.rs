//! The statements on REVOKED_TOKENS.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::Revocation;
use crate::db::{Bind, DbError, Reader, Unit, required};

/// What a look has found.
pub struct Found {
    /// Subjects, and when they expire.
    pub revoked: Vec<(String, DateTime<Utc>)>,
    /// The time of the look, by the database's clock.
    pub asked: DateTime<Utc>,
}

const INSERT: &str = "INSERT INTO REVOKED_TOKENS (SUBJECT, REVOKED_AT, EXPIRES_AT) \
     SELECT :subject, CURRENT_TIMESTAMP, :expires_at FROM DUAL \
     WHERE NOT EXISTS (SELECT 1 FROM REVOKED_TOKENS WHERE SUBJECT = :subject)";

/// Keeps what is revoked. Where it was revoked before, it stays as it is.
pub fn insert(db: &mut Unit<'_>, revocation: &Revocation, expires_at: DateTime<Utc>) -> Result<(), DbError> {
    unless_there(db.execute(INSERT, &binds(revocation, expires_at)).map(drop))
}

/// Keeps all that is revoked, in one round trip.
pub fn insert_all(
    db: &mut Unit<'_>,
    revocations: &[Revocation],
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let rows: Vec<_> = revocations.iter().map(|revocation| binds(revocation, expires_at)).collect();
    let rows: Vec<&[Bind<'_>]> = rows.iter().map(<[_; 2]>::as_slice).collect();
    let batched = db.batch(INSERT, &rows)?;
    batched.failed.into_iter().try_for_each(|(_, error)| unless_there(Err(error)))
}

fn binds(revocation: &Revocation, expires_at: DateTime<Utc>) -> [Bind<'_>; 2] {
    [("subject", revocation.subject().into()), ("expires_at", expires_at.into())]
}

/// Somebody else may have done so just now.
fn unless_there(inserted: Result<(), DbError>) -> Result<(), DbError> {
    match inserted {
        Err(DbError::Unique(_)) => Ok(()),
        inserted => inserted,
    }
}

/// What was revoked since then, by the database's clock, and when that is now; DUAL, so that there is a
/// time where nothing was.
pub fn since(db: &mut Reader<'_>, since: DateTime<Utc>) -> Result<Found, DbError> {
    let mut asked = None;
    let rows = db.rows(
        "SELECT R.SUBJECT, R.EXPIRES_AT, CURRENT_TIMESTAMP FROM DUAL \
         LEFT JOIN REVOKED_TOKENS R ON R.REVOKED_AT >= :since",
        &[("since", since.into())],
        |row| {
            asked = row.timestamp(2)?;
            let subject = row.text(0)?.map(Cow::into_owned);
            Ok(subject.zip(row.timestamp(1)?))
        },
    )?;
    Ok(Found { revoked: rows.into_iter().flatten().collect(), asked: required(asked, "CURRENT_TIMESTAMP")? })
}

/// Deletes what had expired by then, as many as `rows` at most. Says how many.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn delete_expired(db: &mut Unit<'_>, rows: i64) -> Result<u64, DbError> {
    db.last().execute(
        "DELETE FROM REVOKED_TOKENS WHERE SUBJECT IN (SELECT SUBJECT FROM REVOKED_TOKENS \
         WHERE EXPIRES_AT < CURRENT_TIMESTAMP FETCH FIRST :at_most ROWS ONLY) \
         AND EXPIRES_AT < CURRENT_TIMESTAMP",
        &[("at_most", rows.into())],
    )
}
