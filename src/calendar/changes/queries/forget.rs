use std::collections::BTreeMap;

use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::db::{Batched, Bind, DbError, Reader, Unit, required};

/// A row of the ledger that is to go: its calendar, its event, the number of its change.
pub type Old = (CalendarId, i64, i64);

/// Deletions that were found longer ago than this, as many as `rows` at most.
///
/// Plan: a range of IDX_CALENDAR_CHANGES_DELETED.
pub fn old_deletions(db: &mut Reader<'_>, days: i64, rows: i64) -> Result<Vec<Old>, DbError> {
    read_rows(db, OLD_DELETIONS, &[("days", days.into()), ("at_most", rows.into())])
}

fn read_rows(db: &mut Reader<'_>, sql: &str, binds: &[Bind<'_>]) -> Result<Vec<Old>, DbError> {
    db.rows(sql, binds, |row| {
        let calendar = CalendarId(required(row.integer(0)?, "CALENDAR_ID")?);
        Ok((calendar, required(row.integer(1)?, "EVENT_ID")?, required(row.integer(2)?, "CHANGE_NUMBER")?))
    })
}

/// Deletes such rows, and remembers in the heads of their calendars that they were there. What has come back meanwhile has
/// another number, and stays. Says how many went.
///
/// Plan: each row by its key.
pub fn forgotten(db: &mut Unit<'_>, old: &[Old]) -> Result<u64, DbError> {
    let mut last = BTreeMap::<CalendarId, i64>::new();
    for (calendar, _, number) in old {
        let known = last.entry(*calendar).or_default();
        *known = (*known).max(*number);
    }
    let heads: Vec<[Bind<'_>; 2]> = last
        .into_iter()
        .map(|(calendar, number)| [("calendar_id", calendar.0.into()), ("change_number", number.into())])
        .collect();
    let heads: Vec<&[Bind<'_>]> = heads.iter().map(<[_; 2]>::as_slice).collect();
    whole(db.batch(
        "UPDATE CALENDAR_LEDGERS SET FORGOTTEN_NUMBER = :change_number \
         WHERE CALENDAR_ID = :calendar_id AND FORGOTTEN_NUMBER < :change_number",
        &heads,
    )?)?;
    delete_rows(db.last(), old)
}

fn delete_rows(db: &mut Unit<'_>, rows: &[Old]) -> Result<u64, DbError> {
    let binds = rows.iter().map(|(calendar, event, number)| -> [Bind<'_>; 3] {
        [
            ("calendar_id", calendar.0.into()),
            ("event_id", (*event).into()),
            ("change_number", (*number).into()),
        ]
    });
    let binds: Vec<_> = binds.collect();
    let binds: Vec<&[Bind<'_>]> = binds.iter().map(<[_; 3]>::as_slice).collect();
    whole(db.batch(
        "DELETE FROM CALENDAR_CHANGES \
         WHERE CALENDAR_ID = :calendar_id AND EVENT_ID = :event_id AND CHANGE_NUMBER = :change_number",
        &binds,
    )?)
}

fn whole(batched: Batched) -> Result<u64, DbError> {
    match batched.failed.into_iter().next() {
        Some((_, error)) => Err(error),
        None => Ok(batched.met.iter().sum()),
    }
}

/// Deletes what the ledgers of a person's calendars have, as many rows as asked for at most. Says how many.
///
/// Plan: a range of IDX_CALENDARS_USER_ID, for each calendar one of the key of CALENDAR_CHANGES; then each row by its key.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn forget_user(db: &mut Unit<'_>, user: UserId, rows: i64) -> Result<u64, DbError> {
    let found = read_rows(db, OF_USER, &[("user_id", user.0.into()), ("at_most", rows.into())])?;
    match found.is_empty() {
        true => Ok(0),
        false => delete_rows(db, &found),
    }
}

pub(super) const OLD_DELETIONS: &str = "SELECT CALENDAR_ID, EVENT_ID, CHANGE_NUMBER FROM CALENDAR_CHANGES \
         WHERE DELETED_AT < CURRENT_TIMESTAMP - NUMTODSINTERVAL(:days, 'DAY') FETCH FIRST :at_most ROWS ONLY";

pub(super) const OF_USER: &str = "SELECT L.CALENDAR_ID, L.EVENT_ID, L.CHANGE_NUMBER FROM CALENDARS C \
         JOIN CALENDAR_CHANGES L ON L.CALENDAR_ID = C.ID WHERE C.USER_ID = :user_id FETCH FIRST :at_most ROWS ONLY";
