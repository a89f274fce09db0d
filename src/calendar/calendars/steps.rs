//! What the routes of the API and the pages do alike.

use super::calendar::Calendar;
use super::create::create as add;
use super::delete::delete as remove;
use super::draft::CalendarDraft;
use super::error::{InBoth, NoSuchCalendar, NoSuchTarget};
use super::list::list as find_all;
use super::patch::CalendarPatch;
use super::{CalendarId, queries};
use crate::auth::{Unauthorized, UserId};
use crate::calendar::sharing::NoAccess;
use crate::db::{Db, DbError, Unit};
use crate::http::{Body, Error};

/// A person's calendars, the default one first, then their others, then those that others share.
///
/// # Errors
/// A 401 where there is no such person any more; a 503 where the database does not answer.
pub async fn list(db: &Db, user: UserId) -> Result<Vec<Calendar>, Error> {
    find_all(db, user).await.map_err(or_gone)
}

/// Adds the calendar that a body describes.
///
/// # Errors
/// A 400 on every field that is wrong, a 409 on `limit`; else as [`list`].
pub async fn create(db: &Db, user: UserId, body: &Body) -> Result<Calendar, Error> {
    let draft = CalendarDraft::read(body)?;
    let created = db.unit("create_calendar", move |db| add(db, user, &draft)).await;
    Ok(created.map_err(or_gone)??)
}

/// A calendar that the user sees.
///
/// # Errors
/// A 404 on `id`; a 503 where the database does not answer.
pub async fn read(db: &Db, user: UserId, id: CalendarId) -> Result<Calendar, Error> {
    let found = db.read("read_calendar", move |db| queries::find(db, user, id)).await?;
    Ok(found.ok_or(NoSuchCalendar)?)
}

/// Changes of a calendar what a body names: the calendar after that.
///
/// # Errors
/// A 400 on every member that is wrong, a 403 on `access` where it is somebody else's to change; else as [`read`].
pub async fn patch(db: &Db, user: UserId, id: CalendarId, body: &Body) -> Result<Calendar, Error> {
    let patch = CalendarPatch::read(body)?;
    if !patch.is_given() {
        return read(db, user, id).await;
    }
    let change = move |db: &mut Unit<'_>| match queries::update(db.last(), user, id, &patch)? {
        true => queries::find(db, user, id).map(Ok),
        false => patch_share(db, user, id, &patch),
    };
    let found = db.unit("patch_calendar", change).await??;
    Ok(found.ok_or(NoSuchCalendar)?)
}

/// Deletes a calendar, and its events unless they move to another one of the user's.
///
/// # Errors
/// A 400 or a 409 on `move_to`, a 403 on `access` where it is somebody else's, a 409 on `id` where it is the default one; else
/// as [`read`].
pub async fn delete(db: &Db, user: UserId, id: CalendarId, move_to: Option<CalendarId>) -> Result<(), Error> {
    if move_to == Some(id) {
        return Err(NoSuchTarget.into());
    }
    match db.unit("delete_calendar", move |db| remove(db, user, id, move_to)).await {
        // One of EVENT_DETAILS: nothing of the unit stays.
        Err(DbError::Unique(_)) => Err(InBoth.into()),
        deleted => Ok(deleted??),
    }
}

/// Of a calendar that somebody else shares, one has a name and a colour for oneself; the rest is its owner's.
fn patch_share(
    db: &mut Unit<'_>,
    user: UserId,
    id: CalendarId,
    patch: &CalendarPatch,
) -> Result<Result<Option<Calendar>, NoAccess>, DbError> {
    if patch.is_owners() {
        return Ok(queries::find(db, user, id)?.map_or(Ok(None), |_| Err(NoAccess)));
    }
    match queries::update_share(db.last(), user, id, patch)? {
        true => queries::find(db, user, id).map(Ok),
        false => Ok(Ok(None)),
    }
}

/// FK_CALENDARS_USER: the token's user is no longer there.
fn or_gone(error: DbError) -> Error {
    match error {
        DbError::ForeignKey(_) => Unauthorized("User not found").into(),
        error => error.into(),
    }
}
