use crate::calendar::calendars::CalendarId;
use crate::calendar::changes::difference::{Difference, Found};
use crate::db::{Batched, Bind, DbError, Returned, Unit, required};

/// Takes numbers of a calendar's, as many as these: the last one of them. Nobody else takes any until the unit of work
/// is over. `None`: the calendar is not there any more.
///
/// Plan: one row by its key.
pub fn take_numbers(db: &mut Unit<'_>, calendar: CalendarId, numbers: i64) -> Result<Option<i64>, DbError> {
    if let Some(last) = take_more(db, calendar, numbers)? {
        return Ok(Some(last));
    }
    let made = db.execute(
        "INSERT INTO CALENDAR_LEDGERS (CALENDAR_ID, LAST_NUMBER) VALUES (:calendar_id, :numbers)",
        &[("calendar_id", calendar.0.into()), ("numbers", numbers.into())],
    );
    match made {
        Ok(_) => Ok(Some(numbers)),
        // Another instance has made it.
        Err(DbError::Unique(_)) => take_more(db, calendar, numbers),
        Err(DbError::ForeignKey(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn take_more(db: &mut Unit<'_>, calendar: CalendarId, numbers: i64) -> Result<Option<i64>, DbError> {
    let taken = db.returning(
        TAKE,
        &[("numbers", numbers.into()), ("calendar_id", calendar.0.into())],
        &[Returned::Integer("LAST_NUMBER")],
        |row| required(row.integer(0)?, "LAST_NUMBER"),
    )?;
    Ok(taken.into_iter().next())
}

/// A difference, and the number that its change gets.
pub type Numbered<'d> = (&'d Difference, i64);

/// Puts events into the ledger that it had no row of: in one round trip, however many. Where another instance has been
/// quicker its row stays.
///
/// Plan: by the key of CALENDAR_CHANGES, and of CALENDAR_LEDGERS.
pub fn insert_events(db: &mut Unit<'_>, events: &[Numbered<'_>]) -> Result<(), DbError> {
    batch(
        db,
        "INSERT INTO CALENDAR_CHANGES (CALENDAR_ID, EVENT_ID, CHANGE_NUMBER, UID_TEXT, NAME, REVISION, TITLE, DESCRIPTION, \
         START_AT, END_AT, IS_ALL_DAY, LOCATION, COLOR, UPDATED_AT) VALUES (:calendar_id, :event_id, :change_number, \
         :uid_text, :name, :revision, :title, :description, :start_at, :end_at, :is_all_day, :location, :color, \
         :updated_at)",
        events,
        |(difference, number), binds| {
            binds.extend(key(difference, number));
            binds.extend(difference.found.iter().flat_map(columns));
        },
    )
}

/// Has the ledger's rows as the events are now: in one round trip. Where another instance has been quicker its number
/// stays, whether it saw the same or something newer.
///
/// Plan: each row by its key.
pub fn update_events(db: &mut Unit<'_>, events: &[Numbered<'_>]) -> Result<(), DbError> {
    batch(db, UPDATE, events, |(difference, number), binds| {
        binds.extend(key(difference, number));
        binds.extend(difference.found.iter().flat_map(columns));
        binds.push(("known_number", difference.known.into()));
    })
}

/// Marks events as deleted, of which nothing stays but what they were called: in one round trip. Otherwise as
/// [`update_events`].
///
/// Plan: each row by its key.
pub fn delete_events(db: &mut Unit<'_>, events: &[Numbered<'_>]) -> Result<(), DbError> {
    batch(
        db,
        "UPDATE CALENDAR_CHANGES SET CHANGE_NUMBER = :change_number, DELETED_AT = CURRENT_TIMESTAMP, REVISION = NULL, \
         TITLE = NULL, DESCRIPTION = NULL, START_AT = NULL, END_AT = NULL, IS_ALL_DAY = NULL, LOCATION = NULL, \
         COLOR = NULL, UPDATED_AT = NULL \
         WHERE CALENDAR_ID = :calendar_id AND EVENT_ID = :event_id AND CHANGE_NUMBER = :known_number",
        events,
        |(difference, number), binds| {
            binds.extend(key(difference, number));
            binds.push(("known_number", difference.known.into()));
        },
    )
}

fn batch<'d>(
    db: &mut Unit<'_>,
    sql: &str,
    events: &[Numbered<'d>],
    bind: impl Fn(Numbered<'d>, &mut Vec<Bind<'d>>),
) -> Result<(), DbError> {
    let rows = events.iter().map(|event| {
        let mut binds = Vec::new();
        bind(*event, &mut binds);
        binds
    });
    let rows: Vec<Vec<Bind<'d>>> = rows.collect();
    let rows: Vec<&[Bind<'d>]> = rows.iter().map(Vec::as_slice).collect();
    let Batched { failed, .. } = db.batch(sql, &rows)?;
    match failed.into_iter().map(|(_, error)| error).find(|error| !matches!(error, DbError::Unique(_))) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

fn key<'d>(difference: &Difference, number: i64) -> [Bind<'d>; 3] {
    [
        ("calendar_id", difference.calendar.0.into()),
        ("event_id", difference.event.into()),
        ("change_number", number.into()),
    ]
}

fn columns(found: &Found) -> [Bind<'_>; 11] {
    [
        ("uid_text", found.uid.as_deref().into()),
        ("name", found.name.as_deref().into()),
        ("revision", found.revision.into()),
        ("title", found.title.as_str().into()),
        ("description", found.description.as_deref().into()),
        ("start_at", found.start_at.into()),
        ("end_at", found.end_at.into()),
        ("is_all_day", found.is_all_day.into()),
        ("location", found.location.as_deref().into()),
        ("color", found.color.as_deref().into()),
        ("updated_at", found.updated_at.into()),
    ]
}

pub(super) const TAKE: &str =
    "UPDATE CALENDAR_LEDGERS SET LAST_NUMBER = LAST_NUMBER + :numbers WHERE CALENDAR_ID = :calendar_id";

pub(super) const UPDATE: &str = "UPDATE CALENDAR_CHANGES SET CHANGE_NUMBER = :change_number, UID_TEXT = :uid_text, NAME = :name, DELETED_AT = NULL, \
         REVISION = :revision, TITLE = :title, DESCRIPTION = :description, START_AT = :start_at, END_AT = :end_at, \
         IS_ALL_DAY = :is_all_day, LOCATION = :location, COLOR = :color, UPDATED_AT = :updated_at \
         WHERE CALENDAR_ID = :calendar_id AND EVENT_ID = :event_id AND CHANGE_NUMBER = :known_number";
