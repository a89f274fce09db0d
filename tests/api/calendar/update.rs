use chrono::{TimeDelta, Utc};
use serde_json::json;

use super::event;
use crate::api::support::App;

#[test]
fn an_update_replaces_the_whole_event() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let full = event(json!({"description": "d", "location": "l", "color": "c", "is_all_day": true}));
    assert_eq!(app.create_event(user, &full).status, 201);
    let bare = json!({"title": " New ", "start_at": "2026-01-01T00:00:00+01:00", "end_at": "2026-01-02"});
    app.send_as(user, "PUT", "/api/calendar/events/1", &bare)
        .is(200, r#"{"id":1,"message":"Event updated successfully"}"#);
    app.list_events(user).is(
        200,
        concat!(
            r#"[{"id":1,"title":"New","description":null,"start_at":"2025-12-31T23:00:00Z","#,
            r#""end_at":"2026-01-02T00:00:00Z","is_all_day":false,"location":null,"color":null}]"#
        ),
    );
}

#[test]
fn an_update_sets_updated_at_and_leaves_created_at() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id = app.new_event(user, "old", "2025-12-06");
    let other = app.new_event(user, "other", "2025-12-06");
    let created = app.database.instants("SELECT CREATED_AT FROM CALENDAR_EVENTS ORDER BY ID");
    app.send_as(user, "PUT", &format!("/api/calendar/events/{id}"), &event(json!({})));
    let updated =
        app.database.instants(&format!("SELECT UPDATED_AT FROM CALENDAR_EVENTS WHERE ID = {id}"))[0];
    assert!(
        updated >= created[0] && updated < Utc::now() + TimeDelta::seconds(1),
        "{updated} after {created:?}"
    );
    assert_eq!(app.database.instants("SELECT CREATED_AT FROM CALENDAR_EVENTS ORDER BY ID"), created);
    let others = app
        .database
        .texts(&format!("SELECT TITLE FROM CALENDAR_EVENTS WHERE UPDATED_AT IS NULL AND ID = {other}"));
    assert_eq!(others, ["other"]);
}

#[test]
fn an_update_with_the_same_values_succeeds() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    app.create_event(user, &event(json!({})));
    for _ in 0..2 {
        let reply = app.send_as(user, "PUT", "/api/calendar/events/1", &event(json!({})));
        reply.is(200, r#"{"id":1,"message":"Event updated successfully"}"#);
    }
}

#[test]
fn a_refused_update_changes_nothing() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    app.create_event(user, &event(json!({})));
    let before = app.list_events(user).body;
    let reply =
        app.send_as(user, "PUT", "/api/calendar/events/1", &event(json!({"end_at": "2025-12-06T09:59:59Z"})));
    reply.is_error(400, &[("end_at", "Must not be before start_at")]);
    assert_eq!(app.list_events(user).body, before);
}
