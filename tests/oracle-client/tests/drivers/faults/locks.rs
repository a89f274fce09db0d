//! A lock that somebody keeps: here the test's own process, as a session that is no client's.

use std::thread;
use std::time::{Duration, Instant};

use oracle_client_stand_in::StandIn;
use oracle_client_stand_in::database::Database;

use crate::support::{USER, alone, connect, create_people, insert, is_timeout, oci_code};

const LOCK: &str = "LOCK TABLE PEOPLE IN EXCLUSIVE MODE";

fn holder(db: &StandIn) -> Database {
    let mut holder = Database::open(&db.folder().join("STANDIN.sqlite"), USER).unwrap();
    holder.execute(&Database::prepare(LOCK), &[]).unwrap();
    holder
}

#[test]
fn a_lock_that_is_kept_is_waited_for_as_the_statement_and_the_call_timeout_say() {
    alone(|db| {
        let waiting = connect();
        create_people(&waiting);
        let mut holder = holder(db);
        let error_of = |sql: &str| oci_code(&waiting.execute(sql, &[]).unwrap_err());
        assert_eq!(error_of(&format!("{LOCK} NOWAIT")), 54);
        let since = Instant::now();
        assert_eq!(error_of(&format!("{LOCK} WAIT 1")), 30006);
        assert!(since.elapsed() >= Duration::from_secs(1));
        let timeout = Duration::from_millis(200);
        waiting.set_call_timeout(Some(timeout)).unwrap();
        let since = Instant::now();
        assert!(is_timeout(&waiting.execute(LOCK, &[]).unwrap_err()));
        assert!(since.elapsed() >= timeout && since.elapsed() < Duration::from_secs(10));
        assert!(is_timeout(&insert(&waiting, "Ada").unwrap_err()));
        holder.rollback().unwrap();
        // The break has reached the server: the session is as good as before.
        waiting.execute(LOCK, &[]).unwrap();
    });
}

#[test]
fn without_a_call_timeout_a_lock_is_waited_for_until_it_is_free() {
    alone(|db| {
        create_people(&connect());
        let mut holder = holder(db);
        let waiting = [LOCK, "INSERT INTO PEOPLE (NAME) VALUES ('Ada')"]
            .map(|sql| thread::spawn(move || connect().execute(sql, &[]).map(drop)));
        // Somebody else waits for a second meanwhile, and gives up.
        let error = connect().execute(&format!("{LOCK} WAIT 1"), &[]).unwrap_err();
        assert_eq!(oci_code(&error), 30006);
        assert!(waiting.iter().all(|waiting| !waiting.is_finished()));
        holder.commit().unwrap();
        for waiting in waiting {
            waiting.join().unwrap().unwrap();
        }
    });
}
