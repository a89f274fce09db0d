use serde_json::{Value, json};

use super::event;
use crate::api::support::App;

const REQUIRED: &str = "This field is required";
const STRING: &str = "Must be a string";
const TIME: &str = "Must be a date and time such as 2025-12-06T10:00:00Z";
const YEARS: &str = "Must be within the years 1 to 9999 (UTC)";

/// Asserts that POST and PUT refuse this event on these fields.
#[track_caller]
fn refused(app: &App, user: i64, body: &Value, fields: &[(&str, &str)]) {
    app.create_event(user, body).is_error(400, fields);
    app.send_as(user, "PUT", "/api/calendar/events/1", body).is_error(400, fields);
}

fn app_with_user() -> (App, i64) {
    let app = App::start();
    let user = app.new_user("john@example.com");
    (app, user)
}

#[test]
fn required_fields_that_are_missing_null_or_blank_are_named() {
    let (app, user) = app_with_user();
    let all = [("title", REQUIRED), ("start_at", REQUIRED), ("end_at", REQUIRED)];
    refused(&app, user, &json!({}), &all);
    refused(&app, user, &json!({"title": null, "start_at": null, "end_at": null}), &all);
    refused(&app, user, &json!({"title": "", "start_at": " ", "end_at": "\u{2003}"}), &all);
}

#[test]
fn a_wrong_type_is_named() {
    let (app, user) = app_with_user();
    for wrong in [json!(7), json!(true), json!([]), json!({}), json!(1.5)] {
        for field in ["title", "description", "start_at", "end_at", "location", "color"] {
            refused(&app, user, &event(json!({field: wrong.clone()})), &[(field, STRING)]);
        }
    }
    for wrong in [json!("true"), json!(1), json!(0), json!([]), json!("")] {
        refused(&app, user, &event(json!({"is_all_day": wrong})), &[("is_all_day", "Must be true or false")]);
    }
}

#[test]
fn a_text_longer_than_its_column_is_named_and_one_that_fits_is_kept() {
    let (app, user) = app_with_user();
    for (field, bytes) in [("title", 255), ("description", 2000), ("location", 255), ("color", 32)] {
        let message = format!("Must not be longer than {bytes} bytes in UTF-8; this has {}", bytes + 1);
        // Two bytes a letter, and a last one of one byte where the limit is odd.
        let fits = format!("{}{}", "é".repeat(bytes / 2), "x".repeat(bytes % 2));
        let too_long = format!("{fits}x");
        refused(&app, user, &event(json!({field: too_long})), &[(field, message.as_str())]);
        let reply = app.create_event(user, &event(json!({field: fits.clone()})));
        assert_eq!(reply.status, 201, "{}", reply.body);
        let listed = app.list_events(user).json();
        assert!(listed.as_array().unwrap().iter().any(|event| event[field] == fits), "{field}");
    }
}

#[test]
fn what_is_no_time_is_named() {
    let (app, user) = app_with_user();
    for wrong in [
        "tomorrow",
        "2025-02-30",
        "2025-12-06T25:00:00Z",
        "2025-12-06T10:00:00+25:00",
        "06.12.2025",
        "1765015200",
    ] {
        refused(&app, user, &event(json!({"start_at": wrong})), &[("start_at", TIME)]);
        refused(&app, user, &event(json!({"end_at": wrong})), &[("end_at", TIME)]);
    }
    refused(&app, user, &event(json!({"start_at": "0001-01-01T00:00:00+00:01"})), &[("start_at", YEARS)]);
    refused(&app, user, &event(json!({"end_at": "9999-12-31T23:59:59-00:01"})), &[("end_at", YEARS)]);
}

#[test]
fn an_end_before_the_start_is_named_by_instant_not_by_clock() {
    let (app, user) = app_with_user();
    let before = [("end_at", "Must not be before start_at")];
    refused(&app, user, &event(json!({"end_at": "2025-12-06T09:59:59.999999Z"})), &before);
    refused(&app, user, &event(json!({"end_at": "2025-12-06T12:00:00+07:00"})), &before);
    let equal = event(json!({"end_at": "2025-12-06T17:00:00+07:00"}));
    assert_eq!(app.create_event(user, &equal).status, 201);
}

#[test]
fn every_field_that_is_wrong_is_named_at_once() {
    let (app, user) = app_with_user();
    let body = json!({
        "title": " ", "start_at": "now", "end_at": 7, "is_all_day": "no", "description": [], "location": 1, "color": {}
    });
    let fields = [
        ("title", REQUIRED),
        ("start_at", TIME),
        ("end_at", STRING),
        ("is_all_day", "Must be true or false"),
        ("description", STRING),
        ("location", STRING),
        ("color", STRING),
    ];
    refused(&app, user, &body, &fields);
    app.list_events(user).is(200, "[]");
}
