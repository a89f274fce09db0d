use serde_json::{Value, json};

use super::{done, get, patch, path, rows};
use crate::api::calendar::event;
use crate::api::support::App;

/// Days from a first one on, of an EXDATE.
fn days(count: i64) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let days = (0..count).map(|day| (first + chrono::TimeDelta::days(day)).format("%Y%m%d").to_string());
    format!("EXDATE;VALUE=DATE:{}", days.collect::<Vec<_>>().join(","))
}

/// A rule of 3,000 bytes and more, with so many positions.
fn long_rule(positions: i32) -> Value {
    let list = |numbers: &mut dyn Iterator<Item = i32>| {
        numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(",")
    };
    let days = list(&mut (-366..=366).filter(|day| *day != 0));
    json!([format!("RRULE:FREQ=YEARLY;BYYEARDAY={days};BYSETPOS={}", list(&mut (1..=positions)))])
}

#[test]
fn what_is_wrong_is_said_of_its_member_and_nothing_is_written() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let kept = done(&app.create_event(john, &event(json!({"status": "tentative"}))));
    let before = get(&app, john, &path(kept)).body;
    let zone = "Must be a time zone of the tz database such as Europe/Berlin";
    let own = "Must be the id of a calendar that one may write";
    let rule = |text: &str| json!([format!("RRULE:{text}")]);
    let minutes = "reminders[0]: minutes_before must be an integer from 0 to 527040";
    let long = "é".repeat(128);
    for (member, value, message) in [
        ("recurrence", rule("FREQ=MONTHLY;BYMONTHDAY=32"), "recurrence[0]: BYMONTHDAY must be -31 to 31"),
        ("recurrence", rule("FREQ=SECONDLY"), "recurrence[0]: FREQ must not be SECONDLY"),
        (
            "recurrence",
            rule("FREQ=DAILY;UNTIL=20251205T000000Z"),
            "recurrence[0]: UNTIL must not be before the start",
        ),
        (
            "recurrence",
            rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
            "recurrence[0]: The rule has no occurrence",
        ),
        (
            "recurrence",
            json!(["RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20251206T100000Z"]),
            "There must be an occurrence that takes place",
        ),
        (
            "recurrence",
            json!([days(1001)]),
            "recurrence[0]: There must be no more than 1000 RDATE and EXDATE together",
        ),
        (
            "recurrence",
            json!(["RRULE:FREQ=DAILY", "RRULE:FREQ=DAILY"]),
            "recurrence[1]: There must be one RRULE only",
        ),
        ("recurrence", json!("RRULE:FREQ=DAILY"), "Must be a list"),
        ("recurrence", json!([1]), "recurrence[0]: Must be a string"),
        ("time_zone", json!("Mars/Olympus"), zone),
        ("time_zone", json!(1), "Must be a string"),
        ("status", json!("done"), "Must be confirmed or tentative or cancelled"),
        ("show_as", json!("Free"), "Must be busy or free"),
        ("visibility", json!("secret"), "Must be public or private or confidential"),
        ("calendar_id", json!(987_654), own),
        ("calendar_id", json!(0), own),
        ("calendar_id", json!("1"), "Must be an integer"),
        ("uid", json!("é".repeat(501)), "Must not be longer than 1000 bytes in UTF-8; this has 1002"),
        ("categories", json!("Work"), "Must be a list"),
        ("categories", json!(["Work", long]), "categories[1]: Must not be longer than 255 bytes in UTF-8"),
        (
            "categories",
            json!((0..20).map(|n| format!("{n}{}", "x".repeat(220))).collect::<Vec<_>>()),
            "Together must not be longer than 4000 bytes",
        ),
        ("reminders", json!([{"minutes_before": 527_041, "method": "display"}]), minutes),
        ("reminders", json!([{"minutes_before": -1, "method": "display"}]), minutes),
        (
            "reminders",
            json!([{"minutes_before": 1, "method": "smoke"}]),
            "reminders[0]: method must be display or email or audio",
        ),
        (
            "reminders",
            json!((0..21).map(|n| json!({"minutes_before": n, "method": "email"})).collect::<Vec<_>>()),
            "There must be no more than 20",
        ),
    ] {
        let body = event(json!({member: value.clone()}));
        app.create_event(john, &body).is_error(400, &[(member, message)]);
        app.send_as(john, "PUT", &path(kept), &body).is_error(400, &[(member, message)]);
        patch(&app, john, &path(kept), json!({member: value})).is_error(400, &[(member, message)]);
    }
    assert_eq!(get(&app, john, &path(kept)).body, before);
    assert_eq!(rows(&app), [1, 1, 0, 0]);
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let body =
        json!({"title": "", "start_at": "x", "time_zone": "x", "status": "x", "uid": 1, "categories": {}});
    let reply = app.create_event(john, &body);
    let errors = reply.json()["errors"].clone();
    let fields: Vec<_> = errors.as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        fields,
        ["categories", "end_at", "start_at", "status", "time_zone", "title", "uid"],
        "{errors}"
    );
    for (body, field, message) in [
        (json!({"title": null}), "title", "This field is required"),
        (json!({"start_at": null}), "start_at", "This field is required"),
        (json!({"end_at": "2020-01-01"}), "end_at", "Must not be before start_at"),
        (json!({"calendar_id": null}), "calendar_id", "This field is required"),
        (json!({"uid": null}), "uid", "Stays as it was when the event was made"),
        (json!({"uid": "other"}), "uid", "Stays as it was when the event was made"),
    ] {
        let id = done(&app.create_event(john, &event(json!({}))));
        patch(&app, john, &path(id), body).is_error(400, &[(field, message)]);
    }
}

