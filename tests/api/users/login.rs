use serde_json::{Value, json};

use super::ticks;
use crate::api::support::App;

const LOGIN: &str = "/api/users/login";
const INVALID: [(&str, &str); 1] = [("email", "Invalid credentials")];

#[test]
fn a_login_answers_with_a_token_and_the_user() {
    let app = App::start();
    let body = json!({
        "email": "john@example.com", "name": "John Doe", "password": "password", "confirm_password": "password"
    });
    assert_eq!(app.post("/api/users/register", &body).status, 201);
    let reply = app.log_in(" john@example.com ", "password");
    let token = reply.json()["access_token"].as_str().unwrap().to_owned();
    reply.is(
        200,
        &format!(
            r#"{{"access_token":"{token}","user":{{"id":1,"email":"john@example.com","name":"John Doe"}}}}"#
        ),
    );
    let authorization = format!("Bearer {token}");
    app.send("GET", "/api/calendar/events", &[("Authorization", &authorization)], b"").is(200, "[]");
}

#[test]
fn a_user_without_a_name_has_null() {
    let app = App::start();
    app.new_user("john@example.com");
    assert_eq!(app.log_in("john@example.com", "password").json()["user"]["name"], Value::Null);
}

#[test]
fn a_field_that_is_missing_or_blank_is_a_400() {
    let app = App::start();
    let required = "This field is required";
    app.post(LOGIN, &json!({})).is_error(400, &[("email", required), ("password", required)]);
    for missing in [json!(null), json!("")] {
        let body = json!({"email": missing, "password": "password"});
        app.post(LOGIN, &body).is_error(400, &[("email", required)]);
        let body = json!({"email": "john@example.com", "password": missing});
        app.post(LOGIN, &body).is_error(400, &[("password", required)]);
    }
    app.post(LOGIN, &json!({"email": "  ", "password": "password"})).is_error(400, &[("email", required)]);
    let string = "Must be a string";
    app.post(LOGIN, &json!({"email": {}, "password": 1}))
        .is_error(400, &[("email", string), ("password", string)]);
}

#[test]
fn an_unknown_address_and_a_wrong_password_get_the_same_answer() {
    let app = App::start();
    app.new_user("john@example.com");
    let replies = [
        app.log_in("john@example.com", "Password"),
        app.log_in("john@example.com", "password "),
        app.log_in("jane@example.com", "password"),
        app.log_in("no address at all", "password"),
        app.log_in(&"x".repeat(5000), "password"),
        app.log_in("john@example.com\u{0}", "password"),
        app.log_in("' OR '1'='1", "password"),
        app.log_in("john@example.com", &"x".repeat(5000)),
    ];
    for reply in &replies {
        reply.is_error(401, &INVALID);
        assert_eq!(reply.header("www-authenticate").as_deref(), Some("Bearer"));
    }
}

/// The processor time that ten logins take.
fn cost(app: &App, email: &str) -> u64 {
    let before = ticks(app);
    (0..10).for_each(|_| app.log_in(email, "wrong password").is_error(401, &INVALID));
    ticks(app) - before
}

#[test]
fn an_unknown_address_costs_a_verification_too() {
    let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
    app.new_user("john@example.com");
    app.new_user("broken@example.com");
    app.database.execute("UPDATE USERS SET PASSWORD_HASH = 'x' WHERE EMAIL = 'broken@example.com'");
    let known = cost(&app, "john@example.com");
    for email in ["jane@example.com", "broken@example.com", &format!("{}@example.com", "x".repeat(300))] {
        let unknown = cost(&app, email);
        assert!(unknown * 2 > known && unknown < known * 2, "{email}: {unknown} ticks beside {known}");
    }
}

#[test]
fn a_login_does_not_change_the_row() {
    let app = App::start();
    app.new_user("john@example.com");
    let hash = app.database.texts("SELECT PASSWORD_HASH FROM USERS");
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
    assert_eq!(app.database.texts("SELECT PASSWORD_HASH FROM USERS"), hash);
}
