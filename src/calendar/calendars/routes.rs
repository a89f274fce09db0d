use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, patch, post, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::draft::CalendarDraft;
use super::error::{Full, Kept, NoSuchCalendar, NoSuchTarget, NotFound};
use super::move_to::MoveTo;
use super::patch::CalendarPatch;
use super::shown::{Shown, shown, shown_one};
use super::{CalendarId, steps};
use crate::auth::{Caller, CurrentUser, UnauthorizedResponse};
use crate::calendar::sharing::Forbidden;
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, Error};

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    routes![list_calendars, create_calendar, read_calendar, patch_calendar, delete_calendar]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(list_calendars, create_calendar, read_calendar, patch_calendar, delete_calendar))]
pub struct Described;

#[derive(Serialize, ToSchema)]
#[schema(as = CalendarDeleted)]
struct Deleted {
    #[schema(example = "Calendar deleted successfully")]
    message: &'static str,
}

/// List one's calendars
///
/// The default one first, one's others by `id`, at most 100, then those that others share. Everybody has a default one,
/// "Personal" until it is called otherwise.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    responses((status = 200, description = "The calendars", body = Vec<Shown>), UnauthorizedResponse, Broken, Unavailable),
)]
#[get("/calendars")]
async fn list_calendars(user: CurrentUser, db: &State<Db>) -> Result<Json<Vec<Shown>>, Error> {
    let calendars = steps::list(db, user.0).await?;
    Ok(Json(shown(db, user.0, calendars).await?))
}

/// Add a calendar
///
/// There can be 100, the default one among them.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    request_body = CalendarDraft,
    responses(
        (status = 201, description = "The calendar is there", body = Shown),
        Refused,
        UnauthorizedResponse,
        Full,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[post("/calendars", data = "<body>")]
async fn create_calendar(
    caller: Caller<'_>,
    body: Body,
    db: &State<Db>,
) -> Result<(Status, Json<Shown>), Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    let created = steps::create(db, user, &body).await?;
    Ok((Status::Created, Json(Shown::new(created))))
}

/// Read a calendar
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 1)),
    responses(
        (status = 200, description = "The calendar", body = Shown),
        UnauthorizedResponse,
        NotFound,
        Broken,
        Unavailable,
    ),
)]
#[get("/calendars/<id>")]
async fn read_calendar(
    user: CurrentUser,
    id: Result<CalendarId, NoSuchCalendar>,
    db: &State<Db>,
) -> Result<Json<Shown>, Error> {
    let found = steps::read(db, user.0, id?).await?;
    Ok(Json(shown_one(db, user.0, found).await?.ok_or(NoSuchCalendar)?))
}

/// Change a calendar
///
/// By a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)): what is left out stays as it
/// is. The answer is the whole of it after the change. Of a calendar that somebody else shares one has a name and a colour for
/// oneself, until which the owner's are shown.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 1)),
    request_body = CalendarPatch,
    responses(
        (status = 200, description = "The calendar after the change", body = Shown),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        NotFound,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[patch("/calendars/<id>", data = "<body>")]
async fn patch_calendar(
    caller: Caller<'_>,
    id: Result<CalendarId, NoSuchCalendar>,
    body: Body,
    db: &State<Db>,
) -> Result<Json<Shown>, Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    let found = steps::patch(db, user, id?, &body).await?;
    Ok(Json(shown_one(db, user, found).await?.ok_or(NoSuchCalendar)?))
}

/// Remove a calendar
///
/// With its events, unless `move_to` names another calendar for them. The default one cannot be removed.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(
        ("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 2),
        (
            "move_to" = Option<i64>,
            Query,
            description = "The id of another calendar of one's own that gets the events. None of them may be in both",
            minimum = 1,
            example = 1,
        ),
    ),
    responses(
        (status = 200, description = "The calendar is removed", body = Deleted),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        NotFound,
        Kept,
        Broken,
        Unavailable,
    ),
)]
#[delete("/calendars/<id>")]
async fn delete_calendar(
    user: CurrentUser,
    id: Result<CalendarId, NoSuchCalendar>,
    move_to: Result<MoveTo, NoSuchTarget>,
    db: &State<Db>,
) -> Result<Json<Deleted>, Error> {
    let (id, MoveTo(move_to)) = (id?, move_to?);
    steps::delete(db, user.0, id, move_to).await?;
    Ok(Json(Deleted { message: "Calendar deleted successfully" }))
}
