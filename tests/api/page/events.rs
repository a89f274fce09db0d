//! The form of an event, and what else its pages do.

use serde_json::{Value, json};

use super::browser::Person;
use crate::api::support::{App, Reply};

/// Somebody in Berlin, user 1, and what they have.
pub fn berliner(app: &App) -> Person<'_> {
    let user = app.new_user("a@example.com");
    let settings = json!({"time_zone": "Europe/Berlin", "locale": "en-GB"});
    assert_eq!(app.send_as(user, "PATCH", "/api/users/me", &settings).status, 200);
    Person::known(app, "a@example.com")
}

/// An event of user 1.
pub fn event(app: &App, event: &Value) -> i64 {
    let reply = app.create_event(1, event);
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()["id"].as_i64().unwrap()
}

pub fn at_ten(title: &str) -> Value {
    json!({
        "title": title, "start_at": "2026-11-03T10:00", "end_at": "2026-11-03T11:00", "time_zone": "Europe/Berlin",
    })
}

/// What user 1 reads of an event, without its UID.
pub fn read(app: &App, path: &str) -> Value {
    let reply = app.send_as(1, "GET", &format!("/api/calendar/events/{path}"), &Value::Null);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let mut read = reply.json();
    read.as_object_mut().unwrap().remove("uid");
    read
}

/// What a form has in its fields, as a browser would send it.
pub fn fields(page: &Reply) -> Vec<(String, String)> {
    let form = page.body.split_once("<form class=\"card event\"").expect("a form").1;
    let form = form.split_once("</form>").unwrap().0;
    let mut fields = Vec::new();
    let mut rest = form;
    while let Some(start) = rest.find(['<']) {
        rest = &rest[start..];
        let end = rest.find('>').unwrap();
        let tag = &rest[..end];
        let after = &rest[end + 1..];
        if tag.starts_with("<input") {
            let kind = attribute(tag, "type").unwrap_or_default();
            let is_sent = !matches!(kind.as_str(), "checkbox" | "radio") || tag.contains(" checked");
            if let Some(name) = attribute(tag, "name").filter(|_| is_sent) {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("<textarea") {
            let text = after.split_once("</textarea>").unwrap().0;
            // A browser leaves out the first line break, and sends others in its own way.
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            let text = unescaped(text.strip_prefix('\n').unwrap_or(&text)).replace('\n', "\r\n");
            fields.push((attribute(tag, "name").unwrap(), text));
        } else if tag.starts_with("<select") {
            let options = after.split_once("</select>").unwrap().0;
            let all: Vec<_> = options.split("<option").skip(1).collect();
            let chosen = all.iter().find(|option| option.split('>').next().unwrap().contains(" selected"));
            if let Some(option) = chosen.or(all.first()) {
                let (tag, text) = option.split_once('>').unwrap();
                let text = text.split('<').next().unwrap();
                let value = attribute(tag, "value").unwrap_or_else(|| unescaped(text));
                fields.push((attribute(rest, "name").unwrap(), value));
            }
        }
        rest = after;
    }
    fields
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next().unwrap()))
}

fn unescaped(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}

/// Sends a form as it was drawn, but for these fields. One that is `None` is not checked.
pub fn send(person: &Person<'_>, path: &str, page: &Reply, changes: &[(&str, Option<&str>)]) -> Reply {
    let mut all = fields(page);
    for (name, _) in changes {
        all.retain(|(field, _)| field != name);
    }
    let added = changes.iter().filter_map(|(name, value)| Some(((*name).to_owned(), (*value)?.to_owned())));
    all.extend(added);
    let borrowed: Vec<_> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.post(path, &borrowed)
}

