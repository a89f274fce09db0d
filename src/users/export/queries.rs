//! The statements that only an export has use for.

use std::borrow::Cow;

use super::parts::{ClosedAccount, LoginFailures};
use crate::auth::UserId;
use crate::db::{DbError, Reader, required};
use crate::users::throttle::FailuresKey;

/// `None`: the account is open.
pub fn find_closed_account(db: &mut Reader<'_>, user: UserId) -> Result<Option<ClosedAccount>, DbError> {
    db.row(
        "SELECT DEACTIVATED_AT, ERASED_AT, PURGE_AT FROM CLOSED_ACCOUNTS WHERE USER_ID = :user_id",
        &[("user_id", user.0.into())],
        |row| {
            Ok(ClosedAccount {
                deactivated_at: row.timestamp(0)?,
                erased_at: row.timestamp(1)?,
                purge_at: row.timestamp(2)?,
            })
        },
    )
}

/// What is counted against the person's address: two round trips, because neither engine makes of an address
/// what it is counted under. `None`: nothing is.
pub fn find_login_failures(db: &mut Reader<'_>, user: UserId) -> Result<Option<LoginFailures>, DbError> {
    let email = db.row("SELECT EMAIL FROM USERS WHERE ID = :id", &[("id", user.0.into())], |row| {
        required(row.text(0)?, "EMAIL").map(Cow::into_owned)
    })?;
    let Some(email) = email else { return Ok(None) };
    db.row(
        "SELECT FAILURES, FAILED_AT FROM LOGIN_FAILURES WHERE EMAIL_SHA256 = :email_sha256",
        &[("email_sha256", FailuresKey::of(&email).as_str().into())],
        |row| {
            Ok(LoginFailures {
                count: required(row.integer(0)?, "FAILURES")?,
                last_at: required(row.timestamp(1)?, "FAILED_AT")?,
            })
        },
    )
}
