use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};
use utoipa::OpenApi;

use super::answer::Changes;
use super::list::list;
use super::since::{NoToken, Since};
use crate::auth::{CurrentUser, UnauthorizedResponse};
use crate::calendar::calendars::{CalendarId, NoSuchCalendar, NotFound};
use crate::db::Db;
use crate::http::Error;
use crate::http::responses::{Broken, Gone, Refused, Unavailable};

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    routes![list_changes]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(list_changes))]
pub struct Described;

/// List what has changed in a calendar
///
/// Since an answer that gave a token, whoever has changed it; without one, everything. An event that has moved to another
/// calendar is deleted here and new there. Deletions are kept for 90 days: a token that is older is refused (410). So is one of
/// a calendar that somebody else shares, once that lets one do more or less: all of it looks different.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(
        ("id" = i64, Path, description = "The calendar's id", minimum = 1, example = 1),
        (
            "since" = Option<String>,
            Query,
            description = "The token of the answer before, or of the list of calendars; left out, nothing has been seen",
        ),
    ),
    responses(
        (status = 200, description = "What is different", body = Changes),
        Refused,
        UnauthorizedResponse,
        NotFound,
        Gone,
        Broken,
        Unavailable,
    ),
)]
#[get("/calendars/<id>/changes")]
async fn list_changes(
    user: CurrentUser,
    id: Result<CalendarId, NoSuchCalendar>,
    since: Result<Since, NoToken>,
    db: &State<Db>,
) -> Result<Json<Changes>, Error> {
    let id = id?;
    let token = since?.of(id)?;
    list(db, user.0, id, token).await.map(Json)
}
