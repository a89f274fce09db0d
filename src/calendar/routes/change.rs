//! Changes an event in a unit of work: it is locked, read, compared with what the client has read, and written.

use rocket::http::Status;
use utoipa::IntoResponses;

use super::answer::{Tagged, Written};
use super::target::Target;
use crate::auth::UserId;
use crate::calendar::calendars;
use crate::calendar::calendars::default::find_or_make as find_or_make_default;
use crate::calendar::edit::{
    Deleted, EventPatch, NoSuchOccurrence, Refused, Split, change_following, change_occurrence, change_whole,
    delete_following, delete_occurrence,
};
use crate::calendar::error::NoSuchEvent;
use crate::calendar::event_id::EventId;
use crate::calendar::queries;
use crate::calendar::series::{Occurrence, RecurrenceId};
use crate::calendar::shown::tag;
use crate::calendar::store::{NotWritten, StoredEvent, create, find_event, lock_event, save};
use crate::calendar::whole::text_of;
use crate::db::{DbError, Unit};
use crate::http::{Error, ErrorBody, IfMatch};

/// What is asked for, of which event.
pub struct Asked {
    pub user: UserId,
    pub id: EventId,
    pub target: Target,
    pub if_match: IfMatch,
    /// The name of the database.
    pub database: std::sync::Arc<str>,
}

type Done<T> = Result<Result<T, Error>, DbError>;

/// Changes what is meant as a patch says.
pub fn change(db: &mut Unit<'_>, asked: &Asked, patch: &EventPatch) -> Done<Tagged> {
    if let Some(calendar) = patch.calendar
        && calendars::lock(db, asked.user, [calendar, calendar])?.is_empty()
    {
        return Ok(Err(not_written(NotWritten::NoSuchCalendar)));
    }
    let done = locked(db, asked)?.and_then(|event| plan(&event, asked, patch).map(|plan| (event, plan)));
    let (event, plan) = match done {
        Ok(done) => done,
        Err(error) => return abandoned(db, error),
    };
    let (after, new) = match plan {
        Plan::One(after) => (after, None),
        Plan::Two(before, new) => (before, Some(new)),
    };
    if let Err(why) = save(db, &event, &after)? {
        return Ok(Err(not_written(why)));
    }
    match new {
        Some(new) => Ok(match create(db, asked.user, &new, &asked.database)? {
            Ok(id) => Ok(Tagged(Written::updated(id.0), None)),
            Err(why) => Err(not_written(why)),
        }),
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
            Target::Whole => Ok(Deleted::All),
            Target::Occurrence(id) => delete_occurrence(&event, id),
            Target::Following(id) => delete_following(&event, id),
        };
        Ok((deleted?, event))
    });
    match done {
        Err(error) => abandoned(db, error),
        Ok((Deleted::All, _)) => queries::delete_event(db.last(), asked.user, asked.id).map(|_| Ok(())),
        Ok((Deleted::But(after), event)) => Ok(save(db, &event, &after)?.map_err(not_written)),
    }
}

enum Plan {
    One(StoredEvent),
    Two(StoredEvent, crate::calendar::store::NewEvent),
}

fn plan(event: &StoredEvent, asked: &Asked, patch: &EventPatch) -> Result<Plan, Error> {
    if let Some(uid) = &patch.uid {
        let has = event.details.as_ref().map(|details| details.uid.clone());
        if *uid != has.unwrap_or_else(|| crate::calendar::store::uid(event.id, &asked.database)) {
            return Err(Refused::of("uid", "Stays as it was when the event was made").into());
        }
    }
    let whole = || Ok::<_, Error>(Plan::One(change_whole(event, patch, &asked.database)?));
    match asked.target {
        Target::Whole => whole(),
        Target::Occurrence(id) => Ok(Plan::One(change_occurrence(event, id, patch)?)),
        Target::Following(id) => match change_following(event, id, patch)? {
            Split::Whole => whole(),
            Split::Two(two) => {
                let (before, new) = *two;
                Ok(Plan::Two(before, new))
            }
        },
    }
}

/// The event, locked, if what is meant of it is what the client has read. Its owner has a default calendar from then on.
fn locked(db: &mut Unit<'_>, asked: &Asked) -> Done<StoredEvent> {
    if !lock_event(db, asked.user, asked.id)? {
        return Ok(Err(NoSuchEvent.into()));
    }
    let Some(mut event) = find_event(db, asked.user, asked.id)? else { return Ok(Err(NoSuchEvent.into())) };
    if event.default_calendar.is_none() {
        event.default_calendar = Some(find_or_make_default(db, asked.user)?);
    }
    if asked.if_match.is_absent() {
        return Ok(Ok(event));
    }
    Ok(seen(&event, asked).and_then(|text| Ok(asked.if_match.check(&tag(&text))?)).map(|()| event))
}

/// What a GET of what is meant shows.
fn seen(event: &StoredEvent, asked: &Asked) -> Result<String, Error> {
    let occurrence = match asked.target {
        Target::Whole => None,
        Target::Occurrence(id) | Target::Following(id) => Some(find_occurrence(event, id)?),
    };
    shown(event, occurrence.as_ref(), &asked.database)
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
            Error::invalid("calendar_id", "Must be the id of one of one's own calendars")
        }
        NotWritten::UidTaken => Error::new(Status::Conflict, "uid", "Another event of the calendar has it"),
    }
}

/// Another event of the calendar has the UID (`uid`).
#[derive(IntoResponses)]
#[response(status = 409, example = json!({"errors": {"uid": "Another event of the calendar has it"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct UidConflict(ErrorBody);
