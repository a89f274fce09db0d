use serde_json::{Value, json};

use super::event;
use crate::api::support::App;

#[test]
fn a_created_event_is_listed_as_it_was_sent() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let sent = event(json!({
        "description": "Weekly sync", "is_all_day": false, "location": "Conference Room A", "color": "#FF5733"
    }));
    app.create_event(user, &sent).is(201, r#"{"id":1,"message":"Event created successfully"}"#);
    app.list_events(user).is(
        200,
        concat!(
            r#"[{"id":1,"title":"Team Meeting","description":"Weekly sync","start_at":"2025-12-06T10:00:00Z","#,
            r##""end_at":"2025-12-06T11:00:00Z","is_all_day":false,"location":"Conference Room A","color":"#FF5733"}]"##
        ),
    );
}

#[test]
fn optional_fields_that_are_left_out_null_or_blank_are_null() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for changes in [
        json!({}),
        json!({"description": null, "location": null, "color": null, "is_all_day": null}),
        json!({"description": "", "location": " ", "color": "\t\n"}),
    ] {
        assert_eq!(app.create_event(user, &event(changes)).status, 201);
    }
    for listed in app.list_events(user).json().as_array().unwrap() {
        let optional = [&listed["description"], &listed["location"], &listed["color"], &listed["is_all_day"]];
        assert_eq!(optional, [&Value::Null, &Value::Null, &Value::Null, &json!(false)]);
    }
    let nulls = "SELECT COUNT(*) FROM CALENDAR_EVENTS \
                 WHERE DESCRIPTION IS NULL AND LOCATION IS NULL AND COLOR IS NULL AND UPDATED_AT IS NULL";
    assert_eq!(app.database.texts(nulls), ["3"]);
}

#[test]
fn strings_are_trimmed_and_kept_as_they_are_otherwise() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let odd = "Robert'); DROP TABLE USERS;-- \u{202e} :title ? é🚀\u{0} \"\\";
    let sent = event(json!({"title": format!("  {odd}x "), "description": odd, "location": odd}));
    assert_eq!(app.create_event(user, &sent).status, 201);
    let listed = app.list_events(user).json();
    assert_eq!(listed[0]["title"], format!("{odd}x"));
    assert_eq!((&listed[0]["description"], &listed[0]["location"]), (&json!(odd), &json!(odd)));
}

#[test]
fn an_event_may_last_all_day_or_no_time() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let sent = event(json!({"is_all_day": true, "start_at": "2025-12-06", "end_at": "2025-12-06T00:00:00Z"}));
    assert_eq!(app.create_event(user, &sent).status, 201);
    let listed = app.list_events(user).json();
    assert_eq!(listed[0]["is_all_day"], true);
    assert_eq!(listed[0]["start_at"], listed[0]["end_at"]);
    assert_eq!(app.database.texts("SELECT IS_ALL_DAY FROM CALENDAR_EVENTS"), ["1"]);
}

#[test]
fn times_come_in_at_any_offset_and_go_out_in_utc() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for (sent, listed) in [
        ("2025-12-06T10:00:00Z", "2025-12-06T10:00:00Z"),
        ("2025-12-06T10:00:00+07:00", "2025-12-06T03:00:00Z"),
        ("2025-12-06T10:00:00+0700", "2025-12-06T03:00:00Z"),
        ("2025-12-06T22:00:00-05:30", "2025-12-07T03:30:00Z"),
        ("2025-12-06T10:00:00", "2025-12-06T10:00:00Z"),
        ("2025-12-06T10:00", "2025-12-06T10:00:00Z"),
        ("2025-12-06T10:00+02:00", "2025-12-06T08:00:00Z"),
        ("2025-12-06", "2025-12-06T00:00:00Z"),
        (" 2025-12-06 ", "2025-12-06T00:00:00Z"),
        ("2025-12-06T10:00:00.5Z", "2025-12-06T10:00:00.500000Z"),
        ("2025-12-06T10:00:00.123456Z", "2025-12-06T10:00:00.123456Z"),
        ("2025-12-06T10:00:00.123456789Z", "2025-12-06T10:00:00.123456Z"),
        ("2025-12-06T10:00:00.000000Z", "2025-12-06T10:00:00Z"),
        ("2025-12-06T10:00:00.0000009Z", "2025-12-06T10:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
        ("1582-10-10T12:00:00Z", "1582-10-10T12:00:00Z"),
    ] {
        let reply = app.create_event(user, &event(json!({"title": sent, "start_at": sent, "end_at": sent})));
        assert_eq!(reply.status, 201, "{sent}: {}", reply.body);
        let events = app.list_events(user).json();
        let found =
            events.as_array().unwrap().iter().find(|event| event["id"] == reply.json()["id"]).unwrap();
        assert_eq!((&found["start_at"], &found["end_at"]), (&json!(listed), &json!(listed)), "{sent}");
    }
}

#[test]
fn ids_are_never_given_out_twice() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let first = app.new_event(user, "first", "2025-12-06");
    app.send_as(user, "DELETE", &format!("/api/calendar/events/{first}"), &json!(null));
    assert!(app.new_event(user, "second", "2025-12-06") > first);
}
