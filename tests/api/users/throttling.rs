//! After wrong passwords in a row an address waits, in whichever instance they were tried.

use std::thread;

use super::ticks;
use crate::api::support::{App, Reply};

const INVALID: [(&str, &str); 1] = [("email", "Invalid credentials")];
const COUNTS: &str = "SELECT FAILURES FROM LOGIN_FAILURES";

/// Asserts a 429, and gives the seconds that it asks to wait.
#[track_caller]
pub fn seconds_to_wait(reply: &Reply) -> u64 {
    reply.is_error(429, &[("rate_limit", "Too many attempts, please try again later")]);
    reply.header("retry-after").unwrap().parse().unwrap()
}

fn fail(app: &App, email: &str, times: usize) {
    (0..times).for_each(|_| app.log_in(email, "wrong password").is_error(401, &INVALID));
}

/// Sets the one count to this, with its last failure so many seconds ago.
fn count(app: &App, failures: u64, seconds_ago: u64) {
    let at = app.database.seconds_ago(seconds_ago);
    app.database.execute(&format!("UPDATE LOGIN_FAILURES SET FAILURES = {failures}, FAILED_AT = {at}"));
}

#[test]
fn after_five_wrong_passwords_an_address_waits_registered_or_not() {
    let app = App::start();
    app.new_user("john@example.com");
    for email in ["john@example.com", "nobody@example.com"] {
        fail(&app, email, 5);
        assert_eq!(app.database.texts(COUNTS), ["5"], "{email}");
        count(&app, 5, 0);
        assert_eq!(seconds_to_wait(&app.log_in(email, "wrong password")), 1, "{email}");
        app.database.execute("DELETE FROM LOGIN_FAILURES");
    }
}

#[test]
fn each_wait_is_twice_the_one_before_up_to_a_quarter_of_an_hour() {
    let app = App::start();
    fail(&app, "john@example.com", 1);
    for (failures, wait) in [(8, 8), (9, 16), (14, 512), (15, 900), (16, 900), (1_000_000, 900)] {
        count(&app, failures, 0);
        let seconds = seconds_to_wait(&app.log_in("john@example.com", "wrong password"));
        assert!((wait - 5..=wait).contains(&seconds), "{failures} failures: {seconds} s");
        count(&app, failures, wait);
        fail(&app, "john@example.com", 1);
        assert_eq!(app.database.texts(COUNTS), [(failures + 1).to_string()]);
    }
}

#[test]
fn while_an_address_waits_not_even_the_right_password_is_tried() {
    let app = App::start();
    app.new_user("john@example.com");
    fail(&app, "john@example.com", 3);
    count(&app, 15, 0);
    let before = ticks(&app);
    (0..20).for_each(|_| assert!(seconds_to_wait(&app.log_in("john@example.com", "password")) > 800));
    let refused = ticks(&app) - before;
    assert_eq!(app.database.texts(COUNTS), ["15"], "a refusal is not counted");
    count(&app, 15, 900);
    let before = ticks(&app);
    (0..3).for_each(|_| assert_eq!(app.log_in("john@example.com", "password").status, 200));
    let tried = ticks(&app) - before;
    assert!(refused < tried, "20 refusals take {refused} ticks, 3 logins {tried}");
}

#[test]
fn of_many_tries_at_once_no_more_are_tried_than_one_after_the_other() {
    let app = App::start();
    fail(&app, "john@example.com", 1);
    count(&app, 14, 512);
    let tried = thread::scope(|scope| {
        let tries: Vec<_> =
            (0..12).map(|_| scope.spawn(|| app.log_in("john@example.com", "wrong password"))).collect();
        tries.into_iter().map(|reply| reply.join().unwrap()).filter(|reply| reply.status != 429).count()
    });
    assert_eq!(tried, 1);
    assert_eq!(app.database.texts(COUNTS), ["15"]);
}

#[test]
fn of_many_right_passwords_at_once_none_is_refused() {
    let app = App::start();
    app.new_user("john@example.com");
    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| assert_eq!(app.log_in("john@example.com", "password").status, 200));
        }
    });
}

#[test]
fn a_right_password_ends_the_count() {
    let app = App::start();
    app.new_user("john@example.com");
    for _ in 0..2 {
        fail(&app, "john@example.com", 4);
        assert_eq!(app.log_in("john@example.com", "password").status, 200);
        assert_eq!(app.database.texts(COUNTS), [""; 0]);
    }
}

#[test]
fn instances_count_together() {
    let first = App::with(&[("LOGIN_FAILURES_ALLOWED", "4")]);
    let second = first.again_with(&[("LOGIN_FAILURES_ALLOWED", "4")]);
    for app in [&first, &second, &first, &second] {
        fail(app, "john@example.com", 1);
    }
    count(&first, 12, 0);
    for app in [&first, &second] {
        assert!(seconds_to_wait(&app.log_in("john@example.com", "password")) > 200);
    }
}

#[test]
fn instances_that_count_at_once_lose_no_failure() {
    let patient = [("LOGIN_FAILURES_ALLOWED", "100")];
    let first = App::with(&patient);
    let second = first.again_with(&patient);
    thread::scope(|scope| {
        for app in [&first, &second, &first, &second] {
            scope.spawn(|| fail(app, "john@example.com", 4));
        }
    });
    assert_eq!(first.database.texts(COUNTS), ["16"]);
}

#[test]
fn addresses_are_counted_by_themselves() {
    let app = App::start();
    app.new_user("john@example.com");
    fail(&app, "jane@example.com", 1);
    count(&app, 15, 0);
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
    seconds_to_wait(&app.log_in("jane@example.com", "password"));
}

#[test]
fn a_day_after_the_last_failure_the_count_starts_anew() {
    let app = App::start();
    fail(&app, "john@example.com", 1);
    count(&app, 1_000, 86_400);
    fail(&app, "john@example.com", 1);
    assert_eq!(app.database.texts(COUNTS), ["1"]);
}

#[test]
fn what_is_kept_of_an_address_is_a_hash() {
    let app = App::start();
    fail(&app, "john@example.com", 1);
    // printf john@example.com | sha256sum
    let hash = "855f96e983f1f8e8be944692b6f719fd54329826cb62e98015efee8e2e071dd4";
    assert_eq!(app.database.texts("SELECT EMAIL_SHA256 FROM LOGIN_FAILURES"), [hash]);
}

#[test]
fn switched_off_nothing_is_counted_and_nobody_waits() {
    let app = App::with(&[("RATE_LIMIT_ENABLED", "false")]);
    fail(&app, "john@example.com", 7);
    assert_eq!(app.database.texts(COUNTS), [""; 0]);
}
