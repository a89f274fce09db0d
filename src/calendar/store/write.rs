//! Writes an event with all that stands beside it, in a unit of work.

use super::details::{insert_details, update_details};
use super::event::{Details, StoredEvent};
use super::exceptions::{find_exceptions, replace_exceptions};
use super::find::Exceptions;
use super::home::{resource, uid};
use super::series::{delete_series, write_series};
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::calendars::default::find_or_make as find_or_make_default;
use crate::calendar::event_id::EventId;
use crate::calendar::queries;
use crate::calendar::series::Series;
use crate::calendar::values::Values;
use crate::db::{DbError, Unit};
use crate::time::ZoneName;

/// Why an event cannot be written as it is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotWritten {
    /// The user has no such calendar.
    NoSuchCalendar,
    /// Another event of the calendar has the UID.
    UidTaken,
}

/// An event that is to be.
#[derive(Debug)]
pub struct NewEvent {
    /// What it says of itself.
    pub values: Values,
    /// The zone in which it is meant.
    pub time_zone: Option<ZoneName>,
    /// `None`: the user's default one.
    pub calendar: Option<CalendarId>,
    /// `None`: one of our own.
    pub uid: Option<String>,
    /// How it repeats.
    pub series: Option<Series>,
}

impl NewEvent {
    /// Whether it is nothing but its row.
    pub fn is_plain(&self) -> bool {
        let Self { values, time_zone, calendar, uid, series } = self;
        !values.is_beside() && time_zone.is_none() && calendar.is_none() && uid.is_none() && series.is_none()
    }
}

/// Adds an event that has something beside its row. Where it cannot be written nothing is.
pub fn create(
    db: &mut Unit<'_>,
    user: UserId,
    new: &NewEvent,
    database: &str,
) -> Result<Result<EventId, NotWritten>, DbError> {
    let calendar = match new.calendar {
        Some(calendar) => calendar,
        None => find_or_make_default(db, user)?,
    };
    let id = queries::insert_event(db, user, &new.values)?;
    let details = Details {
        calendar,
        uid: new.uid.clone().unwrap_or_else(|| uid(id, database)),
        name: resource(id),
        sequence: 0,
        revision: 1,
        time_zone: new.time_zone.clone(),
    };
    match insert_details(db, user, id, &details, &new.values) {
        Ok(true) => {}
        Ok(false) | Err(DbError::ForeignKey(_)) => return abandoned(db, NotWritten::NoSuchCalendar),
        Err(DbError::Unique(_)) => return abandoned(db, NotWritten::UidTaken),
        Err(error) => return Err(error),
    }
    if let Some(series) = &new.series {
        write_series(db, id, user, &new.values, series, false)?;
        replace_exceptions(db, id, &Exceptions::new(), series)?;
    }
    Ok(Ok(id))
}

/// Makes of an event that was read in this unit, after it was locked, what it is to be. Where it cannot be written nothing is.
pub fn save(
    db: &mut Unit<'_>,
    before: &StoredEvent,
    after: &StoredEvent,
) -> Result<Result<(), NotWritten>, DbError> {
    let (user, id) = (before.user, before.id);
    if before.values != after.values {
        queries::update_event(db, user, id, &after.values)?;
    }
    let written = match (&before.details, &after.details) {
        (Some(_), Some(details)) => update_details(db, user, id, details, &after.values),
        (None, Some(details)) => insert_details(db, user, id, details, &after.values),
        (_, None) => Ok(true),
    };
    match written {
        Ok(true) => {}
        Ok(false) | Err(DbError::ForeignKey(_)) => return abandoned(db, NotWritten::NoSuchCalendar),
        Err(DbError::Unique(_)) => return abandoned(db, NotWritten::UidTaken),
        Err(error) => return Err(error),
    }
    match (&before.series, &after.series) {
        (Some(_), None) => delete_series(db, id)?,
        (kept, Some(stored)) => {
            let exceptions = match kept {
                // In memory they have moved along already.
                Some(kept) if kept.is_stale => find_exceptions(db, user, id)?.1,
                Some(kept) => kept.series.exceptions.clone(),
                None => Exceptions::new(),
            };
            let is_same = kept.as_ref().is_some_and(|kept| !kept.is_stale && kept.series == stored.series);
            if !is_same || before.values != after.values {
                write_series(db, id, user, &after.values, &stored.series, kept.is_some())?;
            }
            replace_exceptions(db, id, &exceptions, &stored.series)?;
        }
        (None, None) => {}
    }
    Ok(Ok(()))
}

fn abandoned<T>(db: &mut Unit<'_>, why: NotWritten) -> Result<Result<T, NotWritten>, DbError> {
    db.abandon()?;
    Ok(Err(why))
}
