use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};
use utoipa::OpenApi;

use super::beginning::Beginning;
use super::steps;
use crate::auth::{CurrentUser, UnauthorizedResponse};
use crate::calendar::sharing::Person;
use crate::db::Db;
use crate::http::Error;
use crate::http::responses::{Broken, Refused, Unavailable};

/// The module's routes, below `/api`.
pub fn routes() -> Vec<Route> {
    routes![find_people]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(find_people))]
pub struct Described;

/// Find people to share with
///
/// By the beginning of a name or an address: those who let themselves be found (`is_listed`), and those with whom something
/// is shared already. At most 20, by name. Somebody's whole address needs no search: it can be shared with as it is.
#[utoipa::path(
    tag = "sharing",
    security(("access_token" = [])),
    params((
        "q" = String,
        Query,
        description = "What a name or an address begins with, in upper or lower case",
        min_length = 2,
        max_length = 255,
        example = "jo",
    )),
    responses(
        (status = 200, description = "The people", body = Vec<Person>),
        Refused,
        UnauthorizedResponse,
        Broken,
        Unavailable,
    ),
)]
#[get("/users")]
async fn find_people(
    user: CurrentUser,
    beginning: Beginning,
    db: &State<Db>,
) -> Result<Json<Vec<Person>>, Error> {
    Ok(Json(steps::find(db, user.0, beginning).await?))
}
