use rocket::http::Status;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, post, put, routes};
use serde::Serialize;

use super::event::{Event, EventDraft};
use super::queries;
use crate::auth::CurrentUser;
use crate::db::{Db, DbError};
use crate::error::Error;
use crate::http::Body;
use crate::id::{EventId, NoSuchId};

/// The module's routes, below `/api/calendar`.
pub fn routes() -> Vec<Route> {
    routes![list_events, create_event, update_event, delete_event]
}

#[derive(Serialize)]
struct Written {
    id: i64,
    message: &'static str,
}

#[derive(Serialize)]
struct Deleted {
    message: &'static str,
}

#[get("/events")]
async fn list_events(user: CurrentUser, db: &State<Db>) -> Result<Json<Vec<Event>>, Error> {
    let events = db.run("list_events", move |db| queries::list_events(db, user.0)).await?;
    Ok(Json(events))
}

#[post("/events", data = "<body>")]
async fn create_event(
    user: CurrentUser,
    body: Body,
    db: &State<Db>,
) -> Result<(Status, Json<Written>), Error> {
    let draft = EventDraft::read(&body)?;
    let created = db.run("create_event", move |db| queries::insert_event(db, user.0, &draft)).await;
    match created {
        Ok(id) => Ok((Status::Created, Json(Written { id: id.0, message: "Event created successfully" }))),
        // FK_CAL_EVENTS_USER: the token's user is no longer there.
        Err(DbError::ForeignKey(_)) => Err(Error::Unauthorized("User not found")),
        Err(error) => Err(error.into()),
    }
}

#[put("/events/<id>", data = "<body>")]
async fn update_event(
    user: CurrentUser,
    id: Result<EventId, NoSuchId>,
    body: Body,
    db: &State<Db>,
) -> Result<Json<Written>, Error> {
    let id = id?;
    let draft = EventDraft::read(&body)?;
    match db.run("update_event", move |db| queries::update_event(db, user.0, id, &draft)).await? {
        true => Ok(Json(Written { id: id.0, message: "Event updated successfully" })),
        false => Err(Error::NoSuchEvent),
    }
}

#[delete("/events/<id>")]
async fn delete_event(
    user: CurrentUser,
    id: Result<EventId, NoSuchId>,
    db: &State<Db>,
) -> Result<Json<Deleted>, Error> {
    let id = id?;
    match db.run("delete_event", move |db| queries::delete_event(db, user.0, id)).await? {
        true => Ok(Json(Deleted { message: "Event deleted successfully" })),
        false => Err(Error::NoSuchEvent),
    }
}
