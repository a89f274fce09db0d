//! Sessions: refreshed, listed, ended, and known in every instance.

pub mod cookies;
mod ending;
mod instances;
mod list;
mod login;
mod refresh;
mod sweep;

use serde_json::{Value, json};

use crate::api::support::{App, Reply};

const REVOKED: &str = "Token has been revoked";

/// The two tokens of a session, as its client has them.
#[derive(Debug, Clone, PartialEq)]
struct Tokens {
    access: String,
    refresh: String,
}

impl Tokens {
    #[track_caller]
    fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "{}", reply.body);
        let body = reply.json();
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token") }
    }
}

/// A session of John's, who is user 1.
fn with_john(variables: &[(&'static str, &str)]) -> (App, Tokens) {
    let app = App::with(variables);
    assert_eq!(app.new_user("john@example.com"), 1);
    let tokens = begin(&app, "john@example.com");
    (app, tokens)
}

fn begin(app: &App, email: &str) -> Tokens {
    let body = json!({"email": email, "password": "password", "refresh": true});
    Tokens::of(&app.post("/api/users/login", &body))
}

fn refresh(app: &App, refresh_token: &str) -> Reply {
    app.post("/api/users/refresh", &json!({"refresh_token": refresh_token}))
}

fn with_token(app: &App, method: &str, path: &str, access_token: &str) -> Reply {
    app.send(method, path, &[("Authorization", &format!("Bearer {access_token}"))], b"")
}

fn list(app: &App, access_token: &str) -> Reply {
    with_token(app, "GET", "/api/users/me/sessions", access_token)
}

fn log_out(app: &App, access_token: &str) -> Reply {
    with_token(app, "POST", "/api/users/logout", access_token)
}

/// The ids of one's sessions.
fn ids(app: &App, access_token: &str) -> Vec<String> {
    let reply = list(app, access_token);
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json().as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// What a token says, unchecked.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&unpadded(payload)).unwrap()
}

fn unpadded(base64url: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' => 62,
        _ => 63,
    };
    let bits = base64url.bytes().map(digit);
    let (mut bytes, mut held, mut count) = (Vec::new(), 0_u32, 0);
    for six in bits {
        (held, count) = (held << 6 | u32::from(six), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((held >> count) as u8);
            held &= (1 << count) - 1;
        }
    }
    bytes
}

#[track_caller]
fn is_refused(reply: &Reply, field: &str, message: &str) {
    reply.is_error(401, &[(field, message)]);
    assert_eq!(reply.header("www-authenticate").as_deref(), Some("Bearer"));
}
