//! The statements on CLOSED_ACCOUNTS, and on USERS where they go together.

use chrono::{DateTime, TimeDelta, Utc};

use crate::auth::UserId;
use crate::db::{DbError, Reader, Returned, Unit, required};

/// What USERS.PASSWORD_HASH is while an account is closed: of the form of a hash, so that the Flask application takes
/// as long over it as over any other, and of 64 bytes that no password is known to give.
pub const SHUT: &str = concat!(
    "scrypt:32768:8:1$closed$",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
);

/// An account that nobody else can close, open or purge until the unit of work is over.
pub struct Locked {
    pub email: String,
    pub password_hash: String,
    pub closed: Option<Kept>,
}

/// What is kept of a closed account.
pub struct Kept {
    pub password_hash: String,
    pub is_deactivated: bool,
    /// Where it is erased: from when on nothing of it need be left.
    pub purge_at: Option<DateTime<Utc>>,
    /// Whether that is past, by the database's clock.
    pub is_due: bool,
}

/// Locks USERS first, as all do who write more than one table of a person's. `None`: there is no such user.
pub fn lock(db: &mut Unit<'_>, user: UserId) -> Result<Option<Locked>, DbError> {
    let locked = db.returning(
        "UPDATE USERS SET PASSWORD_HASH = PASSWORD_HASH WHERE ID = :id",
        &[("id", user.0.into())],
        &[Returned::Text("EMAIL"), Returned::Text("PASSWORD_HASH")],
        |row| {
            let email = required(row.text(0)?, "EMAIL")?.into_owned();
            let password_hash = required(row.text(1)?, "PASSWORD_HASH")?.into_owned();
            Ok(Locked { email, password_hash, closed: None })
        },
    )?;
    let Some(locked) = locked.into_iter().next() else { return Ok(None) };
    Ok(Some(Locked { closed: find_kept(db, user)?, ..locked }))
}

fn find_kept(db: &mut Reader<'_>, user: UserId) -> Result<Option<Kept>, DbError> {
    db.row(
        "SELECT PASSWORD_HASH, DEACTIVATED_AT, PURGE_AT, CURRENT_TIMESTAMP FROM CLOSED_ACCOUNTS \
         WHERE USER_ID = :user_id",
        &[("user_id", user.0.into())],
        |row| {
            let (purge_at, now) = (row.timestamp(2)?, required(row.timestamp(3)?, "CURRENT_TIMESTAMP")?);
            Ok(Kept {
                password_hash: required(row.text(0)?, "PASSWORD_HASH")?.into_owned(),
                is_deactivated: row.timestamp(1)?.is_some(),
                purge_at,
                is_due: purge_at.is_some_and(|purge_at| purge_at <= now),
            })
        },
    )
}

/// Gives an account this hash.
pub fn set_hash(db: &mut Unit<'_>, user: UserId, hash: &str) -> Result<(), DbError> {
    let set = db.execute(
        "UPDATE USERS SET PASSWORD_HASH = :password_hash WHERE ID = :id",
        &[("password_hash", hash.into()), ("id", user.0.into())],
    );
    set.map(drop)
}

/// Gives a closed account this hash, for when it is open again.
pub fn set_kept_hash(db: &mut Unit<'_>, user: UserId, hash: &str) -> Result<(), DbError> {
    let set = db.execute(
        "UPDATE CLOSED_ACCOUNTS SET PASSWORD_HASH = :password_hash WHERE USER_ID = :user_id",
        &[("password_hash", hash.into()), ("user_id", user.0.into())],
    );
    set.map(drop)
}

/// Keeps the hash of an account that is closed for a reason which is still to be written.
pub fn keep(db: &mut Unit<'_>, user: UserId, hash: &str) -> Result<(), DbError> {
    let kept = db.execute(
        "INSERT INTO CLOSED_ACCOUNTS (USER_ID, PASSWORD_HASH) VALUES (:user_id, :password_hash)",
        &[("user_id", user.0.into()), ("password_hash", hash.into())],
    );
    kept.map(drop)
}

/// Keeps nothing any more.
pub fn let_go(db: &mut Unit<'_>, user: UserId) -> Result<(), DbError> {
    let deleted =
        db.execute("DELETE FROM CLOSED_ACCOUNTS WHERE USER_ID = :user_id", &[("user_id", user.0.into())]);
    deleted.map(drop)
}

pub fn set_deactivated(db: &mut Unit<'_>, user: UserId) -> Result<(), DbError> {
    let set = db.execute(
        "UPDATE CLOSED_ACCOUNTS SET DEACTIVATED_AT = CURRENT_TIMESTAMP WHERE USER_ID = :user_id",
        &[("user_id", user.0.into())],
    );
    set.map(drop)
}

pub fn set_activated(db: &mut Unit<'_>, user: UserId) -> Result<(), DbError> {
    let set = db.execute(
        "UPDATE CLOSED_ACCOUNTS SET DEACTIVATED_AT = NULL WHERE USER_ID = :user_id",
        &[("user_id", user.0.into())],
    );
    set.map(drop)
}

/// From when on nothing of it need be left, by the database's clock.
pub fn set_erased(db: &mut Unit<'_>, user: UserId, retention: TimeDelta) -> Result<DateTime<Utc>, DbError> {
    let erased = db.returning(
        "UPDATE CLOSED_ACCOUNTS SET ERASED_AT = CURRENT_TIMESTAMP, \
         PURGE_AT = CURRENT_TIMESTAMP + NUMTODSINTERVAL(:seconds, 'SECOND') WHERE USER_ID = :user_id",
        &[("seconds", retention.num_seconds().into()), ("user_id", user.0.into())],
        &[Returned::Timestamp("PURGE_AT")],
        |row| required(row.timestamp(0)?, "PURGE_AT"),
    )?;
    required(erased.into_iter().next(), "PURGE_AT")
}

pub fn set_restored(db: &mut Unit<'_>, user: UserId) -> Result<(), DbError> {
    let set = db.execute(
        "UPDATE CLOSED_ACCOUNTS SET ERASED_AT = NULL, PURGE_AT = NULL WHERE USER_ID = :user_id",
        &[("user_id", user.0.into())],
    );
    set.map(drop)
}

/// Users of whom nothing need be left, those first that have waited longest.
pub fn find_due(db: &mut Reader<'_>, at_most: i64) -> Result<Vec<UserId>, DbError> {
    db.rows(
        "SELECT USER_ID FROM CLOSED_ACCOUNTS WHERE PURGE_AT <= CURRENT_TIMESTAMP \
         ORDER BY PURGE_AT, USER_ID FETCH FIRST :at_most ROWS ONLY",
        &[("at_most", at_most.into())],
        |row| Ok(UserId(required(row.integer(0)?, "USER_ID")?)),
    )
}

/// Deletes a user, and with the row all that refers to it by a key that says so. `DbError::ForeignKey` where
/// something refers to it otherwise.
pub fn delete_user(db: &mut Unit<'_>, user: UserId) -> Result<(), DbError> {
    db.execute("DELETE FROM USERS WHERE ID = :id", &[("id", user.0.into())]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::SHUT;
    use crate::auth::PasswordHash;

    #[test]
    fn what_stands_in_the_place_of_a_hash_is_one_that_nothing_matches() {
        let shut = PasswordHash::parse(SHUT).expect("of a form that is known");
        assert_eq!(shut.to_string(), SHUT);
        for password in ["", "closed", "password", SHUT] {
            assert!(!shut.verify(password), "{password}");
        }
    }
}
