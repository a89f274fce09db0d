//! How an event repeats, as its form says it, and which of its occurrences are meant.

use serde_json::{Value, json};

use super::events::{at_ten, berliner, event, fields, read, send};
use crate::api::support::App;

/// Each Tuesday from November 3rd on at ten in Berlin, with these lines.
fn weekly(app: &App, lines: &[&str]) {
    let mut series = at_ten("Weekly");
    series["recurrence"] = json!(lines);
    event(app, &series);
}

/// When events take place in November and December, and what they are called.
fn dates(app: &App) -> Vec<String> {
    let reply = app.send_as(1, "GET", "/api/calendar/events?from=2026-11-01&to=2026-12-31", &Value::Null);
    let all = reply.json();
    let all = all.as_array().unwrap().iter();
    all.map(|event| format!("{} {}", event["start_at"].as_str().unwrap(), event["title"].as_str().unwrap()))
        .collect()
}

const THIRD: &str = "/events/1?occurrence=2026-11-17T09:00:00Z";

#[test]
fn a_rule_is_built_in_words() {
    let app = App::start();
    let person = berliner(&app);
    let page = person.get("/events/new?start_date=2026-11-03&start_time=10:00&title=Series");
    for (said, rule) in [
        (&[("repeats", "daily")][..], "RRULE:FREQ=DAILY"),
        (
            &[("repeats", "daily"), ("interval", "3"), ("ends", "after"), ("count", "5")],
            "RRULE:FREQ=DAILY;INTERVAL=3;COUNT=5",
        ),
        (
            &[("repeats", "weekly"), ("weekday", "TU"), ("ends", "on"), ("until", "2026-12-31")],
            "RRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=TU",
        ),
        (&[("repeats", "monthly")], "RRULE:FREQ=MONTHLY"),
        (
            &[("repeats", "monthly"), ("days_by", "day"), ("month_day", "-1")],
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
        ),
        (
            &[("repeats", "monthly"), ("days_by", "nth"), ("nth", "1"), ("kind", "TU")],
            "RRULE:FREQ=MONTHLY;BYDAY=1TU",
        ),
        (
            &[("repeats", "monthly"), ("days_by", "nth"), ("nth", "-1"), ("kind", "workday")],
            "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        (&[("repeats", "yearly")], "RRULE:FREQ=YEARLY"),
        (
            &[("repeats", "yearly"), ("days_by", "nth"), ("nth", "4"), ("kind", "TH"), ("month", "11")],
            "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        ),
        (
            &[("repeats", "own"), ("recurrence", "RRULE:FREQ=HOURLY;INTERVAL=5;COUNT=9")],
            "RRULE:FREQ=HOURLY;INTERVAL=5;COUNT=9",
        ),
    ] {
        let said: Vec<_> = said.iter().map(|(field, value)| (*field, Some(*value))).collect();
        send(&person, "/events/new", &page, &said).leads_to("/calendar/day/2026-11-03");
        let all = app.list_events(1).json();
        let id = all.as_array().unwrap().iter().map(|event| event["id"].as_i64().unwrap()).max().unwrap();
        assert_eq!(read(&app, &id.to_string())["recurrence"], json!([rule]), "{said:?}");
        // Drawn again it is the same.
        let drawn = fields(&person.get(&format!("/events/{id}")));
        for (field, value) in said.iter().filter(|(field, _)| *field != "recurrence") {
            let is_drawn = drawn.iter().any(|(name, drawn)| name == field && Some(drawn.as_str()) == *value);
            assert!(is_drawn, "{field}={value:?} of {rule} in {drawn:?}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_rule_is_said_beside_its_field() {
    let app = App::start();
    let person = berliner(&app);
    let page = person.get("/events/new?start_date=2026-11-03&start_time=10:00&title=Series");
    for (said, piece) in [
        (
            &[("repeats", "daily"), ("interval", "0")][..],
            r#"id="interval-error" role="alert">Must be a whole number"#,
        ),
        (
            &[("repeats", "daily"), ("ends", "on"), ("until", "2026-11-02")],
            r#"id="until-error" role="alert">Must not be before it begins"#,
        ),
        (&[("repeats", "daily"), ("ends", "on")], r#"id="until-error" role="alert">Must be a date"#),
        (
            &[("repeats", "own"), ("recurrence", "EXDATE:20261103T090000Z\r\nRRULE:FREQ=SECONDLY")],
            r#"id="recurrence-error" role="alert">Line 2: "#,
        ),
        (
            &[("repeats", "own"), ("recurrence", "")],
            r#"id="recurrence-error" role="alert">Write the rule here"#,
        ),
        (
            &[("repeats", "daily"), ("recurrence", "RRULE:FREQ=HOURLY")],
            r#"id="recurrence-error" role="alert">These lines count where"#,
        ),
        (
            &[
                ("repeats", "monthly"),
                ("days_by", "day"),
                ("month_day", "31"),
                ("ends", "on"),
                ("until", "2026-11-04"),
                ("start_date", ""),
            ],
            r#"id="start_date-error""#,
        ),
    ] {
        let said: Vec<_> = said.iter().map(|(field, value)| (*field, Some(*value))).collect();
        send(&person, "/events/new", &page, &said).shows(400, &[piece]);
    }
    assert_eq!(app.list_events(1).body, "[]");
}

#[test]
fn a_rule_that_a_form_cannot_say_stays_as_it_is() {
    let app = App::start();
    let person = berliner(&app);
    for rule in [
        "RRULE:FREQ=HOURLY;INTERVAL=5",
        "RRULE:FREQ=DAILY;BYHOUR=10,15",
        "RRULE:FREQ=WEEKLY;BYMONTH=11,12;BYDAY=TU",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=3,17",
        "RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        "RRULE:FREQ=YEARLY;BYYEARDAY=307",
        "RRULE:FREQ=YEARLY;BYWEEKNO=45",
    ] {
        let mut series = at_ten("Own");
        let lines = json!([rule, "RDATE:20261105T090000Z", "EXDATE:20261201T090000Z"]);
        series["recurrence"] = lines.clone();
        let id = event(&app, &series);
        let path = format!("/events/{id}");
        let page = person.get(&path);
        page.shows(
            200,
            &[
                "<h1>Series</h1>",
                r#"<option value="own" selected>"#,
                ", by a rule of its own",
                "<details class=\"rule-text\" open>",
                rule,
            ],
        );
        send(&person, &path, &page, &[("title", Some("Other"))]).leads_to("/calendar/day/2026-11-03");
        let now = read(&app, &id.to_string());
        assert_eq!((&now["title"], &now["recurrence"]), (&json!("Other"), &lines), "{rule}");
        // In words from now on, without what was added and left out being lost.
        send(&person, &path, &person.get(&path), &[("repeats", Some("daily"))])
            .leads_to("/calendar/day/2026-11-03");
        let now = read(&app, &id.to_string());
        assert_eq!(
            now["recurrence"],
            json!(["RRULE:FREQ=DAILY", "RDATE:20261105T090000Z", "EXDATE:20261201T090000Z"])
        );
    }
}

#[test]
fn an_end_that_others_write_otherwise_stays_as_it_is() {
    let app = App::start();
    let person = berliner(&app);
    let lines = ["RRULE:FREQ=WEEKLY;UNTIL=20261201T090000Z", "EXDATE:20261110T090000Z"];
    weekly(&app, &lines);
    let page = person.get("/events/1");
    page.shows(
        200,
        &[
            "Every week on Tuesday, until 1 Dec 2026",
            r#"name="until" type="date" min="0001-01-01" max="9999-12-30" value="2026-12-01""#,
        ],
    );
    send(&person, "/events/1", &page, &[("title", Some("Other"))]).leads_to("/calendar/day/2026-11-03");
    assert_eq!(read(&app, "1")["recurrence"], json!(lines));
    send(&person, "/events/1", &person.get("/events/1"), &[("interval", Some("2"))])
        .leads_to("/calendar/day/2026-11-03");
    assert_eq!(
        read(&app, "1")["recurrence"],
        json!(["RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261201T225959Z", "EXDATE:20261110T090000Z"])
    );
}

#[test]
fn a_single_event_begins_to_repeat_in_its_persons_zone_and_ends_to() {
    let app = App::start();
    let person = berliner(&app);
    event(
        &app,
        &json!({"title": "Single", "start_at": "2026-11-03T23:30:00Z", "end_at": "2026-11-04T00:00:00Z"}),
    );
    let page = person.get("/events/1");
    // A Wednesday in Berlin.
    send(&person, "/events/1", &page, &[("repeats", Some("weekly")), ("weekday", Some("WE"))])
        .leads_to("/calendar/day/2026-11-04");
    let now = read(&app, "1");
    assert_eq!(
        (&now["recurrence"], &now["time_zone"]),
        (&json!(["RRULE:FREQ=WEEKLY;BYDAY=WE"]), &json!("Europe/Berlin"))
    );
    let page = person.get("/events/1?occurrence=2026-11-03T23:30:00Z");
    send(
        &person,
        "/events/1?occurrence=2026-11-03T23:30:00Z",
        &page,
        &[("repeats", Some("never")), ("scope", Some("all"))],
    )
    .leads_to("/calendar/day/2026-11-04");
    assert_eq!(read(&app, "1").get("recurrence"), None);
}

#[test]
fn one_occurrence_is_changed_alone() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;COUNT=4"]);
    let page = person.get(THIRD);
    page.shows(200, &[r#"name="scope" value="this" checked> This one"#, r#"value="2026-11-17""#]);
    let changes = [("title", Some("Once")), ("start_time", Some("12:00")), ("end_time", Some("13:00"))];
    send(&person, THIRD, &page, &changes).leads_to("/calendar/day/2026-11-17");
    assert_eq!(
        dates(&app),
        [
            "2026-11-03T09:00:00Z Weekly",
            "2026-11-10T09:00:00Z Weekly",
            "2026-11-17T11:00:00Z Once",
            "2026-11-24T09:00:00Z Weekly"
        ]
    );
    // What only all can have.
    let page = person.get(THIRD);
    page.shows(200, &[r#"value="Once""#, r#"value="12:00""#]);
    send(&person, THIRD, &page, &[("interval", Some("2"))])
        .shows(400, &[r#"id="repeats-error" role="alert">One alone"#]);
    send(&person, THIRD, &page, &[("scope", None)]).shows(400, &["Say which ones are meant"]);
    send(&person, THIRD, &page, &[("scope", Some("none"))]).shows(400, &["Say which ones are meant"]);
}

#[test]
fn it_and_all_after_it_are_changed() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5", "EXDATE:20261124T090000Z"]);
    let page = person.get(THIRD);
    let to_wednesday = [
        ("scope", Some("following")),
        ("title", Some("Later")),
        ("start_date", Some("2026-11-18")),
        ("end_date", Some("2026-11-18")),
    ];
    send(&person, THIRD, &page, &to_wednesday).leads_to("/calendar/day/2026-11-18");
    assert_eq!(
        dates(&app),
        [
            "2026-11-03T09:00:00Z Weekly",
            "2026-11-10T09:00:00Z Weekly",
            "2026-11-18T09:00:00Z Later",
            "2026-12-02T09:00:00Z Later"
        ]
    );
    assert_eq!(
        read(&app, "2")["recurrence"],
        json!(["RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=WE", "EXDATE:20261125T090000Z"])
    );
}

#[test]
fn so_many_times_are_those_of_the_whole_series() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;COUNT=5"]);
    let page = person.get(THIRD);
    page.shows(200, &[r#"name="count" type="number" min="1" max="999999" inputmode="numeric" value="5""#]);
    send(&person, THIRD, &page, &[("scope", Some("following")), ("interval", Some("2"))])
        .leads_to("/calendar/day/2026-11-17");
    assert_eq!(read(&app, "1")["recurrence"], json!(["RRULE:FREQ=WEEKLY;COUNT=2"]));
    assert_eq!(read(&app, "2")["recurrence"], json!(["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3"]));
}

#[test]
fn all_are_changed_as_one_is() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=4", "EXDATE:20261110T090000Z"]);
    let page = person.get(THIRD);
    let earlier = [
        ("scope", Some("all")),
        ("start_date", Some("2026-11-16")),
        ("start_time", Some("08:30")),
        ("end_date", Some("2026-11-16")),
        ("end_time", Some("09:00")),
    ];
    send(&person, THIRD, &page, &earlier).leads_to("/calendar/day/2026-11-16");
    assert_eq!(
        dates(&app),
        ["2026-11-02T07:30:00Z Weekly", "2026-11-16T07:30:00Z Weekly", "2026-11-23T07:30:00Z Weekly"]
    );
    let now = read(&app, "1");
    assert_eq!(now["end_at"], "2026-11-02T08:00:00Z");
    assert_eq!(now["recurrence"], json!(["RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO", "EXDATE:20261109T073000Z"]));
    // A title is nothing of time.
    let path = "/events/1?occurrence=2026-11-16T07:30:00Z";
    send(&person, path, &person.get(path), &[("scope", Some("all")), ("title", Some("Other"))])
        .leads_to("/calendar/day/2026-11-16");
    assert_eq!(read(&app, "1")["start_at"], "2026-11-02T07:30:00Z");
    // Without an occurrence it is the series that is shown.
    let page = person.get("/events/1");
    page.shows(200, &["<h1>Series</h1>", r#"value="2026-11-02""#]);
    page.has_none_of(&["name=\"scope\""]);
}

#[test]
fn days_that_cannot_move_along_are_told_of() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=MONTHLY;BYMONTHDAY=3,17;COUNT=4"]);
    let page = person.get(THIRD);
    let moved =
        [("scope", Some("all")), ("start_date", Some("2026-11-18")), ("end_date", Some("2026-11-18"))];
    send(&person, THIRD, &page, &moved).shows(
        400,
        &[r#"id="start_date-error" role="alert">How it repeats names other days"#, r#"value="2026-11-18""#],
    );
    let with_rule = [&moved[..], &[("repeats", Some("monthly"))]].concat();
    send(&person, THIRD, &page, &with_rule).leads_to("/calendar/day/2026-11-18");
    assert_eq!(read(&app, "1")["recurrence"], json!(["RRULE:FREQ=MONTHLY"]));
}

#[test]
fn whoever_sees_an_occurrence_and_a_rule_changes_neither_unseen() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;COUNT=4"]);
    let page = person.get(THIRD);
    app.send_as(1, "PATCH", "/api/calendar/events/1", &json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=9"]}));
    for scope in ["this", "following", "all"] {
        let refused = send(&person, THIRD, &page, &[("scope", Some(scope)), ("title", Some("Mine"))]);
        refused.shows(412, &["<dt>Repeats</dt><dd><bdi>Every week on Tuesday, 9 times</bdi></dd>"]);
    }
    assert_eq!(read(&app, "1")["title"], "Weekly");
}

#[test]
fn the_next_dates_are_shown_before_anything_is_saved() {
    let app = App::start();
    let person = berliner(&app);
    let page = person.get("/events/new?start_date=2026-11-03&start_time=10:00");
    let asked = [
        ("preview", Some("true")),
        ("repeats", Some("weekly")),
        ("weekday", Some("TH")),
        ("location", Some("Room")),
    ];
    let shown = send(&person, "/events/new", &page, &asked);
    shown.shows(
        200,
        &[
            "Every week on Thursday",
            "<li>Tuesday, 3 November 2026, 10:00</li>",
            "<li>Thursday, 5 November 2026, 10:00</li>",
            "<li>Thursday, 26 November 2026, 10:00</li>",
            "and so on",
            "The first day is none of these days",
            "RRULE:FREQ=WEEKLY;BYDAY=TH",
            r#"value="Room""#,
        ],
    );
    assert_eq!(app.list_events(1).body, "[]");
    send(
        &person,
        "/events/new",
        &page,
        &[("preview", Some("true")), ("repeats", Some("daily")), ("interval", Some("x"))],
    )
    .shows(400, &[r#"id="interval-error""#]);
    // As a piece for a module.
    let query =
        "start_date=2026-11-03&start_time=10:00&end_date=2026-11-03&end_time=11:00&time_zone=Europe/Berlin";
    let piece = person.get(&format!("/events/preview?{query}&repeats=daily&interval=1&ends=after&count=2"));
    piece.shows(
        200,
        &["<li>Tuesday, 3 November 2026, 10:00</li><li>Wednesday, 4 November 2026, 10:00</li></ol>"],
    );
    piece.has_none_of(&["<html", "and so on"]);
    person.get(&format!("/events/preview?{query}&repeats=never")).shows(200, &["It does not repeat."]);
    person
        .get(&format!("/events/preview?{query}&repeats=daily&interval="))
        .shows(400, &["Must be a whole number"]);
    let days = "is_all_day=true&start_date=2026-11-03&repeats=yearly&interval=1";
    person.get(&format!("/events/preview?{days}")).shows(200, &["<li>Wednesday, 3 November 2027</li>"]);
}

#[test]
fn the_next_dates_of_a_change_are_those_that_it_would_make() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5", "EXDATE:20261124T090000Z"]);
    let before = read(&app, "1");
    let page = person.get(THIRD);
    let to_wednesday = [
        ("preview", Some("true")),
        ("scope", Some("following")),
        ("start_date", Some("2026-11-18")),
        ("end_date", Some("2026-11-18")),
    ];
    let shown = send(&person, THIRD, &page, &to_wednesday);
    shown.shows(
        200,
        &[
            "<li>Wednesday, 18 November 2026, 10:00</li><li>Wednesday, 2 December 2026, 10:00</li></ol>",
            "COUNT=3;BYDAY=WE",
            "EXDATE:20261125T090000Z",
        ],
    );
    assert_eq!(read(&app, "1"), before);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields(&page).iter().filter(|(field, _)| field != "csrf_token"));
    person.get(&format!("/events/preview?{}", query.finish())).shows(
        200,
        &["<li>Tuesday, 17 November 2026, 10:00</li><li>Tuesday, 1 December 2026, 10:00</li></ol>"],
    );
    person.get("/events/preview?id=2").shows(404, &[]);
}

#[test]
fn occurrences_are_deleted_as_is_said() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;COUNT=4"]);
    let page = person.get("/events/1/delete?occurrence=2026-11-10T09:00:00Z");
    page.shows(
        200,
        &["Tuesday, 10 November 2026, 10:00 – 11:00", "Delete which?", r#"value="this" checked"#],
    );
    person
        .submit("/events/1/delete?occurrence=2026-11-10T09:00:00Z", &[])
        .shows(400, &["Say which ones are meant"]);
    person
        .submit("/events/1/delete?occurrence=2026-11-10T09:00:00Z", &[("scope", "this")])
        .leads_to("/calendar/day/2026-11-10");
    assert_eq!(dates(&app).len(), 3);
    person.get("/events/1?occurrence=2026-11-10T09:00:00Z").shows(404, &[]);
    person
        .submit(
            "/events/1/delete",
            &[("occurrence", "2026-11-17T09:00:00Z"), ("scope", "following"), ("next", "/calendar/agenda")],
        )
        .leads_to("/calendar/agenda");
    assert_eq!(dates(&app), ["2026-11-03T09:00:00Z Weekly"]);
    person
        .submit("/events/1/delete?occurrence=2026-11-03T09:00:00Z", &[("scope", "all")])
        .leads_to("/calendar/day/2026-11-03");
    assert_eq!(app.list_events(1).body, "[]");
}

#[test]
fn occurrences_are_moved_as_is_said() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;COUNT=4"]);
    person
        .get("/events/1/move?occurrence=2026-11-17T09:00:00Z")
        .shows(200, &["Move which?", r#"value="this" checked"#]);
    let to = |date: &'static str, time: &'static str, scope: &'static str| {
        [("start_date", date), ("start_time", time), ("occurrence", "2026-11-17T09:00:00Z"), ("scope", scope)]
    };
    person.submit("/events/1/move", &to("2026-11-18", "12:00", "this")).leads_to("/calendar/day/2026-11-18");
    assert_eq!(
        dates(&app),
        [
            "2026-11-03T09:00:00Z Weekly",
            "2026-11-10T09:00:00Z Weekly",
            "2026-11-18T11:00:00Z Weekly",
            "2026-11-24T09:00:00Z Weekly"
        ]
    );
    person
        .submit("/events/1/move", &to("2026-11-18", "12:00", "some"))
        .shows(400, &["Say which ones are meant"]);
    // All of them an hour earlier than it is now: at eleven, the day stays.
    person.submit("/events/1/move", &to("2026-11-18", "11:00", "all")).leads_to("/calendar/day/2026-11-18");
    assert_eq!(
        dates(&app),
        [
            "2026-11-03T10:00:00Z Weekly",
            "2026-11-10T10:00:00Z Weekly",
            "2026-11-17T10:00:00Z Weekly",
            "2026-11-24T10:00:00Z Weekly"
        ]
    );
    let later = [
        ("start_date", "2026-11-12"),
        ("start_time", "11:00"),
        ("occurrence", "2026-11-10T10:00:00Z"),
        ("scope", "following"),
    ];
    person.submit("/events/1/move", &later).leads_to("/calendar/day/2026-11-12");
    assert_eq!(
        dates(&app),
        [
            "2026-11-03T10:00:00Z Weekly",
            "2026-11-12T10:00:00Z Weekly",
            "2026-11-19T10:00:00Z Weekly",
            "2026-11-26T10:00:00Z Weekly"
        ]
    );
}

#[test]
fn what_is_no_occurrence_is_nothing() {
    let app = App::start();
    let person = berliner(&app);
    weekly(&app, &["RRULE:FREQ=WEEKLY;COUNT=4"]);
    event(&app, &at_ten("Single"));
    for path in [
        "/events/1?occurrence=2026-11-04T09:00:00Z",
        "/events/2?occurrence=2026-11-03T09:00:00Z",
        "/events/99",
        "/events/x",
    ] {
        person.get(path).shows(404, &["There is nothing here"]);
    }
    person.get("/events/1?occurrence=tomorrow").shows(400, &[]);
}
