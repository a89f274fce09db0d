//! What operators read of accounts.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use crate::auth::UserId;
use crate::db::{DbError, Reader, Row, required};

/// An account, as an operator sees it.
pub struct Seen {
    pub id: UserId,
    pub email: String,
    pub name: Option<String>,
    pub created_at: Option<DateTime<Utc>>,
    pub deactivated_at: Option<DateTime<Utc>>,
    pub erased_at: Option<DateTime<Utc>>,
    pub purge_at: Option<DateTime<Utc>>,
}

/// The accounts behind this one, by their ids, as many as `rows` at most.
pub fn list_accounts(db: &mut Reader<'_>, after: i64, rows: i64) -> Result<Vec<Seen>, DbError> {
    db.rows(
        "SELECT U.ID, U.EMAIL, U.NAME, U.CREATED_AT, C.DEACTIVATED_AT, C.ERASED_AT, C.PURGE_AT FROM USERS U \
         LEFT JOIN CLOSED_ACCOUNTS C ON C.USER_ID = U.ID WHERE U.ID > :after ORDER BY U.ID \
         FETCH FIRST :at_most ROWS ONLY",
        &[("after", after.into()), ("at_most", rows.into())],
        read,
    )
}

/// Whose address this is, exactly as it was registered.
pub fn find_account(db: &mut Reader<'_>, email: &str) -> Result<Option<Seen>, DbError> {
    db.row(
        "SELECT U.ID, U.EMAIL, U.NAME, U.CREATED_AT, C.DEACTIVATED_AT, C.ERASED_AT, C.PURGE_AT FROM USERS U \
         LEFT JOIN CLOSED_ACCOUNTS C ON C.USER_ID = U.ID WHERE U.EMAIL = :email",
        &[("email", email.into())],
        read,
    )
}

fn read(row: &dyn Row) -> Result<Seen, DbError> {
    Ok(Seen {
        id: UserId(required(row.integer(0)?, "ID")?),
        email: required(row.text(1)?, "EMAIL")?.into_owned(),
        name: row.text(2)?.map(Cow::into_owned),
        created_at: row.timestamp(3)?,
        deactivated_at: row.timestamp(4)?,
        erased_at: row.timestamp(5)?,
        purge_at: row.timestamp(6)?,
    })
}
