use super::Outcome;
use super::queries;
use crate::audit::{Act, Entry};
use crate::auth::{PasswordHash, Revocations, UserId};
use crate::db::{DbError, Unit};
use crate::sessions::{Ended, end_all_but};
use crate::users::throttle;

/// Gives an account another password, and ends what its person is logged in with. A closed one has it once it is
/// open again.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn reset_password(
    db: &mut Unit<'_>,
    revocations: &Revocations,
    user: UserId,
    hash: &PasswordHash,
) -> Result<Outcome<Ended>, DbError> {
    let Some(account) = queries::lock(db, user)? else { return Ok(Outcome::NoSuchUser) };
    let hash = hash.to_string();
    if account.closed.is_none() {
        queries::set_hash(db, user, &hash)?;
    }
    // What was tried with the former one is not held against the new one.
    throttle::forget(db, &account.email)?;
    let ending = end_all_but(db, user, None)?;
    if account.closed.is_some() {
        queries::set_kept_hash(db, user, &hash)?;
    }
    Entry::by_operator(Act::PasswordReset, user).insert(db)?;
    ending.revoke(db, revocations).map(Outcome::Done)
}

/// Ends what a person is logged in with, be it nothing.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn end_sessions(
    db: &mut Unit<'_>,
    revocations: &Revocations,
    user: UserId,
) -> Result<Outcome<Ended>, DbError> {
    if queries::lock(db, user)?.is_none() {
        return Ok(Outcome::NoSuchUser);
    }
    let ending = end_all_but(db, user, None)?;
    Entry::by_operator(Act::SessionsEnded, user).insert(db)?;
    ending.revoke(db, revocations).map(Outcome::Done)
}
