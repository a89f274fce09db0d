use serde_json::json;

use super::{done, get, patch, path, rows};
use crate::api::calendar::event;
use crate::api::support::App;

fn database_name(app: &App) -> String {
    app.database.texts("SELECT NAME FROM PERSONY_DATABASE").remove(0)
}

#[test]
fn a_plain_event_shows_where_it_is_and_nothing_is_kept_beside_it() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let id = done(&app.create_event(john, &event(json!({}))));
    let reply = get(&app, john, &path(id));
    reply.is(
        200,
        &format!(
            concat!(
                r#"{{"id":1,"title":"Team Meeting","description":null,"start_at":"2025-12-06T10:00:00Z","#,
                r#""end_at":"2025-12-06T11:00:00Z","is_all_day":false,"location":null,"color":null,"#,
                r#""calendar_id":1,"uid":"1@{}"}}"#
            ),
            database_name(&app)
        ),
    );
    assert_eq!(rows(&app), [1, 0, 0, 0]);
}

#[test]
fn everything_that_an_event_can_have_is_shown_in_its_order() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar =
        app.send_as(john, "POST", "/api/calendar/calendars", &json!({"name": "Work"})).json()["id"].clone();
    let sent = event(json!({
        "description": "d", "location": "l", "color": "c", "calendar_id": calendar, "uid": " mine@example.com ",
        "time_zone": "europe/berlin", "recurrence": ["rrule:freq=weekly;byday=sa", "EXDATE:20251213T100000Z"],
        "status": "tentative", "show_as": "free", "visibility": "private", "url": "https://example.com/a?b=c",
        "categories": ["Work", " ", "Work", " Travel "],
        "reminders": [{"minutes_before": 15, "method": "display"}, {"minutes_before": 0, "method": "email"}],
    }));
    let id = done(&app.create_event(john, &sent));
    get(&app, john, &path(id)).is(
        200,
        &format!(
            concat!(
                r#"{{"id":1,"title":"Team Meeting","description":"d","start_at":"2025-12-06T10:00:00Z","#,
                r#""end_at":"2025-12-06T11:00:00Z","is_all_day":false,"location":"l","color":"c","calendar_id":{},"#,
                r#""uid":"mine@example.com","time_zone":"Europe/Berlin","#,
                r#""recurrence":["RRULE:FREQ=WEEKLY;BYDAY=SA","EXDATE:20251213T100000Z"],"status":"tentative","#,
                r#""show_as":"free","visibility":"private","url":"https://example.com/a?b=c","#,
                r#""categories":["Work","Travel"],"reminders":[{{"minutes_before":15,"method":"display"}},"#,
                r#"{{"minutes_before":0,"method":"email"}}]}}"#
            ),
            calendar
        ),
    );
    // The documented list has none of it.
    assert_eq!(app.list_events(john).json()[0].as_object().unwrap().len(), 8);
    // All of it goes by null.
    let nothing = json!({
        "time_zone": null, "recurrence": null, "status": null, "show_as": null, "visibility": null, "url": null,
        "categories": null, "reminders": null,
    });
    done(&patch(&app, john, &path(id), nothing));
    let names: Vec<_> = get(&app, john, &path(id)).json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(names.len(), 10, "{names:?}");
    assert_eq!(rows(&app), [1, 1, 0, 0]);
}

#[test]
fn defaults_are_not_kept() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let defaults = json!({"status": "confirmed", "show_as": "busy", "visibility": "public", "categories": [], "reminders": []});
    let id = done(&app.create_event(john, &event(defaults.clone())));
    done(&patch(&app, john, &path(id), defaults.clone()));
    done(&app.send_as(john, "PUT", &path(id), &event(defaults)));
    assert_eq!(get(&app, john, &path(id)).json().as_object().unwrap().len(), 10);
    assert_eq!(rows(&app), [1, 0, 0, 0]);
}

#[test]
fn a_put_replaces_the_documented_members_and_of_the_others_those_that_it_names() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let rule = json!(["RRULE:FREQ=DAILY;COUNT=3"]);
    let full = event(
        json!({"description": "d", "color": "c", "status": "tentative", "url": "https://example.com/", "recurrence": rule}),
    );
    let id = done(&app.create_event(john, &full));
    // As a client that knows nothing new.
    app.send_as(john, "PUT", &path(id), &event(json!({"title": "New"})))
        .is(200, r#"{"id":1,"message":"Event updated successfully"}"#);
    let read = get(&app, john, &path(id)).json();
    assert_eq!(
        (&read["title"], &read["description"], &read["color"]),
        (&json!("New"), &json!(null), &json!(null))
    );
    assert_eq!((&read["status"], &read["recurrence"]), (&json!("tentative"), &rule));
    done(&app.send_as(john, "PUT", &path(id), &event(json!({"status": null}))));
    let read = get(&app, john, &path(id)).json();
    assert_eq!(
        (read.get("status"), &read["url"], &read["recurrence"]),
        (None, &json!("https://example.com/"), &rule)
    );
}

