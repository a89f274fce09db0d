use serde_json::{Value, json};

use super::browser::Person;
use crate::api::support::App;

/// John, who shares, and the others with whom he does.
struct Stage {
    app: App,
    john: i64,
    /// A calendar of his.
    work: i64,
}

const OFFER: [(&str, &str); 2] = [("email", "jane@example.com"), ("access", "read")];

impl Stage {
    fn set() -> Self {
        let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
        let john = app.new_user("john@example.com");
        let made = app.send_as(john, "POST", "/api/calendar/calendars", &json!({"name": "Work"}));
        let work = made.json()["id"].as_i64().unwrap();
        Self { app, john, work }
    }

    /// An event of tomorrow's in the calendar.
    fn event(&self, changes: Value) -> i64 {
        let at = chrono::Utc::now() + chrono::TimeDelta::days(1);
        let at = at.format("%Y-%m-%dT10:00:00Z").to_string();
        let mut event = json!({"title": "Meeting", "location": "Room A", "start_at": at, "end_at": at, "calendar_id": self.work});
        event.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        self.app.create_event(self.john, &event).json()["id"].as_i64().unwrap()
    }

    /// The shares of what is at a path.
    fn shares(&self, path: &str) -> Vec<Value> {
        let path = format!("/api/calendar{path}/shares");
        let listed = self.app.send_as(self.john, "GET", &path, &json!(null)).json();
        listed.as_array().unwrap().clone()
    }
}

