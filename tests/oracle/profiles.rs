//! Changes of one's own account, where something comes between the statements of one.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::OnOracle;
use crate::api::support::Reply;

const ME: &str = "/api/users/me";

/// A patch of the user's whose first statement has been run, and is answered once this has been run, too.
fn interrupted(on: &OnOracle, user: i64, body: &Value, meanwhile: &str) -> Reply {
    on.trips();
    on.client.hold(Duration::from_secs(2));
    thread::scope(|scope| {
        let patching = scope.spawn(|| on.send_as(user, "PATCH", ME, body));
        while on.client.trips().is_empty() {
            assert!(!patching.is_finished());
            thread::yield_now();
        }
        on.database.execute(meanwhile);
        on.client.release();
        patching.join().unwrap()
    })
}

#[test]
fn who_sets_something_for_the_first_time_as_another_instance_does_leaves_what_that_has_set() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    let meanwhile =
        format!("INSERT INTO USER_PROFILES (USER_ID, TIME_ZONE) VALUES ({user}, 'Europe/Berlin')");
    let reply = interrupted(&on, user, &json!({"locale": "de"}), &meanwhile);
    let after = reply.json();
    assert_eq!((&after["time_zone"], &after["locale"]), (&json!("Europe/Berlin"), &json!("de")));
    let statements: Vec<_> = on.client.trips().into_iter().map(|trip| trip.statement).collect();
    let verbs: Vec<_> = statements.iter().filter_map(|statement| statement.split(' ').next()).collect();
    assert_eq!(verbs, ["SELECT", "INSERT", "UPDATE"]);
    assert_eq!(on.send_as(user, "GET", ME, &json!(null)).json(), after);
}

#[test]
fn a_setting_that_was_changed_since_it_was_read_is_not_changed_back() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    assert_eq!(on.send_as(user, "PATCH", ME, &json!({"locale": "de"})).status, 200);
    let meanwhile = "UPDATE USER_PROFILES SET TIME_ZONE = 'Europe/Berlin', LOCALE = 'fr', IS_LISTED = 1";
    let after = interrupted(&on, user, &json!({"week_starts_on": 0}), meanwhile).json();
    let expected =
        json!({"time_zone": "Europe/Berlin", "locale": "fr", "week_starts_on": 0, "is_listed": true});
    for (member, value) in expected.as_object().unwrap() {
        assert_eq!(after[member], *value);
    }
}

#[test]
fn a_user_who_goes_meanwhile_is_a_401_and_leaves_nothing() {
    for body in [json!({"locale": "de"}), json!({"name": "John"})] {
        let on = OnOracle::start(&[]);
        let user = on.new_user("john@example.com");
        let reply = interrupted(&on, user, &body, "DELETE FROM USERS");
        reply.is_error(401, &[("authorization", "User not found")]);
        assert_eq!(on.database.texts("SELECT COUNT(*) FROM USER_PROFILES"), ["0"]);
    }
}

#[test]
fn a_name_is_not_kept_without_the_settings_that_came_with_it() {
    let on = OnOracle::start(&[]);
    let (john, jane) = (on.new_user("john@example.com"), on.new_user("jane@example.com"));
    assert_eq!(on.send_as(john, "PATCH", ME, &json!({"locale": "fr"})).status, 200);
    for (user, fails) in [(john, "UPDATE USER_PROFILES"), (jane, "INSERT INTO USER_PROFILES")] {
        let before = on.send_as(user, "GET", ME, &json!(null)).body;
        let body = json!({"name": "Jack", "locale": "de"});
        on.client.fail_statements_like(fails, 1653);
        on.send_as(user, "PATCH", ME, &body).is_error(500, &[("server", "Internal server error")]);
        on.client.clear_faults();
        on.send_as(user, "GET", ME, &json!(null)).is(200, &before);
        let reply = on.send_as(user, "PATCH", ME, &body);
        assert_eq!((reply.status, &reply.json()["name"]), (200, &json!("Jack")), "{}", reply.body);
    }
}
