//! The next dates of a form while it is typed, as a piece of a page for a module.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::http::uri::Origin;
use rocket::{State, get};

use super::drawn::{drawn, fields};
use super::edit::may_be_written;
use super::next_dates::{self, NextDates};
use super::scope::occurrence;
use crate::calendar::{DatabaseName, EventId, NoAccess, NoSuchEvent, find_seen};
use crate::db::Db;
use crate::http::{Error, Form};
use crate::page::filled::Filled;
use crate::page::refused::Refused;
use crate::page::visitor::Visitor;

/// What is put into the form.
#[derive(Template, WebTemplate)]
#[template(path = "events/next_dates.html")]
pub struct Piece {
    found: Option<NextDates>,
    wrong: Vec<String>,
}

/// The next five dates of the event that a form would make: a 200 with them, a 400 with what is wrong with the form.
///
/// The query has the form's fields, as a browser would send them: those of times (`is_all_day`, `start_date`, `start_time`,
/// `end_date`, `end_time`, `time_zone`), those of [`super::repeats::FIELDS`], and, of an event that is there, all others of its form
/// with `id`, `occurrence` and `scope`.
#[get("/events/preview")]
pub async fn get_preview(
    visitor: Visitor,
    address: &Origin<'_>,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<(Status, Piece), Refused> {
    let form = Form::of(address.query().map_or("", |query| query.as_str()));
    let sent = Filled::sent(&form, &fields());
    let found = match form.get("id") {
        None => next_dates::of_new(&sent, &visitor),
        Some(id) => {
            let id = id.parse().map(EventId).map_err(|_| NoSuchEvent)?;
            let seen = find_seen(db, name, visitor.user, id, occurrence(form.get("occurrence"))?).await?;
            if !may_be_written(&seen) {
                return Err(NoAccess.into());
            }
            let drawn = drawn(&seen, &visitor.preferences);
            next_dates::of_change((db, name), &visitor, &seen, (&drawn, &sent)).await
        }
    };
    match found {
        Ok(found) => Ok((Status::Ok, Piece { found: Some(found), wrong: vec![] })),
        Err(error) if error.status() == Status::BadRequest => Ok((Status::BadRequest, wrong(&error))),
        Err(error) => Err(error.into()),
    }
}

fn wrong(error: &Error) -> Piece {
    Piece { found: None, wrong: error.fields().values().cloned().collect() }
}
