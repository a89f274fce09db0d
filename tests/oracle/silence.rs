//! The database says nothing: not refused, not dead, only silent. Every request is answered in its
//! time, the log tells the cause, and what was silent is used again once it speaks.

use std::thread;
use std::time::{Duration, Instant};

use oracle_client_stand_in::Kind;

use super::OnOracle;
use super::faults::is_unavailable;
use super::watch::check;
use crate::api::support::Reply;
use crate::api::support::database::StandInOracle;

/// A machine that is busy with other tests answers later than one that is not.
const SLACK: Duration = Duration::from_secs(2);

const PATIENCE: Duration = Duration::from_secs(30);

/// What it gives, and how long that took.
fn timed<T>(ask: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let answer = ask();
    (answer, started.elapsed())
}

#[track_caller]
fn until(what: &str, holds: impl Fn() -> bool) {
    let patience = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < patience, "{what}");
        thread::park_timeout(Duration::from_millis(5));
    }
}

impl OnOracle {
    /// So many lists at once, and the time that the slowest took.
    fn lists_at_once(&self, count: usize) -> (Vec<Reply>, Duration) {
        timed(|| {
            thread::scope(|scope| {
                let lists: Vec<_> = (0..count).map(|_| scope.spawn(|| self.list_events(1))).collect();
                lists.into_iter().map(|list| list.join().unwrap()).collect()
            })
        })
    }

    fn unanswered(&self, kind: Kind) -> usize {
        self.client.unanswered().iter().filter(|call| call.kind == kind).count()
    }

    /// The sessions that were open are gone, and new ones are not answered.
    fn loses_all(&self) {
        self.client.silence_logons(None);
        self.client.kill_sessions();
    }

    fn errors(&self) -> Vec<String> {
        self.program.log().lines().filter(|line| line.contains("ERROR")).map(str::to_owned).collect()
    }

    fn answers_again(&self) {
        until("it does not recover", || self.get("/api/db-ping").status == 200);
        self.list_events(1).is(200, "[]");
    }
}

#[test]
fn a_logon_that_is_not_answered_costs_the_first_requests_their_time_and_the_others_none() {
    let on = OnOracle::start(&[("ORACLE_POOL_TIMEOUT", "2"), ("ORACLE_CALL_TIMEOUT", "1")]);
    on.loses_all();
    // The first finds its session dead, and says so in the log as before.
    is_unavailable(&on.list_events(1));
    let (replies, took) = on.lists_at_once(12);
    replies.iter().for_each(is_unavailable);
    assert!(took < Duration::from_secs(3) + SLACK, "{took:?}");
    until("the log tells the cause", || on.errors().iter().any(|line| line.contains("no session to Oracle")));
    let (_, took) = timed(|| (0..50).for_each(|_| is_unavailable(&on.list_events(1))));
    assert!(took < SLACK, "{took:?}");
    let errors = on.errors();
    assert_eq!(errors.len(), 2, "{errors:#?}");
    assert!(errors[1].contains("the logon has not been answered for 2s"), "{errors:#?}");
    assert!(errors[1].contains("look whether the database hangs"), "{errors:#?}");
    on.client.release();
    on.answers_again();
    assert!(on.program.log().contains("Oracle can be reached again"), "{}", on.program.log());
}

#[test]
fn a_server_starts_on_a_database_that_says_nothing_and_serves_when_it_speaks() {
    let hangs = |oracle: &StandInOracle| oracle.client.silence_logons(None);
    let on = OnOracle::prepared(hangs, &[("ORACLE_POOL_TIMEOUT", "1")]);
    let (replies, took) = on.lists_at_once(8);
    replies.iter().for_each(is_unavailable);
    assert!(took < Duration::from_secs(2) + SLACK, "{took:?}");
    until("the log tells the cause", || !on.errors().is_empty());
    is_unavailable(&on.get("/api/db-ping"));
    assert_eq!(on.errors().len(), 1, "{:#?}", on.errors());
    on.client.release();
    until("it does not serve", || on.list_events(1).status == 200);
}

