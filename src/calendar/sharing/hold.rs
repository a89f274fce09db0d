//! Has what somebody may do stay so until their unit of work is over. Shares are locked after calendars and events,
//! everywhere: their own rows go with those, in the same order.

use super::reach::MAY_WRITE_CALENDAR;
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::db::{DbError, Returned, Unit, required};

/// Nobody takes it away from the user to write the event until the unit is over: who does waits, and what is written is there
/// before they are answered. The event is locked. `false`: it was taken away meanwhile. One round trip.
///
/// Plan: a range of IDX_SHARES_RECEIVER; E, D and C by their keys, once.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn hold_event(db: &mut Unit<'_>, user: UserId, event: EventId) -> Result<bool, DbError> {
    let held = db.execute(
        "UPDATE SHARES SET REVISION = REVISION WHERE RECEIVER_ID = :user_id AND ACCESS_LEVEL = 'write' \
         AND OWNER_ID = (SELECT E.USER_ID FROM CALENDAR_EVENTS E WHERE E.ID = :event_id) \
         AND (EVENT_ID = :event_id OR CALENDAR_ID = COALESCE( \
         (SELECT D.CALENDAR_ID FROM EVENT_DETAILS D WHERE D.EVENT_ID = :event_id), \
         (SELECT C.ID FROM CALENDAR_EVENTS E JOIN CALENDARS C ON C.DEFAULT_OF = E.USER_ID WHERE E.ID = :event_id)))",
        &[("user_id", user.0.into()), ("event_id", event.0.into())],
    )?;
    Ok(held > 0)
}

/// Locks a calendar that the user may write, as [`crate::calendar::calendars::lock`] does, and has that stay so; whose it
/// is. `None`: they may not, or not see it. One round trip, two where it is somebody else's.
///
/// Plan: one row of CALENDARS by its key; one of IDX_SHARES_RECEIVER.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn hold_calendar(
    db: &mut Unit<'_>,
    user: UserId,
    calendar: CalendarId,
) -> Result<Option<UserId>, DbError> {
    let binds = [("id", calendar.0.into()), ("user_id", user.0.into())];
    let owners = db.returning(
        &format!("UPDATE CALENDARS SET NAME = NAME WHERE ID = :id AND {MAY_WRITE_CALENDAR}"),
        &binds,
        &[Returned::Integer("USER_ID")],
        |row| Ok(UserId(required(row.integer(0)?, "USER_ID")?)),
    )?;
    let Some(owner) = owners.into_iter().next() else { return Ok(None) };
    if owner == user {
        return Ok(Some(owner));
    }
    let held = db.execute(
        "UPDATE SHARES SET REVISION = REVISION WHERE RECEIVER_ID = :user_id AND CALENDAR_ID = :id \
         AND ACCESS_LEVEL = 'write'",
        &binds,
    )?;
    Ok((held > 0).then_some(owner))
}
