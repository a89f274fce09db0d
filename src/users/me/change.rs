//! A change of one's own account, as one unit of work: two round trips on Oracle, but for a third one
//! the first time that somebody sets something and the name along with it.
//!
//! USERS is always written before USER_PROFILES, as who deletes a user does: the other way round each
//! could wait for the other.

use super::patch::ProfilePatch;
use super::profile::Settings;
use super::queries::{self, Found};
use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// Changes what a patch names, and gives all of it. `None`: there is no such user.
pub fn change_profile(
    db: &mut Unit<'_>,
    user: UserId,
    patch: &ProfilePatch,
) -> Result<Option<Found>, DbError> {
    if patch.changes_account() && patch.changes_settings() {
        return change_both(db, user, patch);
    }
    let Some((account, settings)) = queries::find_profile(db, user)? else { return Ok(None) };
    if patch.changes_account() {
        let account = queries::update_account(db.last(), user, patch)?;
        return Ok(account.map(|account| (account, settings)));
    }
    let updated = match settings {
        Some(_) => queries::update_settings(db.last(), user, patch)?,
        None => None,
    };
    let settings = match updated {
        Some(settings) => Some(settings),
        None => add_settings(db, user, patch)?,
    };
    Ok(settings.map(|settings| (account, Some(settings))))
}

/// Whether the settings have a row is asked for by the first write: what meets no row must not be the
/// last of a unit, which would be committed without them.
fn change_both(db: &mut Unit<'_>, user: UserId, patch: &ProfilePatch) -> Result<Option<Found>, DbError> {
    if let Some(account) = queries::update_account_beside_settings(db, user, patch)? {
        let settings = queries::update_settings(db.last(), user, patch)?;
        return Ok(settings.map(|settings| (account, Some(settings))));
    }
    let Some(account) = queries::update_account(db, user, patch)? else { return Ok(None) };
    let settings = add_settings(db, user, patch)?;
    Ok(settings.map(|settings| (account, Some(settings))))
}

/// For a user whose settings had no row. Another instance can have been quicker: then there is one to
/// change.
fn add_settings(db: &mut Unit<'_>, user: UserId, patch: &ProfilePatch) -> Result<Option<Settings>, DbError> {
    match queries::insert_settings(db.last(), user, patch) {
        Err(DbError::Unique(_)) => queries::update_settings(db.last(), user, patch),
        Err(DbError::ForeignKey(_)) => Ok(None),
        inserted => inserted.map(Some),
    }
}
