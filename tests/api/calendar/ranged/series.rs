use serde_json::{Value, json};

use super::{add, at_occurrence, default_calendar, events, list, name, shown};
use crate::api::support::App;

fn rule(rule: &str) -> Value {
    json!({"recurrence": [format!("RRULE:{rule}")]})
}

#[test]
fn occurrences_say_which_one_they_are_and_not_how_the_series_repeats() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let more = json!({"time_zone": "Europe/Berlin", "status": "tentative", "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]});
    let id = add(&app, user, "Tea", ("2025-12-06T10:00:00", "2025-12-06T11:00:00"), more);
    let (calendar, name) = (default_calendar(&app, user), name(&app));
    let one = |day: u32| {
        format!(
            concat!(
                r#"{{"id":{id},"title":"Tea","description":null,"start_at":"2025-12-{day:02}T09:00:00Z","#,
                r#""end_at":"2025-12-{day:02}T10:00:00Z","is_all_day":false,"location":null,"color":null,"#,
                r#""calendar_id":{calendar},"uid":"{id}@{name}","time_zone":"Europe/Berlin","#,
                r#""occurrence":"2025-12-{day:02}T09:00:00Z","status":"tentative"}}"#
            ),
            id = id,
            day = day,
            calendar = calendar,
            name = name,
        )
    };
    list(&app, user, "from=2025-12-01&to=2026-01-01").is(200, &format!("[{},{}]", one(6), one(7)));
    // The documented list has the first occurrence, in its eight members.
    app.list_events(user).is(
        200,
        &format!(
            r#"[{{"id":{id},"title":"Tea","description":null,"start_at":"2025-12-06T09:00:00Z","end_at":"2025-12-06T10:00:00Z","is_all_day":false,"location":null,"color":null}}]"#
        ),
    );
}

#[test]
fn occurrences_and_single_events_are_in_one_order() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let hour = ("2025-12-01T10:00:00Z", "2025-12-01T11:00:00Z");
    add(&app, user, "before", ("2025-12-03T10:00:00Z", "2025-12-03T10:00:00Z"), json!({}));
    add(&app, user, "daily", hour, rule("FREQ=DAILY"));
    add(&app, user, "after", ("2025-12-03T10:00:00Z", "2025-12-03T10:00:00Z"), json!({}));
    add(&app, user, "weekly", ("2025-11-26T10:00:00Z", "2025-11-26T10:30:00Z"), rule("FREQ=WEEKLY"));
    assert_eq!(
        shown(&app, user, "from=2025-12-02&to=2025-12-05"),
        [
            "daily 2025-12-02T10:00:00Z",
            "before 2025-12-03T10:00:00Z",
            "daily 2025-12-03T10:00:00Z",
            "after 2025-12-03T10:00:00Z",
            "weekly 2025-12-03T10:00:00Z",
            "daily 2025-12-04T10:00:00Z",
        ]
    );
}

#[test]
fn local_times_stay_where_clocks_change() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let more = json!({"time_zone": "Europe/Berlin", "recurrence": ["RRULE:FREQ=DAILY"]});
    add(&app, user, "night", ("2020-01-01T02:30:00", "2020-01-01T03:30:00"), more);
    let times = |query: &str| -> Vec<_> {
        let found = events(&list(&app, user, query));
        found
            .iter()
            .map(|event| format!("{} {}", event["start_at"], event["end_at"]).replace('"', ""))
            .collect()
    };
    assert_eq!(
        times("from=2025-03-29&to=2025-04-01"),
        [
            "2025-03-29T01:30:00Z 2025-03-29T02:30:00Z",
            // It does not exist: with the offset before.
            "2025-03-30T01:30:00Z 2025-03-30T02:30:00Z",
            "2025-03-31T00:30:00Z 2025-03-31T01:30:00Z",
        ]
    );
    assert_eq!(
        times("from=2025-10-25&to=2025-10-28"),
        [
            "2025-10-25T00:30:00Z 2025-10-25T01:30:00Z",
            // It comes twice: the first.
            "2025-10-26T00:30:00Z 2025-10-26T01:30:00Z",
            "2025-10-27T01:30:00Z 2025-10-27T02:30:00Z",
        ]
    );
}

