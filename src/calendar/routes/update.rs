use rocket::{State, patch, put};

use super::answer::{Tagged, Written};
use super::change::{Asked, UidConflict, change};
use super::edit::EventPatch;
use super::own::Own;
use super::target::{Target, TargetParameters};
use crate::auth::{Caller, UnauthorizedResponse};
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
        let asked = Asked { user, id, target, if_match, database: name.get(db).await? };
        return db.unit("update_event", move |db| change(db, &asked, &patch)).await?;
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
    let asked = Asked { user, id, target, if_match, database: name.get(db).await? };
    db.unit("update_shared_event", move |db| change(db, &asked, &patch)).await?
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
    let asked = Asked { user, id, target, if_match, database: name.get(db).await? };
    db.unit("patch_event", move |db| change(db, &asked, &patch)).await?
}
