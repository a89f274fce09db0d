//! The statements on EVENT_DETAILS.

use super::event::Details;
use crate::auth::UserId;
use crate::calendar::event_id::EventId;
use crate::calendar::values::Values;
use crate::db::{Bind, DbError, Unit};

/// Puts a row beside an event. `false`: the user has no such calendar.
// Oracle: a unique scan of the primary key of CALENDARS.
pub fn insert_details(
    db: &mut Unit<'_>,
    user: UserId,
    event: EventId,
    details: &Details,
    values: &Values,
) -> Result<bool, DbError> {
    let columns = Columns::of(values);
    let mut binds = columns.binds(details, values);
    binds.extend([
        ("event_id", event.0.into()),
        ("calendar_id", details.calendar.0.into()),
        ("user_id", user.0.into()),
        ("uid_text", details.uid.as_str().into()),
        ("name", details.name.as_str().into()),
        ("sequence_number", details.sequence.into()),
    ]);
    let met = db.execute(
        "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME, SEQUENCE_NUMBER, TIME_ZONE, STATUS, SHOW_AS, \
         VISIBILITY, URL, CATEGORIES, REMINDERS) SELECT :event_id, ID, :uid_text, :name, :sequence_number, :time_zone, \
         :status, :show_as, :visibility, :url, :categories, :reminders FROM CALENDARS \
         WHERE ID = :calendar_id AND USER_ID = :user_id",
        &binds,
    )?;
    Ok(met > 0)
}

/// Changes the row beside an event, and raises its revision. `false`: the user has no such calendar.
// Oracle: unique scans of the primary keys of EVENT_DETAILS and CALENDARS.
pub fn update_details(
    db: &mut Unit<'_>,
    user: UserId,
    event: EventId,
    details: &Details,
    values: &Values,
) -> Result<bool, DbError> {
    let columns = Columns::of(values);
    let mut binds = columns.binds(details, values);
    binds.extend([
        ("event_id", event.0.into()),
        ("calendar_id", details.calendar.0.into()),
        ("user_id", user.0.into()),
        ("sequence_number", details.sequence.into()),
    ]);
    let met = db.execute(
        "UPDATE EVENT_DETAILS SET CALENDAR_ID = :calendar_id, SEQUENCE_NUMBER = :sequence_number, \
         REVISION = REVISION + 1, TIME_ZONE = :time_zone, STATUS = :status, SHOW_AS = :show_as, \
         VISIBILITY = :visibility, URL = :url, CATEGORIES = :categories, REMINDERS = :reminders \
         WHERE EVENT_ID = :event_id AND EXISTS (SELECT ID FROM CALENDARS WHERE ID = :calendar_id AND USER_ID = :user_id)",
        &binds,
    )?;
    Ok(met > 0)
}

/// Says of an event's times that somebody else has changed them.
// Oracle: a unique scan of the primary key.
pub fn raise_sequence(db: &mut Unit<'_>, event: EventId) -> Result<(), DbError> {
    let raised = db.execute(
        "UPDATE EVENT_DETAILS SET SEQUENCE_NUMBER = SEQUENCE_NUMBER + 1 WHERE EVENT_ID = :event_id",
        &[("event_id", event.0.into())],
    );
    raised.map(drop)
}

/// What columns hold that is not kept as it is.
struct Columns {
    categories: Option<String>,
    reminders: Option<String>,
}

impl Columns {
    fn of(values: &Values) -> Self {
        Self {
            categories: values.categories.as_ref().map(|categories| categories.column()),
            reminders: values.reminders.as_ref().map(|reminders| reminders.column()),
        }
    }

    fn binds<'c>(&'c self, details: &'c Details, values: &'c Values) -> Vec<Bind<'c>> {
        vec![
            ("time_zone", details.time_zone.as_ref().map(|zone| zone.as_str()).into()),
            ("status", values.status.map(|status| status.as_str()).into()),
            ("show_as", values.show_as.map(|show_as| show_as.as_str()).into()),
            ("visibility", values.visibility.map(|visibility| visibility.as_str()).into()),
            ("url", values.url.as_deref().into()),
            ("categories", self.categories.as_deref().into()),
            ("reminders", self.reminders.as_deref().into()),
        ]
    }
}
