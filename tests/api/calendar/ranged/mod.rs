//! What takes place within a range.

mod days;
mod filters;
mod foreign;
mod model;
mod pages;
mod parameters;
mod series;
mod singles;

use serde_json::{Value, json};

use crate::api::support::{App, Reply};

/// A list by this query.
fn list(app: &App, user: i64, query: &str) -> Reply {
    app.send_as(user, "GET", &format!("/api/calendar/events?{query}"), &Value::Null)
}

/// The events of a list, which must be one.
#[track_caller]
fn events(reply: &Reply) -> Vec<Value> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json().as_array().unwrap().clone()
}

/// Title and start of each event of a list.
#[track_caller]
fn shown(app: &App, user: i64, query: &str) -> Vec<String> {
    let shown = |event: &Value| {
        format!("{} {}", event["title"].as_str().unwrap(), event["start_at"].as_str().unwrap())
    };
    events(&list(app, user, query)).iter().map(shown).collect()
}

/// The titles of a list alone.
#[track_caller]
fn titles(app: &App, user: i64, query: &str) -> Vec<String> {
    events(&list(app, user, query)).iter().map(|event| event["title"].as_str().unwrap().to_owned()).collect()
}

/// The id of a new event with these members.
#[track_caller]
fn create(app: &App, user: i64, event: &Value) -> i64 {
    let reply = app.create_event(user, event);
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()["id"].as_i64().unwrap()
}

/// The id of a new event from one time to another, with these members besides.
#[track_caller]
fn add(app: &App, user: i64, title: &str, (start_at, end_at): (&str, &str), more: Value) -> i64 {
    let mut event = json!({"title": title, "start_at": start_at, "end_at": end_at});
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    create(app, user, &event)
}

/// Changes or deletes an occurrence.
#[track_caller]
fn at_occurrence(app: &App, user: i64, method: &str, id: i64, occurrence: &str, body: &Value) {
    let path = format!("/api/calendar/events/{id}?occurrence={occurrence}");
    let reply = app.send_as(user, method, &path, body);
    assert_eq!(reply.status, 200, "{}", reply.body);
}

/// The name of the database, which is in the UIDs of events that were given none.
fn name(app: &App) -> String {
    app.database.texts("SELECT NAME FROM PERSONY_DATABASE").remove(0)
}

/// The id of the user's default calendar.
fn default_calendar(app: &App, user: i64) -> i64 {
    let ids = app.database.texts(&format!("SELECT ID FROM CALENDARS WHERE DEFAULT_OF = {user}"));
    ids[0].parse().unwrap()
}

/// The SQL of a time.
fn time(app: &App, text: &str) -> String {
    app.database.time(text.parse().unwrap())
}

/// As another writer does it: an event gets other times.
fn set_times(app: &App, start_at: &str, end_at: &str) {
    let (start_at, end_at) = (time(app, start_at), time(app, end_at));
    app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET START_AT = {start_at}, END_AT = {end_at}"));
}
