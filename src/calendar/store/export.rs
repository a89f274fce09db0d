//! All that is kept of a person's events, a page a statement.

use super::exceptions::{EXCEPTION_COLUMNS, read_exception};
use super::find::json;
use crate::auth::UserId;
use crate::calendar::export::{ExportedDetails, ExportedEvent, ExportedException, ExportedSeries, members};
use crate::calendar::queries::read_event;
use crate::db::{DbError, Reader, Row, required};
use crate::export::Rows;

/// A page of the user's events by id.
// Oracle: a range scan of IDX_CAL_EVENTS_USER_ID or of the primary key, unique scans of those of D and S.
pub fn export_events(
    db: &mut Reader<'_>,
    user: UserId,
    after: &i64,
    events: &mut Rows<'_, i64>,
) -> Result<(), DbError> {
    db.rows(
        "SELECT E.ID, E.TITLE, E.DESCRIPTION, E.START_AT, E.END_AT, E.IS_ALL_DAY, E.LOCATION, E.COLOR, E.CREATED_AT, \
         E.UPDATED_AT, D.CALENDAR_ID, D.UID_TEXT, D.NAME, D.SEQUENCE_NUMBER, D.REVISION, D.TIME_ZONE, D.STATUS, \
         D.SHOW_AS, D.VISIBILITY, D.URL, D.CATEGORIES, D.REMINDERS, S.RULE, S.TIME_ZONE, S.START_AT, S.END_AT, \
         S.IS_ALL_DAY, S.LAST_START_AT, S.BEGINS_AT, S.ENDS_AT FROM CALENDAR_EVENTS E \
         LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID LEFT JOIN EVENT_SERIES S ON S.EVENT_ID = E.ID \
         WHERE E.USER_ID = :user_id AND E.ID > :after_id ORDER BY E.ID FETCH FIRST :at_most ROWS ONLY",
        &[("user_id", user.0.into()), ("after_id", (*after).into()), ("at_most", events.at_most().into())],
        |row| {
            let (event, created_at, updated_at) = (read_event(row)?, row.timestamp(8)?, row.timestamp(9)?);
            let (details, series) = (read_details(row)?, read_series(row)?);
            events.push(event.id, &ExportedEvent { event, created_at, updated_at, details, series })
        },
    )
    .map(drop)
}

fn text(row: &dyn Row, column: usize) -> Result<Option<String>, DbError> {
    Ok(row.text(column)?.map(|text| text.into_owned()))
}

fn read_details(row: &dyn Row) -> Result<Option<ExportedDetails>, DbError> {
    let Some(calendar_id) = row.integer(10)? else { return Ok(None) };
    Ok(Some(ExportedDetails {
        calendar_id,
        uid: required(text(row, 11)?, "UID_TEXT")?,
        name: required(text(row, 12)?, "NAME")?,
        sequence: required(row.integer(13)?, "SEQUENCE_NUMBER")?,
        revision: required(row.integer(14)?, "REVISION")?,
        time_zone: text(row, 15)?,
        status: text(row, 16)?,
        show_as: text(row, 17)?,
        visibility: text(row, 18)?,
        url: text(row, 19)?,
        categories: json("CATEGORIES", row, 20)?,
        reminders: json("REMINDERS", row, 21)?,
    }))
}

fn read_series(row: &dyn Row) -> Result<Option<ExportedSeries>, DbError> {
    let Some(time_zone) = text(row, 23)? else { return Ok(None) };
    Ok(Some(ExportedSeries {
        rule: text(row, 22)?,
        time_zone,
        start_at: row.timestamp(24)?,
        end_at: row.timestamp(25)?,
        is_all_day: row.integer(26)?.is_some_and(|number| number != 0),
        last_start_at: row.timestamp(27)?,
        begins_at: row.timestamp(28)?,
        ends_at: row.timestamp(29)?,
    }))
}

/// A page of the exceptions of the user's series, by event and recurrence id.
// Oracle: as for the events, and a range scan of the primary key of X.
pub fn export_exceptions(
    db: &mut Reader<'_>,
    user: UserId,
    after: &(i64, i64),
    exceptions: &mut Rows<'_, (i64, i64)>,
) -> Result<(), DbError> {
    let (event, recurrence) = *after;
    db.rows(
        &format!(
            "SELECT {EXCEPTION_COLUMNS}, T.EVENT_ID FROM CALENDAR_EVENTS E JOIN EVENT_EXCEPTIONS T ON T.EVENT_ID = E.ID \
             WHERE E.USER_ID = :user_id AND E.ID >= :event_id \
             AND (T.EVENT_ID > :event_id OR T.RECURRENCE_ID > :recurrence_id) \
             ORDER BY T.EVENT_ID, T.RECURRENCE_ID FETCH FIRST :at_most ROWS ONLY"
        ),
        &[
            ("user_id", user.0.into()),
            ("event_id", event.into()),
            ("recurrence_id", recurrence.into()),
            ("at_most", exceptions.at_most().into()),
        ],
        |row| {
            let (id, exception) = required(read_exception(row, 0)?, "RECURRENCE_ID")?;
            let event_id = required(row.integer(17)?, "EVENT_ID")?;
            let exported = ExportedException {
                event_id,
                occurrence: id.start(),
                is_added: exception.is_added,
                is_excluded: exception.is_excluded,
                changes: members(&exception.changes),
            };
            exceptions.push((event_id, id.0), &exported)
        },
    )
    .map(drop)
}
