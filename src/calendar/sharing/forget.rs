use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// Deletes what is offered to a person's address, as many rows as asked for at most, so that nothing names it any more. What
/// they share, and what others share with them, goes with their row of USERS. Says how many.
///
/// Plan: one row of USERS by its key, a range of IDX_SHARES_EMAIL, each row by its key.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn forget_user(db: &mut Unit<'_>, user: UserId, rows: i64) -> Result<u64, DbError> {
    db.execute(
        "DELETE FROM SHARES WHERE ID IN (SELECT S.ID FROM USERS U JOIN SHARES S ON S.EMAIL = U.EMAIL \
         WHERE U.ID = :user_id FETCH FIRST :at_most ROWS ONLY)",
        &[("user_id", user.0.into()), ("at_most", rows.into())],
    )
}
