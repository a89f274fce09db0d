//! Several instances over one database: what they let through together when an address is tried at
//! all of them at once.

use std::iter;
use std::thread;
use std::time::Instant;

use serde_json::json;

use super::SLOW_HASH;
use super::throttling::{COUNTS, count, fail, seconds_to_wait};
use crate::api::support::{App, Reply};

fn instances(number: usize, variables: &[(&'static str, &str)]) -> Vec<App> {
    let first = App::with(variables);
    let others: Vec<_> = (1..number).map(|_| first.again_with(variables)).collect();
    iter::once(first).chain(others).collect()
}

/// So many logins of John's at each instance, all at once.
fn at_once(apps: &[App], each: usize, password: &str) -> Vec<Reply> {
    let log_in = |app: &App| app.log_in("john@example.com", password);
    thread::scope(|scope| {
        let started: Vec<_> =
            apps.iter().flat_map(|app| (0..each).map(move |_| scope.spawn(move || log_in(app)))).collect();
        started.into_iter().map(|reply| reply.join().unwrap()).collect()
    })
}

/// How many of these wrong passwords were looked at; the others were told to wait.
fn tried(replies: &[Reply]) -> usize {
    let (tried, waiting): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 401);
    waiting.into_iter().for_each(|reply| assert!(seconds_to_wait(reply) > 0));
    tried.len()
}

/// How many waits of 1, 2, 4 … seconds can be over since then: each lets one more try through.
fn waits_since(started: Instant) -> usize {
    usize::try_from((started.elapsed().as_secs() + 1).ilog2()).unwrap()
}

#[test]
fn at_once_five_wrong_passwords_are_tried_and_one_more_in_each_further_instance() {
    for number in [1, 2, 4] {
        let apps = instances(number, &[]);
        let started = Instant::now();
        let tried = tried(&at_once(&apps, 12, "wrong password"));
        let most = 5 + (number - 1) + waits_since(started);
        assert!((5..=most).contains(&tried), "{tried} of {number} instances, {most} at most");
        assert_eq!(apps[0].database.texts(COUNTS), [tried.to_string()], "each is counted once");
    }
}

#[test]
fn of_all_instances_one_gets_the_try_after_a_wait() {
    let apps = instances(4, &[]);
    fail(&apps[0], "john@example.com", 1);
    count(&apps[0], 14, 512);
    assert_eq!(tried(&at_once(&apps, 6, "wrong password")), 1);
    assert_eq!(apps[0].database.texts(COUNTS), ["15"]);
}

#[test]
fn of_all_instances_one_gets_the_last_try_that_is_free() {
    let apps = instances(4, &[]);
    fail(&apps[0], "john@example.com", 1);
    count(&apps[0], 4, 0);
    let started = Instant::now();
    let tried = tried(&at_once(&apps, 6, "wrong password"));
    assert!((1..=1 + waits_since(started)).contains(&tried), "{tried}");
    assert_eq!(apps[0].database.texts(COUNTS), [(4 + tried).to_string()]);
}

#[test]
fn right_passwords_at_once_in_all_instances_are_let_in_and_leave_no_count() {
    let apps = instances(4, &[]);
    apps[0].new_user("john@example.com");
    for wrong_before in [0, 1] {
        fail(&apps[0], "john@example.com", wrong_before);
        for reply in at_once(&apps, 6, "password") {
            assert_eq!(reply.status, 200, "{}", reply.body);
        }
        assert_eq!(apps[0].database.texts(COUNTS), [""; 0]);
    }
}

#[test]
fn a_try_counts_while_it_is_looked_at_and_once_if_its_instance_dies() {
    let app = App::start();
    app.new_user("john@example.com");
    let hash = app.database.texts("SELECT PASSWORD_HASH FROM USERS").remove(0);
    fail(&app, "john@example.com", 1);
    app.database.execute(&format!("UPDATE USERS SET PASSWORD_HASH = '{SLOW_HASH}'"));
    thread::scope(|scope| {
        let body = json!({"email": "john@example.com", "password": "password"}).to_string();
        let login = app.agent.post(format!("{}/api/users/login", app.base));
        let under_way = scope.spawn(|| login.send(body));
        while app.database.texts(COUNTS) != ["2"] {
            assert!(!under_way.is_finished(), "it was not counted before its password was looked at");
            thread::yield_now();
        }
        app.program.kill();
        assert!(under_way.join().unwrap().is_err(), "it was answered");
    });
    app.database.execute(&format!("UPDATE USERS SET PASSWORD_HASH = '{hash}'"));
    assert_eq!(app.database.texts(COUNTS), ["2"]);
    let other = app.again();
    assert_eq!(other.log_in("john@example.com", "password").status, 200);
    assert_eq!(app.database.texts(COUNTS), [""; 0]);
}
