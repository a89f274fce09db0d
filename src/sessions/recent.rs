use chrono::TimeDelta;

use super::queries;
use crate::auth::{Verified, now};
use crate::db::{Db, DbError};

/// How long ago a login is recent.
const RECENT: TimeDelta = TimeDelta::minutes(5);

/// Whether a token's login was within the last five minutes: its session's by the database's clock, however often
/// that was refreshed since; where it has none, its own time by this instance's clock.
///
/// # Errors
/// As [`Db::read`].
pub async fn is_recent(db: &Db, token: &Verified) -> Result<bool, DbError> {
    let age = match token.session {
        Some(session) => {
            let user = token.user;
            db.read("look_at_login", move |db| queries::find_age(db, session, user)).await?
        }
        None => age(token.issued_at, now().as_secs()),
    };
    Ok(age.is_some_and(|age| (TimeDelta::zero()..=RECENT).contains(&age)))
}

/// `None`: it is so far away that no difference of times can say it.
fn age(issued_at: u64, now: u64) -> Option<TimeDelta> {
    let [issued_at, now] = [issued_at, now].map(|second| i64::try_from(second).ok());
    now?.checked_sub(issued_at?).and_then(TimeDelta::try_seconds)
}
