//! Reads an event with all that stands beside it.

use std::collections::BTreeMap;

use super::event::{Details, StoredEvent};
use super::exceptions::find_exceptions;
use super::series::SeriesRow;
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::calendar::sharing::reach::{IS_SEEN, MAY_WRITE_EVENT, SHARES};
use crate::calendar::sharing::{SHARED_COLUMNS, Shared, hold_event};
use crate::calendar::values::{Categories, Reminders, ShowAs, Status, Values, Visibility};
use crate::db::{DbError, Reader, Returned, Row, Unit, required};
use crate::time::ZoneName;

/// What [`read_event`] reads, of E (CALENDAR_EVENTS), D (EVENT_DETAILS), S (EVENT_SERIES), C (the owner's default
/// calendar) and P (USER_PROFILES).
pub const EVENT_COLUMNS: &str = "E.ID, E.USER_ID, E.TITLE, E.DESCRIPTION, E.START_AT, E.END_AT, E.IS_ALL_DAY, E.LOCATION, \
     E.COLOR, D.CALENDAR_ID, D.UID_TEXT, D.NAME, D.SEQUENCE_NUMBER, D.REVISION, D.TIME_ZONE, D.STATUS, D.SHOW_AS, \
     D.VISIBILITY, D.URL, D.CATEGORIES, D.REMINDERS, C.ID, P.TIME_ZONE, S.RULE, S.TIME_ZONE, S.START_AT, S.END_AT, \
     S.IS_ALL_DAY, S.LAST_START_AT, S.ENDS_AT";

/// An event that the user sees. `None`: there is none. One round trip; one more where it repeats, which is looked at again
/// where it was changed between the two.
// Oracle: unique scans of the primary keys of E, D, S and P, and of IDX_CALENDARS_DEFAULT_OF; then as for SHARES.
pub fn find_event(db: &mut Reader<'_>, user: UserId, id: EventId) -> Result<Option<StoredEvent>, DbError> {
    for _ in 0..LOOKS {
        let Some((mut event, series)) = find_row(db, user, id)? else { return Ok(None) };
        let Some(series) = series else { return Ok(Some(event)) };
        let (version, exceptions) = find_exceptions(db, user, id)?;
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
            "SELECT {EVENT_COLUMNS}, {SHARED_COLUMNS} FROM CALENDAR_EVENTS E LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
             LEFT JOIN EVENT_SERIES S ON S.EVENT_ID = E.ID AND S.USER_ID = E.USER_ID \
             LEFT JOIN CALENDARS C ON C.DEFAULT_OF = E.USER_ID LEFT JOIN USER_PROFILES P ON P.USER_ID = E.USER_ID \
             {SHARES} WHERE E.ID = :id AND {IS_SEEN}"
        ),
        &[("id", id.0.into()), ("user_id", user.0.into())],
        |row| read_event(row, EVENT_WIDTH),
    )
}

/// Where an event is: whose it is, and the calendar that EVENT_DETAILS has it in.
pub type Home = (UserId, Option<CalendarId>);

/// Where an event is that the user sees. `None`: there is none.
// Oracle: as for the event.
pub fn find_home(db: &mut Reader<'_>, user: UserId, id: EventId) -> Result<Option<Home>, DbError> {
    db.row(
        &format!(
            "SELECT E.USER_ID, D.CALENDAR_ID FROM CALENDAR_EVENTS E LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
             LEFT JOIN CALENDARS C ON C.DEFAULT_OF = E.USER_ID {SHARES} WHERE E.ID = :id AND {IS_SEEN}"
        ),
        &[("id", id.0.into()), ("user_id", user.0.into())],
        |row| Ok((UserId(required(row.integer(0)?, "USER_ID")?), row.integer(1)?.map(CalendarId))),
    )
}

/// How many [`EVENT_COLUMNS`] there are.
pub const EVENT_WIDTH: usize = 30;

/// Reads [`EVENT_COLUMNS`], and from `shared` on the columns of [`Shared::read`]: the event, and what is kept of its series,
/// without exceptions.
pub fn read_event(row: &dyn Row, shared: usize) -> Result<(StoredEvent, Option<SeriesRow>), DbError> {
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
        shared: Shared::read(row, shared)?,
    };
    Ok((event, SeriesRow::read(row, 23)?))
}

/// Locks an event that the user may write for the rest of the unit: nobody else can write it or what stands beside it. Whose
/// it is; `None`: there is none, or they may not. One round trip, two where it is somebody else's.
// Oracle: a unique scan of the primary key; where it is somebody else's, a range of IDX_SHARES_RECEIVER.
pub fn lock_event(db: &mut Unit<'_>, user: UserId, id: EventId) -> Result<Option<UserId>, DbError> {
    let owners = db.returning(
        &format!(
            "UPDATE CALENDAR_EVENTS SET UPDATED_AT = CURRENT_TIMESTAMP WHERE ID = :id AND {MAY_WRITE_EVENT}"
        ),
        &[("id", id.0.into()), ("user_id", user.0.into())],
        &[Returned::Integer("USER_ID")],
        |row| Ok(UserId(required(row.integer(0)?, "USER_ID")?)),
    )?;
    match owners.into_iter().next() {
        Some(owner) if owner != user && !hold_event(db, user, id)? => Ok(None),
        owner => Ok(owner),
    }
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