#[test]
fn a_patch_leaves_what_it_does_not_name() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let id = done(
        &app.create_event(john, &event(json!({"description": "d", "location": "l", "is_all_day": true}))),
    );
    patch(&app, john, &path(id), json!({"title": " New ", "location": null, "is_all_day": null, "no": 1}))
        .is(200, r#"{"id":1,"message":"Event updated successfully"}"#);
    let read = get(&app, john, &path(id)).json();
    let members =
        ["title", "description", "location", "is_all_day", "start_at"].map(|name| read[name].clone());
    assert_eq!(members, [json!("New"), json!("d"), json!(null), json!(false), json!("2025-12-06T10:00:00Z")]);
    assert_eq!(rows(&app), [1, 0, 0, 0]);
    done(&patch(&app, john, &path(id), json!({"start_at": "2025-12-06T09:00:00Z"})));
    let read = get(&app, john, &path(id)).json();
    assert_eq!(
        (&read["start_at"], &read["end_at"]),
        (&json!("2025-12-06T09:00:00Z"), &json!("2025-12-06T11:00:00Z"))
    );
}

#[test]
fn a_zone_names_the_times_that_have_no_offset() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    for (time_zone, start_at, instant) in [
        ("Europe/Berlin", "2025-12-06T10:00", "2025-12-06T09:00:00Z"),
        ("Europe/Berlin", "2025-12-06T10:00Z", "2025-12-06T10:00:00Z"),
        ("Europe/Berlin", "2025-12-06", "2025-12-05T23:00:00Z"),
        // In a gap it is read with the offset before; of two it is the first.
        ("Europe/Berlin", "2025-03-30T02:30", "2025-03-30T01:30:00Z"),
        ("Europe/Berlin", "2025-10-26T02:30", "2025-10-26T00:30:00Z"),
        ("Asia/Kolkata", "2025-12-06T10:00", "2025-12-06T04:30:00Z"),
    ] {
        let sent = event(json!({"time_zone": time_zone, "start_at": start_at, "end_at": "2026-01-01"}));
        let id = done(&app.create_event(john, &sent));
        assert_eq!(get(&app, john, &path(id)).json()["start_at"], instant, "{start_at} in {time_zone}");
        done(&patch(&app, john, &path(id), json!({"time_zone": "UTC"})));
        assert_eq!(get(&app, john, &path(id)).json()["start_at"], instant);
        done(&patch(&app, john, &path(id), json!({"time_zone": time_zone, "start_at": start_at})));
        assert_eq!(get(&app, john, &path(id)).json()["start_at"], instant);
    }
}

#[test]
fn days_are_those_of_the_events_zone_or_its_owners_and_move_with_nobody() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    assert_eq!(patch(&app, john, "/api/users/me", json!({"time_zone": "Europe/Berlin"})).status, 200);
    // Midnight in Berlin, across the beginning of summer time, with an end at midnight.
    let sent = event(json!({
        "is_all_day": true, "start_at": "2025-03-28T23:00:00Z", "end_at": "2025-03-29T23:00:00Z",
        "recurrence": ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20250330"],
    }));
    let id = done(&app.create_event(john, &sent));
    let lines = json!(["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20250330"]);
    assert_eq!(super::recurrence(&app, john, id), lines);
    assert_eq!(patch(&app, john, "/api/users/me", json!({"time_zone": "Asia/Tokyo"})).status, 200);
    done(&patch(&app, john, &path(id), json!({"title": "Days"})));
    assert_eq!(super::recurrence(&app, john, id), lines);
    let last = get(&app, john, &super::occurrence(id, "2025-03-30T22:00:00Z")).json();
    assert_eq!(
        (&last["start_at"], &last["end_at"]),
        (&json!("2025-03-30T22:00:00Z"), &json!("2025-03-31T22:00:00Z"))
    );
    get(&app, john, &super::occurrence(id, "2025-03-29T23:00:00Z"))
        .is_error(404, &[("occurrence", "Occurrence not found")]);
}
