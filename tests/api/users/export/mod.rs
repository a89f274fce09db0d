//! All that is known of a person, as one document.

mod document;
mod recent;
mod slow;
mod whole;

use serde_json::{Value, json};

use crate::api::support::{App, Reply};

const EXPORT: &str = "/api/users/me/export";

/// An access token of a login just now, which belongs to no session.
fn log_in(app: &App, email: &str) -> String {
    let reply = app.log_in(email, "password");
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()["access_token"].as_str().unwrap().to_owned()
}

/// The access and the refresh token of a session that begins now.
fn begin_session(app: &App, email: &str) -> (String, String) {
    let body = json!({"email": email, "password": "password", "refresh": true});
    let reply = app.post("/api/users/login", &body).json();
    let text = |name: &str| reply[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

fn get(app: &App, path: &str, token: &str) -> Reply {
    app.send("GET", path, &[("Authorization", &format!("Bearer {token}"))], b"")
}

fn export(app: &App, token: &str) -> Reply {
    get(app, EXPORT, token)
}

/// The document.
fn exported(app: &App, token: &str) -> Value {
    let reply = export(app, token);
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}
