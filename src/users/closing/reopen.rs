use super::Outcome;
use super::queries::{self, Kept};
use crate::audit::{Act, Entry};
use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// Takes back that an account is deactivated. One that is being erased stays closed.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn activate(db: &mut Unit<'_>, user: UserId) -> Result<Outcome<()>, DbError> {
    let Some(account) = queries::lock(db, user)? else { return Ok(Outcome::NoSuchUser) };
    let Some(kept) = account.closed.filter(|kept| kept.is_deactivated) else { return Ok(Outcome::AsItWas) };
    match kept.purge_at {
        Some(_) => queries::set_activated(db, user)?,
        None => open(db, user, &kept)?,
    }
    Entry::by_operator(Act::Activated, user).insert(db.last()).map(Outcome::Done)
}

/// Takes back that an account is erased, as long as all of it is there. One that is deactivated stays closed.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn restore(db: &mut Unit<'_>, user: UserId) -> Result<Outcome<()>, DbError> {
    let Some(account) = queries::lock(db, user)? else { return Ok(Outcome::NoSuchUser) };
    let Some(kept) = account.closed.filter(|kept| kept.purge_at.is_some()) else {
        return Ok(Outcome::AsItWas);
    };
    if kept.is_due {
        return Ok(Outcome::TooLate);
    }
    match kept.is_deactivated {
        true => queries::set_restored(db, user)?,
        false => open(db, user, &kept)?,
    }
    Entry::by_operator(Act::Restored, user).insert(db.last()).map(Outcome::Done)
}

fn open(db: &mut Unit<'_>, user: UserId, kept: &Kept) -> Result<(), DbError> {
    queries::set_hash(db, user, &kept.password_hash)?;
    queries::let_go(db, user)
}
