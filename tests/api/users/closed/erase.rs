use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::super::throttling::{COUNTS, count, seconds_to_wait};
use super::super::{acts, begin, is_good, with_token};
use super::ERASED;
use crate::api::jobs::until;
use crate::api::support::{App, Reply};

const ME: &str = "/api/users/me";
const ERASE: &str = "/api/users/me/erase";
const JOHN: &str = "john@example.com";
const REVOKED: [(&str, &str); 1] = [("authorization", "Token has been revoked")];
const WRONG: [(&str, &str); 1] = [("password", "Wrong password")];
const KEPT: &str = "SELECT USER_ID FROM CLOSED_ACCOUNTS";

fn erase(app: &App, login: &Value, password: &str) -> Reply {
    with_token(app, login, "POST", ERASE, &json!({"password": password}))
}

fn delete(app: &App, login: &Value) -> Reply {
    with_token(app, login, "DELETE", ME, &json!(null))
}

/// Asserts that nobody can log in, that nothing of it is good any more, and that all of it is kept.
#[track_caller]
fn is_erased(app: &App, hash: &[String], tokens: &[&Value]) {
    for token in tokens {
        with_token(app, token, "GET", ME, &json!(null)).is_error(401, &REVOKED);
    }
    app.log_in(JOHN, "password").is_error(403, &ERASED);
    app.log_in(JOHN, "wrong password").is_error(401, &[("email", "Invalid credentials")]);
    app.register(JOHN, "password").is_error(400, &[("email", "This e-mail address is already registered")]);
    assert_eq!(app.database.texts("SELECT PASSWORD_HASH FROM CLOSED_ACCOUNTS"), hash);
    assert_ne!(app.database.texts("SELECT PASSWORD_HASH FROM USERS"), hash);
    assert_eq!(app.database.texts("SELECT ID FROM USER_SESSIONS"), [""; 0]);
}

