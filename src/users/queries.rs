//! The statements on USERS and LOGIN_FAILURES.

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta, Utc};

use super::throttle::{Failures, Found};
use crate::auth::UserId;
use crate::db::{DbError, Reader, Returned, Unit, required};

/// What the database gives a new user.
pub struct NewUser {
    pub id: UserId,
    pub created_at: Option<DateTime<Utc>>,
}

/// What a login is checked against.
pub struct Credentials {
    pub id: UserId,
    pub email: String,
    pub name: Option<String>,
    pub password_hash: String,
}

pub fn insert_user(
    db: &mut Unit<'_>,
    email: &str,
    password_hash: &str,
    name: Option<&str>,
) -> Result<NewUser, DbError> {
    db.insert(
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH, NAME) VALUES (:email, :password_hash, :name)",
        &[("email", email.into()), ("password_hash", password_hash.into()), ("name", name.into())],
        &[Returned::Integer("ID"), Returned::Timestamp("CREATED_AT")],
        |row| Ok(NewUser { id: UserId(required(row.integer(0)?, "ID")?), created_at: row.timestamp(1)? }),
    )
}

pub fn email_is_registered(db: &mut Reader<'_>, email: &str) -> Result<bool, DbError> {
    let found =
        db.row("SELECT ID FROM USERS WHERE EMAIL = :email", &[("email", email.into())], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Whose address this is, and what was counted against it; DUAL, so that there is an answer for an
/// address that nobody has registered.
pub fn find_login(
    db: &mut Reader<'_>,
    email: &str,
    email_sha256: &str,
) -> Result<(Option<Credentials>, Found), DbError> {
    let found = db.row(
        "SELECT U.ID, U.EMAIL, U.NAME, U.PASSWORD_HASH, F.FAILURES, F.FAILED_AT, CURRENT_TIMESTAMP FROM DUAL \
         LEFT JOIN USERS U ON U.EMAIL = :email LEFT JOIN LOGIN_FAILURES F ON F.EMAIL_SHA256 = :email_sha256",
        &[("email", email.into()), ("email_sha256", email_sha256.into())],
        |row| {
            let user = match row.integer(0)? {
                Some(id) => Some(Credentials {
                    id: UserId(id),
                    email: required(row.text(1)?, "EMAIL")?.into_owned(),
                    name: row.text(2)?.map(Cow::into_owned),
                    password_hash: required(row.text(3)?, "PASSWORD_HASH")?.into_owned(),
                }),
                None => None,
            };
            let failures = match row.integer(4)? {
                Some(count) => Some(Failures { count, last_at: required(row.timestamp(5)?, "FAILED_AT")? }),
                None => None,
            };
            Ok((user, Found { failures, now: required(row.timestamp(6)?, "CURRENT_TIMESTAMP")? }))
        },
    )?;
    required(found, "DUAL")
}

/// Counts one failure more, and from 1 where the last one was before `forgotten`. Says how many
/// rows there were.
pub fn add_failure(db: &mut Unit<'_>, email_sha256: &str, forgotten: DateTime<Utc>) -> Result<u64, DbError> {
    db.execute(
        "UPDATE LOGIN_FAILURES SET FAILURES = CASE WHEN FAILED_AT <= :forgotten THEN 1 ELSE FAILURES + 1 END, \
         FAILED_AT = CURRENT_TIMESTAMP WHERE EMAIL_SHA256 = :email_sha256",
        &[("forgotten", forgotten.into()), ("email_sha256", email_sha256.into())],
    )
}

pub fn insert_failure(db: &mut Unit<'_>, email_sha256: &str) -> Result<(), DbError> {
    let inserted = db.execute(
        "INSERT INTO LOGIN_FAILURES (EMAIL_SHA256, FAILURES, FAILED_AT) \
         VALUES (:email_sha256, 1, CURRENT_TIMESTAMP)",
        &[("email_sha256", email_sha256.into())],
    );
    inserted.map(drop)
}

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
