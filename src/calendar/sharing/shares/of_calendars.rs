use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, patch, post, routes};
use utoipa::OpenApi;

use super::deleted::Deleted;
use super::draft::{ShareDraft, SharePatch};
use super::{OfferLimit, Share, ShareId, Subject, steps};
use crate::auth::{Caller, CurrentUser, UnauthorizedResponse};
use crate::calendar::calendars::{CalendarId, NoSuchCalendar, NotFound};
use crate::calendar::sharing::Forbidden;
use crate::calendar::sharing::error::{NoSuchShare, ShareNotFound};
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, TooManyAttempts, Unavailable};
use crate::http::{Body, Error, Page, PageParameters, Paged};

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    routes![
        list_calendar_shares,
        share_calendar,
        read_calendar_share,
        patch_calendar_share,
        delete_calendar_share
    ]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(
    list_calendar_shares,
    share_calendar,
    read_calendar_share,
    patch_calendar_share,
    delete_calendar_share
))]
pub struct Described;

/// List with whom a calendar is shared
///
/// By `id`, to its owner. Whom it is shared with sees their own share.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 1), PageParameters),
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
#[get("/calendars/<id>/shares")]
async fn list_calendar_shares(
    user: CurrentUser,
    page: Page<i64>,
    id: Result<CalendarId, NoSuchCalendar>,
    db: &State<Db>,
) -> Result<Paged<Share>, Error> {
    let beginning = (page.after().copied().unwrap_or(0), page.rows());
    let shares = steps::list(db, user.0, Subject::Calendar(id?), beginning).await?;
    Ok(page.of(shares, |share| share.id))
}

/// Share a calendar
///
/// It is offered to an address until whoever has it accepts; whether somebody has it is not told. An address that it was
/// offered to already has the same share, changed. There can be 50 offers an hour.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 1)),
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
#[post("/calendars/<id>/shares", data = "<body>")]
async fn share_calendar(
    caller: Caller<'_>,
    id: Result<CalendarId, NoSuchCalendar>,
    body: Body,
    db: &State<Db>,
    limit: &State<OfferLimit>,
) -> Result<(Status, Json<Share>), Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    Ok((Status::Created, Json(steps::create(db, **limit, user, Subject::Calendar(id?), &body).await?)))
}

/// Read a share of a calendar
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(
        ("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 1),
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
#[get("/calendars/<id>/shares/<share>")]
async fn read_calendar_share(
    user: CurrentUser,
    id: Result<CalendarId, NoSuchCalendar>,
    share: Result<ShareId, NoSuchShare>,
    db: &State<Db>,
) -> Result<Json<Share>, Error> {
    Ok(Json(steps::read(db, user.0, Subject::Calendar(id?), share).await?))
}

/// Change a share of a calendar
///
/// What it lets its receiver do, from the answer on.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(
        ("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 1),
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
#[patch("/calendars/<id>/shares/<share>", data = "<body>")]
async fn patch_calendar_share(
    caller: Caller<'_>,
    id: Result<CalendarId, NoSuchCalendar>,
    share: Result<ShareId, NoSuchShare>,
    body: Body,
    db: &State<Db>,
) -> Result<Json<Share>, Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    Ok(Json(steps::patch(db, user, Subject::Calendar(id?), share, &body).await?))
}

/// End a share of a calendar
///
/// By its owner, or by its receiver, who leaves it. Nothing more is read or written by it from the answer on.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params(
        ("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 1),
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
#[delete("/calendars/<id>/shares/<share>")]
async fn delete_calendar_share(
    user: CurrentUser,
    id: Result<CalendarId, NoSuchCalendar>,
    share: Result<ShareId, NoSuchShare>,
    db: &State<Db>,
) -> Result<Json<Deleted>, Error> {
    steps::delete(db, user.0, Subject::Calendar(id?), share).await?;
    Ok(Json(Deleted::DONE))
}