#[test]
fn what_a_logon_brings_that_was_given_up_is_used() {
    let on = OnOracle::start(&[("ORACLE_POOL_TIMEOUT", "1"), ("ORACLE_MAX_CONN", "2")]);
    on.loses_all();
    is_unavailable(&on.list_events(1));
    until("it is given up", || {
        is_unavailable(&on.list_events(1));
        on.errors().iter().any(|line| line.contains("no session to Oracle"))
    });
    let waiting: Vec<_> = on.client.unanswered().iter().map(|logon| logon.session).collect();
    on.client.clear_trips();
    on.client.release();
    on.answers_again();
    let trips = on.client.trips();
    let answered = trips.iter().find(|trip| trip.kind == Kind::Execute).unwrap().session;
    assert!(waiting.contains(&answered), "{answered} of {waiting:?}");
}

#[test]
fn what_logons_bring_beyond_what_is_wanted_is_closed() {
    let on = OnOracle::start(&[("ORACLE_POOL_TIMEOUT", "1"), ("ORACLE_MAX_CONN", "2")]);
    on.loses_all();
    is_unavailable(&on.list_events(1));
    until("attempts are repeated", || {
        on.list_events(1);
        on.unanswered(Kind::Connect) == 3
    });
    let waiting: Vec<_> = on.client.unanswered().iter().map(|logon| logon.session).collect();
    on.client.release();
    on.answers_again();
    let is_closed =
        |session| on.client.trips().iter().any(|trip| trip.kind == Kind::Close && trip.session == session);
    until("one is left over", || waiting.iter().any(|session| is_closed(*session)));
    until("more are left over", || on.client.sessions().len() <= 2);
    on.list_events(1).is(200, "[]");
}

#[test]
fn who_comes_while_a_logon_hangs_waits_no_longer_than_that_is_waited_for() {
    let on = OnOracle::start(&[("ORACLE_POOL_TIMEOUT", "4"), ("ORACLE_CALL_TIMEOUT", "2")]);
    let open = on.client.sessions().len();
    on.client.silence_sessions();
    on.client.silence_logons(None);
    thread::scope(|scope| {
        // All sessions are lost after two seconds, and one more is wanted at once.
        let lost = (0..open).map(|_| scope.spawn(|| on.list_events(1))).collect::<Vec<_>>();
        until("they are asked", || on.unanswered(Kind::Execute) == open);
        scope.spawn(|| is_unavailable(&on.list_events(1)));
        until("one is opened", || on.unanswered(Kind::Connect) > 0);
        lost.into_iter().for_each(|lost| is_unavailable(&lost.join().unwrap()));
        let (late, took) = timed(|| on.list_events(1));
        is_unavailable(&late);
        assert!(took < Duration::from_millis(3500), "{took:?}");
    });
}

#[test]
fn a_check_ends_on_a_database_that_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let oracle = StandInOracle::new(folder.path());
    oracle.client.silence_logons(None);
    let (code, verdicts, _) = check(&oracle, folder.path(), &[("ORACLE_POOL_TIMEOUT", "1")]);
    assert_eq!(code, Some(1), "{verdicts}");
    assert!(verdicts.contains("connection: FAILED: the logon has not been answered for 1s"), "{verdicts}");
}

#[test]
fn sessions_that_a_firewall_dropped_are_dropped_together() {
    // The pool opens another session only while the second is asked for a sign of life.
    let on = OnOracle::prepared(
        |_| (),
        &[
            ("ORACLE_MIN_CONN", "3"),
            ("ORACLE_MAX_CONN", "4"),
            ("ORACLE_POOL_TIMEOUT", "2"),
            ("ORACLE_CALL_TIMEOUT", "3"),
        ],
    );
    on.list_events(1).is(200, "[]");
    on.client.hold(Duration::from_millis(100));
    until("the pool does not grow", || on.lists_at_once(4).0.len() == on.idle_sessions());
    on.client.release();
    on.client.silence_sessions();
    let (lost, took) = timed(|| on.list_events(1));
    is_unavailable(&lost);
    assert!(took < Duration::from_secs(5) + SLACK, "{took:?}");
    // One of the others is asked for a sign of life, within a part of the time; the rest are not.
    let (served, took) = timed(|| on.list_events(1));
    served.is(200, "[]");
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_eq!(on.unanswered(Kind::Ping), 1, "{:#?}", on.client.unanswered());
    // They are being closed, which they do not hear of either, and nobody waits for it.
    until("they are not closed", || on.unanswered(Kind::Close) == 2);
    let (replies, took) = on.lists_at_once(8);
    replies.iter().for_each(|reply| reply.is(200, "[]"));
    assert!(took < SLACK, "{took:?}");
    assert_eq!(on.unanswered(Kind::Ping), 1, "{:#?}", on.client.unanswered());
}

