use serde_json::{Value, json};

use super::{ME, patch, read, with_settings};
use crate::api::support::{App, bearer};

const ZONE: &str = "Must be a time zone of the tz database such as Europe/Berlin";
const LOCALE: &str = "Must be a language tag of BCP 47 such as en or de-AT";
const WEEK: &str = "Must be 0 (Sunday), 1 (Monday) or 6 (Saturday)";

/// Asserts that a patch is answered with the account as it was but for these members, and that this is
/// what is read then.
#[track_caller]
fn changes(app: &App, user: i64, body: Value, changed: Value) {
    let mut whole = read(app, user).json();
    whole.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    let reply = patch(app, user, body);
    assert_eq!((reply.status, reply.json()), (200, whole));
    assert_eq!(read(app, user).body, reply.body);
}

/// Asserts that a patch is a 400 on these fields, and changes nothing.
#[track_caller]
fn refused(app: &App, user: i64, body: Value, fields: &[(&str, &str)]) {
    let before = read(app, user).body;
    patch(app, user, body).is_error(400, fields);
    assert_eq!(read(app, user).body, before);
}

#[test]
fn a_patch_answers_with_the_whole_account_after_it() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let created_at = read(&app, user).json()["created_at"].as_str().unwrap().to_owned();
    let body = json!({
        "name": " John Doe ", "time_zone": " europe/BERLIN ", "locale": "DE-at", "week_starts_on": 0, "is_listed": true
    });
    let whole = format!(
        concat!(
            r#"{{"id":1,"email":"john@example.com","name":"John Doe","created_at":"{}","#,
            r#""time_zone":"Europe/Berlin","locale":"de-AT","week_starts_on":0,"is_listed":true}}"#
        ),
        created_at
    );
    patch(&app, user, body).is(200, &whole);
    read(&app, user).is(200, &whole);
    let row =
        "SELECT TIME_ZONE || ' ' || LOCALE || ' ' || WEEK_STARTS_ON || ' ' || IS_LISTED FROM USER_PROFILES";
    assert_eq!(app.database.texts(row), ["Europe/Berlin de-AT 0 1"]);
    assert_eq!(app.log_in("john@example.com", "password").json()["user"]["name"], "John Doe");
}

/// For one who has set nothing yet, and for one who has.
#[test]
fn what_is_left_out_stays_as_it_is() {
    let app = App::start();
    let members = [
        json!({"name": "Jack"}),
        json!({"time_zone": "America/Toronto"}),
        json!({"locale": "fr-CA"}),
        json!({"week_starts_on": 0}),
        json!({"is_listed": false}),
        json!({"is_listed": true}),
        json!({"name": "Jim", "week_starts_on": 1}),
    ];
    for (index, member) in members.into_iter().enumerate() {
        let fresh = app.new_user(&format!("fresh{index}@example.com"));
        changes(&app, fresh, member.clone(), member.clone());
        let set = with_settings(&app, &format!("set{index}@example.com"));
        changes(&app, set, member.clone(), member);
    }
}

#[test]
fn null_and_a_blank_text_bring_the_defaults_back() {
    let app = App::start();
    let defaults = json!({
        "name": null, "time_zone": "UTC", "locale": "en", "week_starts_on": 1, "is_listed": false
    });
    let nulls =
        json!({"name": null, "time_zone": null, "locale": null, "week_starts_on": null, "is_listed": null});
    for member in ["name", "time_zone", "locale", "week_starts_on", "is_listed"] {
        let user = with_settings(&app, &format!("{member}@example.com"));
        changes(&app, user, json!({member: null}), json!({member: defaults[member].clone()}));
    }
    for (email, body) in [
        ("all@example.com", nulls),
        ("blank@example.com", json!({"name": " ", "time_zone": "", "locale": "\t"})),
    ] {
        let user = with_settings(&app, email);
        assert_eq!(patch(&app, user, body.clone()).status, 200);
        let (after, fresh) = (read(&app, user).json(), app.new_user(&format!("fresh-{email}")));
        for member in body.as_object().unwrap().keys() {
            assert_eq!(after[member], defaults[member], "{email}");
        }
        changes(&app, fresh, body, json!({}));
    }
    let unset = "SELECT COUNT(*) FROM USER_PROFILES WHERE TIME_ZONE IS NULL AND LOCALE IS NULL";
    assert_eq!(app.database.texts(unset), ["4"], "what was set to its default by name would be a value");
}

