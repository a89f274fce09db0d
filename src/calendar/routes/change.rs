//! Changes an event in a unit of work: it is locked, read, compared with what the client has read, and written.

use rocket::http::Status;
use utoipa::IntoResponses;

use super::answer::{Tagged, Written};
use super::target::Target;
use crate::auth::UserId;
use crate::calendar::calendars::default::find_or_make as find_or_make_default;
use crate::calendar::calendars::{self, CalendarId};
use crate::calendar::edit::{
    Changed, Deleted, EventPatch, NoSuchOccurrence, Refused, change_following, change_occurrence,
    change_throughout, change_whole, delete_following, delete_occurrence,
};
use crate::calendar::error::NoSuchEvent;
use crate::calendar::event_id::EventId;
use crate::calendar::queries;
use crate::calendar::series::{Occurrence, RecurrenceId};
use crate::calendar::sharing::{NoAccess, copy_shares};
use crate::calendar::shown::tag;
use crate::calendar::store::{NotWritten, StoredEvent, create, find_event, find_home, lock_event, save, uid};
use crate::calendar::whole::text_of;
use crate::db::{DbError, Unit};
use crate::http::{Change, Error, ErrorBody, IfMatch, REQUIRED};

/// What is asked for, of which event.
pub struct Asked {
    pub user: UserId,
    pub id: EventId,
    pub target: Target,
    pub if_match: IfMatch,
    /// What that is a tag of.
    pub read: Read,
    /// The name of the database.
    pub database: std::sync::Arc<str>,
}

/// What a client has read before it changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// What it means to change.
    Target,
    /// The event and the occurrence that it means, as a form shows both.
    Both,
}

type Done<T> = Result<Result<T, Error>, DbError>;

/// How often an event is looked at again that is moved to another calendar meanwhile.
const LOOKS: usize = 5;

/// Changes what is meant as a patch says.
pub fn change(db: &mut Unit<'_>, asked: &Asked, patch: &EventPatch) -> Done<Tagged> {
    for _ in 0..LOOKS {
        let held = match hold_calendars(db, asked, patch)? {
            Ok(held) => held,
            Err(error) => return Ok(Err(error)),
        };
        let event = match locked(db, asked)? {
            Ok(event) => event,
            Err(error) => return abandoned(db, error),
        };
        if held.is_some_and(|held| held != event.details.as_ref().map(|details| details.calendar)) {
            db.abandon()?;
            continue;
        }
        return match plan(&event, asked, patch) {
            Ok(changed) => write(db, asked, &event, changed),
            Err(error) => abandoned(db, error),
        };
    }
    Err(DbError::Unavailable(format!("event {} is moved again and again", asked.id.0)))
}

/// Nobody deletes the calendar that an event is to be in, nor the one out of which it is taken: calendars come first, as
/// everywhere. Which one that was: `None` where none is held, because the event stays in it. Only its owner moves it.
fn hold_calendars(db: &mut Unit<'_>, asked: &Asked, patch: &EventPatch) -> Done<Option<Option<CalendarId>>> {
    let to = patch.calendar.value().copied();
    if to.is_none() && !matches!(asked.target, Target::Following(_)) {
        return Ok(Ok(None));
    }
    let Some((owner, from)) = find_home(db, asked.user, asked.id)? else { return Ok(Ok(None)) };
    let to = to.filter(|_| owner == asked.user);
    let Some(one) = to.or(from) else { return Ok(Ok(Some(from))) };
    let held = calendars::lock(db, owner, [one, from.unwrap_or(one)])?;
    match to.is_none_or(|to| held.iter().any(|held| held.id == to)) {
        true => Ok(Ok(Some(from))),
        false => abandoned(db, not_written(NotWritten::NoSuchCalendar)),
    }
}

fn write(db: &mut Unit<'_>, asked: &Asked, event: &StoredEvent, changed: Changed) -> Done<Tagged> {
    let (after, new) = match changed {
        Changed::One(after) => (after, None),
        Changed::Two(before, new) => (before, Some(new)),
    };
    if let Err(why) = save(db, event, &after)? {
        return Ok(Err(not_written(why)));
    }
    match new {
        Some(new) => match create(db, event.user, &new, &asked.database)? {
            Ok(id) => {
                copy_shares(db, event.user, event.id, id)?;
                Ok(Ok(Tagged(Written::updated(id.0), None)))
            }
            Err(why) => Ok(Err(not_written(why))),
        },
        None => {
            let tag = seen(&after, asked).ok().map(|text| tag(&text));
            Ok(Ok(Tagged(Written::updated(asked.id.0), tag)))
        }
    }
}

/// Deletes what is meant.
pub fn delete(db: &mut Unit<'_>, asked: &Asked) -> Done<()> {
    let done = locked(db, asked)?.and_then(|event| {
        let deleted = match asked.target {
            Target::Whole | Target::Throughout(_) => Ok(Deleted::All),
            Target::Occurrence(id) => delete_occurrence(&event, id),
            Target::Following(id) => delete_following(&event, id),
        };
        let deleted = deleted?;
        keeps_private(&event, deleted.private_occurrences())?;
        Ok((deleted, event))
    });
    match done {
        Err(error) => abandoned(db, error),
        Ok((Deleted::All, event)) => queries::delete_event(db.last(), event.user, event.id).map(|_| Ok(())),
        Ok((Deleted::But(after), event)) => Ok(save(db, &event, &after)?.map_err(not_written)),
    }
}

