use serde_json::json;

use super::{add, default_calendar, list, name, set_times, shown, titles};
use crate::api::support::App;
use crate::api::support::database::event_row;

#[test]
fn events_come_with_their_calendar_their_uid_and_what_is_set() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let plain = app.new_event(user, "plain", "2025-12-06T10:00:00Z");
    let more = json!({
        "description": "Weekly sync", "location": "Room", "color": "#fff", "uid": "u@example.com",
        "time_zone": "Europe/Berlin", "status": "tentative", "show_as": "free", "visibility": "private",
        "url": "https://example.com/", "categories": ["Work"],
        "reminders": [{"minutes_before": 15, "method": "display"}],
    });
    let full = add(&app, user, "full", ("2025-12-06T11:00:00.5Z", "2025-12-06T12:00:00Z"), more);
    let listed = list(&app, user, "from=2025-12-06&to=2025-12-07");
    let (calendar, name) = (default_calendar(&app, user), name(&app));
    listed.is(
        200,
        &format!(
            concat!(
                r#"[{{"id":{},"title":"plain","description":null,"start_at":"2025-12-06T10:00:00Z","#,
                r#""end_at":"2025-12-06T10:00:00Z","is_all_day":false,"location":null,"color":null,"#,
                r#""calendar_id":{calendar},"uid":"{}@{name}"}},"#,
                r##"{{"id":{},"title":"full","description":"Weekly sync","start_at":"2025-12-06T11:00:00.500000Z","##,
                r##""end_at":"2025-12-06T12:00:00Z","is_all_day":false,"location":"Room","color":"#fff","##,
                r#""calendar_id":{calendar},"uid":"u@example.com","time_zone":"Europe/Berlin","status":"tentative","#,
                r#""show_as":"free","visibility":"private","url":"https://example.com/","categories":["Work"],"#,
                r#""reminders":[{{"minutes_before":15,"method":"display"}}]}}]"#,
            ),
            plain,
            plain,
            full,
            calendar = calendar,
            name = name,
        ),
    );
    assert_eq!(listed.header("content-type").as_deref(), Some("application/json"));
    assert_eq!(listed.header("link"), None);
}

#[test]
fn a_default_calendar_is_made_for_events_that_others_have_written() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    assert_eq!(titles(&app, user, "from=2025-12-01&to=2026-01-01"), [""; 0]);
    app.database.execute(&event_row(user, "foreign"));
    set_times(&app, "2025-12-06T10:00:00Z", "2025-12-06T10:00:00Z");
    app.database.execute("UPDATE CALENDAR_EVENTS SET IS_ALL_DAY = NULL");
    let listed = list(&app, user, "from=2025-12-01&to=2026-01-01").json();
    assert_eq!(listed[0]["calendar_id"], default_calendar(&app, user));
    assert_eq!(list(&app, user, "from=2025-12-01&to=2026-01-01").json(), listed);
}

#[test]
fn ranges_begin_with_their_beginning_and_end_before_their_end() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for (title, times) in [
        ("ends at from", ("2025-12-06T09:00:00Z", "2025-12-06T10:00:00Z")),
        ("ends after from", ("2025-12-06T09:00:00Z", "2025-12-06T10:00:00.000001Z")),
        ("nothing at from", ("2025-12-06T10:00:00Z", "2025-12-06T10:00:00Z")),
        ("around", ("2025-12-01T00:00:00Z", "2025-12-31T00:00:00Z")),
        ("within", ("2025-12-06T10:30:00Z", "2025-12-06T10:31:00Z")),
        ("begins before to", ("2025-12-06T10:59:59.999999Z", "2025-12-06T12:00:00Z")),
        ("begins at to", ("2025-12-06T11:00:00Z", "2025-12-06T12:00:00Z")),
        ("nothing at to", ("2025-12-06T11:00:00Z", "2025-12-06T11:00:00Z")),
        ("nothing before from", ("2025-12-06T09:59:59.999999Z", "2025-12-06T09:59:59.999999Z")),
    ] {
        add(&app, user, title, times, json!({}));
    }
    let expected = ["around", "ends after from", "nothing at from", "within", "begins before to"];
    assert_eq!(titles(&app, user, "from=2025-12-06T10:00:00Z&to=2025-12-06T11:00:00Z"), expected);
}

#[test]
fn events_are_found_however_long_they_are() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for (title, times) in [
        ("31 days", ("2025-11-05T10:00:00Z", "2025-12-06T10:00:00Z")),
        ("31 days and more", ("2025-11-05T10:00:00Z", "2025-12-06T10:00:00.000001Z")),
        ("for ever", ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")),
        ("a year, over", ("2024-12-06T00:00:00Z", "2025-12-06T00:00:00Z")),
        ("a year, to come", ("2025-12-07T00:00:00Z", "2026-12-07T00:00:00Z")),
        ("a year, begun", ("2025-12-06T23:00:00Z", "2026-12-07T00:00:00Z")),
    ] {
        add(&app, user, title, times, json!({}));
    }
    let expected = ["for ever", "31 days", "31 days and more", "a year, begun"];
    assert_eq!(titles(&app, user, "from=2025-12-06T00:00:00Z&to=2025-12-07T00:00:00Z"), expected);
    let expected = ["for ever", "31 days and more", "a year, begun"];
    assert_eq!(titles(&app, user, "from=2025-12-06T10:00:00Z&to=2025-12-07T00:00:00Z"), expected);
    assert_eq!(titles(&app, user, "from=0001-01-01&to=0001-01-02"), ["for ever"]);
    assert_eq!(titles(&app, user, "from=9999-12-31&to=9999-12-31T00:00:00.000001"), ["for ever"]);
}

#[test]
fn events_are_ordered_by_start_and_then_by_id_and_are_ones_own() {
    let app = App::start();
    let (user, other) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    app.new_event(other, "hers", "2025-12-06T10:00:00Z");
    for (title, start_at) in [("c", "10:00"), ("d", "10:00"), ("a", "09:00"), ("e", "10:00"), ("b", "09:30")]
    {
        app.new_event(user, title, &format!("2025-12-06T{start_at}:00Z"));
    }
    assert_eq!(titles(&app, user, "from=2025-12-06&to=2025-12-07"), ["a", "b", "c", "d", "e"]);
    assert_eq!(shown(&app, other, "from=2025-12-06&to=2025-12-07"), ["hers 2025-12-06T10:00:00Z"]);
}