#[test]
fn an_event_is_made_by_its_form() {
    let app = App::start();
    let person = berliner(&app);
    let page = person.get("/events/new?start_date=2026-11-28&start_time=10:00&title=%22%3E%3Cscript%3E");
    page.shows(
        200,
        &[
            "<h1>New event</h1>",
            r#"<button class="button primary" type="submit">Save</button>"#,
            r#"value="&#34;&#62;&#60;script&#62;" required"#,
            "autofocus",
            r#"type="date" min="0001-01-01" max="9999-12-30" value="2026-11-28""#,
            r#"type="time" step="60" value="10:00""#,
            r#"value="2026-11-28""#,
            r#"value="11:00""#,
            r#"<optgroup label="Yours"><option selected>Europe/Berlin</option>"#,
            r#"<option value="1" selected>Personal</option>"#,
            "Nothing rings yet",
        ],
    );
    let saved = send(
        &person,
        "/events/new",
        &page,
        &[
            ("title", Some("Dentist")),
            ("location", Some("Room 1")),
            ("description", Some("Two\r\nlines")),
            ("url", Some("https://example.com/a")),
            ("categories", Some("Health,  Far\\, away")),
            ("color", Some("other")),
            ("other_color", Some("#123456")),
            ("status", Some("tentative")),
            ("show_as", Some("free")),
            ("visibility", Some("private")),
            ("reminder_number", Some("2")),
        ],
    );
    saved.leads_to("/calendar/day/2026-11-28");
    assert_eq!(
        read(&app, "1"),
        json!({
            "id": 1, "title": "Dentist", "description": "Two\nlines", "start_at": "2026-11-28T09:00:00Z",
            "end_at": "2026-11-28T10:00:00Z", "is_all_day": false, "location": "Room 1", "color": "#123456",
            "calendar_id": 1, "time_zone": "Europe/Berlin", "status": "tentative", "show_as": "free",
            "visibility": "private", "url": "https://example.com/a", "categories": ["Health", "Far, away"],
            "reminders": [{"minutes_before": 2, "method": "display"}],
        })
    );
}

#[test]
fn without_anything_it_is_the_next_hour_of_today() {
    let app = App::start();
    let person = berliner(&app);
    let page = person.get("/events/new");
    let all = fields(&page);
    let field = |name: &str| all.iter().find(|(field, _)| field == name).unwrap().1.clone();
    assert!(field("start_time").ends_with(":00"), "{all:?}");
    assert_eq!(field("time_zone"), "Europe/Berlin");
    assert_eq!(field("repeats"), "never");
    send(&person, "/events/new", &page, &[("title", Some("Soon"))])
        .leads_to(&format!("/calendar/day/{}", field("start_date")));
    assert_eq!(app.list_events(1).json().as_array().unwrap().len(), 1);
}

#[test]
fn a_form_that_is_refused_comes_back_as_it_was_filled_in() {
    let app = App::start();
    let person = berliner(&app);
    let page = person.get("/events/new?start_date=2026-11-28&start_time=10:00");
    let refused = send(
        &person,
        "/events/new",
        &page,
        &[
            ("title", Some(" ")),
            ("end_time", Some("09:00")),
            ("url", Some("ftp://x")),
            ("reminder_number", Some("-1")),
            ("location", Some("Room 1")),
            ("description", Some("\r\nText")),
        ],
    );
    refused.shows(
        400,
        &[
            r#"name="title" type="text" value=" " required maxlength="255" aria-invalid="true" aria-describedby="title-error" autofocus>"#,
            r#"<p class="error" id="title-error" role="alert">This field is required</p>"#,
            r#"value="09:00" aria-invalid="true" aria-describedby="end_time-error">"#,
            r#"role="alert">It would end before it begins</p>"#,
            r#"value="Room 1""#,
            r#"<textarea id="description" name="description" rows="4">"#,
            "\n\r\nText</textarea>",
            "<details class=\"further\" open>",
            r#"id="url-error" role="alert">Must be"#,
            r#"value="-1" aria-label="Reminder 1: how many" aria-invalid="true""#,
            r#"id="reminders-error" role="alert">Each must be a whole number"#,
        ],
    );
    assert_eq!(app.list_events(1).body, "[]");
    // Once it is right it is taken.
    let right =
        [("title", Some("A")), ("end_time", Some("10:00")), ("url", Some("")), ("reminder_number", Some(""))];
    send(&person, "/events/new", &refused, &right).leads_to("/calendar/day/2026-11-28");
    assert_eq!(read(&app, "1")["description"], "Text");
}

