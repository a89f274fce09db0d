use serde_json::{Value, json};

use super::browser::Person;
use crate::api::support::App;

const BANNER: &str = r#"<aside class="offered" aria-label="Offers">"#;

/// John, who offers, and Jane.
struct Two {
    app: App,
    john: i64,
    jane: i64,
}

impl Two {
    fn start() -> Self {
        let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
        let [john, jane] = ["john@example.com", "jane@example.com"].map(|email| app.new_user(email));
        Self { app, john, jane }
    }

    /// Offers Jane what is at a path: the offer's id.
    fn offer(&self, path: &str, access: &str) -> i64 {
        let body = json!({"email": "jane@example.com", "access": access});
        let path = format!("/api/calendar{path}/shares");
        self.app.send_as(self.john, "POST", &path, &body).json()["id"].as_i64().unwrap()
    }

    fn calendar(&self, name: &str) -> i64 {
        let made = self.app.send_as(self.john, "POST", "/api/calendar/calendars", &json!({ "name": name }));
        made.json()["id"].as_i64().unwrap()
    }

    /// What Jane has.
    fn calendars(&self) -> Vec<Value> {
        let listed = self.app.send_as(self.jane, "GET", "/api/calendar/calendars", &json!(null)).json();
        listed.as_array().unwrap().clone()
    }
}

#[test]
fn whoever_is_offered_nothing_is_told_what_would_be_here() {
    let two = Two::start();
    let person = Person::known(&two.app, "jane@example.com");
    let page = person.get("/offers");
    page.shows(200, &["<h1>Offers</h1>", "Nothing is offered to you", "<bdi>jane@example.com</bdi>"]);
    page.has_none_of(&[BANNER, r#"class="offers""#]);
}

#[test]
fn an_offer_is_seen_on_every_page_until_it_is_answered() {
    let two = Two::start();
    let work = two.calendar("Secret plans");
    let id = two.offer(&format!("/calendars/{work}"), "busy");
    let person = Person::known(&two.app, "jane@example.com");
    for path in ["/calendars", "/calendar/month/2026-11", "/logout"] {
        person.get(path).shows(
            200,
            &[r#"<span class="count">1</span>"#, BANNER, "Something is offered to you", r#"href="/offers""#],
        );
    }
    let page = person.get("/offers");
    page.shows(
        200,
        &[
            "<h2><bdi>john@example.com</bdi></h2>",
            "you would see when their time is taken, and nothing else",
            r#"name="accept" value="true""#,
            r#"name="accept" value="false""#,
        ],
    );
    // Of what is offered nothing is told yet.
    page.has_none_of(&[BANNER, "Secret plans"]);
    let answer = format!("/offers/{id}");
    person.post(&answer, &[("accept", "true")]).shows(401, &["Missing CSRF token"]);
    person.submit(&answer, &[]).shows(400, &["That could not be read"]);
    assert_eq!(two.calendars().len(), 1);
    let next = format!("/offers?calendar={work}");
    person.submit(&answer, &[("accept", "true")]).leads_to(&next);
    assert_eq!(two.calendars()[1]["name"], "Secret plans");
    let page = person.get(&next);
    page.shows(
        200,
        &[
            "“<bdi>Secret plans</bdi>” of <bdi>john@example.com</bdi> is among your calendars now",
            r#"href="/calendar""#,
            &format!(r#"href="/calendars/{work}""#),
            "Nothing is offered to you any more",
        ],
    );
    page.has_none_of(&[BANNER, r#"class="offers""#]);
    person.submit(&answer, &[("accept", "true")]).shows(404, &["There is nothing here"]);
}

#[test]
fn an_event_that_is_accepted_says_where_it_is_now() {
    let two = Two::start();
    let event = two.app.new_event(two.john, "Dinner", "2026-11-28T19:00:00Z");
    let id = two.offer(&format!("/events/{event}"), "write");
    let person = Person::known(&two.app, "jane@example.com");
    person.get("/offers").shows(200, &["could change and delete"]);
    let next = format!("/offers?event={event}");
    person.submit(&format!("/offers/{id}"), &[("accept", "true")]).leads_to(&next);
    person.get(&next).shows(
        200,
        &[
            "“<bdi>Dinner</bdi>” of <bdi>john@example.com</bdi> is in your calendar now",
            r#"href="/calendar/day/2026-11-28""#,
            &format!(r#"href="/events/{event}""#),
        ],
    );
}

#[test]
fn an_offer_that_is_declined_is_gone() {
    let two = Two::start();
    let work = two.calendar("Work");
    let id = two.offer(&format!("/calendars/{work}"), "read");
    let person = Person::known(&two.app, "jane@example.com");
    person.submit(&format!("/offers/{id}"), &[("accept", "false")]).leads_to("/offers?declined=true");
    person.get("/offers?declined=true").shows(200, &["Declined.", "Nothing is offered to you any more"]);
    assert_eq!(two.calendars().len(), 1);
}

#[test]
fn nobody_answers_for_somebody_else_or_sees_what_is_theirs() {
    let two = Two::start();
    let work = two.calendar("Secret plans");
    let event = two.app.new_event(two.john, "Secret dinner", "2026-11-28T19:00:00Z");
    let id = two.offer(&format!("/calendars/{work}"), "read");
    let bob = Person::new(&two.app, "bob@example.com");
    bob.submit(&format!("/offers/{id}"), &[("accept", "true")]).shows(404, &["There is nothing here"]);
    bob.submit("/offers/x", &[("accept", "true")]).shows(404, &["There is nothing here"]);
    for path in [format!("/offers?calendar={work}"), format!("/offers?event={event}")] {
        let page = bob.get(&path);
        page.shows(200, &["Nothing is offered to you"]);
        page.has_none_of(&["Secret"]);
    }
}
