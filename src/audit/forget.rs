use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// Deletes what was done to a person's account, as many lines as `rows` at most. Says how many.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn forget_user(db: &mut Unit<'_>, user: UserId, rows: i64) -> Result<u64, DbError> {
    db.execute(
        "DELETE FROM AUDIT_LOG WHERE ID IN (SELECT ID FROM AUDIT_LOG WHERE USER_ID = :user_id \
         FETCH FIRST :at_most ROWS ONLY)",
        &[("user_id", user.0.into()), ("at_most", rows.into())],
    )
}
