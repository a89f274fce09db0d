use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use super::super::throttling::{COUNTS, seconds_to_wait};
use super::super::{acts, begin, is_good, with_token};
use crate::api::support::{App, Reply};

const PASSWORD: &str = "/api/users/me/password";
const CHANGED: &str = r#"{"message":"Password changed"}"#;
const JOHN: &str = "john@example.com";
const WRONG: [(&str, &str); 1] = [("current_password", "Wrong password")];

fn body(current: &str, new: &str) -> Value {
    json!({"current_password": current, "password": new, "confirm_password": new})
}

fn change(app: &App, login: &Value, current: &str, new: &str) -> Reply {
    with_token(app, login, "PUT", PASSWORD, &body(current, new))
}

fn with_john(variables: &[(&'static str, &str)]) -> (App, i64) {
    let app = App::with(variables);
    let john = app.new_user(JOHN);
    (app, john)
}

#[test]
fn the_new_password_logs_in_from_the_answer_on_and_the_former_one_does_not() {
    let (app, _) = with_john(&[]);
    let login = begin(&app, JOHN, "password");
    let mut former = "password".to_owned();
    for round in 0..3 {
        let new = format!(" blanks count: {round} ");
        change(&app, &login, &former, &new).is(200, CHANGED);
        let next = app.log_in(JOHN, &new);
        assert_eq!((next.status, is_good(&app, &next.json())), (200, 200), "a token of the same second");
        app.log_in(JOHN, &former).is_error(401, &[("email", "Invalid credentials")]);
        former = new;
    }
    assert_eq!(acts(&app), ["password_changed user - by session"; 3]);
}

#[test]
fn all_else_that_is_logged_in_ends_and_the_session_that_changed_it_goes_on() {
    let (app, john) = with_john(&[]);
    app.new_user("jane@example.com");
    let (mine, other, janes) = (
        begin(&app, JOHN, "password"),
        begin(&app, JOHN, "password"),
        begin(&app, "jane@example.com", "password"),
    );
    let plain = app.log_in(JOHN, "password").json();
    change(&app, &mine, "password", "another password").is(200, CHANGED);
    let refresh = |login: &Value| {
        app.post("/api/users/refresh", &json!({"refresh_token": login["refresh_token"]})).status
    };
    for ended in [&other, &plain] {
        with_token(&app, ended, "GET", "/api/users/me", &json!(null))
            .is_error(401, &[("authorization", "Token has been revoked")]);
    }
    // As another program with the key makes it, without a time.
    assert_eq!(app.list_events(john).status, 401);
    assert_eq!((refresh(&other), refresh(&mine)), (401, 200));
    assert_eq!([is_good(&app, &mine), is_good(&app, &janes)], [200, 200]);
    // An instance that starts knows it, too.
    let again = app.again();
    assert_eq!([is_good(&again, &mine), is_good(&again, &other), is_good(&again, &plain)], [200, 401, 401]);
}

#[test]
fn a_token_without_a_session_ends_with_the_password_that_it_changes() {
    let (app, _) = with_john(&[]);
    let plain = app.log_in(JOHN, "password").json();
    change(&app, &plain, "password", "another password").is(200, CHANGED);
    assert_eq!(is_good(&app, &plain), 401);
    assert_eq!(acts(&app), ["password_changed user -"]);
}

#[test]
fn everything_that_is_wrong_is_named_at_once_and_changes_nothing() {
    let (app, john) = with_john(&[]);
    let required = "This field is required";
    let put = |body: Value| app.send_as(john, "PUT", PASSWORD, &body);
    put(json!({})).is_error(
        400,
        &[("current_password", required), ("password", required), ("confirm_password", required)],
    );
    put(json!({"current_password": "", "password": "short", "confirm_password": null})).is_error(
        400,
        &[
            ("current_password", required),
            ("password", "Must have at least 8 characters"),
            ("confirm_password", required),
        ],
    );
    put(json!({"current_password": 7, "password": "long enough", "confirm_password": "long enougH"}))
        .is_error(
            400,
            &[("current_password", "Must be a string"), ("password", "The passwords do not match")],
        );
    put(body("password", &"é".repeat(513)))
        .is_error(400, &[("password", "Must not be longer than 1024 bytes in UTF-8")]);
    app.send("PUT", PASSWORD, &[], b"{}").is_error(401, &[("authorization", "Missing Authorization Header")]);
    assert_eq!(app.log_in(JOHN, "password").status, 200);
    assert_eq!(app.database.texts(COUNTS), [""; 0]);
}

#[test]
fn a_wrong_current_password_is_counted_together_with_logins() {
    let (app, john) = with_john(&[]);
    let put = || app.send_as(john, "PUT", PASSWORD, &body("wrong password", "another password"));
    for _ in 0..3 {
        put().is_error(400, &WRONG);
    }
    for _ in 0..2 {
        app.log_in(JOHN, "wrong password").is_error(401, &[("email", "Invalid credentials")]);
    }
    assert_eq!(app.database.texts(COUNTS), ["5"]);
    super::super::throttling::count(&app, 15, 0);
    assert!(seconds_to_wait(&put()) > 800);
    assert!(
        seconds_to_wait(&app.send_as(john, "PUT", PASSWORD, &body("password", "another password"))) > 800
    );
    // The right one ends the count.
    super::super::throttling::count(&app, 15, 900);
    let login = begin(&app, JOHN, "password");
    put().is_error(400, &WRONG);
    change(&app, &login, "password", "another password").is(200, CHANGED);
    assert_eq!(app.database.texts(COUNTS), [""; 0]);
}

/// Each with the right password, in an instance of its own.
#[test]
fn of_two_changes_at_once_one_is_made() {
    let (first, _) = with_john(&[]);
    let second = first.again();
    let mut former = "password".to_owned();
    for round in 0..4 {
        let login = begin(&first, JOHN, &former);
        let together = Barrier::new(2);
        let news = [format!("of the first {round}"), format!("of the second {round}")];
        let statuses = thread::scope(|scope| {
            let changes: Vec<_> = [(&first, &news[0]), (&second, &news[1])]
                .map(|(app, new)| {
                    let (former, login, together) = (&former, &login, &together);
                    scope.spawn(move || {
                        together.wait();
                        change(app, login, former, new).status
                    })
                })
                .into_iter()
                .collect();
            changes.into_iter().map(|change| change.join().unwrap()).collect::<Vec<_>>()
        });
        assert!([[200, 400], [400, 200]].contains(&[statuses[0], statuses[1]]), "{statuses:?}");
        former = news[usize::from(statuses[1] == 200)].clone();
        assert_eq!(first.log_in(JOHN, &former).status, 200, "round {round}");
    }
}

#[test]
fn a_hash_of_another_form_is_replaced_by_one_that_the_flask_application_writes() {
    let (app, _) = with_john(&[]);
    let pbkdf2 = "pbkdf2:sha256:600000$aB12cD34eF56gH78$2c3b6a154777681cfcb16fb999a157102d3327b461335f10d96dee7f38f0270a";
    app.database.execute(&format!("UPDATE USERS SET PASSWORD_HASH = '{pbkdf2}'"));
    let old = "correct horse battery staple";
    change(&app, &begin(&app, JOHN, old), old, "another password").is(200, CHANGED);
    let hash = app.database.texts("SELECT PASSWORD_HASH FROM USERS").remove(0);
    assert!(hash.starts_with("scrypt:32768:8:1$") && hash.len() == 17 + 16 + 1 + 128, "{hash}");
}

#[test]
fn a_user_who_is_gone_is_a_401() {
    let (app, john) = with_john(&[]);
    app.database.execute("DELETE FROM USERS");
    let reply = app.send_as(john, "PUT", PASSWORD, &body("password", "another password"));
    reply.is_error(401, &[("authorization", "User not found")]);
}

#[test]
fn what_was_changed_here_is_known_in_another_instance_after_a_look() {
    let polled = [("REVOCATION_POLL", "1")];
    let (app, _) = with_john(&polled);
    let other = app.again_with(&polled);
    let (mine, ended) = (begin(&app, JOHN, "password"), begin(&app, JOHN, "password"));
    let plain = app.log_in(JOHN, "password").json();
    assert_eq!([is_good(&other, &ended), is_good(&other, &plain)], [200, 200]);
    change(&app, &mine, "password", "another password").is(200, CHANGED);
    for token in [&ended, &plain] {
        crate::api::jobs::until("it is known", || is_good(&other, token) == 401);
    }
    assert_eq!(is_good(&other, &mine), 200);
}
