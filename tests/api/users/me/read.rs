use serde_json::json;

use super::{GONE, REGISTER, patch, read, with_settings};
use crate::api::support::App;

#[test]
fn who_has_set_nothing_sees_their_registration_and_the_defaults() {
    let app = App::start();
    let body = json!({
        "email": "john@example.com", "name": "John Doe", "password": "password", "confirm_password": "password"
    });
    let registered = app.post(REGISTER, &body);
    let whole = registered.body.trim_end_matches('}');
    read(&app, 1).is(
        200,
        &format!(r#"{whole},"time_zone":"UTC","locale":"en","week_starts_on":1,"is_listed":false}}"#),
    );
}

#[test]
fn everybody_sees_their_own() {
    let app = App::start();
    let jane = app.new_user("jane@example.com");
    let john = with_settings(&app, "john@example.com");
    let (johns, janes) = (read(&app, john).json(), read(&app, jane).json());
    assert_eq!((&johns["email"], &johns["time_zone"]), (&json!("john@example.com"), &json!("Europe/Berlin")));
    assert_eq!((&janes["email"], &janes["time_zone"]), (&json!("jane@example.com"), &json!("UTC")));
}

/// As another program may have written it: without a name or a time, and with an address that is none.
#[test]
fn a_row_of_another_programs_is_shown_as_it_is() {
    let app = App::start();
    app.database
        .execute("INSERT INTO USERS (EMAIL, PASSWORD_HASH, CREATED_AT) VALUES ('no address', 'x', NULL)");
    read(&app, 1).is(
        200,
        concat!(
            r#"{"id":1,"email":"no address","name":null,"created_at":null,"time_zone":"UTC","locale":"en","#,
            r#""week_starts_on":1,"is_listed":false}"#
        ),
    );
}

#[test]
fn a_token_whose_user_is_gone_is_a_401() {
    let app = App::start();
    let user = with_settings(&app, "john@example.com");
    app.database.execute("DELETE FROM USERS");
    let read = read(&app, user);
    read.is_error(401, &GONE);
    assert_eq!(read.header("www-authenticate").as_deref(), Some("Bearer"));
    for body in
        [json!({}), json!({"name": "John"}), json!({"locale": "de"}), json!({"name": "John", "locale": "de"})]
    {
        patch(&app, user, body).is_error(401, &GONE);
    }
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM USER_PROFILES"), ["0"]);
}

#[test]
fn whoever_deletes_a_user_deletes_the_settings_along() {
    let app = App::start();
    let john = with_settings(&app, "john@example.com");
    let jane = with_settings(&app, "jane@example.com");
    app.database.execute(&format!("DELETE FROM USERS WHERE ID = {john}"));
    assert_eq!(app.database.texts("SELECT USER_ID FROM USER_PROFILES"), [jane.to_string()]);
}

/// Such as a time zone that a newer program knows.
#[test]
fn what_is_stored_and_not_known_here_counts_as_not_set() {
    let app = App::start();
    let user = with_settings(&app, "john@example.com");
    app.database.execute("UPDATE USER_PROFILES SET TIME_ZONE = 'Mars/Olympus_Mons', LOCALE = 'no locale'");
    let seen = read(&app, user).json();
    assert_eq!((&seen["time_zone"], &seen["locale"]), (&json!("UTC"), &json!("en")));
    assert_eq!((&seen["week_starts_on"], &seen["is_listed"]), (&json!(6), &json!(true)));
    for column in ["TIME_ZONE", "LOCALE"] {
        let told = format!("a USER_PROFILES.{column} counts as not set: Must be a ");
        assert!(app.program.log().contains(&told), "{}", app.program.log());
    }
    // It stays for the program that knows it.
    assert_eq!(patch(&app, user, json!({"is_listed": false})).json()["time_zone"], "UTC");
    assert_eq!(app.database.texts("SELECT TIME_ZONE FROM USER_PROFILES"), ["Mars/Olympus_Mons"]);
}