#[test]
fn a_rule_that_would_not_fit_into_its_column_once_it_is_split_is_refused() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let (fits, long) = (long_rule(240), long_rule(247));
    assert!(long[0].as_str().unwrap().len() < 4000);
    app.create_event(john, &event(json!({"recurrence": long})))
        .is_error(400, &[("recurrence", "The rule must be no longer than 4000 bytes")]);
    let id = done(&app.create_event(john, &event(json!({"recurrence": fits, "start_at": "2025-01-01"}))));
    done(&patch(&app, john, &super::following(id, "2025-01-03T00:00:00Z"), json!({"title": "Rest"})));
    let rule = super::recurrence(&app, john, id);
    assert!(rule[0].as_str().unwrap().contains(";UNTIL=20250102T235959Z;"), "{rule}");
}

#[test]
fn a_uid_is_in_a_calendar_once_and_may_be_in_another() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let work =
        app.send_as(john, "POST", "/api/calendar/calendars", &json!({"name": "Work"})).json()["id"].clone();
    let uid = |more: Value| {
        let mut body = event(
            json!({"uid": "a@example.com", "recurrence": ["RRULE:FREQ=DAILY", "EXDATE:20251207T100000Z"]}),
        );
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let first = done(&app.create_event(john, &uid(json!({}))));
    let taken = [("uid", "Another event of the calendar has it")];
    app.create_event(john, &uid(json!({}))).is_error(409, &taken);
    let second = done(&app.create_event(john, &uid(json!({"calendar_id": work}))));
    assert_eq!(rows(&app), [2, 2, 2, 2], "nothing of the refused one stays");
    // It is theirs: a client may send it along.
    done(&app.send_as(john, "PUT", &path(first), &uid(json!({"title": "New"}))));
    let to = |id: i64, calendar: &Value| {
        app.send_as(john, "POST", &format!("{}/move", path(id)), &json!({"calendar_id": calendar}))
    };
    to(first, &work).is_error(409, &taken);
    assert_eq!(get(&app, john, &path(second)).json()["calendar_id"], work);
}