#[test]
fn nothing_is_done_without_the_token() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("Meeting"));
    let before = read(&app, "1");
    let page = person.get("/events/1");
    for (path, page) in [("/events/new", person.get("/events/new")), ("/events/1", page)] {
        send(&person, path, &page, &[("title", Some("Other")), ("csrf_token", None)])
            .shows(401, &["Missing CSRF token"]);
    }
    for path in ["/events/1/move", "/events/1/delete"] {
        person
            .post(path, &[("start_date", "2026-12-01"), ("start_time", "10:00")])
            .shows(401, &["Missing CSRF token"]);
    }
    assert_eq!(read(&app, "1"), before);
    assert_eq!(app.list_events(1).json().as_array().unwrap().len(), 1);
    let nobody = Person::nobody(&app);
    nobody
        .get("/events/1?occurrence=2026-11-03T09:00:00Z")
        .leads_to("/login?next=%2Fevents%2F1%3Foccurrence%3D2026-11-03T09:00:00Z");
}

#[test]
fn what_is_not_touched_stays_to_the_letter() {
    let app = App::start();
    let person = berliner(&app);
    let mut whole = at_ten("A\u{202e} title");
    whole["start_at"] = json!("2026-11-03T10:00:30.123456");
    whole["description"] = json!("\r\n One\rtwo\r\nthree");
    whole["color"] = json!("tomato");
    whole["categories"] = json!(["a,b", "c\\d"]);
    whole["reminders"] =
        json!([{"minutes_before": 1500, "method": "audio"}, {"minutes_before": 0, "method": "email"}]);
    whole["location"] = json!("two\nlines");
    event(&app, &whole);
    let before = read(&app, "1");
    let page = person.get("/events/1");
    page.shows(200, &["<h1>Event</h1>", r#"step="any" value="10:00:30.123""#]);
    send(&person, "/events/1", &page, &[]).leads_to("/calendar/day/2026-11-03");
    assert_eq!(read(&app, "1"), before);
    // One field is one member.
    let page = person.get("/events/1");
    send(&person, "/events/1", &page, &[("end_time", Some("12:00"))]).leads_to("/calendar/day/2026-11-03");
    let mut expected = before;
    expected["end_at"] = json!("2026-11-03T11:00:00Z");
    assert_eq!(read(&app, "1"), expected);
}

#[test]
fn it_stays_as_long_where_its_beginning_alone_is_put_behind_its_end() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("Meeting"));
    let page = person.get("/events/1");
    send(&person, "/events/1", &page, &[("start_date", Some("2026-12-01"))])
        .leads_to("/calendar/day/2026-12-01");
    let now = read(&app, "1");
    assert_eq!(
        (&now["start_at"], &now["end_at"]),
        (&json!("2026-12-01T09:00:00Z"), &json!("2026-12-01T10:00:00Z"))
    );
    let both = [("start_time", Some("12:00")), ("end_time", Some("11:30"))];
    send(&person, "/events/1", &person.get("/events/1"), &both)
        .shows(400, &[r#"id="end_time-error" role="alert">It would end before it begins"#]);
}

#[test]
fn what_is_emptied_is_cleared() {
    let app = App::start();
    let person = berliner(&app);
    let mut whole = at_ten("Meeting");
    for (member, value) in [
        ("description", json!("Text")),
        ("location", json!("Room")),
        ("color", json!("#2f5bd7")),
        ("url", json!("https://example.com")),
        ("categories", json!(["Work"])),
        ("reminders", json!([{"minutes_before": 60, "method": "display"}])),
        ("status", json!("cancelled")),
    ] {
        whole[member] = value;
    }
    event(&app, &whole);
    let page = person.get("/events/1");
    page.shows(
        200,
        &[r#"value="1" aria-label="Reminder 1: how many""#, r#"<option value="hours" selected>"#],
    );
    let emptied = ["description", "location", "color", "url", "categories", "reminder_number"];
    let emptied = emptied.map(|field| (field, Some("")));
    send(&person, "/events/1", &page, &[&emptied[..], &[("status", Some("confirmed"))]].concat())
        .leads_to("/calendar/day/2026-11-03");
    assert_eq!(
        read(&app, "1"),
        json!({
            "id": 1, "title": "Meeting", "description": null, "start_at": "2026-11-03T09:00:00Z",
            "end_at": "2026-11-03T10:00:00Z", "is_all_day": false, "location": null, "color": null, "calendar_id": 1,
            "time_zone": "Europe/Berlin",
        })
    );
}

#[test]
fn whole_days_are_shown_with_their_last_one() {
    let app = App::start();
    let person = berliner(&app);
    let page = person.get("/events/new?start_date=2026-11-28&end_date=2026-11-30&is_all_day=true");
    page.shows(200, &[r#"value="true" checked> All day"#, r#"value="2026-11-28""#, r#"value="2026-11-30""#]);
    send(&person, "/events/new", &page, &[("title", Some("Away"))]).leads_to("/calendar/day/2026-11-28");
    let made = read(&app, "1");
    assert_eq!(
        (&made["start_at"], &made["end_at"]),
        (&json!("2026-11-28T00:00:00Z"), &json!("2026-12-01T00:00:00Z"))
    );
    let page = person.get("/events/1");
    page.shows(200, &[r#"value="2026-11-28""#, r#"value="2026-11-30""#]);
    send(&person, "/events/1", &page, &[("end_date", Some("2026-11-28"))])
        .leads_to("/calendar/day/2026-11-28");
    assert_eq!(read(&app, "1")["end_at"], "2026-11-29T00:00:00Z");
    // Those of somebody's own midnight stay days of their zone.
    event(
        &app,
        &json!({"title": "Berlin", "start_at": "2026-11-27T23:00:00Z", "end_at": "2026-11-28T23:00:00Z", "is_all_day": true}),
    );
    let page = person.get("/events/2");
    page.shows(200, &[r#"value="2026-11-28""#, r#"value="2026-11-28""#]);
    send(&person, "/events/2", &page, &[("start_date", Some("2026-11-27"))])
        .leads_to("/calendar/day/2026-11-27");
    assert_eq!(read(&app, "2")["start_at"], "2026-11-26T23:00:00Z");
    // And back to an hour of one.
    let page = person.get("/events/2");
    let timed = [("is_all_day", None), ("start_time", Some("09:00")), ("end_date", Some("2026-11-27"))];
    send(&person, "/events/2", &page, &timed).leads_to("/calendar/day/2026-11-27");
    let made = read(&app, "2");
    assert_eq!(
        (&made["start_at"], &made["end_at"]),
        (&json!("2026-11-27T08:00:00Z"), &json!("2026-11-27T09:00:00Z"))
    );
    assert_eq!(made["time_zone"], "Europe/Berlin");
}

#[test]
fn a_time_that_no_clock_shows_and_one_that_comes_twice_are_read_as_the_api_reads_them() {
    let app = App::start();
    let person = berliner(&app);
    for (date, start, end, start_at, end_at) in [
        ("2026-03-29", "02:30", "03:45", "2026-03-29T01:30:00Z", "2026-03-29T01:45:00Z"),
        ("2026-10-25", "02:30", "03:00", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z"),
    ] {
        let page = person
            .get(&format!("/events/new?start_date={date}&start_time={start}&end_time={end}&title=Night"));
        send(&person, "/events/new", &page, &[]).leads_to(&format!("/calendar/day/{date}"));
        let made = app.list_events(1).json();
        let made = made.as_array().unwrap().last().unwrap();
        assert_eq!((&made["start_at"], &made["end_at"]), (&json!(start_at), &json!(end_at)), "{date}");
        // What was the second of two stays it as long as nobody touches it.
        app.send_as(1, "DELETE", &format!("/api/calendar/events/{}", made["id"]), &Value::Null);
    }
    event(
        &app,
        &json!({"title": "Twice", "start_at": "2026-10-25T01:30:00Z", "end_at": "2026-10-25T03:00:00Z", "time_zone": "Europe/Berlin"}),
    );
    let page = person.get("/events/3");
    page.shows(200, &[r#"value="02:30""#]);
    send(&person, "/events/3", &page, &[("end_time", Some("05:00"))]).leads_to("/calendar/day/2026-10-25");
    let made = read(&app, "3");
    assert_eq!(
        (&made["start_at"], &made["end_at"]),
        (&json!("2026-10-25T01:30:00Z"), &json!("2026-10-25T04:00:00Z"))
    );
}

#[test]
fn an_event_of_elsewhere_is_shown_on_its_own_clocks_and_on_the_readers() {
    let app = App::start();
    let person = berliner(&app);
    let mut there = at_ten("There");
    there["time_zone"] = json!("America/New_York");
    event(&app, &there);
    let page = person.get("/events/1");
    page.shows(
        200,
        &[
            r#"value="10:00""#,
            "<option>Europe/Berlin</option><option selected>America/New_York</option>",
            "Where you are (Europe/Berlin)",
            "3 Nov 2026, 16:00 – 17:00",
        ],
    );
    // One that has no zone is shown in the reader's.
    event(
        &app,
        &json!({"title": "UTC", "start_at": "2026-11-03T10:00:00Z", "end_at": "2026-11-03T11:00:00Z"}),
    );
    let page = person.get("/events/2");
    page.shows(200, &[r#"value="11:00""#, "<option selected>Europe/Berlin</option>"]);
    send(&person, "/events/2", &page, &[("title", Some("Other"))]).leads_to("/calendar/day/2026-11-03");
    assert_eq!(read(&app, "2").get("time_zone"), None);
    // The same time of day on other clocks.
    let page = person.get("/events/2");
    send(&person, "/events/2", &page, &[("time_zone", Some("Asia/Tokyo"))])
        .leads_to("/calendar/day/2026-11-03");
    assert_eq!(read(&app, "2")["start_at"], "2026-11-03T02:00:00Z");
}

#[test]
fn whoever_comes_second_learns_what_the_first_one_did_and_loses_nothing() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("Meeting"));
    let page = person.get("/events/1");
    let other = json!({"title": "Theirs", "location": "Their room"});
    assert_eq!(app.send_as(1, "PATCH", "/api/calendar/events/1", &other).status, 200);
    let mine = [("title", Some("Mine")), ("description", Some("My text"))];
    let refused = send(&person, "/events/1", &page, &mine);
    refused.shows(
        412,
        &[
            "Somebody has changed this meanwhile",
            "<dt>Title</dt><dd><bdi>Theirs</bdi></dd>",
            "<dt>Location</dt><dd><bdi>Their room</bdi></dd>",
            r#"<a href="/events/1">load the event as it is now</a>"#,
            r#"value="Mine""#,
            "My text</textarea>",
        ],
    );
    assert_eq!(read(&app, "1")["title"], "Theirs");
    // What was sent again is what they saw.
    send(&person, "/events/1", &refused, &[("location", Some("Their room"))])
        .leads_to("/calendar/day/2026-11-03");
    let now = read(&app, "1");
    assert_eq!(
        (&now["title"], &now["location"], &now["description"]),
        (&json!("Mine"), &json!("Their room"), &json!("My text"))
    );
}

#[test]
fn what_was_typed_into_the_form_of_an_event_that_is_gone_makes_a_new_one() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("Meeting"));
    let mut series = at_ten("Series");
    series["recurrence"] = json!(["RRULE:FREQ=DAILY"]);
    event(&app, &series);
    let forms =
        ["/events/1", "/events/2?occurrence=2026-11-04T09:00:00Z"].map(|path| (path, person.get(path)));
    for id in [1, 2] {
        let path = format!("/api/calendar/events/{id}");
        assert_eq!(app.send_as(1, "DELETE", &path, &Value::Null).status, 200);
    }
    for ((path, form), day) in forms.iter().zip(["2026-11-03", "2026-11-04"]) {
        let typed = [("title", Some("Mine <3")), ("location", Some("Here"))];
        let gone = send(&person, path, form, &typed);
        let pieces = [
            r#"action="/events/new""#,
            "Save makes a new event of it",
            r#"value="Mine &#60;3""#,
            r#"value="Here""#,
        ];
        gone.shows(404, &pieces);
        assert_eq!(app.list_events(1).body, "[]");
        send(&person, "/events/new", &gone, &[]).leads_to(&format!("/calendar/day/{day}"));
        let made = app.list_events(1).json();
        assert_eq!((&made[0]["title"], made[0].get("recurrence")), (&json!("Mine <3"), None), "{made}");
        let path = format!("/api/calendar/events/{}", made[0]["id"]);
        assert_eq!(app.send_as(1, "DELETE", &path, &Value::Null).status, 200);
    }
}

#[test]
fn it_leads_back_to_where_its_person_came_from() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("Meeting"));
    let page = person.get("/events/1?next=/calendar/week/2026-W45");
    page.shows(
        200,
        &[r#"name="next" value="/calendar/week/2026-W45""#, r#"href="/calendar/week/2026-W45">Cancel</a>"#],
    );
    send(&person, "/events/1", &page, &[]).leads_to("/calendar/week/2026-W45");
    for elsewhere in ["//example.com", "https://example.com", "/\\example.com"] {
        send(&person, "/events/1", &page, &[("next", Some(elsewhere))]).leads_to("/calendar/day/2026-11-03");
    }
}

#[test]
fn it_can_be_put_into_another_calendar_of_ones_own() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("Meeting"));
    assert_eq!(app.send_as(1, "POST", "/api/calendar/calendars", &json!({"name": "Work"})).status, 201);
    let page = person.get("/events/1");
    send(&person, "/events/1", &page, &[("calendar_id", Some("2"))]).leads_to("/calendar/day/2026-11-03");
    assert_eq!(read(&app, "1")["calendar_id"], 2);
    let page = person.get("/events/1");
    page.shows(200, &[r#"<option value="2" selected>Work</option>"#]);
    send(&person, "/events/1", &page, &[("calendar_id", Some("99"))]).shows(
        400,
        &[r#"id="calendar_id-error" role="alert">Must be the id of a calendar that one may write"#],
    );
    person.get("/events/new?calendar_id=2").shows(200, &[r#"<option value="2" selected>Work</option>"#]);
}

#[test]
fn an_event_is_deleted_once_its_person_has_said_so() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("<Meeting>"));
    let page = person.get("/events/1");
    page.shows(
        200,
        &[
            r#"href="/events/1/move">Move…"#,
            r#"href="/events/1/share">Share…"#,
            r#"href="/events/1/delete">Delete…"#,
        ],
    );
    let page = person.get("/events/1/delete");
    page.shows(200, &["Delete “<bdi>&#60;Meeting&#62;</bdi>”?", "Tuesday, 3 November 2026, 10:00 – 11:00"]);
    page.has_none_of(&["name=\"scope\""]);
    assert_eq!(app.list_events(1).json().as_array().unwrap().len(), 1);
    person.submit("/events/1/delete", &[]).leads_to("/calendar/day/2026-11-03");
    assert_eq!(app.list_events(1).body, "[]");
    person.get("/events/1").shows(404, &["There is nothing here"]);
    person.submit("/events/1/delete", &[]).shows(404, &[]);
}

#[test]
fn what_was_changed_meanwhile_is_not_deleted_unseen() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("Meeting"));
    let tag = fields(&person.get("/events/1")).into_iter().find(|(field, _)| field == "etag").unwrap().1;
    app.send_as(1, "PATCH", "/api/calendar/events/1", &json!({"title": "Important"}));
    person
        .submit("/events/1/delete", &[("etag", &tag)])
        .shows(412, &["Important", "delete it all the same?"]);
    let tag = fields(&person.get("/events/1")).into_iter().find(|(field, _)| field == "etag").unwrap().1;
    person.submit("/events/1/delete", &[("etag", &tag)]).leads_to("/calendar/day/2026-11-03");
}

#[test]
fn an_event_is_moved_and_stays_as_long() {
    let app = App::start();
    let person = berliner(&app);
    let mut there = at_ten("Meeting");
    there["time_zone"] = json!("America/New_York");
    event(&app, &there);
    // In the reader's zone: from four to five.
    person.get("/events/1/move").shows(
        200,
        &["16:00 – 17:00", r#"value="2026-11-03""#, r#"value="16:00""#, "Times are those of Europe/Berlin"],
    );
    person
        .submit("/events/1/move", &[("start_date", "2026-11-04"), ("start_time", "09:15")])
        .leads_to("/calendar/day/2026-11-04");
    let now = read(&app, "1");
    assert_eq!(
        (&now["start_at"], &now["end_at"]),
        (&json!("2026-11-04T08:15:00Z"), &json!("2026-11-04T09:15:00Z"))
    );
    assert_eq!(now["time_zone"], "America/New_York");
    // As a drag does: with its end.
    let dragged = [
        ("start_date", "2026-11-04"),
        ("start_time", "09:15"),
        ("end_date", "2026-11-04"),
        ("end_time", "11:00"),
        ("occurrence", ""),
        ("scope", ""),
    ];
    person.submit("/events/1/move", &dragged).leads_to("/calendar/day/2026-11-04");
    assert_eq!(read(&app, "1")["end_at"], "2026-11-04T10:00:00Z");
    person
        .submit("/events/1/move", &[("start_date", "2026-11-31"), ("start_time", "09:15")])
        .shows(400, &[r#"value="2026-11-31""#, "id=\"start_date-error\""]);
    let before = [
        ("start_date", "2026-11-04"),
        ("start_time", "09:15"),
        ("end_date", "2026-11-03"),
        ("end_time", "11:00"),
    ];
    person.submit("/events/1/move", &before).shows(400, &["It would end before it begins"]);
}

#[test]
fn whole_days_are_moved_by_their_dates() {
    let app = App::start();
    let person = berliner(&app);
    event(
        &app,
        &json!({"title": "Away", "start_at": "2026-11-03", "end_at": "2026-11-06", "is_all_day": true}),
    );
    person.get("/events/1/move").has_none_of(&["name=\"start_time\""]);
    person.submit("/events/1/move", &[("start_date", "2026-11-10")]).leads_to("/calendar/day/2026-11-10");
    let now = read(&app, "1");
    assert_eq!(
        (&now["start_at"], &now["end_at"]),
        (&json!("2026-11-10T00:00:00Z"), &json!("2026-11-13T00:00:00Z"))
    );
    // As a drag does: with the last day, and without times.
    let dragged =
        [("start_date", "2026-11-11"), ("start_time", ""), ("end_date", "2026-11-11"), ("end_time", "")];
    person.submit("/events/1/move", &dragged).leads_to("/calendar/day/2026-11-11");
    assert_eq!(read(&app, "1")["end_at"], "2026-11-12T00:00:00Z");
    let timed = [
        ("is_all_day", "false"),
        ("start_date", "2026-11-11"),
        ("start_time", "10:00"),
        ("end_date", "2026-11-11"),
        ("end_time", "10:30"),
    ];
    person.submit("/events/1/move", &timed).leads_to("/calendar/day/2026-11-11");
    let now = read(&app, "1");
    assert_eq!(
        (&now["start_at"], &now["end_at"]),
        (&json!("2026-11-11T09:00:00Z"), &json!("2026-11-11T09:30:00Z"))
    );
}

#[test]
fn it_is_moved_to_another_calendar() {
    let app = App::start();
    let person = berliner(&app);
    event(&app, &at_ten("Meeting"));
    app.send_as(1, "POST", "/api/calendar/calendars", &json!({"name": "Work"}));
    let fields = [("start_date", "2026-11-03"), ("start_time", "10:00"), ("calendar_id", "2")];
    person.submit("/events/1/move", &fields).leads_to("/calendar/day/2026-11-03");
    let now = read(&app, "1");
    assert_eq!((&now["calendar_id"], &now["start_at"]), (&json!(2), &json!("2026-11-03T09:00:00Z")));
}

/// User 2 shares their calendar with user 1, who may do this with it.
fn shared(app: &App, access: &str) {
    let path = "/api/calendar/calendars";
    let id = app.send_as(2, "GET", path, &Value::Null).json()[0]["id"].as_i64().unwrap();
    let offer = json!({"email": "a@example.com", "access": access});
    assert_eq!(app.send_as(2, "POST", &format!("{path}/{id}/shares"), &offer).status, 201);
    let offers = app.send_as(1, "GET", "/api/calendar/offers", &Value::Null).json();
    let offer = offers.as_array().unwrap()[0]["id"].as_i64().unwrap();
    let accepted = app.send_as(1, "POST", &format!("/api/calendar/offers/{offer}"), &json!({"accept": true}));
    assert_eq!(accepted.status, 200, "{}", accepted.body);
}

#[test]
fn somebody_elses_event_is_what_its_reader_may_see() {
    for access in ["read", "busy"] {
        let app = App::start();
        let person = berliner(&app);
        app.new_user("b@example.com");
        let mut event = at_ten("Their meeting");
        event["description"] = json!("Their text");
        event["recurrence"] = json!(["RRULE:FREQ=WEEKLY"]);
        assert_eq!(app.create_event(2, &event).status, 201);
        person.get("/events/1").shows(404, &[]);
        shared(&app, access);
        let page = person.get("/events/1?occurrence=2026-11-10T09:00:00Z");
        page.shows(200, &["Of <bdi>b@example.com</bdi>", "Tuesday, 10 November 2026, 10:00 – 11:00"]);
        page.has_none_of(&["<form class=\"card", "/events/1/share", "/events/1/move", "/events/1/delete"]);
        match access {
            "read" => page.shows(
                200,
                &[
                    "<bdi>Their meeting</bdi>",
                    "not change it",
                    "Every week on Tuesday",
                    "<bdi>Their text</bdi>",
                ],
            ),
            _ => {
                page.shows(200, &["<bdi>Busy</bdi>", "nothing else"]);
                page.has_none_of(&["Their", "Every week"]);
            }
        }
        for path in ["/events/1", "/events/1/move", "/events/1/delete"] {
            let fields = [("title", "Mine"), ("start_date", "2026-11-04"), ("start_time", "10:00")];
            person.submit(path, &fields).shows(403, &["You may not do this"]);
        }
        for path in ["/events/1/move", "/events/1/delete", "/events/preview?id=1"] {
            person.get(path).shows(403, &[]);
        }
    }
}

#[test]
fn somebody_elses_event_is_changed_by_who_may_write_it_and_stays_where_it_is() {
    let app = App::start();
    let person = berliner(&app);
    app.new_user("b@example.com");
    assert_eq!(app.create_event(2, &at_ten("Their meeting")).status, 201);
    shared(&app, "write");
    let page = person.get("/events/1");
    page.shows(200, &["<h1>Event</h1>", "Of <bdi>b@example.com</bdi>, in the calendar <bdi>Personal</bdi>"]);
    page.has_none_of(&["name=\"calendar_id\"", "/events/1/share"]);
    send(&person, "/events/1", &page, &[("title", Some("Ours"))]).leads_to("/calendar/day/2026-11-03");
    assert_eq!(read(&app, "1")["title"], "Ours");
    // Into their calendar, too.
    let page = person.get("/events/new?start_date=2026-11-04&title=New");
    page.shows(200, &["<option value=\"1\">Personal (b@example.com)</option>"]);
    send(&person, "/events/new", &page, &[("calendar_id", Some("1"))]).leads_to("/calendar/day/2026-11-04");
    assert_eq!(app.list_events(2).json().as_array().unwrap().len(), 2);
    // What is private in it is nobody's but theirs.
    app.send_as(2, "PATCH", "/api/calendar/events/1", &json!({"visibility": "private"}));
    person.get("/events/1").shows(200, &["<bdi>Busy</bdi>"]);
    send(&person, "/events/1", &page, &[("title", Some("Mine"))]).shows(403, &[]);
}
