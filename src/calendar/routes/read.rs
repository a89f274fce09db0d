use rocket::{State, get};

use super::change::{find_occurrence, shown};
use super::target::{OccurrenceParameters, Target};
use crate::auth::{CurrentUser, UnauthorizedResponse, UserId};
use crate::calendar::calendars::default::find_or_make as find_or_make_default;
use crate::calendar::error::{NoSuchEvent, NotFound};
use crate::calendar::event_id::EventId;
use crate::calendar::shown::ShownEvent;
use crate::calendar::store::{DatabaseName, StoredEvent, find_event, mend};
use crate::calendar::whole::WholeEvent;
use crate::db::Db;
use crate::http::Error;
use crate::http::responses::{Broken, Refused, Unavailable};

/// Read an event
///
/// With all that it has, or one of its occurrences. Its `ETag` is for `If-Match` and `If-None-Match`.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1), OccurrenceParameters),
    responses(
        (status = 200, description = "The event", body = WholeEvent<'static>, headers(("ETag" = String))),
        (status = 304, description = "The client has it already, as its `If-None-Match` says", headers(("ETag" = String))),
        Refused,
        UnauthorizedResponse,
        NotFound,
        Broken,
        Unavailable,
    ),
)]
#[get("/events/<id>")]
pub async fn read_event(
    user: CurrentUser,
    target: Target,
    id: Result<EventId, NoSuchEvent>,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<ShownEvent, Error> {
    let id = id?;
    let database = name.get(db).await?;
    let event = find(db, user.0, id).await?;
    let occurrence = match target {
        Target::Whole => None,
        Target::Occurrence(id) => Some(find_occurrence(&event, id)?),
        Target::Following(_) | Target::Throughout(_) => {
            return Err(Error::invalid("scope", "Is for changes"));
        }
    };
    Ok(ShownEvent(shown(&event, occurrence.as_ref(), &database)?))
}

/// An event that the user sees. Where it is theirs, they have a default calendar from then on.
///
/// # Errors
/// A 404 on `id`; a 503 where the database does not answer.
pub async fn find(db: &Db, user: UserId, id: EventId) -> Result<StoredEvent, Error> {
    let found = db.read("read_event", move |db| find_event(db, user, id)).await?;
    let mut event = found.ok_or(NoSuchEvent)?;
    if event.series.as_ref().is_some_and(|stored| stored.is_stale) {
        mend_later(db, event.user, id).await;
    }
    if event.calendar().is_none() && event.shared.is_none() {
        event.default_calendar =
            Some(db.unit("make_default_calendar", move |db| find_or_make_default(db, user)).await?);
    }
    Ok(event)
}

/// What is kept of a series is put right on the way. What is shown is right without it, so that an error is the log's.
pub async fn mend_later(db: &Db, owner: UserId, id: EventId) {
    if let Err(error) = db.unit("mend_series", move |db| mend(db, owner, id)).await {
        tracing::warn!("the series of event {} is yet to be mended: {error}", id.0);
    }
}
