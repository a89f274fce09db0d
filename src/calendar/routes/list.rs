use rocket::{State, get};

use crate::auth::{CurrentUser, UnauthorizedResponse};
use crate::calendar::event::Event;
use crate::calendar::list::EventList;
use crate::calendar::queries;
use crate::db::Db;
use crate::http::Error;
use crate::http::responses::{Broken, Unavailable};

/// List one's events
///
/// All of the caller's own, ordered by `start_at`, then `id`.
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    responses((status = 200, description = "The events", body = Vec<Event<'static>>), UnauthorizedResponse, Broken, Unavailable),
)]
#[get("/events")]
pub async fn list_events(user: CurrentUser, db: &State<Db>) -> Result<EventList, Error> {
    Ok(db.read("list_events", move |db| queries::list_events(db, user.0)).await?)
}
