use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::api::support::App;

const REGISTER: &str = "/api/users/register";
const REQUIRED: &str = "This field is required";

/// A registration that is in order, but for these members; `null` is sent as it is.
fn registration(changes: Value) -> Value {
    let mut body =
        json!({"email": "john@example.com", "password": "password", "confirm_password": "password"});
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

/// Asserts that the changed registration is a 400 on these fields, and makes no row.
#[track_caller]
fn refused(app: &App, changes: Value, fields: &[(&str, &str)]) {
    app.post(REGISTER, &registration(changes)).is_error(400, fields);
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM USERS"), ["0"]);
}

#[test]
fn a_registration_answers_with_the_new_user() {
    let app = App::start();
    let before = Utc::now() - TimeDelta::seconds(1);
    let reply = app.post(REGISTER, &registration(json!({"name": "John Doe"})));
    let created_at = reply.json()["created_at"].as_str().unwrap().to_owned();
    reply.is(
        201,
        &format!(r#"{{"id":1,"email":"john@example.com","name":"John Doe","created_at":"{created_at}"}}"#),
    );
    let instant = DateTime::parse_from_rfc3339(&created_at).unwrap();
    assert!(created_at.ends_with("+00:00"), "{created_at}");
    let digits =
        created_at.trim_end_matches("+00:00").split_once('.').map_or(0, |(_, fraction)| fraction.len());
    assert!(digits == 6 || digits == 0, "{created_at}");
    assert!((before..Utc::now() + TimeDelta::seconds(1)).contains(&instant.to_utc()), "{created_at}");
}

#[test]
fn created_at_is_the_rows_own() {
    let app = App::start();
    let reply = app.post(REGISTER, &registration(json!({})));
    let answered = DateTime::parse_from_rfc3339(reply.json()["created_at"].as_str().unwrap()).unwrap();
    assert_eq!(app.database.instants("SELECT CREATED_AT FROM USERS"), [answered.to_utc()]);
}

#[test]
fn address_and_name_are_trimmed_and_passwords_are_not() {
    let app = App::start();
    let changes = json!({
        "email": " \tjohn@example.com\n", "name": "  John  Doe\u{a0}", "password": " 8 chars ", "confirm_password": " 8 chars "
    });
    let reply = app.post(REGISTER, &registration(changes));
    assert_eq!((reply.status, &reply.json()["email"]), (201, &json!("john@example.com")));
    assert_eq!(reply.json()["name"], "John  Doe");
    app.log_in("john@example.com", "8 chars").is_error(401, &[("email", "Invalid credentials")]);
    assert_eq!(app.log_in("john@example.com", " 8 chars ").status, 200);
}

#[test]
fn a_name_that_is_missing_or_blank_is_null() {
    let app = App::start();
    for (email, changes) in [
        ("a@example.com", json!({})),
        ("b@example.com", json!({"name": null})),
        ("c@example.com", json!({"name": ""})),
        ("d@example.com", json!({"name": " \t "})),
    ] {
        let mut body = registration(changes);
        body["email"] = json!(email);
        let reply = app.post(REGISTER, &body);
        assert_eq!((reply.status, &reply.json()["name"]), (201, &Value::Null), "{email}");
    }
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM USERS WHERE NAME IS NULL"), ["4"]);
}

#[test]
fn an_address_that_is_missing_or_none_is_refused() {
    let app = App::start();
    for missing in [json!(null), json!(""), json!("  ")] {
        refused(&app, json!({"email": missing}), &[("email", REQUIRED)]);
    }
    for no_address in
        ["john", "john@", "@example.com", "john@example", "jo hn@example.com", "a@b@example.com"]
    {
        refused(&app, json!({"email": no_address}), &[("email", "Not a valid e-mail address")]);
    }
    refused(&app, json!({"email": 7}), &[("email", "Must be a string")]);
}

#[test]
fn an_address_holds_255_bytes_in_utf_8() {
    let app = App::start();
    let fits = format!("{}@example.com", "a".repeat(243));
    assert_eq!(app.register(&fits, "password").status, 201);
    let too_long = "Must not be longer than 255 bytes in UTF-8; this has 256";
    for email in [format!("{}@example.com", "a".repeat(244)), format!("{}@example.com", "é".repeat(122))] {
        app.register(&email, "password").is_error(400, &[("email", too_long)]);
    }
}

#[test]
fn an_address_is_registered_once() {
    let app = App::start();
    assert_eq!(app.register("john@example.com", "password").status, 201);
    let taken = [("email", "This e-mail address is already registered")];
    app.register("john@example.com", "different").is_error(400, &taken);
    app.register(" john@example.com ", "password").is_error(400, &taken);
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM USERS"), ["1"]);
}

#[test]
fn addresses_are_compared_exactly() {
    let app = App::start();
    assert_eq!(app.register("john@example.com", "password").status, 201);
    assert_eq!(app.register("John@example.com", "password").status, 201);
    app.log_in("JOHN@example.com", "password").is_error(401, &[("email", "Invalid credentials")]);
}

#[test]
fn of_eight_registrations_of_one_address_at_once_one_succeeds() {
    let app = App::start();
    let replies: Vec<_> = thread::scope(|scope| {
        let racers: Vec<_> =
            (0..8).map(|_| scope.spawn(|| app.register("john@example.com", "password"))).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    let (made, refused): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 201);
    assert_eq!((made.len(), refused.len()), (1, 7));
    for reply in refused {
        reply.is_error(400, &[("email", "This e-mail address is already registered")]);
    }
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM USERS"), ["1"]);
}

#[test]
fn a_password_that_is_missing_is_refused() {
    let app = App::start();
    for missing in [json!(null), json!("")] {
        refused(&app, json!({"password": missing}), &[("password", REQUIRED)]);
        refused(&app, json!({"confirm_password": missing}), &[("confirm_password", REQUIRED)]);
    }
    refused(&app, json!({"password": 12345678}), &[("password", "Must be a string")]);
    refused(&app, json!({"confirm_password": ["password"]}), &[("confirm_password", "Must be a string")]);
}

#[test]
fn a_password_has_eight_characters_at_least() {
    let app = App::start();
    let short = [("password", "Must have at least 8 characters")];
    refused(&app, json!({"password": "1234567", "confirm_password": "1234567"}), &short);
    // Seven characters of four bytes each are seven characters.
    let seven = "🔑".repeat(7);
    refused(&app, json!({"password": seven.clone(), "confirm_password": seven}), &short);
    assert_eq!(app.register("eight@example.com", &"é".repeat(8)).status, 201);
    assert_eq!(app.register("blanks@example.com", "        ").status, 201);
    assert_eq!(app.log_in("blanks@example.com", "        ").status, 200);
}

#[test]
fn the_shortest_password_is_configured() {
    let app = App::with(&[("PASSWORD_MIN_LENGTH", "12")]);
    app.register("john@example.com", "12345678901")
        .is_error(400, &[("password", "Must have at least 12 characters")]);
    assert_eq!(app.register("john@example.com", "123456789012").status, 201);
}

#[test]
fn a_password_has_1024_bytes_at_most() {
    let app = App::start();
    let too_long = [("password", "Must not be longer than 1024 bytes in UTF-8")];
    for password in ["x".repeat(1025), "é".repeat(513)] {
        refused(&app, json!({"password": password.clone(), "confirm_password": password}), &too_long);
    }
    assert_eq!(app.register("long@example.com", &"é".repeat(512)).status, 201);
}

#[test]
fn passwords_that_differ_are_refused() {
    let app = App::start();
    let differ = [("password", "The passwords do not match")];
    refused(&app, json!({"confirm_password": "Password"}), &differ);
    refused(&app, json!({"confirm_password": "password "}), &differ);
}

#[test]
fn a_name_holds_255_bytes_in_utf_8() {
    let app = App::start();
    let too_long = [("name", "Must not be longer than 255 bytes in UTF-8; this has 256")];
    refused(&app, json!({"name": "é".repeat(128)}), &too_long);
    refused(&app, json!({"name": true}), &[("name", "Must be a string")]);
    let name = format!("{}x", "é".repeat(127));
    assert_eq!(app.post(REGISTER, &registration(json!({"name": name}))).json()["name"], name);
}

#[test]
fn every_field_that_is_wrong_is_named_at_once() {
    let app = App::start();
    app.post(REGISTER, &json!({}))
        .is_error(400, &[("email", REQUIRED), ("password", REQUIRED), ("confirm_password", REQUIRED)]);
    refused(
        &app,
        json!({"email": "john", "name": 7, "password": "short", "confirm_password": null}),
        &[
            ("email", "Not a valid e-mail address"),
            ("name", "Must be a string"),
            ("password", "Must have at least 8 characters"),
            ("confirm_password", REQUIRED),
        ],
    );
}

#[test]
fn a_stored_hash_is_werkzeugs() {
    let app = App::start();
    app.new_user("john@example.com");
    let stored = app.database.texts("SELECT PASSWORD_HASH FROM USERS").remove(0);
    let parts: Vec<_> = stored.split('$').collect();
    assert_eq!(
        (parts.len(), parts[0], parts[1].len(), parts[2].len()),
        (3, "scrypt:32768:8:1", 16, 128),
        "{stored}"
    );
}
