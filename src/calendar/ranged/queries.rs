//! The two statements of a range. Each names the user whose events it reads.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::bounds::Bounds;
use crate::auth::UserId;
use crate::calendar::event_id::EventId;
use crate::calendar::store::{
    EVENT_COLUMNS, EXCEPTION_COLUMNS, Exceptions, SeriesRow, StoredEvent, read_event, read_exception,
};
use crate::db::{DbError, Reader, Row};

/// What [`super::single::Singles`] reads.
const SINGLE_COLUMNS: &str = "E.ID, E.TITLE, E.DESCRIPTION, E.START_AT, E.END_AT, E.IS_ALL_DAY, E.LOCATION, E.COLOR, \
     D.CALENDAR_ID, D.UID_TEXT, D.TIME_ZONE, D.STATUS, D.SHOW_AS, D.VISIBILITY, D.URL, D.CATEGORIES, D.REMINDERS, \
     (SELECT C.ID FROM CALENDARS C WHERE C.DEFAULT_OF = :user_id), \
     (SELECT P.TIME_ZONE FROM USER_PROFILES P WHERE P.USER_ID = :user_id)";

/// Single events that can be within the bounds, by their start and then by id, as long as `read` wants more.
///
/// Plan: a range of IDX_CAL_EVENTS_USER_START, bounded on both sides, which filters by END_AT too; and a range of
/// IDX_CAL_EVENTS_USER_LENGTH, of the few events that are longer. Of each row that is left: E by its ROWID, and EVENT_DETAILS
/// and EVENT_SERIES by their keys. Then a sort. The two subqueries are evaluated once.
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
    let part = |begins: &str| {
        format!(
            "SELECT {SINGLE_COLUMNS} FROM CALENDAR_EVENTS E LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
             LEFT JOIN EVENT_SERIES S ON S.EVENT_ID = E.ID AND S.USER_ID = E.USER_ID WHERE E.USER_ID = :user_id \
             AND {begins} AND E.END_AT >= :days_from \
             AND (E.START_AT < :to_at AND E.END_AT >= :from_at OR E.IS_ALL_DAY <> 0) AND S.EVENT_ID IS NULL"
        )
    };
    let short = part(
        "E.START_AT >= :short_from AND E.START_AT < :days_to \
         AND E.END_AT - E.START_AT <= NUMTODSINTERVAL(31, 'DAY')",
    );
    // Said so, the start is nothing that SQLite looks for in an index: that of the lengths is to be taken.
    let long = part(
        "E.END_AT - E.START_AT > NUMTODSINTERVAL(31, 'DAY') \
         AND NOT E.START_AT < :long_from AND NOT E.START_AT >= :days_to",
    );
    format!("{short} UNION ALL {long} ORDER BY 4, 1")
}

/// Series that can have occurrences within the bounds, with those exceptions that can matter there. Of one whose event
/// somebody else has changed since, what is kept tells nothing: it is read wherever it lies, with all of its exceptions. So are
/// all exceptions of one whose occurrences are long.
///
/// Plan: a range of IDX_EVENT_SERIES_USER_ENDS; for each row CALENDAR_EVENTS and EVENT_DETAILS by their keys, of CALENDARS and
/// USER_PROFILES always the same one, and a range of the key of EVENT_EXCEPTIONS; in the second part one of
/// IDX_EVENT_EXCEPTIONS_FAR.
pub fn series(db: &mut Reader<'_>, user: UserId, bounds: &Bounds) -> Result<Vec<StoredEvent>, DbError> {
    let mut binds = vec![("user_id", user.0.into())];
    binds.extend(bounds.of_series());
    let mut found = Vec::new();
    let mut places = HashMap::new();
    db.rows_until(&of_series(), &binds, |row| {
        let id = crate::db::required(row.integer(0)?, "ID")?;
        let place = match places.get(&id) {
            Some(place) => *place,
            None => {
                let (event, series) = read_event(row)?;
                places.insert(id, found.len());
                found.push((event, series, Exceptions::new()));
                found.len() - 1
            }
        };
        let (_, _, exceptions) = &mut found[place];
        exceptions.extend(read_exception(row, EVENT_WIDTH)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found
        .into_iter()
        .filter_map(|(event, series, exceptions)| whole(event, series?, exceptions))
        .collect())
}

fn of_series() -> String {
    const CHANGED: &str = "S.START_AT <> E.START_AT OR S.END_AT <> E.END_AT \
         OR S.IS_ALL_DAY <> CASE WHEN E.IS_ALL_DAY <> 0 THEN 1 ELSE 0 END";
    const ALL: &str = "S.START_AT <> E.START_AT OR S.END_AT <> E.END_AT \
         OR S.IS_ALL_DAY <> CASE WHEN E.IS_ALL_DAY <> 0 THEN 1 ELSE 0 END \
         OR E.END_AT - E.START_AT > NUMTODSINTERVAL(31, 'DAY')";
    let part = |exceptions: &str| {
        format!(
            "SELECT {EVENT_COLUMNS}, {EXCEPTION_COLUMNS} FROM EVENT_SERIES S JOIN CALENDAR_EVENTS E ON E.ID = S.EVENT_ID \
             {exceptions} LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = S.EVENT_ID LEFT JOIN CALENDARS C ON C.DEFAULT_OF = S.USER_ID \
             LEFT JOIN USER_PROFILES P ON P.USER_ID = S.USER_ID \
             WHERE S.USER_ID = :user_id AND E.USER_ID = S.USER_ID AND (S.BEGINS_AT < :days_to \
             AND (S.ENDS_AT IS NULL OR S.ENDS_AT >= :days_from) OR {CHANGED})"
        )
    };
    let near = part(&format!(
        "LEFT JOIN EVENT_EXCEPTIONS X ON X.EVENT_ID = S.EVENT_ID \
         AND X.RECURRENCE_ID >= CASE WHEN {ALL} THEN :least_id ELSE :first_id END \
         AND X.RECURRENCE_ID <= CASE WHEN {ALL} THEN :greatest_id ELSE :last_id END"
    ));
    let far = part("JOIN EVENT_EXCEPTIONS X ON X.FAR_OF = S.EVENT_ID");
    format!("{near} UNION ALL {far}")
}

/// How many [`EVENT_COLUMNS`] there are.
const EVENT_WIDTH: usize = 30;

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
