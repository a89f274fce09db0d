//! Sessions of browsers: tokens in cookies, and what a page of elsewhere cannot do with them.

mod csrf;
mod ending;
mod foreign;
mod login;
mod origin;
mod planted;
mod renewal;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{claims, is_refused};
use crate::api::support::{App, Reply, signed};

const SESSION: &str = "/api/session";
const EVENTS: &str = "/api/calendar/events";
const ACCESS: &str = "access_token_cookie";
const REFRESH: &str = "refresh_token_cookie";
const NAMES: [&str; 4] = [ACCESS, "csrf_access_token", "csrf_refresh_token", REFRESH];
const EVENT: &str = r#"{"title":"T","start_at":"2025-12-06","end_at":"2025-12-06"}"#;

/// A browser, as far as it keeps cookies for one host.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Browser(pub BTreeMap<String, String>);

impl Browser {
    /// One in which this person has logged in.
    pub fn of(app: &App, email: &str) -> Self {
        let mut browser = Self::default();
        let reply = browser.log_in(app, &json!({"email": email, "password": "password"}));
        assert_eq!(reply.status, 200, "{}", reply.body);
        browser
    }

    pub fn log_in(&mut self, app: &App, body: &Value) -> Reply {
        self.send(app, "POST", SESSION, &[], body.to_string().as_bytes())
    }

    /// A request of a page that knows nothing of the cookies.
    pub fn send(
        &mut self,
        app: &App,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let cookies = self.header();
        let headers = [headers, &[("Cookie", cookies.as_str())]].concat();
        let reply = app.send(method, path, &headers, body);
        self.take(&reply);
        reply
    }

    pub fn get(&mut self, app: &App, path: &str) -> Reply {
        self.send(app, "GET", path, &[], b"")
    }

    /// A request of a page that reads what scripts may read of the cookies.
    pub fn page(&mut self, app: &App, method: &str, path: &str, body: &str) -> Reply {
        let csrf = self.0.get("csrf_access_token").cloned().unwrap_or_default();
        self.send(app, method, path, &[("X-CSRF-TOKEN", &csrf)], body.as_bytes())
    }

    fn header(&self) -> String {
        let pairs = self.0.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn take(&mut self, reply: &Reply) {
        for (name, value, attributes) in set_cookies(reply) {
            match attributes.iter().any(|attribute| attribute == "Max-Age=0") {
                true => drop(self.0.remove(&name)),
                false => drop(self.0.insert(name, value)),
            }
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// As if the access token had been made so long ago.
    pub fn let_access_expire(&mut self) {
        let expired = changed(&self.0[ACCESS], "exp", json!(1));
        self.set(ACCESS, &expired);
    }

    fn session(&self) -> String {
        claims(&self.0[REFRESH])["sid"].as_str().unwrap().to_owned()
    }
}

/// A token with one claim changed, or taken away.
fn changed(token: &str, claim: &str, value: Value) -> String {
    let mut claims = claims(token);
    match value {
        Value::Null => drop(claims.as_object_mut().unwrap().remove(claim)),
        value => claims[claim] = value,
    }
    token_of(&claims)
}

fn token_of(claims: &Value) -> String {
    signed(claims).trim_start_matches("Bearer ").to_owned()
}

/// The cookies that an answer sets: name, value, and the rest in its order.
fn set_cookies(reply: &Reply) -> Vec<(String, String, Vec<String>)> {
    let lines = reply.headers.get_all("set-cookie").iter();
    lines
        .map(|line| {
            let mut parts = line.to_str().unwrap().split("; ").map(str::to_owned);
            let pair = parts.next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), value.to_owned(), parts.collect())
        })
        .collect()
}

/// Asserts that the answer leaves a browser's cookies alone.
#[track_caller]
fn sets_none(reply: &Reply) {
    assert_eq!(reply.header("set-cookie"), None);
}

/// Asserts that the answer takes all four away.
#[track_caller]
fn clears(reply: &Reply) {
    let mut cleared: Vec<_> = set_cookies(reply)
        .into_iter()
        .filter(|(_, value, attributes)| value.is_empty() && attributes.iter().any(|one| one == "Max-Age=0"))
        .map(|(name, ..)| name)
        .collect();
    cleared.sort();
    assert_eq!(cleared, NAMES, "{:?}", reply.headers);
}

/// John, who is user 1 and has event 1, and a browser in which he has logged in.
fn with_john(variables: &[(&'static str, &str)]) -> (App, Browser) {
    let app = App::with(variables);
    assert_eq!(app.new_user("john@example.com"), 1);
    assert_eq!(app.new_event(1, "T", "2025-12-06"), 1);
    let browser = Browser::of(&app, "john@example.com");
    (app, browser)
}

/// The sessions that the database has, by their ids.
fn sessions(app: &App) -> Vec<String> {
    app.database.texts("SELECT ID FROM USER_SESSIONS")
}

/// The present refresh token of the one session that there is.
fn refresh_jti(app: &App) -> Vec<String> {
    app.database.texts("SELECT REFRESH_JTI FROM USER_SESSIONS")
}
