use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, patch, post, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::calendar::Calendar;
use super::create::create;
use super::delete::delete;
use super::draft::CalendarDraft;
use super::error::{Full, InBoth, Kept, NoSuchCalendar, NoSuchTarget, NotFound};
use super::list::list;
use super::move_to::MoveTo;
use super::patch::CalendarPatch;
use super::shown::{Shown, shown, shown_one};
use super::{CalendarId, queries};
use crate::auth::{Caller, CurrentUser, Unauthorized, UnauthorizedResponse, UserId};
use crate::calendar::sharing::{Forbidden, NoAccess};
use crate::db::{Db, DbError, Unit};
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
    let calendars = list(db, user.0).await.map_err(or_gone)?;
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
    let draft = CalendarDraft::read(&body)?;
    let created = db.unit("create_calendar", move |db| create(db, user, &draft)).await;
    Ok((Status::Created, Json(Shown::new(created.map_err(or_gone)??))))
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
    let id = id?;
    let found = db.read("read_calendar", move |db| queries::find(db, user.0, id)).await?;
    Ok(Json(shown_one(db, user.0, found.ok_or(NoSuchCalendar)?).await?.ok_or(NoSuchCalendar)?))
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
    let id = id?;
    let patch = CalendarPatch::read(&body)?;
    let found = match patch.is_given() {
        true => {
            let change = move |db: &mut Unit<'_>| match queries::update(db.last(), user, id, &patch)? {
                true => queries::find(db, user, id).map(Ok),
                false => patch_share(db, user, id, &patch),
            };
            db.unit("patch_calendar", change).await??
        }
        false => db.read("read_calendar", move |db| queries::find(db, user, id)).await?,
    };
    Ok(Json(shown_one(db, user, found.ok_or(NoSuchCalendar)?).await?.ok_or(NoSuchCalendar)?))
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
    let user = user.0;
    if move_to == Some(id) {
        return Err(NoSuchTarget.into());
    }
    match db.unit("delete_calendar", move |db| delete(db, user, id, move_to)).await {
        // One of EVENT_DETAILS: nothing of the unit stays.
        Err(DbError::Unique(_)) => Err(InBoth.into()),
        deleted => {
            if let Err(why) = deleted? {
                return Err(why.into());
            }
            Ok(Json(Deleted { message: "Calendar deleted successfully" }))
        }
    }
}

/// Of a calendar that somebody else shares, one has a name and a colour for oneself; the rest is its owner's.
fn patch_share(
    db: &mut Unit<'_>,
    user: UserId,
    id: CalendarId,
    patch: &CalendarPatch,
) -> Result<Result<Option<Calendar>, NoAccess>, DbError> {
    if patch.is_owners() {
        return Ok(queries::find(db, user, id)?.map_or(Ok(None), |_| Err(NoAccess)));
    }
    match queries::update_share(db.last(), user, id, patch)? {
        true => queries::find(db, user, id).map(Ok),
        false => Ok(Ok(None)),
    }
}

/// FK_CALENDARS_USER: the token's user is no longer there.
fn or_gone(error: DbError) -> Error {
    match error {
        DbError::ForeignKey(_) => Unauthorized("User not found").into(),
        error => error.into(),
    }
}
