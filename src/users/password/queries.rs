//! The statements on USERS.PASSWORD_HASH of an account that is open.

use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// Puts a hash in the place of another one. Says whether that was there: of two changes at once one finds it
/// gone.
pub fn replace_hash(db: &mut Unit<'_>, user: UserId, before: &str, after: &str) -> Result<bool, DbError> {
    let replaced = db.execute(
        "UPDATE USERS SET PASSWORD_HASH = :hash_after WHERE ID = :id AND PASSWORD_HASH = :hash_before",
        &[("hash_after", after.into()), ("id", user.0.into()), ("hash_before", before.into())],
    )?;
    Ok(replaced > 0)
}
