//! Moves an event without a form of all that it has.

use askama::Template;
use askama_web::WebTemplate;
use jiff::civil::Time;
use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{State, get, post};
use serde_json::json;

use super::back::{asked_for, back, given};
use super::choices::Choices;
use super::edit::meant;
use super::found::{by_now, writable};
use super::known::query;
use super::scope::Scope;
use super::shown::when;
use super::times::{Times, written};
use super::told::told;
use crate::calendar::list_calendars;
use crate::calendar::{
    Along, Calendar, DatabaseName, Days, EventId, EventPatch, NoSuchEvent, SeenEvent, change_event,
};
use crate::db::Db;
use crate::http::{Body, Error, FieldErrors, Form};
use crate::page::filled::Filled;
use crate::page::frame::{Frame, Part};
use crate::page::refused::Refused;
use crate::page::sender::Sender;
use crate::page::visitor::Visitor;
use crate::time::ZoneName;

/// The form of a move.
#[derive(Template, WebTemplate)]
#[template(path = "events/move.html")]
pub struct MovePage {
    frame: Frame,
    form: Filled,
    id: i64,
    query: String,
    etag: String,
    title: String,
    when: String,
    is_all_day: bool,
    has_scope: bool,
    choices: Choices,
    next: String,
}

/// Its fields.
const FIELDS: [&str; 7] =
    ["start_date", "start_time", "end_date", "end_time", "is_all_day", "calendar_id", "scope"];

impl MovePage {
    fn new(
        visitor: &Visitor,
        calendars: &[Calendar],
        seen: &SeenEvent,
        (form, next): (Filled, &str),
    ) -> Self {
        let choices = match seen.owner {
            None => Choices::of_own(visitor, calendars),
            Some(_) => Choices::new(visitor, std::iter::empty()),
        };
        Self {
            frame: Frame::new("Move", Part::Calendar, visitor),
            form,
            id: seen.id.0,
            query: query(seen.occurrence),
            etag: seen.tag.clone(),
            title: seen.values.title.clone(),
            when: when(seen, visitor),
            is_all_day: seen.values.is_all_day,
            has_scope: seen.occurrence.is_some(),
            choices,
            next: next.to_owned(),
        }
    }
}