#[test]
fn members_that_are_not_known_are_ignored() {
    let app = App::start();
    let user = with_settings(&app, "john@example.com");
    for body in [
        json!({}),
        json!({"id": 7, "created_at": null, "password": "x", "USER_ID": 7}),
        json!({"current_password": "wrong password"}),
    ] {
        changes(&app, user, body, json!({}));
    }
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
}

#[test]
fn every_member_that_is_wrong_is_named_and_nothing_is_changed() {
    let app = App::start();
    let user = with_settings(&app, "john@example.com");
    let body = json!({
        "name": "é".repeat(128), "time_zone": "Mars/Olympus_Mons", "locale": "de_DE", "week_starts_on": 2, "is_listed": 1
    });
    let fields = [
        ("name", "Must not be longer than 255 bytes in UTF-8; this has 256"),
        ("time_zone", ZONE),
        ("locale", LOCALE),
        ("week_starts_on", WEEK),
        ("is_listed", "Must be true or false"),
    ];
    refused(&app, user, body, &fields);
    refused(&app, user, json!({"name": "Jack", "locale": "english"}), &[("locale", LOCALE)]);
    let too_long = format!("en-x{}-abcd", "-abcdefg".repeat(7));
    let message = "Must not be longer than 64 bytes in UTF-8; this has 65";
    refused(&app, user, json!({"locale": too_long}), &[("locale", message)]);
}

#[test]
fn a_wrong_type_is_named() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for wrong in [json!(7), json!(true), json!([]), json!({}), json!(1.5)] {
        for field in ["name", "time_zone", "locale"] {
            refused(&app, user, json!({field: wrong.clone()}), &[(field, "Must be a string")]);
        }
    }
    for wrong in [json!("1"), json!(true), json!(1.0), json!(1e300), json!([]), json!({}), json!(u64::MAX)] {
        refused(&app, user, json!({"week_starts_on": wrong}), &[("week_starts_on", "Must be an integer")]);
    }
    for wrong in [-1, 2, 3, 4, 5, 7, i64::MAX] {
        refused(&app, user, json!({"week_starts_on": wrong}), &[("week_starts_on", WEEK)]);
    }
    for wrong in [json!("true"), json!(0), json!([]), json!("")] {
        refused(&app, user, json!({"is_listed": wrong}), &[("is_listed", "Must be true or false")]);
    }
}

#[test]
fn a_name_of_255_bytes_is_kept() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let name = format!("{}x", "é".repeat(127));
    changes(&app, user, json!({"name": name.clone()}), json!({"name": name}));
}

#[test]
fn a_body_that_is_no_object_is_refused() {
    let app = App::start();
    let authorization = bearer(app.new_user("john@example.com"));
    for body in ["", "null", "[]", "\"name\"", "{\"name\":", "name=John"] {
        let reply = app.send("PATCH", ME, &[("Authorization", &authorization)], body.as_bytes());
        reply.is_error(400, &[("body", "The request body must be a JSON object")]);
    }
}

#[test]
fn a_patch_reaches_no_other_account() {
    let app = App::start();
    let john = with_settings(&app, "john@example.com");
    let jane = with_settings(&app, "jane@example.com");
    let before = read(&app, jane).body;
    patch(&app, john, json!({"name": "Jack", "time_zone": null, "id": jane}));
    patch(&app, john, json!({"locale": "fr", "is_listed": false}));
    patch(&app, john, json!({"name": null}));
    assert_eq!(read(&app, jane).body, before);
}
