use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, post, put, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::error::{NoSuchEvent, NotFound};
use super::event::{Event, EventDraft};
use super::event_id::EventId;
use super::list::EventList;
use super::queries;
use crate::auth::{Caller, CurrentUser, Unauthorized, UnauthorizedResponse};
use crate::db::{Db, DbError};
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, Error};

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    routes![list_events, create_event, update_event, delete_event]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(list_events, create_event, update_event, delete_event))]
pub struct Described;

/// The event that was created or replaced.
#[derive(Serialize, ToSchema)]
struct Written {
    #[schema(minimum = 1, example = 1)]
    id: i64,
    #[schema(example = "Event created successfully")]
    message: &'static str,
}

#[derive(Serialize, ToSchema)]
struct Deleted {
    #[schema(example = "Event deleted successfully")]
    message: &'static str,
}

/// List one's events
///
/// All of the caller's own, ordered by `start_at`, then `id`.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    responses((status = 200, description = "The events", body = Vec<Event<'static>>), UnauthorizedResponse, Broken, Unavailable),
)]
#[get("/events")]
async fn list_events(user: CurrentUser, db: &State<Db>) -> Result<EventList, Error> {
    Ok(db.read("list_events", move |db| queries::list_events(db, user.0)).await?)
}

/// Add an event
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    request_body = EventDraft,
    responses(
        (status = 201, description = "The event is there", body = Written),
        Refused,
        UnauthorizedResponse,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[post("/events", data = "<body>")]
async fn create_event(
    caller: Caller<'_>,
    body: Body,
    db: &State<Db>,
) -> Result<(Status, Json<Written>), Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    let draft = EventDraft::read(&body)?;
    let created = db.unit("create_event", move |db| queries::insert_event(db.last(), user, &draft)).await;
    match created {
        Ok(id) => Ok((Status::Created, Json(Written { id: id.0, message: "Event created successfully" }))),
        // FK_CAL_EVENTS_USER: the token's user is no longer there.
        Err(DbError::ForeignKey(_)) => Err(Unauthorized("User not found").into()),
        Err(error) => Err(error.into()),
    }
}

/// Replace an event
///
/// The whole of it: an optional field that is left out becomes empty.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1)),
    request_body = EventDraft,
    responses(
        (status = 200, description = "The event is replaced", body = Written),
        Refused,
        UnauthorizedResponse,
        NotFound,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[put("/events/<id>", data = "<body>")]
async fn update_event(
    caller: Caller<'_>,
    id: Result<EventId, NoSuchEvent>,
    body: Body,
    db: &State<Db>,
) -> Result<Json<Written>, Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    let id = id?;
    let draft = EventDraft::read(&body)?;
    match db.unit("update_event", move |db| queries::update_event(db.last(), user, id, &draft)).await? {
        true => Ok(Json(Written { id: id.0, message: "Event updated successfully" })),
        false => Err(NoSuchEvent.into()),
    }
}

/// Remove an event
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1)),
    responses(
        (status = 200, description = "The event is removed", body = Deleted),
        UnauthorizedResponse,
        NotFound,
        Broken,
        Unavailable,
    ),
)]
#[delete("/events/<id>")]
async fn delete_event(
    user: CurrentUser,
    id: Result<EventId, NoSuchEvent>,
    db: &State<Db>,
) -> Result<Json<Deleted>, Error> {
    let id = id?;
    match db.unit("delete_event", move |db| queries::delete_event(db.last(), user.0, id)).await? {
        true => Ok(Json(Deleted { message: "Event deleted successfully" })),
        false => Err(NoSuchEvent.into()),
    }
}
