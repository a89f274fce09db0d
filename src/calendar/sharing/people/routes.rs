use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};
use utoipa::OpenApi;

use super::beginning::Beginning;
use super::queries;
use crate::auth::{CurrentUser, UnauthorizedResponse};
use crate::calendar::sharing::Person;
use crate::db::{Db, Reader};
use crate::http::Error;
use crate::http::responses::{Broken, Refused, Unavailable};
use crate::text::fold;

/// The module's routes, below `/api`.
pub fn routes() -> Vec<Route> {
    routes![find_people]
}

/// What the document says of them.
#[derive(OpenApi)]
#[openapi(paths(find_people))]
pub struct Described;

/// How many people an answer has at most.
const AT_MOST: usize = 20;

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
    let find = move |db: &mut Reader<'_>| {
        let known = queries::known(db, user.0)?;
        let is_meant = |person: &Person| {
            let texts = [person.name.as_deref(), Some(person.email.as_str())];
            texts.into_iter().flatten().any(|text| beginning.is_of(text))
        };
        let mut people: Vec<_> = known.into_iter().filter(is_meant).collect();
        people.extend(queries::listed(db, user.0, &beginning, AT_MOST as i64)?);
        Ok(people)
    };
    let mut people = db.read("find_people", find).await?;
    people.sort_by_cached_key(|person| (fold(person.name.as_ref().unwrap_or(&person.email)), person.id));
    people.dedup_by_key(|person| person.id);
    people.truncate(AT_MOST);
    Ok(Json(people))
}
