use rocket::{State, patch, put};

use super::answer::{Tagged, Written};
use super::change::{UidConflict, change};
use super::edit::EventPatch;
use super::meant::Meant;
use super::own::Own;
use super::target::{Target, TargetParameters};
use crate::auth::{Caller, UnauthorizedResponse, UserId};
use crate::calendar::edit::new_event;
use crate::calendar::error::{NoSuchEvent, NotFound};
use crate::calendar::event::{EventDraft, EventPatchBody};
use crate::calendar::event_id::EventId;
use crate::calendar::queries;
use crate::calendar::sharing::Forbidden;
use crate::calendar::store::DatabaseName;
use crate::db::{Db, Unit};
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, ChangedSince, Error, IfMatch};

/// Replace an event
///
/// The whole of it: an optional member among the first seven that is left out becomes empty. One of the others that is left
/// out stays, and `null` clears it. Of an event that repeats all occurrences are meant, or what `occurrence` and `scope`
/// say.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1), TargetParameters),
    request_body = EventDraft,
    responses(
        (status = 200, description = "The event is replaced", body = Written),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        NotFound,
        UidConflict,
        ChangedSince,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[put("/events/<id>", data = "<body>")]
pub async fn update_event(
    caller: Caller<'_>,
    target: Target,
    if_match: IfMatch,
    id: Result<EventId, NoSuchEvent>,
    body: Body,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Tagged, Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    let id = id?;
    let patch = EventPatch::read_whole(&body)?;
    if patch.names_more() || target != Target::Whole || !if_match.is_absent() {
        return change_event(db, name, user, Meant::by_client(id, target, if_match), patch).await;
    }
    let values = new_event(&patch, &Default::default())?.values;
    let update = move |db: &mut Unit<'_>| match queries::update_event(db.last(), user, id, &values)? {
        true => Ok(Own::Done),
        false => Own::or_seen(db, user, id),
    };
    match db.unit("update_event", update).await? {
        Own::Done => return Ok(Tagged(Written::updated(id.0), None)),
        Own::IsAnothers => {}
        Own::NotSeen => return Err(NoSuchEvent.into()),
    }
    change_event(db, name, user, Meant::by_client(id, target, if_match), patch).await
}

/// Change an event
///
/// By a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)): what is left out stays as it is. Of an event that
/// repeats all occurrences are meant, or what `occurrence` and `scope` say.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1), TargetParameters),
    request_body = EventPatchBody,
    responses(
        (status = 200, description = "The event is changed", body = Written, headers(("ETag" = String))),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        NotFound,
        UidConflict,
        ChangedSince,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[patch("/events/<id>", data = "<body>")]
pub async fn patch_event(
    caller: Caller<'_>,
    target: Target,
    if_match: IfMatch,
    id: Result<EventId, NoSuchEvent>,
    body: Body,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Tagged, Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    let id = id?;
    let patch = EventPatch::read(&body)?;
    change_event(db, name, user, Meant::by_client(id, target, if_match), patch).await
}

/// Changes what is meant of an event as a patch says.
///
/// # Errors
/// A 400 on every field that is wrong, a 403 on `access`, a 404 on `id` or `occurrence`, a 409 on `uid`, a 412 on `if_match`; a
/// 503 where the database does not answer.
pub async fn change_event(
    db: &Db,
    name: &DatabaseName,
    user: UserId,
    meant: Meant,
    patch: EventPatch,
) -> Result<Tagged, Error> {
    let asked = meant.by(user, db, name).await?;
    db.unit("change_event", move |db| change(db, &asked, &patch)).await?
}
