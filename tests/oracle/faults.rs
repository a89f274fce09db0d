//! The database breaks on purpose: what the client sees, what the rows say, and that the pool is
//! whole again without a restart.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use oracle_client_stand_in::{KillPoint, Kind};
use serde_json::{Value, json};

use super::OnOracle;
use crate::api::support::Reply;

#[track_caller]
pub fn is_unavailable(reply: &Reply) {
    reply.is_error(503, &[("database", "The database is not available, please try again shortly")]);
    assert_eq!(reply.header("retry-after").as_deref(), Some("2"));
}

fn event(title: &str) -> Value {
    json!({"title": title, "start_at": "2025-12-06", "end_at": "2025-12-06"})
}

impl OnOracle {
    fn create(&self, title: &str) -> Reply {
        self.create_event(1, &event(title))
    }

    fn titles(&self) -> Vec<String> {
        self.database.texts("SELECT TITLE FROM CALENDAR_EVENTS ORDER BY ID")
    }

    /// Asks until the database can be had again. Ends with the test's patience.
    fn recovers(&self) {
        let patience = Instant::now() + Duration::from_secs(20);
        while self.get("/api/db-ping").status != 200 {
            assert!(Instant::now() < patience, "it does not recover");
            thread::yield_now();
        }
        assert_eq!(self.create("after").status, 201);
        assert!(self.titles().contains(&"after".to_owned()));
    }
}

/// A server with one user, John, whose id is 1.
fn with_john(variables: &[(&'static str, &str)]) -> OnOracle {
    let on = OnOracle::start(variables);
    assert_eq!(on.new_user("john@example.com"), 1);
    on
}

#[test]
fn while_nothing_can_connect_the_server_stays_up_and_finds_the_database_when_it_comes() {
    for (code, advice) in [
        (12541, "Nothing listens there"),
        (12514, "The listener does not know this service"),
        (12528, "The database is starting or stopping"),
    ] {
        let refuse =
            |oracle: &crate::api::support::database::StandInOracle| oracle.client.refuse_connections(code);
        let on = OnOracle::prepared(refuse, &[("ORACLE_POOL_TIMEOUT", "1"), ("RATE_LIMIT_ENABLED", "false")]);
        let started = Instant::now();
        for _ in 0..20 {
            is_unavailable(&on.get("/api/db-ping"));
            is_unavailable(&on.list_events(1));
            is_unavailable(&on.log_in("john@example.com", "password"));
            on.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
        }
        assert!(started.elapsed() < Duration::from_secs(10), "failing takes {:?}", started.elapsed());
        let log = on.program.log();
        let told: Vec<_> = log.lines().filter(|line| line.contains("ERROR")).collect();
        assert_eq!(told.len(), 1, "{log}");
        assert!(told[0].contains(&format!("ORA-{code:05}")) && told[0].contains(advice), "{log}");
        on.client.accept_connections();
        let patience = Instant::now() + Duration::from_secs(20);
        while on.register("john@example.com", "password").status != 201 {
            assert!(Instant::now() < patience, "it does not find the database");
            thread::yield_now();
        }
        assert!(on.program.log().contains("Oracle can be reached again"), "{}", on.program.log());
    }
}

#[test]
fn a_refused_account_is_not_hammered() {
    for (code, advice) in [
        (1017, "Check ORACLE_USER and ORACLE_PASSWORD"),
        (28000, "The account is locked"),
        (28001, "The account's password has expired"),
    ] {
        let refuse =
            |oracle: &crate::api::support::database::StandInOracle| oracle.client.refuse_connections(code);
        let on = OnOracle::prepared(refuse, &[("ORACLE_POOL_TIMEOUT", "1"), ("ORACLE_MIN_CONN", "5")]);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..20).for_each(|_| is_unavailable(&on.list_events(1))));
            }
        });
        // An attempt is two trips, for the listener takes it and the database refuses it.
        let trips = on.client.trips().iter().filter(|trip| trip.kind == Kind::Connect).count();
        assert_eq!(trips, 2, "one attempt, and no other for a quarter of a minute");
        let log = on.program.log();
        let (_, pause) = log.split_once("Next attempt in ").unwrap();
        let pause: f32 = pause.split_once(" s").unwrap().0.parse().unwrap();
        assert!(log.contains(advice) && (15.0..=22.5).contains(&pause), "{log}");
    }
}