#[test]
fn excluded_added_and_changed_occurrences_are_as_they_are() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let lines = json!({"recurrence": [
        "RRULE:FREQ=WEEKLY", "EXDATE:20251208T100000Z", "RDATE:20251210T150000Z",
        "RDATE;VALUE=PERIOD:20251211T150000Z/20251211T180000Z",
    ]});
    let id = add(&app, user, "weekly", ("2025-12-01T10:00:00Z", "2025-12-01T11:00:00Z"), lines);
    at_occurrence(
        &app,
        user,
        "PATCH",
        id,
        "2025-12-15T10:00:00Z",
        &json!({"title": "other", "location": "there"}),
    );
    at_occurrence(&app, user, "DELETE", id, "2025-12-22T10:00:00Z", &Value::Null);
    let found = events(&list(&app, user, "from=2025-12-01&to=2026-01-01"));
    let times: Vec<_> = found
        .iter()
        .map(|event| {
            ["title", "start_at", "end_at", "location"]
                .map(|name| event[name].as_str().unwrap_or("-"))
                .join(" ")
        })
        .collect();
    assert_eq!(
        times,
        [
            "weekly 2025-12-01T10:00:00Z 2025-12-01T11:00:00Z -",
            "weekly 2025-12-10T15:00:00Z 2025-12-10T16:00:00Z -",
            "weekly 2025-12-11T15:00:00Z 2025-12-11T18:00:00Z -",
            "other 2025-12-15T10:00:00Z 2025-12-15T11:00:00Z there",
            "weekly 2025-12-29T10:00:00Z 2025-12-29T11:00:00Z -",
        ]
    );
    assert!(found.iter().all(|event| event["recurrence"].is_null() && event["occurrence"] != json!(null)));
}

#[test]
fn moved_occurrences_are_where_they_were_moved_to_and_not_where_they_were() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let hour = ("2025-01-06T10:00:00Z", "2025-01-06T11:00:00Z");
    let id = add(&app, user, "weekly", hour, rule("FREQ=WEEKLY"));
    let to = |start_at: &str, end_at: &str| json!({"start_at": start_at, "end_at": end_at, "title": "moved"});
    // Into the range by a day, by a year, from before and from after; and out of it.
    let move_one = |from: &str, times: &Value| at_occurrence(&app, user, "PATCH", id, from, times);
    move_one("2025-11-24T10:00:00Z", &to("2025-12-02T10:00:00Z", "2025-12-02T11:00:00Z"));
    move_one("2025-02-03T10:00:00Z", &to("2025-12-03T10:00:00Z", "2025-12-03T11:00:00Z"));
    move_one("2027-02-01T10:00:00Z", &to("2025-12-04T10:00:00Z", "2025-12-04T11:00:00Z"));
    move_one("2025-12-08T10:00:00Z", &to("2026-12-09T10:00:00Z", "2026-12-09T11:00:00Z"));
    move_one("2025-12-15T10:00:00Z", &to("2025-11-30T23:00:00Z", "2025-12-01T00:00:00Z"));
    // Made long: it overlaps though it begins long before.
    move_one("2025-03-03T10:00:00Z", &to("2025-03-03T10:00:00Z", "2025-12-01T01:00:00Z"));
    assert_eq!(
        shown(&app, user, "from=2025-12-01&to=2025-12-29"),
        [
            "moved 2025-03-03T10:00:00Z",
            "weekly 2025-12-01T10:00:00Z",
            "moved 2025-12-02T10:00:00Z",
            "moved 2025-12-03T10:00:00Z",
            "moved 2025-12-04T10:00:00Z",
            "weekly 2025-12-22T10:00:00Z",
        ]
    );
    assert_eq!(shown(&app, user, "from=2026-12-09&to=2026-12-10"), ["moved 2026-12-09T10:00:00Z"]);
    let found = events(&list(&app, user, "from=2025-12-04&to=2025-12-05"));
    assert_eq!(found[0]["occurrence"], "2027-02-01T10:00:00Z");
}

