use std::thread;
use std::time::{Duration, Instant};

use oracle::Connection;
use oracle_client_stand_in::{Kind, StandIn};

use crate::support::{
    alone, autocommitting, connect, count, create_people, insert, is_dead, is_timeout, try_connect,
};

const TIMEOUT: Duration = Duration::from_millis(200);

/// Waits until so many calls wait, or have waited, for an answer that does not come.
fn until_unanswered(db: &StandIn, calls: usize) {
    let since = Instant::now();
    while db.unanswered().len() < calls {
        assert!(since.elapsed() < Duration::from_secs(30), "{:?}", db.unanswered());
        thread::sleep(Duration::from_millis(5));
    }
}

/// A session with a call timeout.
fn limited() -> Connection {
    let connection = autocommitting();
    connection.set_call_timeout(Some(TIMEOUT)).unwrap();
    connection
}

#[test]
fn a_silent_logon_waits_for_the_release_and_then_goes_on() {
    alone(|db| {
        db.silence_logons(None);
        let logons = [thread::spawn(try_connect), thread::spawn(try_connect)];
        until_unanswered(db, 2);
        assert!(db.unanswered().iter().all(|trip| trip.kind == Kind::Connect));
        // Both are attached, and neither has heard anything since.
        assert_eq!(db.trips().len(), 2);
        assert!(logons.iter().all(|logon| !logon.is_finished()));
        db.release();
        for logon in logons {
            logon.join().unwrap().unwrap().ping().unwrap();
        }
        connect();
    });
}

#[test]
fn after_the_first_silent_logons_the_later_ones_are_answered() {
    alone(|db| {
        db.silence_logons(Some(1));
        let first = thread::spawn(try_connect);
        until_unanswered(db, 1);
        connect().ping().unwrap();
        connect().ping().unwrap();
        assert!(!first.is_finished());
        db.release();
        first.join().unwrap().unwrap().ping().unwrap();
    });
}

#[test]
fn a_logon_that_waits_is_refused_where_that_is_what_comes_after_the_silence() {
    alone(|db| {
        db.silence_logons(None);
        let logon = thread::spawn(try_connect);
        until_unanswered(db, 1);
        db.refuse_connections(1017);
        db.release();
        assert_eq!(logon.join().unwrap().unwrap_err().oci_code(), Some(1017));
    });
}

#[test]
fn a_process_ends_while_its_logon_waits() {
    alone(|db| {
        db.silence_logons(None);
        // Nobody releases it: this process ends with the test.
        thread::spawn(try_connect);
        until_unanswered(db, 1);
    });
}

#[test]
fn a_logon_that_waits_can_be_killed() {
    alone(|db| {
        db.silence_logons(None);
        let logon = thread::spawn(try_connect);
        until_unanswered(db, 1);
        db.kill_sessions();
        assert_eq!(logon.join().unwrap().unwrap_err().oci_code(), Some(3113));
    });
}

#[test]
fn every_call_of_a_silent_session_times_out_and_the_session_is_dead_then() {
    alone(|db| {
        create_people(&connect());
        type Call = fn(&Connection) -> Result<(), oracle::Error>;
        let calls: [(Kind, Call); 6] = [
            (Kind::Execute, |session| session.query("SELECT NAME FROM PEOPLE", &[]).map(drop)),
            (Kind::ExecuteCommit, |session| insert(session, "Ada")),
            (Kind::Ping, Connection::ping),
            (Kind::Commit, Connection::commit),
            (Kind::Rollback, Connection::rollback),
            (Kind::Close, Connection::close),
        ];
        for (kind, call) in calls {
            let silent = limited();
            db.silence_sessions();
            db.clear_trips();
            let since = Instant::now();
            let error = call(&silent).unwrap_err();
            assert!(since.elapsed() >= TIMEOUT && since.elapsed() < Duration::from_secs(10));
            assert_eq!(db.unanswered()[0].kind, kind);
            if kind == Kind::Close {
                assert!(is_dead(&error), "{error:?}");
            } else {
                assert!(is_timeout(&error), "{kind}: {error:?}");
                // The client has given up the connection, and does not wait a second time.
                assert!(is_dead(&silent.ping().unwrap_err()));
            }
            assert_eq!(db.trips().iter().map(|trip| trip.kind).collect::<Vec<_>>(), [kind]);
        }
        // One that was opened later answers, and nothing of all that has happened.
        assert_eq!(count(&connect()), 0);
    });
}

#[test]
fn a_fetch_of_a_silent_session_times_out() {
    alone(|db| {
        let session = limited();
        create_people(&session);
        for name in ["Ada", "Bob", "Cid"] {
            insert(&session, name).unwrap();
        }
        let mut statement = session.statement("SELECT NAME FROM PEOPLE").fetch_array_size(2).build().unwrap();
        let mut rows = statement.query_as::<String>(&[]).unwrap();
        db.silence_session(1);
        assert!(rows.next().unwrap().is_ok() && rows.next().unwrap().is_ok());
        assert!(is_timeout(&rows.next().unwrap().unwrap_err()));
        assert_eq!(db.unanswered()[0].kind, Kind::Fetch);
    });
}

#[test]
fn a_session_without_a_timeout_waits_until_the_release() {
    alone(|db| {
        let (patient, other) = (autocommitting(), connect());
        create_people(&other);
        db.silence_session(1);
        let waiting = thread::spawn(move || insert(&patient, "Ada"));
        until_unanswered(db, 1);
        assert_eq!(count(&other), 0);
        assert!(!waiting.is_finished());
        db.release();
        waiting.join().unwrap().unwrap();
        assert_eq!(count(&other), 1);
    });
}

#[test]
fn silent_calls_are_those_of_every_session_and_logons_answer() {
    alone(|db| {
        let before = limited();
        db.silence_calls();
        let after = limited();
        for session in [before, after] {
            assert!(is_timeout(&session.ping().unwrap_err()));
        }
        db.release();
        limited().ping().unwrap();
    });
}

#[test]
fn silent_pings_leave_statements_alone() {
    alone(|db| {
        let session = limited();
        create_people(&session);
        db.silence_pings();
        assert_eq!(count(&session), 0);
        assert!(is_timeout(&session.ping().unwrap_err()));
        db.clear_faults();
        limited().ping().unwrap();
    });
}
