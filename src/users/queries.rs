//! The statements on USERS.

use chrono::{DateTime, Utc};

use crate::auth::UserId;
use crate::db::{Connection, DbError, Returned, required};

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
    db: &mut Connection<'_>,
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

pub fn email_is_registered(db: &mut Connection<'_>, email: &str) -> Result<bool, DbError> {
    let found =
        db.row("SELECT ID FROM USERS WHERE EMAIL = :email", &[("email", email.into())], |_| Ok(()))?;
    Ok(found.is_some())
}

pub fn find_credentials(db: &mut Connection<'_>, email: &str) -> Result<Option<Credentials>, DbError> {
    db.row(
        "SELECT ID, EMAIL, NAME, PASSWORD_HASH FROM USERS WHERE EMAIL = :email",
        &[("email", email.into())],
        |row| {
            Ok(Credentials {
                id: UserId(required(row.integer(0)?, "ID")?),
                email: required(row.text(1)?, "EMAIL")?,
                name: row.text(2)?,
                password_hash: required(row.text(3)?, "PASSWORD_HASH")?,
            })
        },
    )
}
