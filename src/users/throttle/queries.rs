//! The statements on LOGIN_FAILURES. What is counted against an address is read with its
//! credentials, by [`find_login`](crate::users::queries::find_login).

use chrono::{DateTime, TimeDelta, Utc};

use crate::db::{DbError, Unit};
use crate::users::queries::Failures;

/// Counts a try as failed before its password is looked at. Says whether that is admitted: as long
/// as fewer than `allowed` are counted, or if nothing was counted since `seen` was read, so that of
/// several instances one gets the last place.
pub fn reserve(db: &mut Unit<'_>, email_sha256: &str, allowed: u32, seen: Failures) -> Result<bool, DbError> {
    let reserved = db.last().execute(
        "UPDATE LOGIN_FAILURES SET FAILURES = FAILURES + 1, FAILED_AT = CURRENT_TIMESTAMP \
         WHERE EMAIL_SHA256 = :email_sha256 \
         AND (FAILURES < :allowed OR (FAILURES = :failures AND FAILED_AT = :failed_at))",
        &[
            ("email_sha256", email_sha256.into()),
            ("allowed", i64::from(allowed).into()),
            ("failures", seen.count.into()),
            ("failed_at", seen.last_at.into()),
        ],
    )?;
    Ok(reserved > 0)
}

/// Counts one failure more, and from 1 where the last one was before `forgotten`. Says whether
/// there is a row to count in.
pub fn add_failure(db: &mut Unit<'_>, email_sha256: &str, forgotten: DateTime<Utc>) -> Result<bool, DbError> {
    let counted = db.last().execute(
        "UPDATE LOGIN_FAILURES SET FAILURES = CASE WHEN FAILED_AT <= :forgotten THEN 1 ELSE FAILURES + 1 END, \
         FAILED_AT = CURRENT_TIMESTAMP WHERE EMAIL_SHA256 = :email_sha256",
        &[("forgotten", forgotten.into()), ("email_sha256", email_sha256.into())],
    )?;
    Ok(counted > 0)
}

/// Counts the first failure of an address. `DbError::Unique` where there is a row.
pub fn insert_failure(db: &mut Unit<'_>, email_sha256: &str) -> Result<(), DbError> {
    let inserted = db.last().execute(
        "INSERT INTO LOGIN_FAILURES (EMAIL_SHA256, FAILURES, FAILED_AT) \
         VALUES (:email_sha256, 1, CURRENT_TIMESTAMP)",
        &[("email_sha256", email_sha256.into())],
    );
    inserted.map(drop)
}

/// Forgets what is counted against an address.
pub fn delete_failures(db: &mut Unit<'_>, email_sha256: &str) -> Result<(), DbError> {
    let deleted = db.execute(
        "DELETE FROM LOGIN_FAILURES WHERE EMAIL_SHA256 = :email_sha256",
        &[("email_sha256", email_sha256.into())],
    );
    deleted.map(drop)
}

/// Deletes failures of which the last one was so long ago, as many as `rows` at most. Says how many.
/// The age is asked for twice, because a row that is found can be counted up before it is deleted.
pub fn delete_old_failures(db: &mut Unit<'_>, age: TimeDelta, rows: i64) -> Result<u64, DbError> {
    db.last().execute(
        "DELETE FROM LOGIN_FAILURES WHERE EMAIL_SHA256 IN (SELECT EMAIL_SHA256 FROM LOGIN_FAILURES \
         WHERE FAILED_AT <= CURRENT_TIMESTAMP - NUMTODSINTERVAL(:seconds, 'SECOND') \
         FETCH FIRST :at_most ROWS ONLY) \
         AND FAILED_AT <= CURRENT_TIMESTAMP - NUMTODSINTERVAL(:seconds, 'SECOND')",
        &[("seconds", age.num_seconds().into()), ("at_most", rows.into())],
    )
}
