use serde_json::{Value, json};

use super::browser::Person;
use crate::api::support::App;

/// Somebody in Berlin who reads German, with these events.
fn berliner<'a>(app: &'a App, events: &[Value]) -> Person<'a> {
    let user = app.new_user("a@example.com");
    let settings = json!({"time_zone": "Europe/Berlin", "locale": "de-DE"});
    assert_eq!(app.send_as(user, "PATCH", "/api/users/me", &settings).status, 200);
    for event in events {
        assert_eq!(app.create_event(user, event).status, 201, "{event}");
    }
    Person::known(app, "a@example.com")
}

fn event(title: &str, start_at: &str, end_at: &str) -> Value {
    json!({"title": title, "start_at": start_at, "end_at": end_at, "time_zone": "Europe/Berlin"})
}

#[test]
fn a_month_shows_events_in_its_persons_zone_and_words() {
    let app = App::start();
    let person = berliner(&app, &[event("Standup", "2026-11-03T23:30", "2026-11-03T23:45")]);
    let page = person.get("/calendar/month/2026-11");
    page.shows(
        200,
        &[
            r#"<h1 lang="de-DE">November 2026</h1>"#,
            r#"href="/calendar/month/2026-10""#,
            r#"href="/calendar/month/2026-12""#,
            "Montag",
            r#"<td data-date="2026-11-03">"#,
            r#"<span class="unseen" lang="de-DE">Dienstag, 3. November 2026</span>"#,
            r#"href="/events/1""#,
            r#"<span class="time">23:30</span>"#,
            "<bdi>Standup</bdi>",
            r#"<td data-date="2026-11-04">"#,
        ],
    );
    // The zone of another one: the day after.
    let user = app.new_user("b@example.com");
    app.send_as(user, "PATCH", "/api/users/me", &json!({"time_zone": "Asia/Tokyo"}));
    app.create_event(user, &event("Standup", "2026-11-03T23:30", "2026-11-03T23:45"));
    Person::known(&app, "b@example.com")
        .get("/calendar/month/2026-11")
        .shows(200, &[r#"<td data-date="2026-11-04">"#, "7:30", "<bdi>Standup</bdi>"]);
}

#[test]
fn an_event_over_weeks_is_a_bar_in_each_and_a_day_tells_what_it_has_no_room_for() {
    let app = App::start();
    let mut events =
        vec![json!({"title": "Long", "start_at": "2026-11-05", "end_at": "2026-11-26", "is_all_day": true})];
    events.extend((0..5).map(|number| event(&format!("E{number}"), "2026-11-11T10:00", "2026-11-11T11:00")));
    let page = berliner(&app, &events).get("/calendar/month/2026-11");
    page.shows(
        200,
        &[
            r#"class="l0 s4"><a class="bar on""#,
            r#"class="l0 s7"><a class="bar before on""#,
            "<bdi>E0</bdi>",
            "<bdi>E1</bdi>",
            r#"class="more" href="/calendar/day/2026-11-11">3 more<span class="unseen"> on Mittwoch, 11. November 2026</span>"#,
            r#"class="l0 s7"><a class="bar before on""#,
            r#"class="l0 s3"><a class="bar before""#,
        ],
    );
    page.has_none_of(&["<bdi>E2</bdi>"]);
}

#[test]
fn each_occurrence_has_an_address_of_its_own() {
    let app = App::start();
    let mut series = event("Weekly", "2026-11-03T10:00", "2026-11-03T11:00");
    series["recurrence"] = json!(["RRULE:FREQ=WEEKLY"]);
    let page = berliner(&app, &[series]).get("/calendar/month/2026-11");
    page.shows(
        200,
        &[
            r#"href="/events/1?occurrence=2026-11-03T09:00:00Z""#,
            r#"data-begins="2026-11-03T10:00" data-ends="2026-11-03T11:00""#,
            r#"href="/events/1?occurrence=2026-11-10T09:00:00Z""#,
        ],
    );
}

#[test]
fn a_day_is_as_long_as_it_is() {
    let app = App::start();
    let person = berliner(&app, &[event("Night", "2026-10-25T01:30", "2026-10-25T04:00")]);
    // From 1:30 to 4:00 it is three and a half hours where clocks are put back.
    person.get("/calendar/day/2026-10-25").shows(200, &[r#"class="day q100""#, r#"class="t6 h14 p0-1""#]);
    person.get("/calendar/day/2026-03-29").shows(200, &[r#"class="day q92""#]);
    person
        .get("/calendar/week/2026-W43")
        .shows(200, &[r#"class="day q96""#, r#"class="day q100""#, "02:00", "02:00"]);
}

#[test]
fn events_at_the_same_time_are_beside_one_another_and_none_is_lost() {
    let app = App::start();
    let events: Vec<_> =
        (0..10).map(|number| event(&format!("E{number}"), "2026-11-11T10:00", "2026-11-11T11:00")).collect();
    let person = berliner(&app, &events);
    let day = person.get("/calendar/day/2026-11-11");
    day.shows(200, &[r#"class="t40 h4 p0-8""#, r#"class="t40 h4 p7-8""#, r#"id="others""#, "E8", "E9"]);
    person
        .get("/calendar/week/2026-W46")
        .shows(200, &[r#"p2-3"#, r#"href="/calendar/day/2026-11-11#others">7 more"#]);
}

#[test]
fn weeks_begin_with_the_persons_day() {
    let app = App::start();
    let person = berliner(&app, &[]);
    person
        .get("/calendar/week/2026-W47")
        .shows(200, &[r#"href="/calendar/day/2026-11-16""#, r#"href="/calendar/day/2026-11-22""#]);
    let user = app.log_in("a@example.com", "password").json()["user"]["id"].as_i64().unwrap();
    app.send_as(user, "PATCH", "/api/users/me", &json!({"week_starts_on": 0}));
    let page = person.get("/calendar/week/2026-W47");
    page.shows(200, &[r#"<th scope="col"><a class="date" href="/calendar/day/2026-11-15""#]);
    page.has_none_of(&[r#"<th scope="col"><a class="date" href="/calendar/day/2026-11-22""#]);
}

#[test]
fn the_agenda_lists_day_by_day_and_says_where_there_is_nothing() {
    let app = App::start();
    let person = berliner(
        &app,
        &[
            event("Late", "2026-11-21T22:00", "2026-11-22T07:30"),
            json!({"title": "Whole", "start_at": "2026-11-21", "end_at": "2026-11-22", "is_all_day": true}),
        ],
    );
    person.get("/calendar/agenda?from=2026-11-20").shows(
        200,
        &[
            "Samstag, 21. November 2026",
            "All day",
            "<bdi>Whole</bdi>",
            "22:00 – ",
            "07:30",
            "<bdi>Late</bdi>",
        ],
    );
    person.get("/calendar/agenda?from=2020-01-01").shows(200, &["Nothing in these days."]);
}

#[test]
fn search_finds_what_has_the_text() {
    let app = App::start();
    let person = berliner(
        &app,
        &[
            event("Dentist", "2026-11-21T10:00", "2026-11-21T11:00"),
            event("Other", "2026-11-21T10:00", "2026-11-21T11:00"),
        ],
    );
    let page = person.get("/calendar/search?q=DENT&from=2026-01-01");
    page.shows(200, &[r#"value="DENT""#, "<bdi>Dentist</bdi>"]);
    page.has_none_of(&["<bdi>Other</bdi>"]);
    person
        .get("/calendar/search?q=%22%3E%3Cb&from=2026-01-01")
        .shows(200, &[r#"value="&#34;&#62;&#60;b""#, "Nothing has “&#34;&#62;&#60;b” in it"]);
    person.get("/calendar/search").shows(200, &["Type what you are looking for"]);
}

#[test]
fn a_browser_shows_the_calendars_that_it_was_told_to() {
    let app = App::start();
    let person = berliner(&app, &[event("Own", "2026-11-21T10:00", "2026-11-21T11:00")]);
    let page = person.get("/calendar/month/2026-11");
    page.shows(
        200,
        &[
            r#"<input type="checkbox" name="calendar" value="1" checked>"#,
            "<bdi>Personal</bdi>",
            "<bdi>Own</bdi>",
        ],
    );
    person
        .post("/calendar/shown", &[("next", "/calendar/month/2026-11")])
        .shows(401, &["Missing CSRF token"]);
    person
        .submit("/calendar/shown", &[("next", "/calendar/month/2026-11")])
        .leads_to("/calendar/month/2026-11");
    let page = person.get("/calendar/month/2026-11");
    page.shows(200, &[r#"<input type="checkbox" name="calendar" value="1">"#]);
    page.has_none_of(&["<bdi>Own</bdi>"]);
    person.submit("/calendar/shown", &[("calendar", "1"), ("next", "//example.com")]).leads_to("/");
    person.get("/calendar/month/2026-11").shows(200, &["<bdi>Own</bdi>"]);
}

#[test]
fn there_are_pages_up_to_the_edges_of_the_calendar_and_none_beyond() {
    let app = App::start();
    let person = berliner(&app, &[]);
    for path in [
        "/calendar/month/0001-01",
        "/calendar/month/9999-12",
        "/calendar/day/0001-01-01",
        "/calendar/day/9999-12-31",
        "/calendar/week/0001-W01",
        "/calendar/week/9999-W52",
        "/calendar/agenda?from=9999-12-31",
        "/calendar/search?q=a&from=9999-12-31",
    ] {
        assert_eq!(person.get(path).status, 200, "{path}");
    }
    person.get("/calendar/month/9999-12").has_none_of(&[r#"rel="next""#]);
    person.get("/calendar/month/0001-01").has_none_of(&[r#"rel="prev""#]);
    person.get("/calendar/go?view=week&date=2026-11-21").leads_to("/calendar/week/2026-W47");
    person.get("/calendar/go?view=day&date=2026-11-21").leads_to("/calendar/day/2026-11-21");
    person.get("/calendar/go?view=agenda&date=2026-11-21").leads_to("/calendar/agenda?from=2026-11-21");
    person.get("/calendar/go?view=nothing&date=2026-11-21").leads_to("/calendar/month/2026-11");
}
