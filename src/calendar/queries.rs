//! The statements on CALENDAR_EVENTS. Each names the user whose events it may touch.

use super::event::Event;
use super::event_id::EventId;
use super::list::EventList;
use super::values::Values;
use crate::auth::UserId;
use crate::db::{Bind, DbError, Reader, Returned, Row, Unit, required};

pub fn list_events(db: &mut Reader<'_>, user: UserId) -> Result<EventList, DbError> {
    let mut list = EventList::empty();
    db.rows(
        "SELECT ID, TITLE, DESCRIPTION, START_AT, END_AT, IS_ALL_DAY, LOCATION, COLOR \
         FROM CALENDAR_EVENTS WHERE USER_ID = :user_id ORDER BY START_AT, ID",
        &[("user_id", user.0.into())],
        |row| list.push(&read_event(row)?).map_err(|error| DbError::Failed(error.to_string())),
    )?;
    Ok(list)
}

/// Reads the first eight columns, as [`list_events`] has them.
pub fn read_event(row: &dyn Row) -> Result<Event<'_>, DbError> {
    Ok(Event {
        id: required(row.integer(0)?, "ID")?,
        title: required(row.text(1)?, "TITLE")?,
        description: row.text(2)?,
        start_at: required(row.timestamp(3)?, "START_AT")?,
        end_at: required(row.timestamp(4)?, "END_AT")?,
        // The column may be NULL: its default is 0, but it has no NOT NULL.
        is_all_day: row.integer(5)?.is_some_and(|number| number != 0),
        location: row.text(6)?,
        color: row.text(7)?,
    })
}

pub fn insert_event(db: &mut Unit<'_>, user: UserId, values: &Values) -> Result<EventId, DbError> {
    let mut binds = columns(values);
    binds.push(("user_id", user.0.into()));
    db.insert(
        "INSERT INTO CALENDAR_EVENTS \
         (USER_ID, TITLE, DESCRIPTION, START_AT, END_AT, IS_ALL_DAY, LOCATION, COLOR) \
         VALUES (:user_id, :title, :description, :start_at, :end_at, :is_all_day, :location, :color)",
        &binds,
        &[Returned::Integer("ID")],
        |row| Ok(EventId(required(row.integer(0)?, "ID")?)),
    )
}

/// Replaces the whole event. `false`: the user has no such event.
pub fn update_event(
    db: &mut Unit<'_>,
    user: UserId,
    event: EventId,
    values: &Values,
) -> Result<bool, DbError> {
    let mut binds = columns(values);
    binds.extend([("id", event.0.into()), ("user_id", user.0.into())]);
    let changed = db.execute(
        "UPDATE CALENDAR_EVENTS SET TITLE = :title, DESCRIPTION = :description, START_AT = :start_at, \
         END_AT = :end_at, IS_ALL_DAY = :is_all_day, LOCATION = :location, COLOR = :color, \
         UPDATED_AT = CURRENT_TIMESTAMP WHERE ID = :id AND USER_ID = :user_id",
        &binds,
    )?;
    Ok(changed > 0)
}

/// `false`: the user has no such event.
pub fn delete_event(db: &mut Unit<'_>, user: UserId, event: EventId) -> Result<bool, DbError> {
    let deleted = db.execute(
        "DELETE FROM CALENDAR_EVENTS WHERE ID = :id AND USER_ID = :user_id",
        &[("id", event.0.into()), ("user_id", user.0.into())],
    )?;
    Ok(deleted > 0)
}

fn columns(values: &Values) -> Vec<Bind<'_>> {
    vec![
        ("title", values.title.as_str().into()),
        ("description", values.description.as_deref().into()),
        ("start_at", values.start_at.into()),
        ("end_at", values.end_at.into()),
        ("is_all_day", values.is_all_day.into()),
        ("location", values.location.as_deref().into()),
        ("color", values.color.as_deref().into()),
    ]
}

/// Deletes a person's events, as many as `rows` at most. Says how many.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn forget_user(db: &mut Unit<'_>, user: UserId, rows: i64) -> Result<u64, DbError> {
    db.execute(
        "DELETE FROM CALENDAR_EVENTS WHERE USER_ID = :user_id AND ID IN (SELECT ID FROM CALENDAR_EVENTS \
         WHERE USER_ID = :user_id FETCH FIRST :at_most ROWS ONLY)",
        &[("user_id", user.0.into()), ("at_most", rows.into())],
    )
}
