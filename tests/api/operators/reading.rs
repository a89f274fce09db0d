use serde_json::json;

use super::said;
use crate::api::audit::comes_to;
use crate::api::jobs::persony;
use crate::api::support::App;

/// Columns without the widths, which the times and the ids among them set.
fn cells(output: &str) -> Vec<Vec<&str>> {
    output
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect()
}

#[test]
fn all_accounts_are_listed_with_their_states() {
    let app = App::start();
    assert_eq!(said(&app, &["users", "list"]), "ID  EMAIL  NAME  CREATED AT  STATE\n");
    for (email, name) in [("john@example.com", None), ("jane@example.com", Some("Jane \u{1b}[2J Doe"))] {
        let body =
            json!({"email": email, "name": name, "password": "password", "confirm_password": "password"});
        assert_eq!(app.post("/api/users/register", &body).status, 201);
    }
    let then = app.database.seconds_ago(60);
    app.database.execute(&format!(
        "INSERT INTO CLOSED_ACCOUNTS (USER_ID, PASSWORD_HASH, DEACTIVATED_AT) VALUES (2, 'x', {then})"
    ));
    let output = said(&app, &["users", "list"]);
    let [_, john, jane] = &cells(&output)[..] else { panic!("{output}") };
    assert_eq!((john[1], john[2], john[4]), ("john@example.com", "-", "active"), "{output}");
    // Nobody's name steers an operator's terminal.
    assert_eq!((jane[1], jane[2]), ("jane@example.com", "Jane \u{fffd}[2J Doe"), "{output}");
    assert!(jane[4].starts_with("deactivated since 20"), "{output}");
}

#[test]
fn an_account_is_shown_with_its_sessions() {
    let app = App::start();
    app.new_user("john@example.com");
    let shown = said(&app, &["users", "show", "john@example.com"]);
    assert!(
        shown.contains("email:      john@example.com\n") && shown.ends_with("sessions:   0\n"),
        "{shown}"
    );
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true});
    assert_eq!(app.post("/api/users/login", &login).status, 200);
    let shown = said(&app, &["users", "show", "john@example.com"]);
    let session = app.database.texts("SELECT ID FROM USER_SESSIONS").remove(0);
    assert!(shown.contains("sessions:   1\n\nSESSION"), "{shown}");
    assert_eq!(cells(&shown).last().unwrap()[..2], [session.as_str(), "token"], "{shown}");
}

#[test]
fn what_was_done_to_an_account_is_shown_the_newest_first() {
    let app = App::start();
    app.new_user("john@example.com");
    assert_eq!(said(&app, &["audit", "john@example.com"]), "AT  ACT  ACTOR  ADDRESS  SESSION  SUBJECT\n");
    app.log_in("john@example.com", "wrong password");
    app.log_in("john@example.com", "password");
    comes_to(&app, 2);
    let output = said(&app, &["audit", "john@example.com"]);
    let [_, login, failed] = &cells(&output)[..] else { panic!("{output}") };
    assert_eq!(login[1..], ["login", "user", "127.0.0.1", "-", "-"]);
    assert_eq!(failed[1..], ["login_failed", "user", "127.0.0.1", "-", "-"]);
}

/// More than a statement gives, many of them at one moment: none is left out, and none comes twice.
#[test]
fn a_long_log_is_shown_whole() {
    let app = App::start();
    app.new_user("john@example.com");
    let times = [9, 8].map(|seconds| app.database.seconds_ago(seconds));
    for id in 0..1100 {
        let then = &times[usize::from(id >= 600)];
        app.database.execute(&format!(
            "INSERT INTO AUDIT_LOG (ID, USER_ID, ACTED_AT, ACT, ACTOR, SUBJECT) \
             VALUES ('{id:04}', 1, {then}, 'login', 'user', '{id:04}')"
        ));
    }
    let output = said(&app, &["audit", "john@example.com"]);
    let lines = cells(&output);
    let subjects: Vec<_> = lines.iter().filter(|line| line[0] != "AT").map(|line| line[5]).collect();
    let expected: Vec<_> = (600..1100).rev().chain((0..600).rev()).map(|id| format!("{id:04}")).collect();
    assert_eq!(subjects, expected);
}

#[test]
fn an_address_that_nobody_has_is_said_to_be_nobodys() {
    let app = App::start();
    for words in [["users", "show", "jane@example.com"].as_slice(), &["audit", "jane@example.com"]] {
        let (output, log, code) = persony(&*app.database, words);
        assert_eq!((output.as_str(), code), ("", Some(1)));
        assert_eq!(log, "Persony did not do that: nobody is registered as jane@example.com\n");
    }
}
