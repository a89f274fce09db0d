//! Reads an event with all that stands beside it.

use std::collections::BTreeMap;

use super::event::{Details, StoredEvent};
use super::exceptions::find_exceptions;
use super::series::SeriesRow;
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::calendar::values::{Categories, Reminders, ShowAs, Status, Values, Visibility};
use crate::db::{DbError, Reader, Row, Unit, required};
use crate::time::ZoneName;

/// What [`read_event`] reads, of E (CALENDAR_EVENTS), D (EVENT_DETAILS), S (EVENT_SERIES), C (the owner's default
/// calendar) and P (USER_PROFILES).
pub const EVENT_COLUMNS: &str = "E.ID, E.USER_ID, E.TITLE, E.DESCRIPTION, E.START_AT, E.END_AT, E.IS_ALL_DAY, E.LOCATION, \
     E.COLOR, D.CALENDAR_ID, D.UID_TEXT, D.NAME, D.SEQUENCE_NUMBER, D.REVISION, D.TIME_ZONE, D.STATUS, D.SHOW_AS, \
     D.VISIBILITY, D.URL, D.CATEGORIES, D.REMINDERS, C.ID, P.TIME_ZONE, S.RULE, S.TIME_ZONE, S.START_AT, S.END_AT, \
     S.IS_ALL_DAY, S.LAST_START_AT, S.ENDS_AT";

/// The user's event. `None`: the user has no such event. One round trip; one more where it repeats, which is looked at again
/// where it was changed between the two.
// Oracle: unique scans of the primary keys of E, D, S and P, and of IDX_CALENDARS_DEFAULT_OF.
pub fn find_event(db: &mut Reader<'_>, user: UserId, id: EventId) -> Result<Option<StoredEvent>, DbError> {
    for _ in 0..LOOKS {
        let Some((mut event, series)) = find_row(db, user, id)? else { return Ok(None) };
        let Some(series) = series else { return Ok(Some(event)) };
        let (version, exceptions) = find_exceptions(db, id)?;
        let revision = event.details.as_ref().map(|details| details.revision);
        if version == Some(series.version(revision)) {
            event.series = Some(series.of(&event, exceptions)?);
            return Ok(Some(event));
        }
    }
    Err(DbError::Unavailable(format!("event {} changes faster than it can be read", id.0)))
}

/// How often an event is looked at again that is changed between its two statements.
const LOOKS: usize = 5;

fn find_row(
    db: &mut Reader<'_>,
    user: UserId,
    id: EventId,
) -> Result<Option<(StoredEvent, Option<SeriesRow>)>, DbError> {
    db.row(
        &format!(
            "SELECT {EVENT_COLUMNS} FROM CALENDAR_EVENTS E LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
             LEFT JOIN EVENT_SERIES S ON S.EVENT_ID = E.ID AND S.USER_ID = E.USER_ID \
             LEFT JOIN CALENDARS C ON C.DEFAULT_OF = E.USER_ID LEFT JOIN USER_PROFILES P ON P.USER_ID = E.USER_ID \
             WHERE E.ID = :id AND E.USER_ID = :user_id"
        ),
        &[("id", id.0.into()), ("user_id", user.0.into())],
        read_event,
    )
}

/// The calendar that EVENT_DETAILS has the user's event in.
// Oracle: unique scans of the primary keys of both.
pub fn find_calendar(db: &mut Reader<'_>, user: UserId, id: EventId) -> Result<Option<CalendarId>, DbError> {
    db.row(
        "SELECT D.CALENDAR_ID FROM CALENDAR_EVENTS E JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
         WHERE E.ID = :id AND E.USER_ID = :user_id",
        &[("id", id.0.into()), ("user_id", user.0.into())],
        |row| Ok(CalendarId(required(row.integer(0)?, "CALENDAR_ID")?)),
    )
}

/// Reads [`EVENT_COLUMNS`]: the event, and what is kept of its series, without exceptions.
pub fn read_event(row: &dyn Row) -> Result<(StoredEvent, Option<SeriesRow>), DbError> {
    let text = |column| Ok::<_, DbError>(row.text(column)?.map(|text| text.into_owned()));
    let values = Values {
        title: required(text(2)?, "TITLE")?,
        description: text(3)?,
        start_at: required(row.timestamp(4)?, "START_AT")?,
        end_at: required(row.timestamp(5)?, "END_AT")?,
        is_all_day: row.integer(6)?.is_some_and(|number| number != 0),
        location: text(7)?,
        color: text(8)?,
        status: known("STATUS", row.text(15)?.map(|text| Status::parse(&text))),
        show_as: known("SHOW_AS", row.text(16)?.map(|text| ShowAs::parse(&text))),
        visibility: known("VISIBILITY", row.text(17)?.map(|text| Visibility::parse(&text))),
        url: text(18)?,
        categories: json::<Categories>("CATEGORIES", row, 19)?,
        reminders: json::<Reminders>("REMINDERS", row, 20)?,
    };
    let details = match row.integer(9)? {
        None => None,
        Some(calendar) => Some(Details {
            calendar: CalendarId(calendar),
            uid: required(text(10)?, "UID_TEXT")?,
            name: required(text(11)?, "NAME")?,
            sequence: required(row.integer(12)?, "SEQUENCE_NUMBER")?,
            revision: required(row.integer(13)?, "REVISION")?,
            time_zone: zone(row, 14)?,
        }),
    };
    let event = StoredEvent {
        id: EventId(required(row.integer(0)?, "ID")?),
        user: UserId(required(row.integer(1)?, "USER_ID")?),
        values,
        details,
        series: None,
        default_calendar: row.integer(21)?.map(CalendarId),
        owner_zone: zone(row, 22)?.unwrap_or_default(),
    };
    Ok((event, SeriesRow::read(row, 23)?))
}

/// Locks the user's event for the rest of the unit: nobody else can write it or what stands beside it. `false`: the user has
/// no such event.
pub fn lock_event(db: &mut Unit<'_>, user: UserId, id: EventId) -> Result<bool, DbError> {
    let met = db.execute(
        "UPDATE CALENDAR_EVENTS SET UPDATED_AT = CURRENT_TIMESTAMP WHERE ID = :id AND USER_ID = :user_id",
        &[("id", id.0.into()), ("user_id", user.0.into())],
    )?;
    Ok(met > 0)
}

/// The zone in a column. What a newer program with a newer tz database has put there can be unknown here.
pub fn zone(row: &dyn Row, column: usize) -> Result<Option<ZoneName>, DbError> {
    Ok(known("TIME_ZONE", row.text(column)?.map(|name| ZoneName::parse(&name))))
}

/// A value that a newer program has put there can be unknown here: it counts as not set.
pub fn known<T>(column: &str, value: Option<Result<T, String>>) -> Option<T> {
    value.and_then(|value| value.map_err(|why| tracing::warn!("a {column} counts as not set: {why}")).ok())
}

/// A column that holds JSON.
pub fn json<T: serde::de::DeserializeOwned>(
    name: &str,
    row: &dyn Row,
    column: usize,
) -> Result<Option<T>, DbError> {
    let read = row.text(column)?.map(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
    Ok(known(name, read))
}

/// Of a series, which occurrences are not as the rule has them.
pub type Exceptions = BTreeMap<crate::calendar::series::RecurrenceId, crate::calendar::series::Exception>;
