use rocket::http::Status;
use rocket::response::{Redirect, Responder};
use rocket::{State, get, post};

use super::back::{asked_for, back, given};
use super::choices::Choices;
use super::drawn::{drawn, fields, times_of};
use super::form::{FormPage, Known};
use super::found::{by_now, writable};
use super::gone::{gone, is_gone};
use super::next_dates;
use super::said::said_of;
use super::scope::{Scope, occurrence};
use super::shown::ShownPage;
use super::times::Times;
use super::told::told;
use crate::calendar::list_calendars;
use crate::calendar::{
    Access, Calendar, DatabaseName, EventId, Meant, NoSuchEvent, Read, SeenEvent, change_event, find_seen,
};
use crate::db::Db;
use crate::http::{FieldErrors, Form, IfMatch};
use crate::page::filled::Filled;
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;

/// The form of an event, or, for who may not change it, what it is.
#[derive(Responder)]
pub enum EventPage {
    Form(Box<FormPage>),
    Shown(Box<ShownPage>),
}

/// An event, or one of its occurrences.
#[get("/events/<id>?<occurrence>&<next>")]
pub async fn get_event(
    visitor: Visitor,
    id: Result<EventId, NoSuchEvent>,
    occurrence: Option<&str>,
    next: Option<&str>,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<EventPage, Refused> {
    let seen = find_seen(db, name, visitor.user, id?, self::occurrence(occurrence)?).await?;
    let calendars = list_calendars(db, visitor.user).await?;
    if !may_be_written(&seen) {
        return Ok(EventPage::Shown(Box::new(ShownPage::new(&seen, &visitor, &calendars))));
    }
    let form = drawn(&seen, &visitor.preferences).with("scope", "this");
    let known = Known::of(&seen, &visitor, &calendars, &seen.tag);
    let next = given(next);
    Ok(EventPage::Form(Box::new(page(&visitor, &seen, &calendars, form, known, next))))
}

/// Changes what is meant of the event, or shows its next dates.
#[post("/events/<id>?<occurrence>", data = "<form>")]
pub async fn post_event(
    sender: Sender<'_>,
    id: Result<EventId, NoSuchEvent>,
    occurrence: Option<&str>,
    form: Form,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Result<Redirect, (Status, Box<FormPage>)>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let calendars = list_calendars(db, visitor.user).await?;
    let seen = match writable(db, name, &visitor, id, occurrence.or(form.get("occurrence"))).await {
        Ok(seen) => seen,
        Err(error) if is_gone(&error) => return Ok(Err(gone(&visitor, &calendars, &form))),
        Err(error) => return Err(error.into()),
    };
    let (drawn, sent) = (drawn(&seen, &visitor.preferences), Filled::sent(&form, &fields()));
    let again = |status: Status, errors: FieldErrors| {
        let etag = form.get("etag").unwrap_or_default();
        let known = Known::of(&seen, &visitor, &calendars, etag);
        let filled = sent.clone().wrong(errors);
        (status, Box::new(page(&visitor, &seen, &calendars, filled, known, asked_for(&form))))
    };
    if form.get("preview").is_some() {
        return match next_dates::of_change((db, name), &visitor, &seen, (&drawn, &sent)).await {
            Ok(dates) => {
                let (status, page) = again(Status::Ok, FieldErrors::new());
                Ok(Err((status, Box::new(page.with_dates(dates)))))
            }
            Err(error) if error.status() == Status::BadRequest => {
                Ok(Err(again(error.status(), error.fields().clone())))
            }
            Err(error) => Err(error.into()),
        };
    }
    // What was changed in the form shows beside what it was drawn of alone.
    if form.get("etag").is_some_and(|etag| etag != seen.tag && !etag.is_empty()) {
        return Ok(Err(stale(&visitor, &seen, &calendars, &form)));
    }
    let changed = match change(&seen, (&drawn, &sent), &form) {
        Err(errors) => return Ok(Err(again(Status::BadRequest, errors))),
        Ok(None) => Ok(()),
        Ok(Some((meant, patch))) => change_event(db, name, visitor.user, meant, patch).await.map(drop),
    };
    match changed {
        Ok(()) => Ok(Ok(back(&form, day(&seen, &sent, &visitor)))),
        Err(error) if error.status() == Status::PreconditionFailed => {
            let now = by_now(db, name, &visitor, &seen).await?;
            Ok(Err(stale(&visitor, &now, &calendars, &form)))
        }
        Err(error) if is_gone(&error) => Ok(Err(gone(&visitor, &calendars, &form))),
        Err(error) if matches!(error.status().code, 400 | 403 | 409) => {
            Ok(Err(again(error.status(), told(error.fields(), &sent))))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form as it was sent, with what the event has by now where that is something else. It is sent again for what is seen now.
fn stale(visitor: &Visitor, now: &SeenEvent, calendars: &[Calendar], form: &Form) -> (Status, Box<FormPage>) {
    let (drawn, sent) = (drawn(now, &visitor.preferences), Filled::sent(form, &fields()));
    let known = Known::of(now, visitor, calendars, &now.tag).with_newer(now, (&drawn, &sent), visitor);
    let page = page(visitor, now, calendars, sent, known, asked_for(form));
    (Status::PreconditionFailed, Box::new(page))
}

/// Whether its reader may change it.
pub fn may_be_written(seen: &SeenEvent) -> bool {
    seen.access.is_none_or(|access| access == Access::Write)
}

/// What its reader means of an event, as a form says it; it changes nothing but what they have seen.
pub fn meant(seen: &SeenEvent, scope: Scope, form: &Form) -> Meant {
    let etag = form.get("etag").filter(|etag| !etag.is_empty());
    let if_match = etag.map_or(IfMatch::Anything, |etag| IfMatch::Tags(vec![etag.to_owned()]));
    Meant { id: seen.id, target: scope.target(seen.occurrence), if_match, read: Read::Both }
}

type Change = (Meant, crate::calendar::EventPatch);

fn change(
    seen: &SeenEvent,
    (drawn, sent): (&Filled, &Filled),
    form: &Form,
) -> Result<Option<Change>, FieldErrors> {
    let scope = Scope::read(sent, seen.occurrence);
    // All that is wrong is said at once.
    let said = said_of(seen, (drawn, sent), *scope.as_ref().unwrap_or(&Scope::All));
    let (scope, patch) = match (scope, said) {
        (Ok(scope), Ok(patch)) => (scope, patch),
        (scope, said) => {
            let mut errors = scope.err().unwrap_or_default();
            errors.extend(said.err().unwrap_or_default());
            return Err(errors);
        }
    };
    Ok(patch.map(|patch| (meant(seen, scope, form), patch)))
}

fn page(
    visitor: &Visitor,
    seen: &SeenEvent,
    calendars: &[Calendar],
    form: Filled,
    known: Known,
    next: &str,
) -> FormPage {
    let choices = match seen.owner {
        None => Choices::of_own(visitor, calendars),
        // Whose it is decides where it is.
        Some(_) => Choices::new(visitor, std::iter::empty()),
    };
    FormPage::known(visitor, form, choices, next, known)
}

/// The day on which it is by now, for who has sent the form.
fn day(seen: &SeenEvent, sent: &Filled, visitor: &Visitor) -> jiff::civil::Date {
    let zone = &visitor.preferences.time_zone;
    Times::read_drawn(sent).unwrap_or_else(|| times_of(seen, zone)).day_in(zone)
}
