use serde_json::json;

use super::{begin, claims, ids, with_john};
use crate::api::support::App;

const LOGIN: &str = "/api/users/login";

#[test]
fn a_login_that_asks_for_a_session_gets_its_tokens_beside_what_is_documented() {
    let app = App::start();
    app.new_user("john@example.com");
    let body = json!({"email": "john@example.com", "password": "password", "refresh": true});
    let reply = app.post(LOGIN, &body);
    let (access, refresh) = (reply.json()["access_token"].clone(), reply.json()["refresh_token"].clone());
    let user = r#"{"id":1,"email":"john@example.com","name":null}"#;
    reply.is(
        200,
        &format!(r#"{{"access_token":{access},"user":{user},"refresh_token":{refresh},"expires_in":3600}}"#),
    );
}

#[test]
fn one_that_does_not_gets_what_is_documented_and_begins_none() {
    let app = App::start();
    app.new_user("john@example.com");
    for refresh in [json!(false), json!(null)] {
        let body = json!({"email": "john@example.com", "password": "password", "refresh": refresh});
        let reply = app.post(LOGIN, &body);
        let members: Vec<_> = reply.json().as_object().unwrap().keys().cloned().collect();
        assert_eq!(members, ["access_token", "user"]);
        assert_eq!(ids(&app, reply.json()["access_token"].as_str().unwrap()), [""; 0]);
    }
    let body = json!({"email": "john@example.com", "password": "password", "refresh": "yes"});
    app.post(LOGIN, &body).is_error(400, &[("refresh", "Must be true or false")]);
}

#[test]
fn a_wrong_password_begins_none() {
    let (app, tokens) = with_john(&[]);
    let body = json!({"email": "john@example.com", "password": "wrong password", "refresh": true});
    app.post(LOGIN, &body).is_error(401, &[("email", "Invalid credentials")]);
    assert_eq!(ids(&app, &tokens.access).len(), 1);
}

#[test]
fn tokens_of_a_session_share_it_and_what_pages_must_know() {
    let (app, tokens) = with_john(&[("JWT_REFRESH_TOKEN_EXPIRES", "86400")]);
    let (access, refresh) = (claims(&tokens.access), claims(&tokens.refresh));
    assert_eq!((&access["type"], &refresh["type"]), (&json!("access"), &json!("refresh")));
    for shared in ["sid", "csrf", "sub", "iat", "nbf", "fresh"] {
        assert_eq!(access[shared], refresh[shared], "{shared}");
    }
    assert_ne!(access["jti"], refresh["jti"]);
    let issued_at = access["iat"].as_u64().unwrap();
    assert_eq!(access["exp"], issued_at + 3600);
    assert_eq!(refresh["exp"], issued_at + 86_400);
    let order: Vec<_> = refresh.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(order.len(), 9, "{order:?}");
    assert_ne!(claims(&begin(&app, "john@example.com").access)["sid"], access["sid"]);
}

#[test]
fn a_right_password_forgets_failures_and_begins_a_session_at_once() {
    let app = App::start();
    app.new_user("john@example.com");
    assert_eq!(app.log_in("john@example.com", "wrong password").status, 401);
    begin(&app, "john@example.com");
    assert_eq!(app.database.texts("SELECT EMAIL_SHA256 FROM LOGIN_FAILURES"), [""; 0]);
    assert_eq!(app.database.texts("SELECT ID FROM USER_SESSIONS").len(), 1);
}
