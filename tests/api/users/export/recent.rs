//! A stolen token alone does not get it.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{begin_session, export};
use crate::api::support::{App, Reply, bearer, signed};

#[track_caller]
fn is_too_old(app: &App, reply: &Reply) {
    let message = "Log in again first: the login must not be older than 5 minutes";
    reply.is_error(403, &[("login", message)]);
    assert_eq!(app.database.texts("SELECT ID FROM AUDIT_LOG WHERE ACT = 'exported'"), [""; 0]);
}

fn by_header(app: &App, authorization: &str) -> Reply {
    app.send("GET", super::EXPORT, &[("Authorization", authorization)], b"")
}

#[test]
fn a_session_that_began_more_than_five_minutes_ago_is_too_old_however_often_it_was_refreshed() {
    let app = App::start();
    app.new_user("john@example.com");
    let (_, refresh_token) = begin_session(&app, "john@example.com");
    let age = |seconds: u64| {
        let then = app.database.seconds_ago(seconds);
        app.database.execute(&format!("UPDATE USER_SESSIONS SET CREATED_AT = {then}"));
    };
    let refreshed = app.post("/api/users/refresh", &json!({"refresh_token": refresh_token})).json();
    let token = refreshed["access_token"].as_str().unwrap();
    age(301);
    is_too_old(&app, &export(&app, token));
    // As long as a test on a busy machine can take.
    age(180);
    assert_eq!(export(&app, token).status, 200);
}

#[test]
fn a_session_that_is_not_there_any_more_is_too_old() {
    let app = App::start();
    app.new_user("john@example.com");
    let (token, _) = begin_session(&app, "john@example.com");
    // As a sweep does it.
    app.database.execute("DELETE FROM USER_SESSIONS");
    is_too_old(&app, &export(&app, &token));
}

#[test]
fn a_token_without_a_session_is_as_old_as_it_says_and_not_of_the_future() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let of = |issued_at: Value| {
        let claims = json!({"type": "access", "sub": user.to_string(), "exp": now + 600, "iat": issued_at});
        by_header(&app, &signed(&claims))
    };
    is_too_old(&app, &of(json!(now - 301)));
    is_too_old(&app, &of(json!(now + 600)));
    is_too_old(&app, &of(json!(0)));
    is_too_old(&app, &of(json!(1e300)));
    is_too_old(&app, &by_header(&app, &bearer(user)));
    assert_eq!(of(json!(now - 180)).status, 200);
}

#[test]
fn the_password_stands_for_a_recent_login_and_a_wrong_one_is_counted() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let with =
        |password: &Value| app.send_as(john, "POST", super::EXPORT, &json!({"current_password": password}));
    with(&json!(null)).is_error(400, &[("current_password", "This field is required")]);
    with(&json!("wrong password")).is_error(400, &[("current_password", "Wrong password")]);
    assert_eq!(app.database.texts("SELECT FAILURES FROM LOGIN_FAILURES"), ["1"]);
    assert_eq!(app.database.texts("SELECT ID FROM AUDIT_LOG WHERE ACT = 'exported'"), [""; 0]);
    let reply = with(&json!("password"));
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.json()["account"]["email"], "john@example.com");
    assert_eq!(app.database.texts("SELECT FAILURES FROM LOGIN_FAILURES"), [""; 0]);
    app.post(super::EXPORT, &json!({})).is_error(401, &[("authorization", "Missing Authorization Header")]);
}