#[test]
fn a_ping_that_is_not_answered_leaves_time_for_a_logon() {
    let on = OnOracle::start(&[("ORACLE_POOL_TIMEOUT", "2"), ("ORACLE_MAX_CONN", "2")]);
    let lent = on.client.trips().last().map(|trip| trip.session);
    assert_eq!(lent, None, "the log is clear");
    on.list_events(1).is(200, "[]");
    let lent = on.client.trips().last().unwrap().session;
    on.client.kill_session(lent);
    on.client.silence_pings();
    is_unavailable(&on.list_events(1));
    let (served, took) = timed(|| on.list_events(1));
    served.is(200, "[]");
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn calls_that_are_not_answered_end_each_request_in_its_time() {
    let on = OnOracle::start(&[("ORACLE_POOL_TIMEOUT", "1"), ("ORACLE_CALL_TIMEOUT", "1")]);
    on.client.silence_calls();
    for _ in 0..2 {
        let (replies, took) = on.lists_at_once(5);
        replies.iter().for_each(is_unavailable);
        assert!(took < Duration::from_secs(2) + SLACK, "{took:?}");
    }
    on.client.release();
    on.answers_again();
}

#[test]
fn one_slow_logon_does_not_keep_a_healthy_pool_from_growing() {
    let on = OnOracle::start(&[("ORACLE_MAX_CONN", "5"), ("ORACLE_POOL_TIMEOUT", "30")]);
    assert!(on.client.sessions().len() < 4, "there is room to grow");
    on.client.silence_logons(Some(1));
    on.client.hold(Duration::from_millis(200));
    until("the pool does not grow", || {
        on.lists_at_once(5).0.iter().for_each(|reply| reply.is(200, "[]"));
        on.idle_sessions() == 4
    });
    assert_eq!(on.unanswered(Kind::Connect), 1);
    assert_eq!(on.errors(), [""; 0]);
    on.client.release();
}

#[test]
fn a_logon_that_hangs_does_not_keep_the_process_nor_its_sessions() {
    let on = OnOracle::start(&[("ORACLE_POOL_TIMEOUT", "30")]);
    on.client.silence_logons(None);
    let sessions = on.client.sessions();
    on.client.hold(Duration::from_millis(200));
    on.lists_at_once(5).0.iter().for_each(|reply| reply.is(200, "[]"));
    until("the pool grows", || on.unanswered(Kind::Connect) > 0);
    let client = on.client.clone();
    client.clear_trips();
    on.app.program.terminate();
    let ((log, status), took) = timed(|| on.app.program.end());
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    let trips = client.trips();
    let mut closed: Vec<_> =
        trips.iter().filter(|trip| trip.kind == Kind::Close).map(|trip| trip.session).collect();
    closed.sort_unstable();
    assert_eq!(closed, sessions, "{log}");
}

#[test]
fn instances_whose_account_is_refused_try_once_each_and_find_it_when_it_is_made() {
    let refuse = |oracle: &StandInOracle| oracle.client.refuse_connections(1017);
    let first = OnOracle::prepared(refuse, &[("ORACLE_MIN_CONN", "5")]);
    let second = first.again();
    thread::scope(|scope| {
        for app in [&first.app, &second] {
            scope.spawn(move || (0..20).for_each(|_| is_unavailable(&app.list_events(1))));
        }
    });
    // An attempt is two trips, for the listener takes it and the database refuses it.
    let tried = first.client.trips().iter().filter(|trip| trip.kind == Kind::Connect).count();
    assert_eq!(tried, 4);
    first.client.accept_connections();
    for app in [&first.app, &second] {
        until("it does not find its account", || app.list_events(1).status == 200);
    }
}
