use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, patch, post, routes};
use utoipa::OpenApi;

use super::deleted::Deleted;
use super::draft::{ShareDraft, SharePatch};
use super::{OfferLimit, Share, ShareId, Subject, steps};
use crate::auth::{Caller, CurrentUser, UnauthorizedResponse};
use crate::calendar::error::{NoSuchEvent, NotFound};
use crate::calendar::event_id::EventId;
use crate::calendar::sharing::Forbidden;
use crate::calendar::sharing::error::{NoSuchShare, ShareNotFound};
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, Error, Page, PageParameters, Paged};

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    routes![list_event_shares, share_event, read_event_share, patch_event_share, delete_event_share]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(list_event_shares, share_event, read_event_share, patch_event_share, delete_event_share))]
pub struct Described;

/// List with whom an event is shared
///
/// By `id`, to its owner. Whom it is shared with sees their own share.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1), PageParameters),
    responses(
        (
            status = 200,
            description = "The shares of a page",
            body = Vec<Share>,
            headers(("Link" = String, description = "The next page, where there is one (RFC 8288)")),
        ),
        Refused,
        UnauthorizedResponse,
        NotFound,
        Broken,
        Unavailable,
    ),
)]
#[get("/events/<id>/shares")]
async fn list_event_shares(
    user: CurrentUser,
    page: Page<i64>,
    id: Result<EventId, NoSuchEvent>,
    db: &State<Db>,
) -> Result<Paged<Share>, Error> {
    let beginning = (page.after().copied().unwrap_or(0), page.rows());
    let shares = steps::list(db, user.0, Subject::Event(id?), beginning).await?;
    Ok(page.of(shares, |share| share.id))
}

/// Share an event
///
/// It is offered to an address until whoever has it accepts; whether somebody has it is not told. An address that it was
/// offered to already has the same share, changed. There can be 50 offers an hour.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1)),
    request_body = ShareDraft,
    responses(
        (status = 201, description = "The share is offered", body = Share),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        NotFound,
        TooLarge,
        TooManyAttempts,
        Broken,
        Unavailable,
    ),
)]
#[post("/events/<id>/shares", data = "<body>")]
async fn share_event(
    caller: Caller<'_>,
    id: Result<EventId, NoSuchEvent>,
    body: Body,
    db: &State<Db>,
    limit: &State<OfferLimit>,
) -> Result<(Status, Json<Share>), Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    Ok((Status::Created, Json(steps::create(db, **limit, user, Subject::Event(id?), &body).await?)))
}

/// Read a share of an event
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(
        ("id" = i64, Path, description = "The event's id", minimum = 1, example = 1),
        ("share" = i64, Path, description = "The share's id", minimum = 1, example = 1),
    ),
    responses(
        (status = 200, description = "The share", body = Share),
        UnauthorizedResponse,
        ShareNotFound,
        Broken,
        Unavailable,
    ),
)]
#[get("/events/<id>/shares/<share>")]
async fn read_event_share(
    user: CurrentUser,
    id: Result<EventId, NoSuchEvent>,
    share: Result<ShareId, NoSuchShare>,
    db: &State<Db>,
) -> Result<Json<Share>, Error> {
    Ok(Json(steps::read(db, user.0, Subject::Event(id?), share).await?))
}

/// Change a share of an event
///
/// What it lets its receiver do, from the answer on.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(
        ("id" = i64, Path, description = "The event's id", minimum = 1, example = 1),
        ("share" = i64, Path, description = "The share's id", minimum = 1, example = 1),
    ),
    request_body = SharePatch,
    responses(
        (status = 200, description = "The share after the change", body = Share),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        ShareNotFound,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[patch("/events/<id>/shares/<share>", data = "<body>")]
async fn patch_event_share(
    caller: Caller<'_>,
    id: Result<EventId, NoSuchEvent>,
    share: Result<ShareId, NoSuchShare>,
    body: Body,
    db: &State<Db>,
) -> Result<Json<Share>, Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    Ok(Json(steps::patch(db, user, Subject::Event(id?), share, &body).await?))
}

/// End a share of an event
///
/// By its owner, or by its receiver, who leaves it. Nothing more is read or written by it from the answer on.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(
        ("id" = i64, Path, description = "The event's id", minimum = 1, example = 1),
        ("share" = i64, Path, description = "The share's id", minimum = 1, example = 1),
    ),
    responses(
        (status = 200, description = "The share is ended", body = Deleted),
        UnauthorizedResponse,
        ShareNotFound,
        Broken,
        Unavailable,
    ),
)]
#[delete("/events/<id>/shares/<share>")]
async fn delete_event_share(
    user: CurrentUser,
    id: Result<EventId, NoSuchEvent>,
    share: Result<ShareId, NoSuchShare>,
    db: &State<Db>,
) -> Result<Json<Deleted>, Error> {
    steps::delete(db, user.0, Subject::Event(id?), share).await?;
    Ok(Json(Deleted::DONE))
}