#[test]
fn sessions_that_died_between_statements_cost_one_request() {
    let on = with_john(&[]);
    on.create("before");
    on.client.kill_sessions();
    is_unavailable(&on.create("lost"));
    // The other sessions of the pool are asked for a sign of life before they are lent again.
    assert_eq!(on.create("second").status, 201);
    on.recovers();
    assert_eq!(on.titles(), ["before", "second", "after"]);
    let log = on.program.log();
    assert_eq!(log.lines().filter(|line| line.contains("ERROR")).count(), 1, "{log}");
    assert!(log.contains("DPI-1080") || log.contains("ORA-03113"), "{log}");
}

#[test]
fn a_session_that_outlives_another_is_asked_once_for_a_sign_of_life() {
    let on = with_john(&[("ORACLE_MAX_CONN", "2"), ("ORACLE_MIN_CONN", "2")]);
    on.list_events(1).is(200, "[]");
    // The pool lends last what came back last. Nothing takes the dead one's place.
    let lent = on.client.trips().last().unwrap().session;
    on.client.fill_sessions(1);
    on.client.kill_session(lent);
    is_unavailable(&on.list_events(1));
    (0..4).for_each(|_| on.list_events(1).is(200, "[]"));
    let pings = on.client.trips().iter().filter(|trip| trip.kind == Kind::Ping).count();
    assert_eq!(pings, 1, "{:#?}", on.client.trips());
}

#[test]
fn a_session_that_dies_in_a_statement_is_a_503_and_the_write_is_not_repeated() {
    for (point, rows) in
        [(KillPoint::BeforeEffect, &["after"][..]), (KillPoint::AfterEffect, &["lost", "after"])]
    {
        let on = with_john(&[]);
        on.client.kill_in_statement(point);
        is_unavailable(&on.create("lost"));
        on.recovers();
        assert_eq!(on.titles(), rows, "{point:?}");
    }
}

#[test]
fn a_call_that_takes_too_long_is_given_up() {
    let on = with_john(&[("ORACLE_CALL_TIMEOUT", "1")]);
    on.client.hold(Duration::from_secs(30));
    let started = Instant::now();
    is_unavailable(&on.create("slow"));
    let waited = started.elapsed();
    assert!((Duration::from_millis(900)..Duration::from_secs(10)).contains(&waited), "{waited:?}");
    let trips = on.client.trips();
    let slow = trips.iter().find(|trip| trip.statement.contains("INSERT INTO CALENDAR_EVENTS")).unwrap();
    on.client.release();
    on.recovers();
    // Nobody knows how far the interrupted call came: its session is not lent again.
    let patience = Instant::now() + Duration::from_secs(5);
    while on.client.sessions().contains(&slow.session) {
        assert!(Instant::now() < patience, "the session is kept");
        thread::yield_now();
    }
    // It had taken effect when the client gave up, and was not done again.
    assert_eq!(on.titles(), ["slow", "after"]);
    on.client.time_out_calls();
    is_unavailable(&on.list_events(1));
    on.client.release();
    on.recovers();
}

#[test]
fn when_all_sessions_are_busy_a_request_waits_no_longer_than_the_pools_timeout() {
    let on = with_john(&[("ORACLE_MAX_CONN", "1"), ("ORACLE_MIN_CONN", "1"), ("ORACLE_POOL_TIMEOUT", "1")]);
    on.client.hold(Duration::from_secs(3));
    thread::scope(|scope| {
        let slow = scope.spawn(|| on.list_events(1));
        // The one session is in use as soon as the list's statement is on its way.
        while !on.client.trips().iter().any(|trip| trip.statement.contains("FROM CALENDAR_EVENTS")) {
            assert!(!slow.is_finished());
            thread::yield_now();
        }
        let started = Instant::now();
        is_unavailable(&on.create("too many"));
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
        on.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
        assert_eq!(slow.join().unwrap().status, 200);
    });
    on.client.release();
    on.recovers();
    assert_eq!(on.titles(), ["after"]);
}

