use serde_json::json;

use crate::api::support::App;
use crate::api::support::database::event_row;

#[test]
fn a_new_user_has_no_events() {
    let app = App::start();
    app.list_events(app.new_user("john@example.com")).is(200, "[]");
}

#[test]
fn events_are_ordered_by_start_and_then_by_id() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for (title, start_at) in [
        ("d", "2025-12-06T10:00:00Z"),
        ("b", "2025-12-06T09:59:59.999999Z"),
        ("e", "2025-12-06T10:00:00Z"),
        // 09:00 in UTC, though its clock shows 23:00.
        ("a", "2025-12-06T23:00:00+14:00"),
        ("c", "2025-12-06T10:00:00Z"),
        ("f", "2025-12-06T03:00:00-08:00"),
        ("first", "0001-01-01"),
        ("last", "9999-12-31"),
    ] {
        app.new_event(user, title, start_at);
    }
    let listed = app.list_events(user).json();
    let titles: Vec<_> =
        listed.as_array().unwrap().iter().map(|event| event["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["first", "a", "b", "d", "e", "c", "f", "last"]);
}

#[test]
fn a_long_list_comes_whole() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for chunk in (0..1_234).collect::<Vec<_>>().chunks(100) {
        let rows: Vec<_> = chunk.iter().map(|index| event_row(user, &format!("event {index}"))).collect();
        app.database.execute_all(&rows);
    }
    let listed = app.list_events(user).json();
    let titles: Vec<_> = listed.as_array().unwrap().iter().map(|event| event["title"].clone()).collect();
    assert_eq!(titles, (0..1_234).map(|index| json!(format!("event {index}"))).collect::<Vec<_>>());
}

#[test]
fn rows_of_the_flask_application_are_listed() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    // IS_ALL_DAY may be NULL, and holds any digit.
    app.database.execute(&event_row(user, "defaults"));
    app.database.execute("UPDATE CALENDAR_EVENTS SET IS_ALL_DAY = NULL");
    let listed = app.list_events(user).json();
    assert_eq!((&listed[0]["title"], &listed[0]["is_all_day"]), (&json!("defaults"), &json!(false)));
    app.database.execute("UPDATE CALENDAR_EVENTS SET IS_ALL_DAY = 7");
    assert_eq!(app.list_events(user).json()[0]["is_all_day"], true);
}