#[test]
fn with_the_password_an_account_is_erased_and_kept_for_thirty_days() {
    let app = App::start();
    let john = app.new_user(JOHN);
    let hash = app.database.texts("SELECT PASSWORD_HASH FROM USERS");
    let (mine, other) = (begin(&app, JOHN, "password"), begin(&app, JOHN, "password"));
    let plain = app.log_in(JOHN, "password").json();
    let reply = erase(&app, &mine, "password");
    let purge_at: DateTime<Utc> = reply.json()["purge_at"].as_str().unwrap().parse().unwrap();
    let text = reply.json()["purge_at"].as_str().unwrap().to_owned();
    reply.is(202, &format!(r#"{{"message":"The account is being erased","purge_at":"{text}"}}"#));
    let left = purge_at - Utc::now();
    assert!(left > TimeDelta::days(30) - TimeDelta::minutes(5) && left <= TimeDelta::days(30), "{left}");
    assert_eq!(app.database.instants("SELECT PURGE_AT FROM CLOSED_ACCOUNTS"), [purge_at]);
    is_erased(&app, &hash, &[&mine, &other, &plain]);
    assert_eq!(app.list_events(john).status, 401);
    assert_eq!(acts(&app), ["erased user - by session"]);
    let refresh = json!({"refresh_token": mine["refresh_token"]});
    assert_eq!(app.post("/api/users/refresh", &refresh).status, 401);
}

#[test]
fn after_a_login_of_the_last_five_minutes_it_is_erased_without_a_password() {
    for session in [true, false] {
        let app = App::start();
        app.new_user(JOHN);
        let hash = app.database.texts("SELECT PASSWORD_HASH FROM USERS");
        let login = json!({"email": JOHN, "password": "password", "refresh": session});
        let login = app.post("/api/users/login", &login).json();
        delete(&app, &login).is(204, "");
        is_erased(&app, &hash, &[&login]);
    }
}

#[test]
fn a_stolen_token_alone_does_not_erase() {
    let app = App::start();
    let john = app.new_user(JOHN);
    let login = begin(&app, JOHN, "password");
    let at = app.database.seconds_ago(301);
    app.database.execute(&format!("UPDATE USER_SESSIONS SET CREATED_AT = {at}"));
    let refreshed = app.post("/api/users/refresh", &json!({"refresh_token": login["refresh_token"]})).json();
    let old = [("login", "Log in again first: the login must not be older than 5 minutes")];
    for token in [&login, &refreshed] {
        delete(&app, token).is_error(403, &old);
        erase(&app, token, "wrong password").is_error(400, &WRONG);
    }
    // As another program makes it, without a time.
    app.send_as(john, "DELETE", ME, &json!(null)).is_error(403, &old);
    for missing in [json!({}), json!({"password": null}), json!({"password": ""})] {
        app.send_as(john, "POST", ERASE, &missing).is_error(400, &[("password", "This field is required")]);
    }
    app.send_as(john, "POST", ERASE, &json!({"password": 7}))
        .is_error(400, &[("password", "Must be a string")]);
    for method in ["DELETE", "POST"] {
        let path = if method == "POST" { ERASE } else { ME };
        app.send(method, path, &[], b"").is_error(401, &[("authorization", "Missing Authorization Header")]);
    }
    assert_eq!((is_good(&app, &refreshed), app.database.texts(KEPT).len()), (200, 0));
    assert_eq!(app.database.texts(COUNTS), ["2"]);
    count(&app, 15, 0);
    assert!(seconds_to_wait(&erase(&app, &refreshed, "password")) > 800);
}

#[test]
fn an_account_can_be_kept_for_no_time() {
    let app = App::with(&[("ACCOUNT_RETENTION_DAYS", "0")]);
    app.new_user(JOHN);
    let reply = erase(&app, &begin(&app, JOHN, "password"), "password");
    let purge_at: DateTime<Utc> = reply.json()["purge_at"].as_str().unwrap().parse().unwrap();
    assert!((Utc::now() - purge_at).abs() < TimeDelta::minutes(5), "{}", reply.body);
}

#[test]
fn the_days_that_it_is_kept_are_a_setting() {
    let app = App::with(&[("ACCOUNT_RETENTION_DAYS", "36500")]);
    app.new_user(JOHN);
    let reply = erase(&app, &begin(&app, JOHN, "password"), "password");
    let purge_at: DateTime<Utc> = reply.json()["purge_at"].as_str().unwrap().parse().unwrap();
    assert!((purge_at - Utc::now()).num_days() >= 36_499, "{}", reply.body);
}

#[test]
fn an_account_that_was_erased_here_is_known_in_another_instance_after_a_look() {
    let polled = [("REVOCATION_POLL", "1")];
    let app = App::with(&polled);
    app.new_user(JOHN);
    let other = app.again_with(&polled);
    let (login, plain) = (begin(&app, JOHN, "password"), app.log_in(JOHN, "password").json());
    assert_eq!([is_good(&other, &login), is_good(&other, &plain)], [200, 200]);
    delete(&app, &login).is(204, "");
    other.log_in(JOHN, "password").is_error(403, &ERASED);
    for token in [&login, &plain] {
        until("it is known", || is_good(&other, token) == 401);
    }
}

/// Its tokens are still good there; what wants a password finds that there is none.
#[test]
fn where_it_is_not_known_yet_no_password_is_right_and_a_second_erasing_changes_nothing() {
    let app = App::start();
    app.new_user(JOHN);
    let other = app.again();
    let (login, plain) = (begin(&app, JOHN, "password"), app.log_in(JOHN, "password").json());
    assert_eq!(is_good(&other, &plain), 200);
    let purge_at = erase(&app, &login, "password").json()["purge_at"].clone();
    let change =
        json!({"current_password": "password", "password": "another one", "confirm_password": "another one"});
    with_token(&other, &plain, "PUT", "/api/users/me/password", &change).is_error(401, &REVOKED);
    erase(&other, &plain, "password").is_error(401, &REVOKED);
    // The login of this token was a moment ago.
    delete(&other, &plain).is(204, "");
    assert_eq!(acts(&app), ["erased user - by session"]);
    let kept: Vec<_> = app.database.instants("SELECT PURGE_AT FROM CLOSED_ACCOUNTS");
    assert_eq!(json!(kept[0].to_rfc3339()[..19]), json!(purge_at.as_str().unwrap()[..19]));
}
