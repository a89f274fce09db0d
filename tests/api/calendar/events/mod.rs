//! Events with all that they have: read and changed, whole or in part.

mod calendars;
mod following;
mod if_match;
mod members;
mod model;
mod occurrence;
mod others;
mod read;
mod refused;
mod rights;

use serde_json::{Value, json};

use crate::api::support::{App, Reply, bearer};

/// A weekly meeting in Berlin, four times, across the beginning of summer time; but for these members.
fn weekly(changes: Value) -> Value {
    let mut event = json!({
        "title": "Weekly", "start_at": "2025-03-17T10:00", "end_at": "2025-03-17T11:00",
        "time_zone": "Europe/Berlin", "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"],
    });
    event.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    event
}

/// When the four of it begin.
const STARTS: [&str; 4] =
    ["2025-03-17T09:00:00Z", "2025-03-24T09:00:00Z", "2025-03-31T08:00:00Z", "2025-04-07T08:00:00Z"];

fn path(id: i64) -> String {
    format!("/api/calendar/events/{id}")
}

fn occurrence(id: i64, start: &str) -> String {
    format!("/api/calendar/events/{id}?occurrence={start}")
}

fn following(id: i64, start: &str) -> String {
    format!("/api/calendar/events/{id}?occurrence={start}&scope=following")
}

fn get(app: &App, user: i64, path: &str) -> Reply {
    app.send("GET", path, &[("Authorization", &bearer(user))], b"")
}

/// The id of what is created or changed.
#[track_caller]
fn done(reply: &Reply) -> i64 {
    assert!(reply.status < 300, "{}", reply.body);
    reply.json()["id"].as_i64().unwrap()
}

/// A server, John, and his weekly meeting.
fn with_weekly(changes: Value) -> (App, i64, i64) {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let id = done(&app.create_event(john, &weekly(changes)));
    (app, john, id)
}

/// Of these starts the occurrences that there are: `2025-03-17T09:00:00Z Weekly`, with when it begins and what it is called.
fn shown(app: &App, user: i64, id: i64, starts: &[&str]) -> Vec<String> {
    let replies = starts.iter().map(|start| get(app, user, &occurrence(id, start)));
    let found = replies.filter(|reply| reply.status == 200).map(|reply| reply.json());
    let text = |member: &Value| member.as_str().unwrap().to_owned();
    found.map(|found| format!("{} {}", text(&found["start_at"]), text(&found["title"]))).collect()
}

fn recurrence(app: &App, user: i64, id: i64) -> Value {
    get(app, user, &path(id)).json()["recurrence"].clone()
}

fn patch(app: &App, user: i64, path: &str, body: Value) -> Reply {
    app.send_as(user, "PATCH", path, &body)
}

fn delete(app: &App, user: i64, path: &str) -> Reply {
    app.send_as(user, "DELETE", path, &json!(null))
}

/// How many rows each table of events has.
fn rows(app: &App) -> [usize; 4] {
    [
        "ID FROM CALENDAR_EVENTS",
        "EVENT_ID FROM EVENT_DETAILS",
        "EVENT_ID FROM EVENT_SERIES",
        "EVENT_ID FROM EVENT_EXCEPTIONS",
    ]
    .map(|what| app.database.texts(&format!("SELECT {what}")).len())
}
