//! The database breaks in the middle of a change of the password and of an erasing: the person can try again, and
//! nothing is half done.

use std::thread;
use std::time::Duration;

use oracle_client_stand_in::KillPoint;
use serde_json::{Value, json};

use super::OnOracle;
use super::faults::is_unavailable;
use crate::api::jobs::{PURGE, persony};
use crate::api::support::Reply;
use crate::api::support::database::event_row;
use crate::api::users::{begin, is_good, with_token};

const JOHN: &str = "john@example.com";

/// The statements of either, with those that look the account up.
const STATEMENTS: [u64; 2] = [6, 10];

const POINTS: [KillPoint; 2] = [KillPoint::BeforeEffect, KillPoint::AfterEffect];

/// John, with two sessions.
fn with_john(variables: &[(&'static str, &str)]) -> (OnOracle, Value, Value) {
    let on = OnOracle::start(variables);
    on.new_user(JOHN);
    let (mine, other) = (begin(&on, JOHN, "password"), begin(&on, JOHN, "password"));
    (on, mine, other)
}

fn change(on: &OnOracle, login: &Value) -> Reply {
    let body = json!({"current_password": "password", "password": "another password", "confirm_password": "another password"});
    with_token(on, login, "PUT", "/api/users/me/password", &body)
}

fn erase(on: &OnOracle, login: &Value) -> Reply {
    with_token(on, login, "POST", "/api/users/me/erase", &json!({"password": "password"}))
}

fn comes_back(on: &OnOracle) {
    on.wait_until(|on| on.get("/api/db-ping").status == 200);
}

/// How many rows each of these have.
fn counts(on: &OnOracle) -> [usize; 4] {
    [
        "ID FROM USER_SESSIONS",
        "SUBJECT FROM REVOKED_TOKENS",
        "ID FROM AUDIT_LOG WHERE ACT IN ('password_changed', 'erased')",
        "USER_ID FROM CLOSED_ACCOUNTS",
    ]
    .map(|what| on.database.texts(&format!("SELECT {what}")).len())
}

/// All of it or nothing; and then all of it.
fn is_whole_after_a_change(on: &OnOracle, mine: &Value, other: &Value) {
    match on.log_in(JOHN, "password").status {
        200 => {
            assert_eq!(counts(on), [2, 0, 0, 0]);
            assert_eq!(change(on, mine).status, 200);
            assert_eq!(is_good(on, other), 401);
        }
        _ => assert_eq!(change(on, mine).status, 400, "it is not the present one any more"),
    }
    assert_eq!(counts(on), [1, 2, 1, 0]);
    assert_eq!(on.log_in(JOHN, "another password").status, 200);
    assert_eq!(is_good(on, mine), 200);
}

fn is_whole_after_an_erasing(on: &OnOracle, mine: &Value) {
    if on.log_in(JOHN, "password").status == 200 {
        assert_eq!(counts(on), [2, 0, 0, 0]);
        assert_eq!(erase(on, mine).status, 202);
        assert_eq!(is_good(on, mine), 401);
    }
    assert_eq!(counts(on), [0, 3, 1, 1]);
    assert_eq!(on.log_in(JOHN, "password").status, 403);
}

#[test]
fn a_change_of_the_password_that_was_cut_off_anywhere_is_done_again_and_never_half() {
    for nth in 1..=STATEMENTS[0] {
        for point in POINTS {
            let (on, mine, other) = with_john(&[]);
            on.client.kill_in_nth_statement(nth, point);
            is_unavailable(&change(&on, &mine));
            comes_back(&on);
            is_whole_after_a_change(&on, &mine, &other);
        }
    }
}

#[test]
fn an_erasing_that_was_cut_off_anywhere_is_done_again_and_never_half() {
    for nth in 1..=STATEMENTS[1] {
        for point in POINTS {
            let (on, mine, _) = with_john(&[]);
            on.client.kill_in_nth_statement(nth, point);
            is_unavailable(&erase(&on, &mine));
            comes_back(&on);
            is_whole_after_an_erasing(&on, &mine);
        }
    }
}

#[test]
fn a_database_that_says_nothing_keeps_neither_beyond_its_deadline() {
    let short = [("ORACLE_POOL_TIMEOUT", "1"), ("ORACLE_CALL_TIMEOUT", "1")];
    let (on, mine, other) = with_john(&short);
    on.client.silence_calls();
    is_unavailable(&change(&on, &mine));
    on.client.release();
    comes_back(&on);
    is_whole_after_a_change(&on, &mine, &other);
    let (on, mine, _) = with_john(&short);
    on.client.silence_calls();
    is_unavailable(&erase(&on, &mine));
    on.client.release();
    comes_back(&on);
    is_whole_after_an_erasing(&on, &mine);
}

/// A refused row of the log, or of what is refused, leaves the former password.
#[test]
fn a_password_is_not_changed_without_its_line_of_the_log_nor_without_ending_what_others_hold() {
    for table in ["INSERT INTO AUDIT_LOG", "INSERT INTO REVOKED_TOKENS", "DELETE FROM USER_SESSIONS"] {
        let (on, mine, other) = with_john(&[]);
        on.client.fail_statements_like(table, 1653);
        change(&on, &mine).is_error(500, &[("server", "Internal server error")]);
        on.client.clear_faults();
        assert_eq!(is_good(&on, &other), 200);
        assert_eq!(counts(&on), [2, 0, 0, 0], "{table}");
        is_whole_after_a_change(&on, &mine, &other);
    }
}

/// A login whose password was looked at before the change, and whose session would begin after it.
#[test]
fn a_login_that_is_under_way_begins_no_session_after_the_change() {
    let on = OnOracle::start(&[]);
    on.new_user(JOHN);
    on.database.execute(&format!("UPDATE USERS SET PASSWORD_HASH = '{}'", slow_hash_of_password()));
    thread::scope(|scope| {
        on.client.clear_trips();
        let body = json!({"email": JOHN, "password": "password", "refresh": true});
        let on = &on;
        let login = scope.spawn(move || on.post("/api/users/login", &body));
        on.wait_until(|on| on.client.trips().iter().any(|trip| trip.statement.contains("LOGIN_FAILURES")));
        assert!(!login.is_finished());
        on.database.execute("UPDATE USERS SET PASSWORD_HASH = 'changed meanwhile'");
        let reply = login.join().unwrap();
        reply.is_error(401, &[("email", "Invalid credentials")]);
    });
    assert_eq!(on.database.texts("SELECT ID FROM USER_SESSIONS"), [""; 0]);
}

/// Werkzeug's hash of `password` with twenty times the usual work.
fn slow_hash_of_password() -> &'static str {
    "scrypt:32768:8:20$0000000000000000$281a6a5f75f3b84c5ed62b661b674517ae78678cd537117b696c58ad5e26b0d6c59fc0c9fa88b87e7f37cbdb306b061691d0f7c6e188bda2be380bef3ebeaa89"
}

#[test]
fn a_purge_deletes_a_thousand_rows_in_a_unit_of_work_at_most() {
    let on = OnOracle::start(&[("JOBS_ENABLED", "false")]);
    let john = on.new_user(JOHN);
    on.database
        .execute_all(&(0..2500).map(|number| event_row(john, &number.to_string())).collect::<Vec<_>>());
    crate::api::users::closed::close(&on, john, "ERASED_AT");
    on.database.execute(&format!("UPDATE CLOSED_ACCOUNTS SET PURGE_AT = {}", on.database.seconds_ago(1)));
    on.client.clear_trips();
    let (said, log, code) = persony(&*on.database, &["jobs", "run", PURGE]);
    assert_eq!(code, Some(0), "{said}{log}");
    let deletes =
        on.client.trips().into_iter().filter(|trip| trip.statement.starts_with("DELETE FROM CALENDAR"));
    assert_eq!(deletes.map(|trip| trip.rows).collect::<Vec<_>>(), [1000, 1000, 500]);
}

/// The purge has found an account, and waits for the row of USERS that a restore holds.
#[test]
fn of_a_purge_and_a_restore_at_once_one_wins() {
    let on = OnOracle::prepared(|_| (), &[("JOBS_ENABLED", "false")]);
    on.becomes_ready();
    let john = on.new_user(JOHN);
    on.database.execute(&event_row(john, "kept"));
    crate::api::users::closed::close(&on, john, "ERASED_AT");
    on.database.execute(&format!("UPDATE CLOSED_ACCOUNTS SET PURGE_AT = {}", on.database.seconds_ago(1)));
    let found = "FROM CLOSED_ACCOUNTS WHERE PURGE_AT <=";
    on.client.clear_trips();
    on.client.hold(Duration::from_millis(200));
    let has_asked =
        |on: &OnOracle, what: &str| on.client.trips().iter().any(|trip| trip.statement.contains(what));
    thread::scope(|scope| {
        let purge = scope.spawn(|| persony(&*on.database, &["jobs", "run", PURGE]));
        on.wait_until(|on| has_asked(on, "UPDATE PERSONY_JOBS"));
        on.client.hold(Duration::from_secs(5));
        on.wait_until(|on| has_asked(on, found));
        // As a restore leaves it that came first.
        on.database.execute_all(&[
            "UPDATE USERS SET PASSWORD_HASH = (SELECT PASSWORD_HASH FROM CLOSED_ACCOUNTS)".to_owned(),
            "DELETE FROM CLOSED_ACCOUNTS".to_owned(),
        ]);
        on.client.release();
        let (said, log, code) = purge.join().unwrap();
        assert_eq!((said.as_str(), code), ("purge_accounts: ok, 0 rows\n", Some(0)), "{log}");
    });
    assert_eq!(on.database.texts("SELECT TITLE FROM CALENDAR_EVENTS"), ["kept"]);
    assert_eq!(on.log_in(JOHN, "password").status, 200);
}