fn plan(event: &StoredEvent, asked: &Asked, patch: &EventPatch) -> Result<Changed, Error> {
    let stays = match &patch.uid {
        Change::Keep => true,
        Change::Clear => false,
        Change::Set(given) => match &event.details {
            Some(details) => *given == details.uid,
            None => *given == uid(event.id, &asked.database),
        },
    };
    if !stays {
        return Err(Refused::of("uid", "Stays as it was when the event was made").into());
    }
    if patch.calendar == Change::Clear {
        return Err(Refused::of("calendar_id", REQUIRED).into());
    }
    let calendar = patch.calendar.value().copied();
    if event.shared.is_some() && calendar.is_some_and(|calendar| Some(calendar) != event.seen_calendar()) {
        return Err(NoAccess.into());
    }
    let changed = match asked.target {
        Target::Whole => Changed::One(Box::new(change_whole(event, patch, &asked.database)?)),
        Target::Occurrence(id) => Changed::One(Box::new(change_occurrence(event, id, patch)?)),
        Target::Following(id) => change_following(event, id, patch, &asked.database)?,
        Target::Throughout(id) => {
            Changed::One(Box::new(change_throughout(event, id, patch, &asked.database)?))
        }
    };
    keeps_private(event, changed.private_occurrences())?;
    Ok(changed)
}

/// Somebody else than the owner may write the rest of a series, and leaves what is private in it where it is.
fn keeps_private(event: &StoredEvent, left: usize) -> Result<(), NoAccess> {
    match event.shared.is_some() && left < event.private_occurrences() {
        true => Err(NoAccess),
        false => Ok(()),
    }
}

/// The event, locked, if what is meant of it is what the client has read. Its owner has a default calendar from then on.
fn locked(db: &mut Unit<'_>, asked: &Asked) -> Done<StoredEvent> {
    let is_locked = lock_event(db, asked.user, asked.id)?.is_some();
    let Some(mut event) = find_event(db, asked.user, asked.id)? else { return Ok(Err(NoSuchEvent.into())) };
    if !is_locked || !may_be_written(&event, asked.target) {
        return Ok(Err(NoAccess.into()));
    }
    if event.default_calendar.is_none() {
        event.default_calendar = Some(find_or_make_default(db, event.user)?);
    }
    if asked.if_match.is_absent() {
        return Ok(Ok(event));
    }
    Ok(seen(&event, asked).and_then(|text| Ok(asked.if_match.check(&tag(&text))?)).map(|()| event))
}

/// Whether somebody who may write the event may write what is meant of it: none of it where it is private, neither the whole
/// nor the occurrence.
fn may_be_written(event: &StoredEvent, target: Target) -> bool {
    let of_occurrence = |id| {
        let occurrence = event.series.as_ref().and_then(|stored| stored.series.find(id));
        occurrence.is_none_or(|one| event.may_be_written(one.values(&event.values).visibility))
    };
    match target {
        Target::Whole => event.may_be_written(event.values.visibility),
        Target::Occurrence(id) => of_occurrence(id),
        Target::Following(id) | Target::Throughout(id) => {
            event.may_be_written(event.values.visibility) && of_occurrence(id)
        }
    }
}

/// What the client has read, as it is now.
fn seen(event: &StoredEvent, asked: &Asked) -> Result<String, Error> {
    let occurrence = match asked.target {
        Target::Whole => None,
        Target::Occurrence(id) | Target::Following(id) | Target::Throughout(id) => {
            Some(find_occurrence(event, id)?)
        }
    };
    match asked.read {
        Read::Target => shown(event, occurrence.as_ref(), &asked.database),
        Read::Both => both(event, occurrence.as_ref(), &asked.database),
    }
}

/// The text of an event, and that of its occurrence.
///
/// # Errors
/// As [`shown`].
pub fn both(
    event: &StoredEvent,
    occurrence: Option<&Occurrence<'_>>,
    database: &str,
) -> Result<String, Error> {
    let whole = shown(event, None, database)?;
    match occurrence {
        Some(_) => Ok(whole + &shown(event, occurrence, database)?),
        None => Ok(whole),
    }
}

/// The occurrence of an event.
///
/// # Errors
/// A 404 on `occurrence`.
pub fn find_occurrence(event: &StoredEvent, id: RecurrenceId) -> Result<Occurrence<'_>, NoSuchOccurrence> {
    event.series.as_ref().and_then(|stored| stored.series.find(id)).ok_or(NoSuchOccurrence)
}

/// The text of an event whose owner has a default calendar.
///
/// # Errors
/// A 500, which no event gives.
pub fn shown(
    event: &StoredEvent,
    occurrence: Option<&Occurrence<'_>>,
    database: &str,
) -> Result<String, Error> {
    match text_of(event, occurrence, database) {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(Error::internal("the owner of an event has no default calendar")),
        Err(error) => Err(Error::internal(error.to_string())),
    }
}

fn abandoned<T>(db: &mut Unit<'_>, error: Error) -> Done<T> {
    db.abandon()?;
    Ok(Err(error))
}

/// What the client is told of an event that cannot be written.
pub fn not_written(why: NotWritten) -> Error {
    match why {
        NotWritten::NoSuchCalendar => {
            Error::invalid("calendar_id", "Must be the id of a calendar that one may write")
        }
        NotWritten::UidTaken => Error::new(Status::Conflict, "uid", "Another event of the calendar has it"),
    }
}

/// Another event of the calendar has the UID (`uid`).
#[derive(IntoResponses)]
#[response(status = 409, example = json!({"errors": {"uid": "Another event of the calendar has it"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct UidConflict(ErrorBody);
