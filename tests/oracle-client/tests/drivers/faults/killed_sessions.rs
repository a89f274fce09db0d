use std::env;
use std::process::Command;
use std::thread;
use std::time::Duration;

use oracle::ConnStatus;
use oracle_client_stand_in::{KillPoint, Kind};

use crate::support::{alone, autocommitting, connect, count, create_people, insert, is_dead, trips_of};

#[test]
fn a_killed_session_comes_back_as_a_dead_connection() {
    alone(|db| {
        let connection = connect();
        assert_eq!(connection.status().unwrap(), ConnStatus::Normal);
        db.kill_sessions();
        assert!(db.sessions().is_empty());
        let error = connection.ping().unwrap_err();
        assert!(is_dead(&error), "{error:?}");
        assert!(!error.db_error().unwrap().is_recoverable());
        assert_eq!(connection.status().unwrap(), ConnStatus::Closed);
        // Afterwards ODPI-C answers by itself.
        assert_eq!(connection.ping().unwrap_err().dpi_code(), Some(1010));
        let trips = trips_of(db, || drop(connection));
        assert!(trips.is_empty(), "{trips:?}");
        connect().ping().unwrap();
    });
}

#[test]
fn one_session_can_be_killed() {
    alone(|db| {
        let (first, second) = (connect(), connect());
        db.kill_session(1);
        assert_eq!(db.sessions(), [2]);
        second.ping().unwrap();
        assert!(is_dead(&first.ping().unwrap_err()));
    });
}

#[test]
fn a_killed_session_lets_go_of_its_locks_at_once() {
    alone(|db| {
        let (victim, other) = (connect(), connect());
        create_people(&other);
        insert(&victim, "Ada").unwrap();
        db.kill_session(1);
        insert(&other, "Ada").unwrap();
        other.commit().unwrap();
        assert!(is_dead(&victim.commit().unwrap_err()));
        assert_eq!(count(&other), 1);
    });
}

#[test]
fn a_session_that_waits_for_a_killed_one_goes_on() {
    alone(|db| {
        let victim = connect();
        create_people(&victim);
        insert(&victim, "Ada").unwrap();
        let waiting = thread::spawn(|| insert(&connect(), "Ada"));
        thread::sleep(Duration::from_millis(100));
        db.kill_session(1);
        waiting.join().unwrap().unwrap();
    });
}

#[test]
fn a_session_that_dies_between_rows_fails_at_the_next_trip() {
    alone(|db| {
        let connection = connect();
        create_people(&connection);
        for name in ["Ada", "Bob", "Cid"] {
            insert(&connection, name).unwrap();
        }
        let mut statement =
            connection.statement("SELECT NAME FROM PEOPLE").fetch_array_size(2).build().unwrap();
        let mut rows = statement.query_as::<String>(&[]).unwrap();
        db.kill_sessions();
        // Two rows came with the execution.
        assert!(rows.next().unwrap().is_ok());
        assert!(rows.next().unwrap().is_ok());
        assert!(is_dead(&rows.next().unwrap().unwrap_err()));
    });
}

#[test]
fn a_session_that_dies_before_the_effect_changes_nothing() {
    alone(|db| {
        let (victim, other) = (autocommitting(), connect());
        create_people(&other);
        db.kill_in_statement(KillPoint::BeforeEffect);
        assert!(is_dead(&insert(&victim, "Ada").unwrap_err()));
        assert_eq!(count(&other), 0);
        assert_eq!(db.sessions(), [2]);
    });
}

#[test]
fn a_session_that_dies_after_the_effect_has_committed() {
    alone(|db| {
        let (victim, other) = (autocommitting(), connect());
        create_people(&other);
        db.kill_in_statement(KillPoint::AfterEffect);
        let trips = trips_of(db, || assert!(is_dead(&insert(&victim, "Ada").unwrap_err())));
        assert_eq!(trips, [(Kind::ExecuteCommit, 0)]);
        assert_eq!(count(&other), 1);
    });
}

#[test]
fn the_statement_in_which_a_session_dies_is_counted() {
    alone(|db| {
        let (victim, other) = (autocommitting(), connect());
        create_people(&other);
        db.kill_in_nth_statement(3, KillPoint::AfterEffect);
        insert(&victim, "Ada").unwrap();
        insert(&victim, "Bob").unwrap();
        assert!(is_dead(&insert(&victim, "Cid").unwrap_err()));
        assert_eq!(count(&other), 3);
    });
}

#[test]
fn a_session_that_dies_in_a_transaction_takes_it_along() {
    alone(|db| {
        let (victim, other) = (connect(), connect());
        create_people(&other);
        insert(&victim, "Ada").unwrap();
        db.kill_in_statement(KillPoint::AfterEffect);
        assert!(is_dead(&insert(&victim, "Bob").unwrap_err()));
        assert_eq!(count(&other), 0);
    });
}

#[test]
fn a_session_of_another_process_is_killed() {
    const VICTIM: &str = "ORACLE_STAND_IN_TEST_VICTIM";
    alone(|db| {
        if env::var_os(VICTIM).is_some() {
            let connection = connect();
            let mut deaths = (0..10_000).filter_map(|_| {
                thread::sleep(Duration::from_millis(5));
                connection.ping().err()
            });
            return assert!(is_dead(&deaths.next().expect("somebody kills this session")));
        }
        let arguments: Vec<_> = env::args_os().collect();
        let mut victim = Command::new(&arguments[0]).args(&arguments[1..]).env(VICTIM, "1").spawn().unwrap();
        while db.sessions().is_empty() {
            assert!(victim.try_wait().unwrap().is_none());
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(db.session_attributes(1).unwrap().process, victim.id());
        db.kill_sessions();
        assert!(victim.wait().unwrap().success());
    });
}
