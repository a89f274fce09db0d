use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::super::throttling::{COUNTS, count, seconds_to_wait};
use super::super::{acts, begin, is_good, with_token};
use super::{ME, patch, read, with_settings};
use crate::api::support::{App, Reply, signed};

const JOHN: &str = "john@example.com";
const JACK: &str = "jack@example.com";
const ABSENT: [(&str, &str); 1] = [("current_password", "This field is required")];
const WRONG: [(&str, &str); 1] = [("current_password", "Wrong password")];

fn moved(app: &App, login: &Value, email: &str) -> Reply {
    with_token(app, login, "PATCH", ME, &json!({"email": email}))
}

#[test]
fn with_the_password_the_address_is_another_one_and_sessions_stay() {
    let app = App::start();
    let john = with_settings(&app, JOHN);
    let login = begin(&app, JOHN, "password");
    let mut whole = read(&app, john).json();
    let reply = patch(&app, john, json!({"email": format!(" {JACK} "), "current_password": "password"}));
    whole["email"] = json!(JACK);
    assert_eq!((reply.status, reply.json()), (200, whole));
    assert_eq!(read(&app, john).body, reply.body);
    assert_eq!((app.log_in(JACK, "password").status, app.log_in(JOHN, "password").status), (200, 401));
    assert_eq!(is_good(&app, &login), 200);
    // As another program makes it, the token had no session.
    assert_eq!(acts(&app), ["email_changed user john@example.com"]);
    // It can be registered again, and had back only when it is free.
    app.new_user(JOHN);
}

#[test]
fn a_login_of_the_last_five_minutes_needs_no_password_and_an_older_one_does() {
    let app = App::start();
    app.new_user(JOHN);
    let login = begin(&app, JOHN, "password");
    assert_eq!(moved(&app, &login, JACK).status, 200);
    assert_eq!(acts(&app), ["email_changed user john@example.com by session"]);
    for (age, refused) in [(290, false), (301, true)] {
        let at = app.database.seconds_ago(age);
        app.database.execute(&format!("UPDATE USER_SESSIONS SET CREATED_AT = {at}"));
        let reply = moved(&app, &login, &format!("{age}@example.com"));
        assert_eq!(reply.status, if refused { 400 } else { 200 }, "{}", reply.body);
    }
    // A refresh is no login.
    let refreshed = app.post("/api/users/refresh", &json!({"refresh_token": login["refresh_token"]})).json();
    moved(&app, &refreshed, JACK).is_error(400, &ABSENT);
    assert_eq!(app.log_in("290@example.com", "password").status, 200);
}

#[test]
fn a_stolen_token_alone_does_not_change_the_address() {
    let app = App::start();
    let john = app.new_user(JOHN);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let token = |iat: Value| {
        let claims = json!({"type": "access", "sub": john.to_string(), "exp": now + 600, "iat": iat});
        json!({"access_token": signed(&claims).trim_start_matches("Bearer ")})
    };
    for iat in [json!(null), json!(0), json!(now - 310), json!(now + 60)] {
        moved(&app, &token(iat), JACK).is_error(400, &ABSENT);
    }
    // Its session is gone from the database, and this instance has not looked yet.
    let login = begin(&app, JOHN, "password");
    app.database.execute("DELETE FROM USER_SESSIONS");
    moved(&app, &login, JACK).is_error(400, &ABSENT);
    for password in [json!("wrong password"), json!("Password")] {
        let body = json!({"email": JACK, "current_password": password});
        patch(&app, john, body).is_error(400, &WRONG);
    }
    for none in [json!(null), json!("")] {
        patch(&app, john, json!({"email": JACK, "current_password": none})).is_error(400, &ABSENT);
    }
    assert_eq!(read(&app, john).json()["email"], JOHN);
    // A token of a login is as old as it.
    assert_eq!(moved(&app, &token(json!(now - 200)), JACK).status, 200);
    let plain = app.log_in(JACK, "password").json();
    assert_eq!(moved(&app, &plain, JOHN).status, 200);
}

#[test]
fn a_wrong_password_is_counted_as_at_a_login_also_where_none_is_needed() {
    let app = App::start();
    app.new_user(JOHN);
    let login = begin(&app, JOHN, "password");
    let with = |password: &str| {
        with_token(&app, &login, "PATCH", ME, &json!({"email": JACK, "current_password": password}))
    };
    for _ in 0..2 {
        with("wrong password").is_error(400, &WRONG);
    }
    assert_eq!(app.database.texts(COUNTS), ["2"]);
    count(&app, 15, 0);
    assert!(seconds_to_wait(&with("password")) > 800);
    count(&app, 15, 900);
    assert_eq!(with("password").status, 200);
    assert_eq!(app.database.texts(COUNTS), [""; 0]);
}

#[test]
fn the_same_address_is_no_change_and_needs_nothing() {
    let app = App::start();
    let john = with_settings(&app, JOHN);
    let before = read(&app, john).body;
    patch(&app, john, json!({"email": JOHN})).is(200, &before);
    let reply =
        patch(&app, john, json!({"email": JOHN, "name": "Jim", "current_password": "wrong password"}));
    assert_eq!((reply.status, &reply.json()["name"]), (200, &json!("Jim")));
    assert_eq!((acts(&app).len(), app.database.texts(COUNTS).len()), (0, 0));
}

#[test]
fn what_is_no_address_or_taken_is_refused_as_at_a_registration_and_nothing_else_is_changed() {
    let app = App::start();
    let john = with_settings(&app, JOHN);
    let fresh = app.new_user("fresh@example.com");
    app.new_user(JACK);
    let refused = |user, email: Value, message: &str| {
        let before = read(&app, user).body;
        let body = json!({"email": email, "current_password": "password", "name": "Jim", "locale": "fr"});
        patch(&app, user, body).is_error(400, &[("email", message)]);
        assert_eq!(read(&app, user).body, before);
    };
    for user in [john, fresh] {
        for missing in [json!(null), json!(""), json!(" ")] {
            refused(user, missing, "This field is required");
        }
        refused(user, json!(7), "Must be a string");
        refused(user, json!("john"), "Not a valid e-mail address");
        refused(user, json!(JACK), "This e-mail address is already registered");
    }
    patch(&app, john, json!({"email": "john", "locale": "de_DE", "current_password": 7})).is_error(
        400,
        &[
            ("email", "Not a valid e-mail address"),
            ("locale", "Must be a language tag of BCP 47 such as en or de-AT"),
            ("current_password", "Must be a string"),
        ],
    );
    assert_eq!(acts(&app), [""; 0]);
}

/// Also for one who has set nothing yet.
#[test]
fn the_address_is_changed_together_with_all_else_that_a_patch_names() {
    let app = App::start();
    for (user, email) in [(with_settings(&app, JOHN), "a@example.com"), (app.new_user(JACK), "b@example.com")]
    {
        let mut whole = read(&app, user).json();
        let changed = json!({"email": email, "name": "Jim", "locale": "fr"});
        whole.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
        let mut body = changed;
        body["current_password"] = json!("password");
        let reply = patch(&app, user, body);
        assert_eq!((reply.status, reply.json()), (200, whole));
        assert_eq!(read(&app, user).body, reply.body);
    }
}

#[test]
fn a_user_who_is_gone_is_a_401() {
    let app = App::start();
    let john = app.new_user(JOHN);
    app.database.execute("DELETE FROM USERS");
    let body = json!({"email": JACK, "current_password": "password"});
    patch(&app, john, body).is_error(401, &[("authorization", "User not found")]);
}