#[test]
fn a_calendar_is_shared_in_two_steps_of_which_the_second_shows_what_the_other_will_see() {
    let stage = Stage::set();
    stage.event(json!({}));
    stage.event(json!({"title": "Doctor", "location": "Clinic", "visibility": "private"}));
    let person = Person::known(&stage.app, "john@example.com");
    let path = format!("/calendars/{}", stage.work);
    person.get(&path).shows(
        200,
        &[
            "Nobody yet",
            r#"name="email""#,
            r#"value="busy" checked"#,
            "no titles, no places",
            r#"value="write""#,
        ],
    );
    for (access, shown, not_shown) in [
        ("busy", ["<bdi>Busy</bdi>", "<bdi>Busy</bdi>"], &["Meeting", "Room A", "Doctor", "Clinic"][..]),
        ("read", ["<bdi>Meeting</bdi>", "<bdi>Busy</bdi>"], &["Doctor", "Clinic"][..]),
        ("write", ["<bdi>Meeting</bdi>", "<bdi>Busy</bdi>"], &["Doctor", "Clinic"][..]),
    ] {
        let page =
            person.submit(&format!("{path}/share"), &[("email", " jane@example.com "), ("access", access)]);
        let access = format!(r#"name="access" value="{access}""#);
        page.shows(
            200,
            &[
                "Share “<bdi>Work</bdi>” with <bdi>jane@example.com</bdi>?",
                shown[0],
                shown[1],
                r#"name="email" value="jane@example.com""#,
                &access,
                r#"name="confirm" value="true""#,
                "Share this calendar",
            ],
        );
        page.has_none_of(not_shown);
    }
    // Until it is confirmed nothing is shared.
    assert_eq!(stage.shares(&path), Vec::<Value>::new());
    let confirmed = [&OFFER[..], &[("confirm", "true")]].concat();
    person.post(&format!("{path}/share"), &confirmed).shows(401, &["Missing CSRF token"]);
    assert_eq!(stage.shares(&path), Vec::<Value>::new());
    let done = person.submit(&format!("{path}/share"), &confirmed);
    let share = stage.shares(&path)[0].clone();
    assert_eq!((&share["email"], &share["access"]), (&json!("jane@example.com"), &json!("read")));
    let next = format!("{path}?done=offered&share={}", share["id"]);
    done.leads_to(&next);
    person.get(&next).shows(
        200,
        &[
            "Offered to <strong><bdi>jane@example.com</bdi></strong>. Whoever has this address",
            "Whether somebody has the address is not told",
            "Not answered yet",
        ],
    );
    person.get("/calendars").shows(200, &["<bdi>Work</bdi>", "Offered to 1"]);
}

#[test]
fn what_is_refused_comes_back_at_the_first_step_whichever_it_was() {
    let stage = Stage::set();
    let event = stage.event(json!({}));
    let person = Person::known(&stage.app, "john@example.com");
    for path in [format!("/calendars/{}", stage.work), format!("/events/{event}")] {
        for confirm in [&[][..], &[("confirm", "true")][..]] {
            let step = |email, access| {
                let fields = [&[("email", email), ("access", access)][..], confirm].concat();
                person.submit(&format!("{path}/share"), &fields)
            };
            step("jane", "write").shows(
                400,
                &[
                    r#"value="jane" aria-invalid="true" aria-describedby="email-error" autofocus"#,
                    r#"id="email-error" role="alert""#,
                    r#"value="write" checked"#,
                    "Continue",
                ],
            );
            step("john@example.com", "read")
                .shows(400, &["one&#39;s own address", r#"value="read" checked"#]);
            step("jane@example.com", "all")
                .shows(400, &[r#"value="jane@example.com""#, r#"id="access-error""#]);
        }
        assert_eq!(stage.shares(&path), Vec::<Value>::new());
    }
    let busy = [("email", "jane@example.com"), ("access", "busy")];
    person.submit(&format!("/events/{event}/share"), &busy).shows(400, &["Must be read or write"]);
}

#[test]
fn what_a_share_lets_somebody_do_is_changed_and_ended() {
    let stage = Stage::set();
    let jane = stage.app.new_user("jane@example.com");
    let person = Person::known(&stage.app, "john@example.com");
    let event = stage.event(json!({}));
    for (path, here) in [
        (format!("/calendars/{}", stage.work), format!("/calendars/{}", stage.work)),
        (format!("/events/{event}"), format!("/events/{event}/share")),
    ] {
        person.submit(&format!("{path}/share"), &[&OFFER[..], &[("confirm", "true")]].concat());
        let id = stage.shares(&path)[0]["id"].clone();
        let share = format!("{path}/shares/{id}");
        person.post(&share, &[("access", "write")]).shows(401, &["Missing CSRF token"]);
        person.post(&format!("{share}/stop"), &[]).shows(401, &["Missing CSRF token"]);
        person.submit(&share, &[("access", "none")]).shows(400, &["Must be"]);
        assert_eq!(stage.shares(&path)[0]["access"], "read");
        person.submit(&share, &[("access", "write")]).leads_to(&format!("{here}?done=changed&share={id}"));
        assert_eq!(stage.shares(&path)[0]["access"], "write");
        let offer = format!("/api/calendar/offers/{id}");
        stage.app.send_as(jane, "POST", &offer, &json!({"accept": true}));
        person.get(&format!("{here}?done=changed&share={id}")).shows(
            200,
            &[
                "From now on <strong><bdi>jane@example.com</bdi>",
                "Accepted",
                r#"<option value="write" selected>"#,
            ],
        );
        person.submit(&format!("{path}/shares/999/stop"), &[]).shows(404, &["There is nothing here"]);
        person.submit(&format!("{share}/stop"), &[]).leads_to(&format!("{here}?done=stopped"));
        person
            .get(&format!("{here}?done=stopped"))
            .shows(200, &["not shared with them any more", "Nobody yet"]);
        assert_eq!(stage.shares(&path), Vec::<Value>::new());
    }
}

#[test]
fn what_was_declined_can_be_offered_again() {
    let stage = Stage::set();
    let jane = stage.app.new_user("jane@example.com");
    let person = Person::known(&stage.app, "john@example.com");
    let path = format!("/calendars/{}", stage.work);
    person.submit(&format!("{path}/share"), &[&OFFER[..], &[("confirm", "true")]].concat());
    let offer = format!("/api/calendar/offers/{}", stage.shares(&path)[0]["id"]);
    stage.app.send_as(jane, "POST", &offer, &json!({"accept": false}));
    let again = format!("{path}?email=jane%40example.com&amp;access=read#share");
    person.get(&path).shows(200, &["Declined", &again, "Offer again"]);
    person
        .get(&format!("{path}?email=jane%40example.com&access=read"))
        .shows(200, &[r#"value="jane@example.com""#, r#"value="read" checked"#]);
}

#[test]
fn one_event_is_shared_alone_and_left_again() {
    let stage = Stage::set();
    let jane = stage.app.new_user("jane@example.com");
    let event = stage.event(json!({"recurrence": ["RRULE:FREQ=WEEKLY"]}));
    let path = format!("/events/{event}");
    let person = Person::known(&stage.app, "john@example.com");
    let page = person.get(&format!("{path}/share"));
    page.shows(
        200,
        &[
            "Share “<bdi>Meeting</bdi>”",
            "and all other occurrences",
            "Share with…",
            r#"value="read" checked"#,
            "Nobody yet",
        ],
    );
    page.has_none_of(&[r#"value="busy""#]);
    let page = person.submit(&format!("{path}/share"), &OFFER);
    page.shows(200, &["<bdi>Meeting</bdi>", "<bdi class=\"quiet\">Room A</bdi>", "Share this event"]);
    person.submit(&format!("{path}/share"), &[&OFFER[..], &[("confirm", "true")]].concat());
    let id = stage.shares(&path)[0]["id"].clone();
    let receiver = Person::known(&stage.app, "jane@example.com");
    receiver.get(&format!("{path}/share")).shows(404, &["There is nothing here"]);
    receiver.submit(&format!("{path}/share"), &OFFER).shows(404, &["There is nothing here"]);
    stage.app.send_as(jane, "POST", &format!("/api/calendar/offers/{id}"), &json!({"accept": true}));
    receiver.get(&format!("{path}/share")).shows(
        200,
        &["Shared with you", "<bdi>john@example.com</bdi>. You may look at it", "Leave this event"],
    );
    receiver.submit(&format!("{path}/share"), &OFFER).shows(403, &["You may not do this"]);
    receiver
        .submit(&format!("{path}/shares/{id}"), &[("access", "write")])
        .shows(403, &["You may not do this"]);
    receiver.submit(&format!("{path}/shares/{id}/stop"), &[]).leads_to("/calendars?done=left");
    receiver.get(&format!("{path}/share")).shows(404, &["There is nothing here"]);
}

#[test]
fn a_private_event_is_busy_to_whom_it_is_shared_with() {
    let stage = Stage::set();
    let event = stage.event(json!({"title": "Doctor", "visibility": "private"}));
    let person = Person::known(&stage.app, "john@example.com");
    person.get(&format!("/events/{event}/share")).shows(200, &["It is private"]);
    let page = person.submit(&format!("/events/{event}/share"), &OFFER);
    page.shows(200, &["What they will see", "<bdi>Busy</bdi>"]);
    page.has_none_of(&["Room A"]);
}

#[test]
fn the_second_step_shows_what_the_other_has_then() {
    let stage = Stage::set();
    let jane = stage.app.new_user("jane@example.com");
    for title in ["First", "Second", "Third"] {
        stage.event(json!({"title": title, "location": title}));
    }
    stage.event(json!({"title": "Secret", "location": "Secret", "visibility": "confidential"}));
    let person = Person::known(&stage.app, "john@example.com");
    let path = format!("/calendars/{}", stage.work);
    for access in ["busy", "read", "write"] {
        let fields = [("email", "jane@example.com"), ("access", access)];
        let page = person.submit(&format!("{path}/share"), &fields);
        person.submit(&format!("{path}/share"), &[&fields[..], &[("confirm", "true")]].concat());
        let offer = format!("/api/calendar/offers/{}", stage.shares(&path)[0]["id"]);
        stage.app.send_as(jane, "POST", &offer, &json!({"accept": true}));
        let to = (chrono::Utc::now() + chrono::TimeDelta::days(3)).format("%Y-%m-%d");
        let range = format!("/api/calendar/events?from={}&to={to}", chrono::Utc::now().format("%Y-%m-%d"));
        let seen = stage.app.send_as(jane, "GET", &range, &json!(null)).json();
        let titles = seen.as_array().unwrap().iter().take(3).map(|event| event["title"].as_str().unwrap());
        let shown: Vec<_> = titles.map(|title| format!("<strong><bdi>{title}</bdi>")).collect();
        assert_eq!(shown.len(), 3);
        page.shows(200, &shown.iter().map(String::as_str).collect::<Vec<_>>());
        page.has_none_of(&["Secret"]);
    }
}

#[test]
fn somebody_is_found_who_lets_others_find_them() {
    let stage = Stage::set();
    let jane = stage.app.new_user("jane+a@example.com");
    stage.app.new_user("jack@example.com");
    stage.app.send_as(jane, "PATCH", "/api/users/me", &json!({"is_listed": true, "name": "Jane <D>"}));
    let person = Person::known(&stage.app, "john@example.com");
    let path = format!("/calendars/{}", stage.work);
    let page = person.get(&format!("{path}?q=ja"));
    page.shows(
        200,
        &[&format!(r#"href="{path}?email=jane%2Ba%40example.com#share""#), "<bdi>Jane &#60;D&#62;</bdi>"],
    );
    page.has_none_of(&["jack@example.com"]);
    person.get(&format!("{path}?q=jack")).shows(200, &["Nobody who lets others find them"]);
    person.get(&format!("{path}?q=j")).shows(200, &["At least two characters"]);
    person
        .get(&format!("{path}?email=jane%2Ba%40example.com"))
        .shows(200, &[r#"value="jane+a@example.com""#]);
}

#[test]
fn an_address_is_a_text_wherever_it_is_shown() {
    let stage = Stage::set();
    let person = Person::known(&stage.app, "john@example.com");
    let path = format!("/calendars/{}", stage.work);
    let mean = "\u{202e}\"><script>@example.com";
    for page in [
        person.submit(&format!("{path}/share"), &[("email", mean), ("access", "read")]),
        person.get(&format!("{path}?email=%22%3E%3Cscript%3E&access=%22%3E%3Cscript%3E&done=offered&share=1&q=%22%3E%3Cscript%3E")),
    ] {
        page.has_none_of(&["<script>"]);
    }
}
