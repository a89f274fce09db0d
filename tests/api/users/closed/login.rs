use serde_json::json;

use super::super::throttling::{COUNTS, count, seconds_to_wait};
use super::super::ticks;
use super::{DEACTIVATED, ERASED, close};
use crate::api::support::App;

const JOHN: &str = "john@example.com";
const INVALID: [(&str, &str); 1] = [("email", "Invalid credentials")];

#[test]
fn who_knows_the_password_of_a_closed_account_is_told_and_nobody_else() {
    for (since, told) in [("DEACTIVATED_AT", DEACTIVATED), ("ERASED_AT", ERASED)] {
        let app = App::start();
        let john = app.new_user(JOHN);
        close(&app, john, since);
        app.log_in(JOHN, "password").is_error(403, &told);
        app.log_in(JOHN, "wrong password").is_error(401, &INVALID);
        let with_session = json!({"email": JOHN, "password": "password", "refresh": true});
        app.post("/api/users/login", &with_session).is_error(403, &told);
        assert_eq!(app.database.texts("SELECT ID FROM USER_SESSIONS"), [""; 0]);
        app.register(JOHN, "password")
            .is_error(400, &[("email", "This e-mail address is already registered")]);
        assert!(!app.program.log().contains("that is not Werkzeug's"), "{}", app.program.log());
    }
}

#[test]
fn an_account_that_is_both_is_said_to_be_deactivated() {
    let app = App::start();
    let john = app.new_user(JOHN);
    close(&app, john, "ERASED_AT");
    app.database.execute("UPDATE CLOSED_ACCOUNTS SET DEACTIVATED_AT = CURRENT_TIMESTAMP");
    app.log_in(JOHN, "password").is_error(403, &DEACTIVATED);
}

#[test]
fn wrong_passwords_are_counted_as_ever_and_a_right_one_ends_the_count() {
    let app = App::start();
    let john = app.new_user(JOHN);
    close(&app, john, "DEACTIVATED_AT");
    (0..3).for_each(|_| app.log_in(JOHN, "wrong password").is_error(401, &INVALID));
    assert_eq!(app.database.texts(COUNTS), ["3"]);
    app.log_in(JOHN, "password").is_error(403, &DEACTIVATED);
    assert_eq!(app.database.texts(COUNTS), [""; 0]);
    app.log_in(JOHN, "wrong password").is_error(401, &INVALID);
    count(&app, 15, 0);
    assert!(seconds_to_wait(&app.log_in(JOHN, "password")) > 800);
}

#[test]
fn a_wrong_password_costs_the_same_for_a_closed_account() {
    let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
    app.new_user(JOHN);
    let jane = app.new_user("jane@example.com");
    close(&app, jane, "DEACTIVATED_AT");
    let cost = |email: &str| {
        let before = ticks(&app);
        (0..10).for_each(|_| app.log_in(email, "wrong password").is_error(401, &INVALID));
        ticks(&app) - before
    };
    let (open, closed) = (cost(JOHN), cost("jane@example.com"));
    assert!(closed * 2 > open && closed < open * 2, "{closed} ticks beside {open}");
}
