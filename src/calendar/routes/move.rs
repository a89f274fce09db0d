use rocket::{State, post};
use utoipa::ToSchema;

use super::answer::{Tagged, Written};
use super::change::UidConflict;
use super::meant::Meant;
use super::target::Target;
use super::update::change_event;
use crate::auth::{Caller, UnauthorizedResponse};
use crate::calendar::calendars::CalendarId;
use crate::calendar::edit::EventPatch;
use crate::calendar::error::{NoSuchEvent, NotFound};
use crate::calendar::event_id::EventId;
use crate::calendar::sharing::Forbidden;
use crate::calendar::store::DatabaseName;
use crate::db::Db;
use crate::http::responses::{Broken, Refused, TooLarge, Unavailable};
use crate::http::{Body, Change, ChangedSince, Error, IfMatch, REQUIRED};

/// Where an event is to be.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Destination {
    /// One of one's own calendars.
    #[schema(minimum = 1, example = 1)]
    calendar_id: i64,
}

/// Move an event to another calendar of one's own
#[utoipa::path(
    tag = "calendar",
    security(("access_token" = [])),
    params(("id" = i64, Path, description = "The event's id", minimum = 1, example = 1)),
    request_body = Destination,
    responses(
        (status = 200, description = "The event is moved", body = Written, headers(("ETag" = String))),
        Refused,
        UnauthorizedResponse,
        Forbidden,
        NotFound,
        UidConflict,
        ChangedSince,
        TooLarge,
        Broken,
        Unavailable,
    ),
)]
#[post("/events/<id>/move", data = "<body>")]
pub async fn move_event(
    caller: Caller<'_>,
    if_match: IfMatch,
    id: Result<EventId, NoSuchEvent>,
    body: Body,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Tagged, Error> {
    let user = caller.confirmed_by(&body).await?.0.user;
    let id = id?;
    let mut fields = body.fields();
    let calendar = fields.integer("calendar_id", CalendarId::parse);
    if calendar.is_none() {
        fields.refuse("calendar_id", REQUIRED);
    }
    let calendar = fields.finish(calendar)?;
    let patch = EventPatch { calendar: Change::Set(calendar), ..EventPatch::default() };
    let meant = Meant::by_client(id, Target::Whole, if_match);
    let Tagged(written, tag) = change_event(db, name, user, meant, patch).await?;
    Ok(Tagged(Written::moved(written.id), tag))
}
