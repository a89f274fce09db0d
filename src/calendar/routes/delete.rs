use rocket::serde::json::Json;
use rocket::{State, delete};

use super::answer::Deleted;
use super::change;
use super::meant::Meant;
use super::own::Own;
use super::target::{Target, TargetParameters};
use crate::auth::{CurrentUser, UnauthorizedResponse, UserId};
use crate::calendar::error::{NoSuchEvent, NotFound};
use crate::calendar::event_id::EventId;
use crate::calendar::queries;
use crate::calendar::sharing::Forbidden;
use crate::calendar::store::DatabaseName;
use crate::db::{Db, Unit};
use crate::http::responses::{Broken, Refused, Unavailable};
use crate::http::{ChangedSince, Error, IfMatch};

/// Remove an event
///
/// With all its occurrences, or what `occurrence` and `scope` say. Without its last occurrence nothing of it is left.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1), TargetParameters),
    responses(
        (status = 200, description = "The event is removed", body = Deleted),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        NotFound,
        ChangedSince,
        Broken,
        Unavailable,
    ),
)]
#[delete("/events/<id>")]
pub async fn delete_event(
    user: CurrentUser,
    target: Target,
    if_match: IfMatch,
    id: Result<EventId, NoSuchEvent>,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Json<Deleted>, Error> {
    remove_event(db, name, user.0, Meant::by_client(id?, target, if_match)).await?;
    Ok(Json(Deleted::new()))
}

/// Deletes what is meant of an event.
///
/// # Errors
/// A 403 on `access`, a 404 on `id` or `occurrence`, a 400 on what is wrong with it, a 412 on `if_match`; a 503 where the database
/// does not answer.
pub async fn remove_event(db: &Db, name: &DatabaseName, user: UserId, meant: Meant) -> Result<(), Error> {
    let Meant { id, target, ref if_match, .. } = meant;
    if target == Target::Whole && if_match.is_absent() {
        let delete = move |db: &mut Unit<'_>| match queries::delete_event(db.last(), user, id)? {
            true => Ok(Own::Done),
            false => Own::or_seen(db, user, id),
        };
        match db.unit("delete_event", delete).await? {
            Own::Done => return Ok(()),
            Own::IsAnothers => {}
            Own::NotSeen => return Err(NoSuchEvent.into()),
        }
    }
    let asked = meant.by(user, db, name).await?;
    db.unit("delete_part", move |db| change::delete(db, &asked)).await?
}
