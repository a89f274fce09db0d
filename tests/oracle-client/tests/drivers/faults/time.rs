use std::thread;
use std::time::{Duration, Instant};

use crate::support::{alone, autocommitting, connect, count, create_people, insert, is_dead, is_timeout};

const HOLD: Duration = Duration::from_millis(300);

#[test]
fn answers_are_held() {
    alone(|db| {
        let connection = connect();
        db.hold(HOLD);
        let since = Instant::now();
        connection.ping().unwrap();
        assert!(since.elapsed() >= HOLD);
        db.release();
        let since = Instant::now();
        connection.ping().unwrap();
        assert!(since.elapsed() < HOLD);
    });
}

#[test]
fn a_release_frees_an_answer_that_is_held() {
    alone(|db| {
        let connection = connect();
        db.hold(Duration::from_secs(60));
        let releaser = db.clone();
        let helper = thread::spawn(move || {
            thread::sleep(HOLD);
            releaser.release();
        });
        let since = Instant::now();
        connection.ping().unwrap();
        assert!(since.elapsed() >= HOLD && since.elapsed() < Duration::from_secs(30));
        helper.join().unwrap();
    });
}

#[test]
fn a_held_session_can_be_killed() {
    alone(|db| {
        let connection = connect();
        db.hold(Duration::from_secs(60));
        let killer = db.clone();
        let helper = thread::spawn(move || {
            thread::sleep(HOLD);
            killer.kill_sessions();
        });
        assert!(is_dead(&connection.ping().unwrap_err()));
        helper.join().unwrap();
    });
}

#[test]
fn a_call_times_out_after_its_timeout_and_the_write_has_happened() {
    alone(|db| {
        let (writer, other) = (autocommitting(), connect());
        create_people(&other);
        writer.set_call_timeout(Some(HOLD)).unwrap();
        db.hold(Duration::from_secs(60));
        let since = Instant::now();
        let error = insert(&writer, "Ada").unwrap_err();
        assert!(is_timeout(&error), "{error:?}");
        assert!(since.elapsed() >= HOLD && since.elapsed() < Duration::from_secs(30));
        db.release();
        assert_eq!(count(&other), 1);
        writer.ping().unwrap();
    });
}

#[test]
fn a_hold_shorter_than_the_timeout_only_takes_time() {
    alone(|db| {
        let connection = connect();
        connection.set_call_timeout(Some(Duration::from_secs(30))).unwrap();
        db.hold(HOLD);
        connection.ping().unwrap();
    });
}

#[test]
fn calls_time_out_on_demand_and_change_nothing() {
    alone(|db| {
        let (limited, other) = (autocommitting(), connect());
        create_people(&other);
        limited.set_call_timeout(Some(Duration::from_secs(30))).unwrap();
        db.time_out_calls();
        let since = Instant::now();
        assert!(is_timeout(&insert(&limited, "Ada").unwrap_err()));
        assert!(since.elapsed() < Duration::from_secs(10));
        // A session without a timeout waits for ever, which here means for the answer.
        assert_eq!(count(&other), 0);
        db.release();
        insert(&limited, "Ada").unwrap();
    });
}

#[test]
fn a_call_that_waits_for_a_lock_times_out() {
    alone(|_| {
        let (owner, waiting) = (connect(), connect());
        create_people(&owner);
        waiting.set_call_timeout(Some(HOLD)).unwrap();
        insert(&owner, "Ada").unwrap();
        for lock in ["INSERT INTO PEOPLE (NAME) VALUES ('Bob')", "LOCK TABLE PEOPLE IN EXCLUSIVE MODE"] {
            let since = Instant::now();
            let error = waiting.execute(lock, &[]).unwrap_err();
            assert!(is_timeout(&error), "{error:?}");
            assert!(since.elapsed() >= HOLD && since.elapsed() < Duration::from_secs(10));
        }
        owner.commit().unwrap();
        insert(&waiting, "Bob").unwrap();
        waiting.commit().unwrap();
        assert_eq!(count(&owner), 2);
    });
}
