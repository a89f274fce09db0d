use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{State, get, post};

use super::back::{asked_for, back, given};
use super::drawn::times_of;
use super::edit::meant;
use super::found::{by_now, writable};
use super::known::query;
use super::scope::Scope;
use super::shown::when;
use crate::calendar::{DatabaseName, EventId, NoSuchEvent, SeenEvent, remove_event};
use crate::db::Db;
use crate::http::{FieldErrors, Form};
use crate::page::filled::Filled;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;

/// Asks, because a link changes nothing.
#[derive(Template, WebTemplate)]
#[template(path = "events/delete.html")]
pub struct DeletePage {
    frame: Frame,
    form: Filled,
    id: i64,
    query: String,
    etag: String,
    title: String,
    when: String,
    locale: String,
    has_scope: bool,
    is_series: bool,
    next: String,
}

impl DeletePage {
    fn new(visitor: &Visitor, seen: &SeenEvent, form: Filled, next: &str) -> Self {
        Self {
            frame: Frame::new("Delete", Part::Calendar, visitor),
            form,
            id: seen.id.0,
            query: query(seen.occurrence),
            etag: seen.tag.clone(),
            title: seen.values.title.clone(),
            when: when(seen, visitor),
            locale: visitor.words.locale().to_owned(),
            has_scope: seen.occurrence.is_some(),
            is_series: seen.series.is_some(),
            next: next.to_owned(),
        }
    }
}

#[get("/events/<id>/delete?<occurrence>&<next>")]
pub async fn get_delete(
    visitor: Visitor,
    id: Result<EventId, NoSuchEvent>,
    occurrence: Option<&str>,
    next: Option<&str>,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<DeletePage, Refused> {
    let seen = writable(db, name, &visitor, id, occurrence).await?;
    let next = given(next);
    Ok(DeletePage::new(&visitor, &seen, Filled::default().with("scope", "this"), next))
}

/// Deletes what is meant of the event: `scope` says which occurrences.
#[post("/events/<id>/delete?<occurrence>", data = "<form>")]
pub async fn post_delete(
    sender: Sender<'_>,
    id: Result<EventId, NoSuchEvent>,
    occurrence: Option<&str>,
    form: Form,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Result<Redirect, (Status, DeletePage)>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let seen = writable(db, name, &visitor, id, occurrence.or(form.get("occurrence"))).await?;
    let sent = Filled::sent(&form, &["scope"]);
    let again = |seen: &SeenEvent, status: Status, errors: FieldErrors| {
        (status, DeletePage::new(&visitor, seen, sent.clone().wrong(errors), asked_for(&form)))
    };
    let scope = match Scope::read(&sent, seen.occurrence) {
        Ok(scope) => scope,
        Err(errors) => return Ok(Err(again(&seen, Status::BadRequest, errors))),
    };
    match remove_event(db, name, visitor.user, meant(&seen, scope, &form)).await {
        Ok(()) => {
            let zone = &visitor.preferences.time_zone;
            Ok(Ok(back(&form, times_of(&seen, zone).day_in(zone))))
        }
        Err(error) if error.status() == Status::PreconditionFailed => {
            let now = by_now(db, name, &visitor, &seen).await?;
            let why =
                "Somebody has changed this meanwhile. It is shown as it is now: delete it all the same?";
            Ok(Err(again(&now, error.status(), FieldErrors::from([("if_match", why.into())]))))
        }
        Err(error) if matches!(error.status().code, 400 | 403) => {
            Ok(Err(again(&seen, error.status(), error.fields().clone())))
        }
        Err(error) => Err(error.into()),
    }
}
