//! The two statements of a range. Each names the user who is to see what it reads.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::bounds::Bounds;
use super::way::Way;
use crate::auth::UserId;
use crate::calendar::event_id::EventId;
use crate::calendar::sharing::{Person, SHARED_WIDTH};
use crate::calendar::store::{
    EVENT_COLUMNS, EVENT_WIDTH, EXCEPTION_COLUMNS, EXCEPTION_WIDTH, Exceptions, SeriesRow, StoredEvent,
    read_event, read_exception,
};
use crate::db::{DbError, Reader, Row};

/// What [`super::single::Singles`] reads, before what tells of shares.
const SINGLE_COLUMNS: &str = "E.ID, E.TITLE, E.DESCRIPTION, E.START_AT, E.END_AT, E.IS_ALL_DAY, E.LOCATION, E.COLOR, \
     D.CALENDAR_ID, D.UID_TEXT, D.TIME_ZONE, D.STATUS, D.SHOW_AS, D.VISIBILITY, D.URL, D.CATEGORIES, D.REMINDERS";

/// Single events that can be within the bounds, by their start and then by id, as long as `read` wants more: the user's own,
/// those of calendars that are shared with them, and those that are shared without their calendar.
///
/// Plan: of the user's own, and of each owner of a calendar, a range of IDX_CAL_EVENTS_USER_START, bounded on both sides, which
/// filters by END_AT too; and a range of IDX_CAL_EVENTS_USER_LENGTH, of the few events that are longer. Of each row that is
/// left: E by its ROWID, and EVENT_DETAILS and EVENT_SERIES by their keys; of others' a row of IDX_SHARES_RECEIVER, and USERS by its
/// key. What was shared by itself begins with a range of IDX_SHARES_RECEIVER. Then
/// a sort.
pub fn singles(
    db: &mut Reader<'_>,
    user: UserId,
    bounds: &Bounds,
    read: impl FnMut(&dyn Row) -> Result<ControlFlow<()>, DbError>,
) -> Result<(), DbError> {
    let mut binds = vec![("user_id", user.0.into())];
    binds.extend(bounds.of_singles());
    db.rows_until(&of_singles(), &binds, read)
}

fn of_singles() -> String {
    const SHORT: &str = "E.START_AT >= :short_from AND E.START_AT < :days_to \
        AND E.END_AT - E.START_AT <= NUMTODSINTERVAL(31, 'DAY')";
    // Said so, the start is nothing that SQLite looks for in an index: that of the lengths is to be taken.
    const LONG: &str = "E.END_AT - E.START_AT > NUMTODSINTERVAL(31, 'DAY') \
        AND NOT E.START_AT < :long_from AND NOT E.START_AT >= :days_to";
    let part = |way: Way, begins: &str| {
        let (from, whose) = way.of_events();
        format!(
            "SELECT {SINGLE_COLUMNS}, {} FROM {from} LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
             LEFT JOIN EVENT_SERIES S ON S.EVENT_ID = E.ID AND S.USER_ID = E.USER_ID {} WHERE {whose} \
             AND {begins} AND E.END_AT >= :days_from \
             AND (E.START_AT < :to_at AND E.END_AT >= :from_at OR E.IS_ALL_DAY <> 0) AND S.EVENT_ID IS NULL",
            way.columns(),
            way.joins()
        )
    };
    [
        part(Way::Own, SHORT),
        part(Way::Own, LONG),
        part(Way::ByCalendar, SHORT),
        part(Way::ByCalendar, LONG),
        part(Way::ByEvent, "E.START_AT < :days_to"),
    ]
    .join(" UNION ALL ")
        + " ORDER BY 4, 1"
}

