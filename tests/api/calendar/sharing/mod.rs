//! Calendars and events that others share.

mod busy;
mod calendars;
mod changes;
mod closed;
mod events;
mod limit;
mod load;
mod matrix;
mod offers;
mod people;
mod series;
mod shares;
mod untold;

use serde_json::{Value, json};

use crate::api::support::{App, Reply};

/// John, whose things are shared, and Jane, whom they are shared with.
struct Two {
    app: App,
    john: i64,
    jane: i64,
    /// John's second calendar, "Work".
    work: i64,
}

const CALENDARS: &str = "/api/calendar/calendars";
const OFFERS: &str = "/api/calendar/offers";
const FORBIDDEN: [(&str, &str); 1] = [("access", "You may see this, but not do this with it")];

impl Two {
    fn start() -> Self {
        let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
        let (john, jane) = (add_user(&app, "john"), add_user(&app, "jane"));
        let work = new_calendar(&app, john, "Work");
        Self { app, john, jane, work }
    }

    /// Shares "Work" with Jane, who accepts: the share's id.
    fn share_work(&self, access: &str) -> i64 {
        let share = offer(&self.app, self.john, &calendar(self.work), "jane@example.com", access);
        accept(&self.app, self.jane, share);
        share
    }

    /// An event of John's in "Work".
    fn event(&self, changes: Value) -> i64 {
        let mut event = super::event(json!({"calendar_id": self.work}));
        event.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        created(&self.app.create_event(self.john, &event))
    }

    fn get(&self, user: i64, path: &str) -> Reply {
        get(&self.app, user, path)
    }

    /// John as Jane sees him.
    fn owner(&self) -> Value {
        json!({"id": self.john, "name": "John Doe", "email": "john@example.com"})
    }
}

/// Somebody without a password, because nobody here logs in: `jane@example.com`, Jane Doe.
fn add_user(app: &App, name: &str) -> i64 {
    let title = name[..1].to_uppercase() + &name[1..];
    let email = format!("{name}@example.com");
    app.database.execute(&format!(
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH, NAME) VALUES ('{email}', 'x', '{title} Doe')"
    ));
    app.database.texts(&format!("SELECT ID FROM USERS WHERE EMAIL = '{email}'"))[0].parse().unwrap()
}

fn get(app: &App, user: i64, path: &str) -> Reply {
    app.send_as(user, "GET", path, &json!(null))
}

#[track_caller]
fn created(reply: &Reply) -> i64 {
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()["id"].as_i64().unwrap()
}

fn new_calendar(app: &App, user: i64, name: &str) -> i64 {
    created(&app.send_as(user, "POST", CALENDARS, &json!({ "name": name })))
}

fn calendar(id: i64) -> String {
    format!("{CALENDARS}/{id}")
}

fn event(id: i64) -> String {
    format!("/api/calendar/events/{id}")
}

/// What takes place in December 2025.
fn december(app: &App, user: i64, more: &str) -> Value {
    let reply = get(app, user, &format!("/api/calendar/events?from=2025-12-01&to=2026-01-01{more}"));
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// The titles of those.
fn titles(app: &App, user: i64, more: &str) -> Vec<String> {
    let events = december(app, user, more);
    events.as_array().unwrap().iter().map(|event| event["title"].as_str().unwrap().to_owned()).collect()
}

/// Offers what is at a path to an address: the share's id.
#[track_caller]
fn offer(app: &App, owner: i64, path: &str, email: &str, access: &str) -> i64 {
    let body = json!({"email": email, "access": access});
    created(&app.send_as(owner, "POST", &format!("{path}/shares"), &body))
}

fn answer(app: &App, user: i64, offer: i64, accept: bool) -> Reply {
    app.send_as(user, "POST", &format!("{OFFERS}/{offer}"), &json!({ "accept": accept }))
}

#[track_caller]
fn accept(app: &App, user: i64, offer: i64) {
    let reply = answer(app, user, offer, true);
    assert_eq!(reply.status, 200, "{}", reply.body);
}
