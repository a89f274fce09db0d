//! The end of a calendar, as one unit of work: four round trips on Oracle. Its row is locked first, and that of the
//! calendar that gets its events; the events are written before what stands beside them, as everywhere.

use super::error::NotDeleted;
use super::{CalendarId, lock, queries};
use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// Deletes a calendar, and its events unless they move to another one of the user's. `DbError::Unique` where an event that
/// is to move has a UID that the other calendar has, too.
pub fn delete(
    db: &mut Unit<'_>,
    user: UserId,
    calendar: CalendarId,
    move_to: Option<CalendarId>,
) -> Result<Result<(), NotDeleted>, DbError> {
    let locked = lock(db, user, [calendar, move_to.unwrap_or(calendar)])?;
    let found = |id| locked.iter().find(|locked| locked.id == id);
    match found(calendar) {
        None if queries::find(db, user, calendar)?.is_some() => return Ok(Err(NotDeleted::IsAnothers)),
        None => return Ok(Err(NotDeleted::NoSuchCalendar)),
        Some(locked) if locked.is_default => return Ok(Err(NotDeleted::IsDefault)),
        Some(_) => (),
    }
    match move_to {
        Some(other) if found(other).is_none() => return Ok(Err(NotDeleted::NoSuchTarget)),
        Some(other) => {
            queries::touch_events(db, user, calendar)?;
            queries::move_details(db, calendar, other)?;
        }
        None => {
            queries::delete_events(db, user, calendar)?;
            queries::delete_details(db, calendar)?;
        }
    }
    queries::delete(db.last(), user, calendar)?;
    Ok(Ok(()))
}
