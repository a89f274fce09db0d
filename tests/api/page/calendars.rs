use serde_json::{Value, json};

use super::browser::Person;
use crate::api::support::{App, Reply};

const CALENDARS: &str = "/api/calendar/calendars";

/// What the field of a name of the calendar has.
fn named(name: &str) -> String {
    format!(r#"name="name" type="text" value="{name}""#)
}

fn calendars(app: &App, user: i64) -> Vec<Value> {
    let listed = app.send_as(user, "GET", CALENDARS, &json!(null)).json();
    listed.as_array().unwrap().clone()
}

/// One of them.
#[track_caller]
fn calendar(app: &App, user: i64, name: &str) -> Value {
    let all = calendars(app, user);
    all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name} in {all:?}")).clone()
}

fn new_calendar(app: &App, user: i64, body: &Value) -> i64 {
    app.send_as(user, "POST", CALENDARS, body).json()["id"].as_i64().unwrap()
}

/// Shares a calendar with somebody, who accepts.
fn share(app: &App, owner: i64, calendar: i64, (receiver, email): (i64, &str), access: &str) {
    let path = format!("{CALENDARS}/{calendar}/shares");
    let share = app.send_as(owner, "POST", &path, &json!({"email": email, "access": access})).json();
    let offer = format!("/api/calendar/offers/{}", share["id"]);
    assert_eq!(app.send_as(receiver, "POST", &offer, &json!({"accept": true})).status, 200);
}

/// The id that an address ends with.
fn id(reply: &Reply) -> i64 {
    let location = reply.header("location").unwrap();
    let path = location.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap()
}

