//! How many offers a person makes in an hour, over all instances: counted in a row of their own, from the first of them on.

use crate::auth::UserId;
use crate::db::{DbError, Reader, Unit, required};
use crate::http::TooMany;

/// How many offers somebody may make in an hour; `None`: as many as they like.
#[derive(Debug, Clone, Copy)]
pub struct OfferLimit(Option<i64>);

impl OfferLimit {
    /// 50 where there are limits at all.
    pub fn new(has_limits: bool) -> Self {
        Self(has_limits.then_some(50))
    }

    /// Counts an offer. One round trip, two for the first one of all; three where there were too many.
    ///
    /// # Errors
    /// `DbError` as the engine classes it; within, `TooMany`, with the seconds that are left to wait.
    pub fn count(self, db: &mut Unit<'_>, user: UserId) -> Result<Result<(), TooMany>, DbError> {
        let Self(Some(most)) = self else { return Ok(Ok(())) };
        if count_one(db, user, most)? {
            return Ok(Ok(()));
        }
        match find_wait(db, user)? {
            Some(seconds) => Ok(Err(TooMany(seconds))),
            None => match insert(db, user) {
                Ok(()) => Ok(Ok(())),
                // Another instance was quicker.
                Err(DbError::Unique(_)) => {
                    Ok(if count_one(db, user, most)? { Ok(()) } else { Err(TooMany(HOUR)) })
                }
                Err(error) => Err(error),
            },
        }
    }
}

const HOUR: u64 = 3600;

/// Plan: one row by its key.
fn count_one(db: &mut Unit<'_>, user: UserId, most: i64) -> Result<bool, DbError> {
    let counted = db.execute(
        "UPDATE SHARE_OFFERS SET \
         OFFERS = CASE WHEN BEGAN_AT <= CURRENT_TIMESTAMP - NUMTODSINTERVAL(1, 'HOUR') THEN 1 ELSE OFFERS + 1 END, \
         BEGAN_AT = CASE WHEN BEGAN_AT <= CURRENT_TIMESTAMP - NUMTODSINTERVAL(1, 'HOUR') THEN CURRENT_TIMESTAMP \
         ELSE BEGAN_AT END WHERE USER_ID = :user_id \
         AND (OFFERS < :most OR BEGAN_AT <= CURRENT_TIMESTAMP - NUMTODSINTERVAL(1, 'HOUR'))",
        &[("user_id", user.0.into()), ("most", most.into())],
    )?;
    Ok(counted > 0)
}

/// How long it is until the hour is over, in whole seconds. `None`: nothing was counted yet.
///
/// Plan: one row by its key.
fn find_wait(db: &mut Reader<'_>, user: UserId) -> Result<Option<u64>, DbError> {
    db.row(
        "SELECT BEGAN_AT, CURRENT_TIMESTAMP FROM SHARE_OFFERS WHERE USER_ID = :user_id",
        &[("user_id", user.0.into())],
        |row| {
            let passed =
                required(row.timestamp(1)?, "CURRENT_TIMESTAMP")? - required(row.timestamp(0)?, "BEGAN_AT")?;
            Ok(HOUR.saturating_sub(passed.num_seconds().unsigned_abs()).max(1))
        },
    )
}

fn insert(db: &mut Unit<'_>, user: UserId) -> Result<(), DbError> {
    let inserted = db.execute(
        "INSERT INTO SHARE_OFFERS (USER_ID, OFFERS, BEGAN_AT) VALUES (:user_id, 1, CURRENT_TIMESTAMP)",
        &[("user_id", user.0.into())],
    );
    inserted.map(drop)
}