#[get("/events/<id>/move?<occurrence>&<next>")]
pub async fn get_move(
    visitor: Visitor,
    id: Result<EventId, NoSuchEvent>,
    occurrence: Option<&str>,
    next: Option<&str>,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<MovePage, Refused> {
    let seen = writable(db, name, &visitor, id, occurrence).await?;
    let calendars = list_calendars(db, visitor.user).await?;
    let form = shown(&seen, &visitor.preferences.time_zone)
        .drawn()
        .with_all("calendar_id", seen.calendar.map(|calendar| calendar.0.to_string()))
        .with("scope", "this");
    let next = given(next);
    Ok(MovePage::new(&visitor, &calendars, &seen, (form, next)))
}

/// Moves what is meant of the event to another time, and to another of one's own calendars. It is what dragging it does, too:
///
/// - `start_date` and `start_time` in the sender's zone, without a time where it is for whole days;
/// - `end_date` and `end_time`, inclusive where it is for whole days; without them it stays as long as it is;
/// - `is_all_day`: `true` or `false`; without it that stays;
/// - `calendar_id`; without it it stays in its calendar;
/// - `occurrence`, here or in the address, and with it `scope`: `this`, `following` or `all`;
/// - `etag`, as a form of the event has it: it is moved only if it is still what that was drawn of;
/// - `csrf_token`, and `next`, where it leads.
///
/// A 303 where it is done, else the form with what is wrong: 400, 403, 409 or 412.
#[post("/events/<id>/move?<occurrence>", data = "<form>")]
pub async fn post_move(
    sender: Sender<'_>,
    id: Result<EventId, NoSuchEvent>,
    occurrence: Option<&str>,
    form: Form,
    db: &State<Db>,
    name: &State<DatabaseName>,
) -> Result<Result<Redirect, (Status, Box<MovePage>)>, Refused> {
    let visitor = sender.confirmed_by(&form).await?;
    let seen = writable(db, name, &visitor, id, occurrence.or(form.get("occurrence"))).await?;
    let sent = Filled::sent(&form, &FIELDS);
    let said = said(&seen, &sent, &visitor.preferences.time_zone);
    let moved = match said.clone() {
        Ok((scope, patch, _)) => {
            change_event(db, name, visitor.user, meant(&seen, scope, &form), patch).await.map(drop)
        }
        Err(errors) => Err(Error::of_fields(errors)),
    };
    let (error, now) = match (moved, said) {
        (Ok(()), Ok((.., times))) => {
            return Ok(Ok(back(&form, times.day_in(&visitor.preferences.time_zone))));
        }
        (Err(error), _) if error.status() == Status::PreconditionFailed => {
            let why = "Somebody has changed this meanwhile. It is shown as it is now: move it all the same?";
            let error = Error::new(error.status(), "if_match", why);
            (error, by_now(db, name, &visitor, &seen).await?)
        }
        (Err(error), _) if matches!(error.status().code, 400 | 403 | 409) => (error, seen),
        (Err(error), _) => return Err(error.into()),
        (Ok(()), Err(errors)) => (Error::of_fields(errors), seen),
    };
    let calendars = list_calendars(db, visitor.user).await?;
    let filled = sent.clone().wrong(told(error.fields(), &sent));
    let page = MovePage::new(&visitor, &calendars, &now, (filled, asked_for(&form)));
    Ok(Err((error.status(), Box::new(page))))
}

/// When it is, where its reader is.
fn shown(seen: &SeenEvent, zone: &ZoneName) -> Times {
    let at = (seen.values.start_at, seen.values.end_at);
    match seen.values.is_all_day {
        true => Times::of_days(Days::of(at.0, at.1, &seen.zone_of_days.rules()), zone),
        false => Times::of(at, zone),
    }
}

type Said = (Scope, EventPatch, Times);

fn said(seen: &SeenEvent, sent: &Filled, zone: &ZoneName) -> Result<Said, FieldErrors> {
    let before = shown(seen, zone);
    let scope = Scope::read(sent, seen.occurrence);
    let times = times(&before, sent);
    let (scope, after) = match (scope, times) {
        (Ok(scope), Ok(times)) => (scope, times),
        (scope, times) => {
            let mut errors = scope.err().unwrap_or_default();
            errors.extend(times.err().unwrap_or_default());
            return Err(errors);
        }
    };
    let is_other = after.is_all_day != before.is_all_day;
    let days = if before.is_all_day { seen.zone_of_days.clone() } else { ZoneName::default() };
    let beyond = || FieldErrors::from([("start_date", "Must be within the years 1 to 9999".to_owned())]);
    let (start_at, mut end_at) = after.instants(&days).ok_or_else(beyond)?;
    if !has_end(sent) && !is_other && !after.is_all_day {
        end_at = start_at + (seen.values.end_at - seen.values.start_at).max(chrono::TimeDelta::zero());
    }
    let mut members = Vec::new();
    if is_other || after.start != before.start {
        members.push(("start_at", json!(written(start_at))));
    }
    if is_other || after.start != before.start || after.end != before.end {
        members.push(("end_at", json!(written(end_at))));
    }
    if is_other {
        members.push(("is_all_day", json!(after.is_all_day)));
        members.extend(after.zone_of_times().filter(|_| seen.time_zone.is_none()));
    }
    let calendar = Some(sent.value("calendar_id")).filter(|id| !id.is_empty());
    if calendar.is_some() && calendar != seen.calendar.map(|calendar| calendar.0.to_string()).as_deref() {
        if scope == Scope::This {
            let why = "One alone cannot be in another calendar".to_owned();
            return Err(FieldErrors::from([("calendar_id", why)]));
        }
        members.push(("calendar_id", json!(calendar.and_then(|id| id.parse::<i64>().ok()).unwrap_or(0))));
    }
    let patch = EventPatch::read(&Body::of(members)).map_err(|error| told(error.fields(), sent))?;
    Ok((scope, EventPatch { along: Along::Days, ..patch }, after))
}

fn has_end(sent: &Filled) -> bool {
    ["end_date", "end_time"].iter().any(|field| !sent.value(field).trim().is_empty())
}

/// When it is to be, where its reader is.
fn times(before: &Times, sent: &Filled) -> Result<Times, FieldErrors> {
    let is_all_day = match sent.value("is_all_day") {
        "" => before.is_all_day,
        said => said == "true",
    };
    let form = sent
        .clone()
        .with_all("is_all_day", is_all_day.then(|| "true".to_owned()))
        .with("time_zone", before.zone.as_str());
    let form = match has_end(sent) {
        true => form,
        false => {
            let start = ["start_date", "start_time"].map(|field| form.value(field).to_owned());
            let [date, time] = start;
            form.with("end_date", date).with("end_time", time)
        }
    };
    let mut times = Times::read(&form)?;
    // A field has whole minutes where a time is shown by them.
    let finer = |sent: Time, shown: Time| match written_minutes(sent) == written_minutes(shown) {
        true if !is_all_day && !before.is_all_day => shown,
        _ => sent,
    };
    times.start = times.start.date().to_datetime(finer(times.start.time(), before.start.time()));
    times.end = times.end.date().to_datetime(finer(times.end.time(), before.end.time()));
    if !has_end(sent) && is_all_day == before.is_all_day {
        return Ok(before.beginning(times.start));
    }
    Ok(times)
}

fn written_minutes(time: Time) -> (i8, i8) {
    (time.hour(), time.minute())
}
