use serde_json::json;

use super::{ACTS, comes_to};
use crate::api::support::App;

/// What each line says of its session.
const SESSIONS: &str = "SELECT COALESCE(SESSION_ID, 'none') FROM AUDIT_LOG ORDER BY ACTED_AT, ACT";

#[test]
fn a_login_is_written_down_after_its_answer_good_or_failed() {
    let app = App::start();
    app.new_user("john@example.com");
    app.log_in("john@example.com", "wrong password").is_error(401, &[("email", "Invalid credentials")]);
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true});
    assert_eq!(app.post("/api/users/login", &login).status, 200);
    let acts = comes_to(&app, 3);
    assert_eq!(acts, ["1 login_failed user 127.0.0.1", "1 login user 127.0.0.1", "1 login user 127.0.0.1"]);
    let session = app.database.texts("SELECT ID FROM USER_SESSIONS").remove(0);
    assert_eq!(app.database.texts(SESSIONS), ["none", "none", &session]);
}

/// With the token of a session, as with an address.
#[test]
fn a_password_that_somebody_who_is_logged_in_got_wrong_is_written_down_too() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let body = json!({"current_password": "x", "password": "another one", "confirm_password": "another one"});
    app.send_as(john, "PUT", "/api/users/me/password", &body)
        .is_error(400, &[("current_password", "Wrong password")]);
    assert_eq!(comes_to(&app, 1), ["1 login_failed user 127.0.0.1"]);
}

/// What is typed there can be a password.
#[test]
fn of_an_address_that_nobody_has_nothing_is_kept() {
    let app = App::start();
    app.new_user("john@example.com");
    app.log_in("hunter2@example.com", "password").is_error(401, &[("email", "Invalid credentials")]);
    // Written in the order in which they came: what was before it would be there by now.
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
    assert_eq!(comes_to(&app, 1), ["1 login user 127.0.0.1"]);
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM AUDIT_LOG WHERE SUBJECT IS NOT NULL"), ["0"]);
}

#[test]
fn those_that_were_answered_before_a_stop_are_written_before_its_end() {
    let app = App::start();
    app.new_user("john@example.com");
    for _ in 0..3 {
        assert_eq!(app.log_in("john@example.com", "password").status, 200);
    }
    app.program.terminate();
    let (log, status) = app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert_eq!(app.database.texts(ACTS), ["1 login user 127.0.0.1"; 3]);
}

#[test]
fn the_address_is_that_of_the_client_where_a_header_names_it() {
    let app = App::with(&[("CLIENT_IP_HEADER", "X-Real-IP")]);
    app.new_user("john@example.com");
    let body = json!({"email": "john@example.com", "password": "password"}).to_string();
    let reply =
        app.send("POST", "/api/users/login", &[("X-Real-IP", "2001:db8:1:2:3:4:5:6")], body.as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(comes_to(&app, 1), ["1 login user 2001:db8:1:2:3:4:5:6"]);
}

/// Nothing that lets anybody in is in it: neither passwords nor tokens, nor their names.
#[test]
fn there_is_no_secret_in_it() {
    let app = App::start();
    app.new_user("john@example.com");
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true});
    let tokens = app.post("/api/users/login", &login).json();
    app.log_in("john@example.com", "a wrong password");
    let refresh = json!({"refresh_token": tokens["refresh_token"]});
    assert_eq!(app.post("/api/users/refresh", &refresh).status, 200);
    comes_to(&app, 2);
    let columns = "ID || ACT || ACTOR || ADDRESS || COALESCE(SESSION_ID, '') || COALESCE(SUBJECT, '')";
    let kept = app.database.texts(&format!("SELECT {columns} FROM AUDIT_LOG")).concat();
    let jtis = app.database.texts("SELECT REFRESH_JTI || ' ' || REPLACED_JTI FROM USER_SESSIONS").remove(0);
    let (present, replaced) = jtis.split_once(' ').unwrap();
    for secret in ["password", present, replaced, tokens["access_token"].as_str().unwrap()] {
        assert!(!kept.contains(secret), "{kept}");
    }
}
