//! A change of the address, and of whatever else a patch names, as one unit of work.
//!
//! What was counted against the former address stays counted, and so does what was counted against the new one: a
//! count belongs to an address as it is typed, whoever has it, and whoever could take it along by a change could also
//! shake it off.

use super::patch::ProfilePatch;
use super::queries::{self, Found};
use crate::audit::Entry;
use crate::auth::UserId;
use crate::db::{DbError, Unit};
use crate::text::Email;
use crate::users::error::AddressTaken;
use crate::users::queries::email_is_registered;

/// Changes it, and gives all of the account. `None`: there is no such user. The line of the audit log names the
/// former address.
pub fn change_address(
    db: &mut Unit<'_>,
    user: UserId,
    email: &Email,
    patch: &ProfilePatch,
    entry: Entry,
) -> Result<Result<Option<Found>, AddressTaken>, DbError> {
    let Some(before) = queries::lock_address(db, user)? else { return Ok(Ok(None)) };
    match queries::update_address(db, user, email, patch) {
        Err(DbError::Unique(_)) if email_is_registered(db, email.as_str())? => return Ok(Err(AddressTaken)),
        updated => updated?,
    }
    if patch.changes_settings() {
        change_settings(db, user, patch)?;
    }
    let found = queries::find_profile(db, user)?;
    // Somebody else can have made the same change a moment ago.
    if before != email.as_str() {
        entry.on(before).insert(db.last())?;
    }
    Ok(Ok(found))
}

/// Another instance can be the first to make a row of them.
fn change_settings(db: &mut Unit<'_>, user: UserId, patch: &ProfilePatch) -> Result<(), DbError> {
    if queries::update_settings(db, user, patch)?.is_some() {
        return Ok(());
    }
    match queries::insert_settings(db, user, patch) {
        Err(DbError::Unique(_)) => queries::update_settings(db, user, patch).map(drop),
        inserted => inserted.map(drop),
    }
}