#[test]
fn a_calendar_is_made_by_a_form_and_listed_with_its_colour() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    let person = Person::known(&app, "a@example.com");
    let page = person.get("/calendars");
    page.shows(200, &["<h1>Calendars</h1>", "<bdi>Personal</bdi>", r#"<span class="tag">default</span>"#]);
    let fields = [
        ("name", "Work & all"),
        ("color", "#c5221f"),
        ("description", "Meetings"),
        ("time_zone", "europe/berlin"),
    ];
    let made = person.submit("/calendars", &fields);
    made.leads_to(&format!("/calendars/{}?done=made", id(&made)));
    let kept = calendar(&app, user, "Work & all");
    assert_eq!(kept["color"], "#c5221f");
    assert_eq!((&kept["description"], &kept["time_zone"]), (&json!("Meetings"), &json!("Europe/Berlin")));
    person
        .get("/calendars")
        .shows(200, &[r##"fill="#c5221f""##, "<bdi>Work &#38; all</bdi>", "<bdi>Meetings</bdi>"]);
    person
        .get(&format!("/calendars/{}?done=made", id(&made)))
        .shows(200, &["The calendar is there.", &named("Work &#38; all"), r##"value="#c5221f" checked"##]);
}

#[test]
fn another_colour_is_made_of_its_own_field() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    let person = Person::known(&app, "a@example.com");
    person.submit("/calendars", &[("name", "Work"), ("color", "other"), ("other_color", "#123456")]);
    assert_eq!(calendar(&app, user, "Work")["color"], "#123456");
    // Nobody has chosen it, though browsers send it.
    person.submit("/calendars", &[("name", "Gym"), ("color", ""), ("other_color", "#123456")]);
    assert_eq!(calendar(&app, user, "Gym")["color"], json!(null));
}

#[test]
fn a_form_that_is_refused_comes_back_filled_in() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    let person = Person::known(&app, "a@example.com");
    let fields =
        [("name", " "), ("color", "#c5221f"), ("description", "A \"<b>\""), ("time_zone", "Mars/Olympus")];
    let page = person.submit("/calendars", &fields);
    page.shows(
        400,
        &[
            r#"aria-invalid="true" aria-describedby="name-error" autofocus"#,
            r#"id="name-error" role="alert""#,
            r##"value="#c5221f" checked"##,
            "A &#34;&#60;b&#62;&#34;</textarea>",
            r#"value="Mars/Olympus" aria-invalid="true" aria-describedby="time_zone-error">"#,
        ],
    );
    assert_eq!(calendars(&app, user).len(), 1);
    let work = new_calendar(&app, user, &json!({"name": "Work"}));
    let page = person.submit(&format!("/calendars/{work}"), &[("name", ""), ("description", "New")]);
    page.shows(400, &[&named(""), r#"id="name-error" role="alert""#, "New</textarea>"]);
    assert_eq!(calendar(&app, user, "Work")["description"], json!(null));
}

#[test]
fn nothing_is_done_without_the_proof_of_a_form_of_ours() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    let person = Person::known(&app, "a@example.com");
    let work = new_calendar(&app, user, &json!({"name": "Work"}));
    for (path, fields) in [
        ("/calendars".to_owned(), vec![("name", "Gym")]),
        (format!("/calendars/{work}"), vec![("name", "Gym")]),
        (format!("/calendars/{work}/delete"), vec![("events", "delete")]),
    ] {
        person.post(&path, &fields).shows(401, &["Missing CSRF token"]);
    }
    let names: Vec<_> = calendars(&app, user).iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["Personal", "Work"]);
}

#[test]
fn what_a_form_sends_back_as_it_was_stays_as_it_was() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    let person = Person::known(&app, "a@example.com");
    let work = new_calendar(&app, user, &json!({"name": "Work", "color": "tomato", "description": "a\nb"}));
    let page = format!("/calendars/{work}");
    person.get(&page).shows(200, &[r#"value="other" checked"#, r##"name="other_color" value="#ff6347""##]);
    let fields = [
        ("name", "Office"),
        ("color", "other"),
        ("other_color", "#ff6347"),
        ("description", "a\r\nb"),
        ("time_zone", "UTC"),
    ];
    person.submit(&page, &fields).leads_to(&format!("{page}?done=saved"));
    let kept = calendar(&app, user, "Office");
    assert_eq!((&kept["color"], &kept["description"]), (&json!("tomato"), &json!("a\nb")));
    // The zone is the account's still.
    app.send_as(user, "PATCH", "/api/users/me", &json!({"time_zone": "Asia/Tokyo"}));
    assert_eq!(calendar(&app, user, "Office")["time_zone"], "Asia/Tokyo");
    person.submit(&page, &[("color", ""), ("description", ""), ("time_zone", "Europe/Berlin")]);
    let kept = calendar(&app, user, "Office");
    assert_eq!((&kept["color"], &kept["description"]), (&json!(null), &json!(null)));
    assert_eq!(kept["time_zone"], "Europe/Berlin");
}

#[test]
fn no_text_of_a_client_reaches_what_draws() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    let person = Person::known(&app, "a@example.com");
    for color in [r#""><script>"#, "url(//example.com)", "no colour"] {
        let work = new_calendar(&app, user, &json!({"name": "\u{202e}\"><b>", "color": color}));
        for page in [person.get("/calendars"), person.get(&format!("/calendars/{work}"))] {
            page.shows(200, &["<bdi>\u{202e}&#34;&#62;&#60;b&#62;</bdi>"]);
            page.has_none_of(&["<script>", "<b>", "fill=\"url", "fill=\"no"]);
        }
    }
}

#[test]
fn the_default_calendar_stays_and_says_why() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    let person = Person::known(&app, "a@example.com");
    let default = calendars(&app, user)[0]["id"].as_i64().unwrap();
    let why = "The default calendar cannot be deleted: it has the events that name no calendar";
    let page = person.get(&format!("/calendars/{default}"));
    page.shows(200, &[why]);
    page.has_none_of(&["/delete\""]);
    let page = person.get(&format!("/calendars/{default}/delete"));
    page.shows(200, &[why]);
    page.has_none_of(&["<form method=\"post\" action=\"/calendars"]);
    let work = new_calendar(&app, user, &json!({"name": "Work"})).to_string();
    let page = person.submit(&format!("/calendars/{default}/delete"), &[("move_to", &work)]);
    page.shows(409, &[why]);
    assert_eq!(calendars(&app, user).len(), 2);
}

#[test]
fn a_calendar_is_deleted_with_its_events_only_where_just_that_is_asked_for() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    let person = Person::known(&app, "a@example.com");
    let default = calendars(&app, user)[0]["id"].clone();
    let make = || {
        let made = new_calendar(&app, user, &json!({"name": "Work"}));
        let at = "2026-11-28T10:00:00Z";
        let event = json!({"title": "Meeting", "start_at": at, "end_at": at, "calendar_id": made});
        assert_eq!(app.create_event(user, &event).status, 201);
        (made, format!("/calendars/{made}/delete"))
    };
    let events = || app.list_events(user).json().as_array().unwrap().len();
    let (work, path) = make();
    person.get(&path).shows(
        200,
        &[
            "Delete “<bdi>Work</bdi>”?",
            r#"value="move" checked"#,
            &format!(r#"<option value="{default}">Personal"#),
        ],
    );
    for fields in [vec![], vec![("events", "move")], vec![("move_to", ""), ("events", "move")]] {
        person.submit(&path, &fields).shows(400, &[r#"id="move_to-error" role="alert""#]);
    }
    person.submit(&path, &[("move_to", &work.to_string())]).shows(400, &[r#"aria-invalid="true""#]);
    assert_eq!((calendars(&app, user).len(), events()), (2, 1));
    let default = default.to_string();
    person.submit(&path, &[("events", "move"), ("move_to", &default)]).leads_to("/calendars?done=moved");
    assert_eq!((calendars(&app, user).len(), events()), (1, 1));
    let (_, path) = make();
    person.submit(&path, &[("events", "delete"), ("move_to", &default)]).leads_to("/calendars?done=deleted");
    assert_eq!((calendars(&app, user).len(), events()), (1, 1));
    person.get("/calendars?done=deleted").shows(200, &["The calendar and its events are deleted."]);
    person.submit(&path, &[("events", "delete")]).shows(404, &["There is nothing here"]);
}

#[test]
fn a_calendar_that_is_shared_has_a_name_and_a_colour_of_ones_own_and_can_be_left() {
    let app = App::start();
    let [john, jane] = ["john@example.com", "jane@example.com"].map(|email| app.new_user(email));
    let work = new_calendar(&app, john, &json!({"name": "Work", "color": "#c5221f"}));
    share(&app, john, work, (jane, "jane@example.com"), "busy");
    let person = Person::known(&app, "jane@example.com");
    person.get("/calendars").shows(
        200,
        &[
            "Shared with you",
            "<bdi>Work</bdi>",
            "of <bdi>john@example.com</bdi>",
            "You see when time is taken",
        ],
    );
    let path = format!("/calendars/{work}");
    let page = person.get(&path);
    page.shows(
        200,
        &["Of <bdi>john@example.com</bdi>", "Your name and colour for it", "Leave this calendar"],
    );
    page.has_none_of(&[r#"name="description""#, r#"name="time_zone""#, "Shared with", "/delete\""]);
    // The name as it is stays the owner's.
    person.submit(&path, &[("name", "Work"), ("color", "#2f5bd7")]).leads_to(&format!("{path}?done=saved"));
    app.send_as(john, "PATCH", &format!("{CALENDARS}/{work}"), &json!({"name": "Office"}));
    assert_eq!(calendar(&app, jane, "Office")["color"], "#2f5bd7");
    assert_eq!(calendar(&app, john, "Office")["color"], "#c5221f");
    person.submit(&path, &[("name", "John"), ("color", "")]).leads_to(&format!("{path}?done=saved"));
    assert_eq!(calendar(&app, jane, "John")["color"], "#c5221f");
    for (path, fields) in [
        (path.clone(), [("description", "Mine")]),
        (format!("{path}/delete"), [("events", "delete")]),
        (format!("{path}/share"), [("email", "bob@example.com")]),
    ] {
        person.submit(&path, &fields).shows(403, &["You may not do this"]);
    }
    person.get(&format!("{path}/delete")).shows(403, &["You may not do this"]);
    person.submit(&format!("{path}/leave"), &[]).leads_to("/calendars?done=left");
    person.get("/calendars?done=left").has_none_of(&["<bdi>John</bdi>"]);
    person.get(&path).shows(404, &["There is nothing here"]);
}

#[test]
fn what_is_somebody_elses_is_not_there() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let work = new_calendar(&app, john, &json!({"name": "Work"}));
    let person = Person::new(&app, "jane@example.com");
    for of in [work.to_string(), "999".to_owned(), "0".to_owned(), "x".to_owned()] {
        for path in ["", "/delete"] {
            let path = format!("/calendars/{of}{path}");
            person.get(&path).shows(404, &["There is nothing here"]);
        }
        for path in ["", "/delete", "/leave", "/share", "/shares/1", "/shares/1/stop"] {
            let fields =
                [("name", "Mine"), ("events", "delete"), ("email", "b@example.com"), ("access", "read")];
            person.submit(&format!("/calendars/{of}{path}"), &fields).shows(404, &["There is nothing here"]);
        }
    }
    assert_eq!(calendar(&app, john, "Work")["id"], work);
    Person::nobody(&app).get("/calendars").leads_to("/login?next=%2Fcalendars");
}
