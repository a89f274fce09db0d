use std::borrow::Cow;

use super::compare::{DIFFERS, LEDGER};
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::changes::difference::{Difference, Found};
use crate::db::{DbError, Reader, Row, required};

/// The columns of an event and of what stands beside it, as [`read_found`] reads them.
const FOUND: &str = "D.UID_TEXT, D.NAME, D.REVISION, E.TITLE, E.DESCRIPTION, E.START_AT, E.END_AT, E.IS_ALL_DAY, \
    E.LOCATION, E.COLOR, E.UPDATED_AT";

/// What has changed of the events that a calendar's ledger knows, or is not there any more, by their ids: as much as `rows` at
/// most.
///
/// Plan: one row of CALENDARS by its key, from `after` on a range of the key of CALENDAR_CHANGES in its order, each event
/// and what stands beside it by their keys.
pub fn find_differing(
    db: &mut Reader<'_>,
    user: UserId,
    calendar: CalendarId,
    after: i64,
    rows: i64,
) -> Result<Vec<Difference>, DbError> {
    let binds = [
        ("calendar_id", calendar.0.into()),
        ("user_id", user.0.into()),
        ("after_id", after.into()),
        ("at_most", rows.into()),
    ];
    db.rows(&differing(), &binds, |row| {
        Ok(Difference {
            calendar,
            event: required(row.integer(0)?, "EVENT_ID")?,
            known: row.integer(1)?,
            found: row.integer(2)?.map(|_| read_found(row, 3)).transpose()?,
        })
    })
}

/// The events of a person that no ledger has in the calendar where they are, or has as deleted, by their ids: as many as `rows`
/// at most. Those in nobody's calendar are in no ledger.
///
/// Plan: from `after` on a range of IDX_CAL_EVENTS_USER_ID (by Oracle of the rows' key, or sorted, where they are many), for
/// each event what stands beside it, its calendar and its row of CALENDAR_CHANGES by their keys.
pub fn find_added(
    db: &mut Reader<'_>,
    user: UserId,
    default: Option<CalendarId>,
    after: i64,
    rows: i64,
) -> Result<Vec<Difference>, DbError> {
    let binds = [
        ("default_id", default.map(|calendar| calendar.0).into()),
        ("user_id", user.0.into()),
        ("after_id", after.into()),
        ("at_most", rows.into()),
    ];
    db.rows(&added(), &binds, |row| {
        Ok(Difference {
            event: required(row.integer(0)?, "ID")?,
            calendar: CalendarId(required(row.integer(1)?, "ID")?),
            known: row.integer(2)?,
            found: Some(read_found(row, 3)?),
        })
    })
}

fn read_found(row: &dyn Row, first: usize) -> Result<Found, DbError> {
    let text = |column| Ok::<_, DbError>(row.text(first + column)?.map(Cow::into_owned));
    Ok(Found {
        uid: text(0)?,
        name: text(1)?,
        revision: row.integer(first + 2)?,
        title: required(text(3)?, "TITLE")?,
        description: text(4)?,
        start_at: required(row.timestamp(first + 5)?, "START_AT")?,
        end_at: required(row.timestamp(first + 6)?, "END_AT")?,
        is_all_day: row.integer(first + 7)?,
        location: text(8)?,
        color: text(9)?,
        updated_at: row.timestamp(first + 10)?,
    })
}

pub(super) fn differing() -> String {
    format!(
        "SELECT L.EVENT_ID, L.CHANGE_NUMBER, E.ID, {FOUND} {LEDGER} \
         WHERE K.ID = :calendar_id AND K.USER_ID = :user_id AND L.EVENT_ID > :after_id AND {DIFFERS} \
         ORDER BY L.EVENT_ID FETCH FIRST :at_most ROWS ONLY"
    )
}

pub(super) fn added() -> String {
    format!(
        "SELECT E.ID, C.ID, L.CHANGE_NUMBER, {FOUND} FROM CALENDAR_EVENTS E \
         LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
         JOIN CALENDARS C ON C.ID = COALESCE(D.CALENDAR_ID, :default_id) AND C.USER_ID = E.USER_ID \
         LEFT JOIN CALENDAR_CHANGES L ON L.CALENDAR_ID = C.ID AND L.EVENT_ID = E.ID \
         WHERE E.USER_ID = :user_id AND E.ID > :after_id AND (L.EVENT_ID IS NULL OR L.DELETED_AT IS NOT NULL) \
         ORDER BY E.ID FETCH FIRST :at_most ROWS ONLY"
    )
}