#[test]
fn an_occurrence_can_be_moved_beyond_the_end_of_its_series() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let hour = ("2025-01-06T10:00:00Z", "2025-01-06T11:00:00Z");
    let id = add(&app, user, "twice", hour, rule("FREQ=WEEKLY;COUNT=2"));
    let times = json!({"start_at": "2030-01-01T10:00:00Z", "end_at": "2030-01-01T11:00:00Z"});
    at_occurrence(&app, user, "PATCH", id, "2025-01-13T10:00:00Z", &times);
    assert_eq!(shown(&app, user, "from=2030-01-01&to=2030-01-02"), ["twice 2030-01-01T10:00:00Z"]);
    assert_eq!(shown(&app, user, "from=2025-01-01&to=2025-02-01"), ["twice 2025-01-06T10:00:00Z"]);
}

#[test]
fn long_occurrences_overlap_one_another() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id = add(&app, user, "long", ("2025-01-01T00:00:00Z", "2025-03-12T00:00:00Z"), rule("FREQ=MONTHLY"));
    let june = "from=2025-06-15&to=2025-06-16";
    let all = ["long 2025-05-01T00:00:00Z", "long 2025-06-01T00:00:00Z"];
    assert_eq!(shown(&app, user, june)[..], ["long 2025-05-01T00:00:00Z", "long 2025-06-01T00:00:00Z"]);
    // Shorter than it was, so that it is near to its own time, and long over.
    at_occurrence(
        &app,
        user,
        "PATCH",
        id,
        "2025-05-01T00:00:00Z",
        &json!({"end_at": "2025-05-02T00:00:00Z"}),
    );
    assert_eq!(shown(&app, user, june), all[1..]);
    at_occurrence(&app, user, "DELETE", id, "2025-06-01T00:00:00Z", &Value::Null);
    assert_eq!(shown(&app, user, june), [""; 0]);
}

#[test]
fn series_that_have_ended_or_are_yet_to_begin_have_nothing_there() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let hour = |day: &str| (format!("{day}T10:00:00Z"), format!("{day}T11:00:00Z"));
    for (title, day, ends) in [
        ("over", "2025-01-01", "FREQ=DAILY;UNTIL=20250201T000000Z"),
        ("counted", "2025-11-29", "FREQ=DAILY;COUNT=5"),
        ("to come", "2026-01-02", "FREQ=DAILY"),
        ("until", "2025-11-01", "FREQ=WEEKLY;UNTIL=20251206T100000Z"),
    ] {
        let (start_at, end_at) = hour(day);
        add(&app, user, title, (&start_at, &end_at), rule(ends));
    }
    assert_eq!(
        shown(&app, user, "from=2025-12-02&to=2026-01-02"),
        ["counted 2025-12-02T10:00:00Z", "counted 2025-12-03T10:00:00Z", "until 2025-12-06T10:00:00Z"]
    );
}

#[test]
fn a_series_of_added_dates_alone_has_them() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let more = json!({"recurrence": ["RDATE:20251208T100000Z,20251220T100000Z"]});
    add(&app, user, "dates", ("2025-12-01T10:00:00Z", "2025-12-01T11:00:00Z"), more);
    assert_eq!(
        shown(&app, user, "from=2025-12-01&to=2026-01-01"),
        ["dates 2025-12-01T10:00:00Z", "dates 2025-12-08T10:00:00Z", "dates 2025-12-20T10:00:00Z"]
    );
    assert_eq!(shown(&app, user, "from=2025-12-08T10:30&to=2025-12-20"), ["dates 2025-12-08T10:00:00Z"]);
}