/// Series that can have occurrences within the bounds, with those exceptions that can matter there. Of one whose event
/// somebody else has changed since, what is kept tells nothing: it is read wherever it lies, with all of its exceptions. So are
/// all exceptions of one whose occurrences are long.
///
/// Plan: a range of IDX_EVENT_SERIES_USER_ENDS; for each row CALENDAR_EVENTS and EVENT_DETAILS by their keys, of CALENDARS and
/// USER_PROFILES always the same one, and a range of the key of EVENT_EXCEPTIONS; in each second part one of
/// IDX_EVENT_EXCEPTIONS_FAR. The user's own come first, then others', as for the single events.
///
/// With them come all who share something with the user: the single events name them by their ids, so that none of their names
/// is read for each event.
pub fn series(db: &mut Reader<'_>, user: UserId, bounds: &Bounds) -> Result<Series, DbError> {
    let mut binds = vec![("user_id", user.0.into())];
    binds.extend(bounds.of_series());
    let (mut found, mut owners) = (Vec::new(), Vec::new());
    let mut places = HashMap::new();
    db.rows_until(&of_series(), &binds, |row| {
        let Some(id) = row.integer(0)? else {
            owners.extend(Person::read(row, OWNER)?);
            return Ok(ControlFlow::Continue(()));
        };
        let place = match places.get(&id) {
            Some(place) => *place,
            None => {
                let (event, series) = read_event(row, EVENT_WIDTH)?;
                places.insert(id, found.len());
                found.push((event, series, Exceptions::new()));
                found.len() - 1
            }
        };
        let (_, _, exceptions) = &mut found[place];
        exceptions.extend(read_exception(row, EVENT_WIDTH + SHARED_WIDTH)?);
        Ok(ControlFlow::Continue(()))
    })?;
    let events =
        found.into_iter().filter_map(|(event, series, exceptions)| whole(event, series?, exceptions));
    Ok(Series { events: events.collect(), owners })
}

/// What [`series`] reads.
pub struct Series {
    /// In no order.
    pub events: Vec<StoredEvent>,
    /// Those who share something with the user.
    pub owners: Vec<Person>,
}

/// The column where the owner begins.
const OWNER: usize = EVENT_WIDTH + 2;

fn of_series() -> String {
    // Said with COALESCE, the owner of E is nothing that SQLite begins with: all of an owner's events would be looked at.
    const CHANGED: &str = "S.START_AT <> E.START_AT OR S.END_AT <> E.END_AT \
         OR S.IS_ALL_DAY <> CASE WHEN E.IS_ALL_DAY <> 0 THEN 1 ELSE 0 END";
    const ALL: &str = "S.START_AT <> E.START_AT OR S.END_AT <> E.END_AT \
         OR S.IS_ALL_DAY <> CASE WHEN E.IS_ALL_DAY <> 0 THEN 1 ELSE 0 END \
         OR E.END_AT - E.START_AT > NUMTODSINTERVAL(31, 'DAY')";
    let part = |way: Way, exceptions: &str| {
        let (from, whose) = way.of_series();
        format!(
            "SELECT {EVENT_COLUMNS}, {}, {EXCEPTION_COLUMNS} FROM {from} JOIN CALENDAR_EVENTS E ON E.ID = S.EVENT_ID \
             {exceptions} LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = S.EVENT_ID {} \
             WHERE {whose} AND COALESCE(E.USER_ID, 0) = S.USER_ID AND (S.BEGINS_AT < :days_to \
             AND (S.ENDS_AT IS NULL OR S.ENDS_AT >= :days_from) OR {CHANGED})",
            way.columns_of_share(),
            way.joins_of_series()
        )
    };
    let near = format!(
        "LEFT JOIN EVENT_EXCEPTIONS T ON T.EVENT_ID = S.EVENT_ID \
         AND T.RECURRENCE_ID >= CASE WHEN {ALL} THEN :least_id ELSE :first_id END \
         AND T.RECURRENCE_ID <= CASE WHEN {ALL} THEN :greatest_id ELSE :last_id END"
    );
    const FAR: &str = "JOIN EVENT_EXCEPTIONS T ON T.FAR_OF = S.EVENT_ID";
    let ways = [Way::Own, Way::ByCalendar, Way::ByEvent];
    let parts = ways.into_iter().flat_map(|way| [part(way, &near), part(way, FAR)]);
    parts.chain([owners()]).collect::<Vec<_>>().join(" UNION ALL ")
}

/// In the columns of the owner alone.
fn owners() -> String {
    let nulls = |count: usize| vec!["NULL"; count].join(", ");
    format!(
        "SELECT {}, U.ID, U.NAME, U.EMAIL, {} FROM USERS U WHERE U.ID IN (SELECT O.OWNER_ID FROM SHARES O \
         WHERE O.RECEIVER_ID = :user_id \
         AND NOT EXISTS (SELECT Y.USER_ID FROM CLOSED_ACCOUNTS Y WHERE Y.USER_ID = O.OWNER_ID))",
        nulls(OWNER),
        nulls(EXCEPTION_WIDTH)
    )
}

/// A series that nobody can read is missing in the list, rather than that nobody has a list.
fn whole(mut event: StoredEvent, series: SeriesRow, exceptions: Exceptions) -> Option<StoredEvent> {
    let EventId(id) = event.id;
    match series.of(&event, exceptions) {
        Ok(series) => event.series = Some(series),
        Err(error) => {
            tracing::error!("event {id} is missing in a list: {error}");
            return None;
        }
    }
    Some(event)
}

#[cfg(test)]
mod tests;
