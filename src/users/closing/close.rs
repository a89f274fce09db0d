use chrono::{DateTime, TimeDelta, Utc};

use super::Outcome;
use super::queries::{self, Locked, SHUT};
use crate::audit::{Act, Entry};
use crate::auth::{Revocations, UserId};
use crate::db::{DbError, Unit};
use crate::sessions::{Ended, EndingAll, end_all_but};

/// An account that is to be erased.
#[derive(Debug)]
pub struct Erased {
    /// From when on nothing of it need be left.
    pub purge_at: DateTime<Utc>,
    /// What its person was logged in with; `None` where it was erased before.
    pub ended: Option<Ended>,
}

/// Lets nobody log in to an account until it is activated.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn deactivate(
    db: &mut Unit<'_>,
    revocations: &Revocations,
    user: UserId,
) -> Result<Outcome<Ended>, DbError> {
    let Some(account) = queries::lock(db, user)? else { return Ok(Outcome::NoSuchUser) };
    if account.closed.as_ref().is_some_and(|kept| kept.is_deactivated) {
        return Ok(Outcome::AsItWas);
    }
    let ending = close(db, user, &account)?;
    queries::set_deactivated(db, user)?;
    Entry::by_operator(Act::Deactivated, user).insert(db)?;
    ending.revoke(db, revocations).map(Outcome::Done)
}

/// Lets nobody log in to an account, and nothing be left of it after `retention`. `entry` says who wants it.
/// Erased once more, it stays as it is. `None`: there is no such user.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn erase(
    db: &mut Unit<'_>,
    revocations: &Revocations,
    user: UserId,
    retention: TimeDelta,
    entry: &Entry,
) -> Result<Option<Erased>, DbError> {
    let Some(account) = queries::lock(db, user)? else { return Ok(None) };
    if let Some(purge_at) = account.closed.as_ref().and_then(|kept| kept.purge_at) {
        return Ok(Some(Erased { purge_at, ended: None }));
    }
    let ending = close(db, user, &account)?;
    let purge_at = queries::set_erased(db, user, retention)?;
    entry.insert(db)?;
    let ended = ending.revoke(db, revocations)?;
    Ok(Some(Erased { purge_at, ended: Some(ended) }))
}

/// Moves the hash aside, unless it is already, and ends what the person is logged in with.
fn close(db: &mut Unit<'_>, user: UserId, account: &Locked) -> Result<EndingAll, DbError> {
    if account.closed.is_some() {
        return end_all_but(db, user, None);
    }
    queries::set_hash(db, user, SHUT)?;
    let ending = end_all_but(db, user, None)?;
    queries::keep(db, user, &account.password_hash)?;
    Ok(ending)
}
