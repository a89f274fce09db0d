//! The statements on USERS, and what a login begins with.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::closing::Closed;
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
    /// Of a closed account the one that was moved aside.
    pub password_hash: String,
    /// Why a right password does not help.
    pub closed: Option<Closed>,
}

/// Wrong passwords in a row for one address.
#[derive(Debug, Clone, Copy)]
pub struct Failures {
    pub count: i64,
    pub last_at: DateTime<Utc>,
}

/// What was counted against an address when the database's clock said `now`.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub failures: Option<Failures>,
    pub now: DateTime<Utc>,
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

/// The address of a user, if there is one.
pub fn find_email(db: &mut Reader<'_>, user: UserId) -> Result<Option<String>, DbError> {
    db.row("SELECT EMAIL FROM USERS WHERE ID = :id", &[("id", user.0.into())], |row| {
        Ok(required(row.text(0)?, "EMAIL")?.into_owned())
    })
}

/// Whose address this is, and what was counted against it; DUAL, so that there is an answer for an
/// address that nobody has registered.
pub fn find_login(
    db: &mut Reader<'_>,
    email: &str,
    email_sha256: &str,
) -> Result<(Option<Credentials>, Found), DbError> {
    let found = db.row(
        "SELECT U.ID, U.EMAIL, U.NAME, COALESCE(C.PASSWORD_HASH, U.PASSWORD_HASH), F.FAILURES, F.FAILED_AT, \
         CURRENT_TIMESTAMP, C.USER_ID, C.DEACTIVATED_AT FROM DUAL LEFT JOIN USERS U ON U.EMAIL = :email \
         LEFT JOIN CLOSED_ACCOUNTS C ON C.USER_ID = U.ID \
         LEFT JOIN LOGIN_FAILURES F ON F.EMAIL_SHA256 = :email_sha256",
        &[("email", email.into()), ("email_sha256", email_sha256.into())],
        |row| {
            let user = match row.integer(0)? {
                Some(id) => Some(Credentials {
                    id: UserId(id),
                    email: required(row.text(1)?, "EMAIL")?.into_owned(),
                    name: row.text(2)?.map(Cow::into_owned),
                    password_hash: required(row.text(3)?, "PASSWORD_HASH")?.into_owned(),
                    closed: match (row.integer(7)?, row.timestamp(8)?) {
                        (None, _) => None,
                        (Some(_), Some(_)) => Some(Closed::Deactivated),
                        (Some(_), None) => Some(Closed::Erased),
                    },
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
