//! What has changed in a calendar, whoever has changed it.

mod instances;
mod kept;
mod moves;
mod pages;
mod replay;
mod since;
mod writes;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::api::support::{App, Reply};

/// What a client that replays the changes of a calendar knows of it.
pub struct Replica {
    user: i64,
    calendar: i64,
    token: Option<String>,
    /// Each event as it was shown last.
    pub events: BTreeMap<i64, Value>,
}

impl Replica {
    /// Of somebody who knows nothing yet.
    pub fn new(user: i64, calendar: i64) -> Self {
        Self { user, calendar, token: None, events: BTreeMap::new() }
    }

    /// Asks until there is no more, and reads what has changed.
    pub fn catch_up(&mut self, app: &App) {
        loop {
            let (changes, token, has_more) = told(app, self.user, self.calendar, self.token.as_deref());
            let shown = if changes.is_empty() { BTreeMap::new() } else { events(app, self.user) };
            for (id, is_deleted) in changes {
                match shown.get(&id).filter(|_| !is_deleted) {
                    Some(event) => self.events.insert(id, event.clone()),
                    // Deleted, or gone by now: the next change says so.
                    None => self.events.remove(&id),
                };
            }
            self.token = Some(token);
            if !has_more {
                return;
            }
        }
    }
}

/// A person's events, of all calendars.
pub fn events(app: &App, user: i64) -> BTreeMap<i64, Value> {
    let listed = app.list_events(user).json();
    listed.as_array().unwrap().iter().map(|event| (event["id"].as_i64().unwrap(), event.clone())).collect()
}

/// Those that are in a calendar, by the tables.
pub fn events_in(app: &App, user: i64, calendar: i64) -> BTreeMap<i64, Value> {
    let is_in = format!(
        "SELECT E.ID FROM CALENDAR_EVENTS E LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID WHERE E.USER_ID = {user} AND \
         COALESCE(D.CALENDAR_ID, (SELECT C.ID FROM CALENDARS C WHERE C.DEFAULT_OF = {user})) = {calendar}"
    );
    let ids: Vec<i64> = app.database.texts(&is_in).iter().map(|id| id.parse().unwrap()).collect();
    events(app, user).into_iter().filter(|(id, _)| ids.contains(id)).collect()
}

/// A person with a default calendar and another one, and the ids of these.
pub fn with_calendars(app: &App, email: &str) -> (i64, i64, i64) {
    let user = app.new_user(email);
    (user, default_calendar(app, user), new_calendar(app, user))
}

pub fn default_calendar(app: &App, user: i64) -> i64 {
    app.send_as(user, "GET", "/api/calendar/calendars", &json!(null)).json()[0]["id"].as_i64().unwrap()
}

pub fn new_calendar(app: &App, user: i64) -> i64 {
    let made = app.send_as(user, "POST", "/api/calendar/calendars", &json!({"name": "Work"}));
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()["id"].as_i64().unwrap()
}

pub fn ask(app: &App, user: i64, calendar: i64, since: Option<&str>) -> Reply {
    let since = since.map(|since| format!("?since={since}")).unwrap_or_default();
    let path = format!("/api/calendar/calendars/{calendar}/changes{since}");
    app.send_as(user, "GET", &path, &json!(null))
}

/// The changes, the token, and whether there are more.
#[track_caller]
pub fn told(app: &App, user: i64, calendar: i64, since: Option<&str>) -> (Vec<(i64, bool)>, String, bool) {
    let reply = ask(app, user, calendar, since);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let told = reply.json();
    let token = told["token"].as_str().unwrap().to_owned();
    let change = |change: &Value| (change["id"].as_i64().unwrap(), change["is_deleted"].as_bool().unwrap());
    let changes: Vec<_> = told["changes"].as_array().unwrap().iter().map(change).collect();
    let has_more = told["has_more"].as_bool().unwrap();
    let members: Vec<_> = changes
        .iter()
        .map(|(id, is_deleted)| format!(r#"{{"id":{id},"is_deleted":{is_deleted}}}"#))
        .collect();
    reply.is(
        200,
        &format!(r#"{{"changes":[{}],"token":"{token}","has_more":{has_more}}}"#, members.join(",")),
    );
    (changes, token, has_more)
}

/// Asserts what has changed since a token, in any order, and that it is all; what the next token is.
#[track_caller]
pub fn tells(app: &App, user: i64, calendar: i64, since: Option<&str>, expected: &[(i64, bool)]) -> String {
    let (mut changes, token, has_more) = told(app, user, calendar, since);
    changes.sort_unstable();
    assert_eq!((changes.as_slice(), has_more), (expected, false));
    token
}

/// Puts an event into a calendar, as if it had something new.
pub fn details(app: &App, event: i64, calendar: i64) {
    app.database.execute(&format!(
        "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) \
         VALUES ({event}, {calendar}, '{event}@example.com', '{event}.ics')"
    ));
}
