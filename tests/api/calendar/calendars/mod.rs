//! The calendars that a person's events are in.

mod create;
mod default;
mod delete;
mod instances;
mod limit;
mod list;
mod move_to;
mod ownership;
mod patch;

use serde_json::{Value, json};

use crate::api::support::{App, Reply};

const CALENDARS: &str = "/api/calendar/calendars";
const NOT_FOUND: [(&str, &str); 1] = [("id", "Calendar not found")];
const GONE: [(&str, &str); 1] = [("authorization", "User not found")];
const DELETED: &str = r#"{"message":"Calendar deleted successfully"}"#;

fn list(app: &App, user: i64) -> Reply {
    app.send_as(user, "GET", CALENDARS, &json!(null))
}

fn create(app: &App, user: i64, body: Value) -> Reply {
    app.send_as(user, "POST", CALENDARS, &body)
}

fn read(app: &App, user: i64, id: i64) -> Reply {
    app.send_as(user, "GET", &format!("{CALENDARS}/{id}"), &json!(null))
}

fn patch(app: &App, user: i64, id: i64, body: Value) -> Reply {
    app.send_as(user, "PATCH", &format!("{CALENDARS}/{id}"), &body)
}

/// With its events.
fn delete(app: &App, user: i64, id: i64) -> Reply {
    app.send_as(user, "DELETE", &format!("{CALENDARS}/{id}"), &json!(null))
}

/// Its events go where the text says.
fn move_and_delete(app: &App, user: i64, id: i64, move_to: &str) -> Reply {
    app.send_as(user, "DELETE", &format!("{CALENDARS}/{id}?move_to={move_to}"), &json!(null))
}

/// The id of a new calendar.
fn new_calendar(app: &App, user: i64, name: &str) -> i64 {
    let reply = create(app, user, json!({ "name": name }));
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()["id"].as_i64().unwrap()
}

/// The id of the default one.
fn default_calendar(app: &App, user: i64) -> i64 {
    let first = list(app, user).json()[0].clone();
    assert_eq!(first["is_default"], true);
    first["id"].as_i64().unwrap()
}

fn set_zone(app: &App, user: i64, zone: &str) {
    assert_eq!(app.send_as(user, "PATCH", "/api/users/me", &json!({ "time_zone": zone })).status, 200);
}

/// The id of an event in a calendar, with all that can stand beside one.
fn new_event_in(app: &App, user: i64, calendar: i64, uid: &str) -> i64 {
    let event = app.new_event(user, uid, "2025-12-06");
    let at = "CURRENT_TIMESTAMP";
    app.database.execute_all(&[
        format!(
            "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) \
             VALUES ({event}, {calendar}, '{uid}', '{uid}.ics')"
        ),
        format!(
            "INSERT INTO EVENT_SERIES (EVENT_ID, USER_ID, TIME_ZONE, START_AT, END_AT, IS_ALL_DAY, BEGINS_AT) \
             VALUES ({event}, {user}, 'UTC', {at}, {at}, 0, {at})"
        ),
        format!(
            "INSERT INTO EVENT_EXCEPTIONS (EVENT_ID, RECURRENCE_ID, IS_ADDED, IS_EXCLUDED, CHANGED) \
             VALUES ({event}, 0, 0, 1, 0)"
        ),
    ]);
    event
}

/// What is in which calendar: `title@calendar/revision`, with `*` where the row was touched.
fn placed(app: &App) -> Vec<String> {
    app.database.texts(
        "SELECT E.TITLE || '@' || D.CALENDAR_ID || '/' || D.REVISION || \
         CASE WHEN E.UPDATED_AT IS NULL THEN '' ELSE '*' END \
         FROM CALENDAR_EVENTS E LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID ORDER BY E.ID",
    )
}