#[test]
fn a_database_without_room_for_more_sessions_serves_with_those_it_gave() {
    for full in [18, 12519] {
        let on = with_john(&[("ORACLE_MAX_CONN", "5")]);
        let open = on.client.sessions().len();
        match full {
            18 => on.client.fill_sessions(open),
            _ => on.client.fill_handlers(open),
        }
        on.client.hold(Duration::from_millis(20));
        thread::scope(|scope| {
            for _ in 0..10 {
                scope.spawn(|| on.list_events(1).is(200, "[]"));
            }
        });
        on.client.clear_faults();
        on.recovers();
    }
}

#[test]
fn a_statement_that_fails_leaves_nothing_behind() {
    for (code, status, field, message) in [
        (1438, 500, "server", "Internal server error"),
        (942, 500, "server", "Internal server error"),
        (60, 503, "database", "The database is not available, please try again shortly"),
        (1, 500, "server", "Internal server error"),
        (2291, 401, "authorization", "User not found"),
        (1033, 503, "database", "The database is not available, please try again shortly"),
        (28, 503, "database", "The database is not available, please try again shortly"),
        (2399, 503, "database", "The database is not available, please try again shortly"),
    ] {
        let on = with_john(&[]);
        on.client.fail_statement(1, code);
        let refused = on.create("refused");
        refused.is_error(status, &[(field, message)]);
        assert_eq!(refused.header("retry-after").is_some(), status == 503);
        on.recovers();
        assert_eq!(on.titles(), ["after"], "ORA-{code:05}");
        let log = on.program.log();
        assert_eq!(log.contains(&format!("ORA-{code:05}")), status >= 500, "{log}");
    }
}

#[test]
fn a_commit_that_fails_loses_the_row_and_says_so() {
    for (code, status) in [(3113, 503), (1034, 503), (2091, 500)] {
        let on = with_john(&[]);
        on.client.fail_commit(code);
        assert_eq!(on.create("uncommitted").status, status, "ORA-{code:05}");
        assert_eq!(on.titles(), [""; 0]);
        on.recovers();
        assert_eq!(on.titles(), ["after"]);
    }
}

#[test]
fn ora_00001_of_another_constraint_is_not_blamed_on_the_address() {
    let on = with_john(&[]);
    on.client.fail_statement(1, 1);
    on.register("jane@example.com", "password").is_error(500, &[("server", "Internal server error")]);
    assert_eq!(on.register("jane@example.com", "password").status, 201);
}

#[test]
fn a_database_that_is_away_costs_a_bounded_number_of_log_lines() {
    let on = with_john(&[("ORACLE_POOL_TIMEOUT", "1")]);
    on.client.refuse_connections(12541);
    on.client.kill_sessions();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..50).for_each(|_| is_unavailable(&on.list_events(1))));
        }
    });
    let log = on.program.log();
    // Each session's death, once; and once that no other can be opened.
    assert!(log.lines().filter(|line| line.contains("ERROR")).count() <= 4, "{log}");
    on.client.accept_connections();
    on.recovers();
}

/// Writers go on while sessions die under them, before and after their statements took effect.
#[test]
fn what_was_acknowledged_is_there_once_whatever_dies() {
    let on = with_john(&[]);
    let (acknowledged, over) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    thread::scope(|scope| {
        for writer in 0..4 {
            let (on, acknowledged, over) = (&on, &acknowledged, &over);
            scope.spawn(move || {
                for number in 0.. {
                    let title = format!("{writer}-{number}");
                    match on.create(&title).status {
                        201 => acknowledged.lock().unwrap().push(title),
                        503 => {}
                        status => panic!("{status}"),
                    }
                    if over.load(Ordering::Relaxed) {
                        return;
                    }
                }
            });
        }
        for round in 0..12 {
            let target = 25 * (round + 1);
            while acknowledged.lock().unwrap().len() < target {
                thread::yield_now();
            }
            match round % 3 {
                0 => on.client.kill_sessions(),
                1 => on.client.kill_in_statement(KillPoint::AfterEffect),
                _ => on.client.kill_in_statement(KillPoint::BeforeEffect),
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    let mut times = HashMap::new();
    on.titles().into_iter().for_each(|title| *times.entry(title).or_insert(0) += 1);
    for title in acknowledged.into_inner().unwrap() {
        assert_eq!(times.get(&title), Some(&1), "{title}");
    }
    assert!(times.values().all(|times| *times == 1), "a write was repeated: {times:?}");
}
