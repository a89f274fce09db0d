use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{State, post};

use super::answer::Written;
use super::change::not_written;
use super::edit::{EventPatch, new_event};
use crate::auth::{Caller, Unauthorized, UnauthorizedResponse, UserId};
use crate::calendar::calendars;
use crate::calendar::event::EventDraft;
use crate::calendar::event_id::EventId;
use crate::calendar::queries;
use crate::calendar::sharing::{Forbidden, NoAccess, hold_calendar};
use crate::calendar::store::{DatabaseName, NotWritten, create};
use crate::db::{Db, DbError, Unit};
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, Error};
use crate::preferences::find_preferences;

/// Add an event
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    request_body = EventDraft,
    responses(
        (status = 201, description = "The event is there", body = Written),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        super::change::UidConflict,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[post("/events", data = "<body>")]
pub async fn create_event(
    caller: Caller<'_>,
    body: Body,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<(Status, Json<Written>), Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    let id = add_event(db, name, user, EventPatch::read_whole(&body)?).await?;
    Ok((Status::Created, Json(Written::created(id.0))))
}

/// Adds an event of a person's, or to a calendar that they may write.
///
/// # Errors
/// A 400 on what is wrong with it, a 403 on `access`, a 409 on `uid`, a 401 where there is no such person any more; a 503 where the
/// database does not answer.
pub async fn add_event(
    db: &Db,
    name: &DatabaseName,
    user: UserId,
    patch: EventPatch,
) -> Result<EventId, Error> {
    let created = match patch.names_more() {
        false => {
            let values = new_event(&patch, &Default::default())?.values;
            db.unit("create_event", move |db| queries::insert_event(db.last(), user, &values)).await.map(Ok)
        }
        true => {
            let database = name.get(db).await?;
            db.unit("create_event", move |db| create_more(db, user, &patch, &database)).await
        }
    };
    match created {
        Ok(Ok(id)) => Ok(id),
        Ok(Err(error)) => Err(error),
        // FK_CAL_EVENTS_USER: the token's user is no longer there.
        Err(DbError::ForeignKey(_)) => Err(Unauthorized("User not found").into()),
        Err(error) => Err(error.into()),
    }
}

fn create_more(
    db: &mut Unit<'_>,
    user: UserId,
    patch: &EventPatch,
    database: &str,
) -> Result<Result<EventId, Error>, DbError> {
    // Whose calendar it is in: theirs is the event, whoever writes it.
    let owner = match patch.calendar.value() {
        None => user,
        Some(calendar) => match hold_calendar(db, user, *calendar)? {
            Some(owner) => owner,
            None if calendars::find(db, user, *calendar)?.is_some() => return Ok(Err(NoAccess.into())),
            None => return Ok(Err(not_written(NotWritten::NoSuchCalendar))),
        },
    };
    // Whole days can be those of their owner's zone.
    let owner_zone = match patch.recurrence.value().is_some() {
        true => find_preferences(db, owner)?.time_zone,
        false => Default::default(),
    };
    let new = match new_event(patch, &owner_zone) {
        Ok(new) => new,
        Err(refused) => {
            db.abandon()?;
            return Ok(Err(refused.into()));
        }
    };
    // Null and what is so by itself is nothing new.
    if new.is_plain() {
        return queries::insert_event(db.last(), user, &new.values).map(Ok);
    }
    Ok(create(db, owner, &new, database)?.map_err(not_written))
}
