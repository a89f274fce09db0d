use std::env;
use std::process::Command;

use oracle_client_stand_in::Kind;

use crate::support::{alone, autocommitting, connect, count, create_people, insert, oci_code, trips_of};

#[test]
fn a_commit_shows_the_rows_to_others() {
    alone(|_| {
        let (writer, reader) = (connect(), connect());
        create_people(&writer);
        insert(&writer, "Ada").unwrap();
        assert_eq!((count(&writer), count(&reader)), (1, 0));
        writer.commit().unwrap();
        assert_eq!(count(&reader), 1);
    });
}

#[test]
fn a_rollback_takes_the_rows_back() {
    alone(|_| {
        let connection = connect();
        create_people(&connection);
        insert(&connection, "Ada").unwrap();
        connection.rollback().unwrap();
        assert_eq!(count(&connection), 0);
    });
}

#[test]
fn autocommit_rides_along() {
    alone(|db| {
        let (writer, reader) = (autocommitting(), connect());
        create_people(&writer);
        let trips = trips_of(db, || insert(&writer, "Ada").unwrap());
        assert_eq!(trips, [(Kind::ExecuteCommit, 1)]);
        assert_eq!(count(&reader), 1);
    });
}

#[test]
fn a_dropped_connection_rolls_back() {
    alone(|db| {
        let reader = connect();
        create_people(&reader);
        let writer = connect();
        insert(&writer, "Ada").unwrap();
        let trips = trips_of(db, || drop(writer));
        // ODPI-C knows without asking that a transaction is open, and ends it.
        assert_eq!(trips, [(Kind::Rollback, 0), (Kind::Close, 0)]);
        assert_eq!(count(&reader), 0);
        insert(&reader, "Ada").unwrap();
    });
}

#[test]
fn a_process_that_dies_rolls_back() {
    const DYING: &str = "ORACLE_STAND_IN_TEST_DIES";
    alone(|db| {
        if env::var_os(DYING).is_some() {
            let connection = connect();
            insert(&connection, "Ada").unwrap();
            std::process::abort();
        }
        let reader = connect();
        create_people(&reader);
        let arguments: Vec<_> = env::args_os().collect();
        let died = Command::new(&arguments[0]).args(&arguments[1..]).env(DYING, "1").output().unwrap();
        assert!(!died.status.success());
        assert_eq!(db.sessions(), [1]);
        assert_eq!(count(&reader), 0);
        insert(&reader, "Ada").unwrap();
    });
}

#[test]
fn a_failed_statement_leaves_the_rest_of_the_transaction() {
    alone(|_| {
        let connection = connect();
        create_people(&connection);
        insert(&connection, "Ada").unwrap();
        assert_eq!(oci_code(&insert(&connection, "Ada").unwrap_err()), 1);
        insert(&connection, "Bob").unwrap();
        connection.commit().unwrap();
        assert_eq!(count(&connection), 2);
    });
}

#[test]
fn array_dml_stops_at_the_row_that_fails_and_keeps_those_before() {
    alone(|_| {
        let connection = connect();
        create_people(&connection);
        let mut batch = connection.batch("INSERT INTO PEOPLE (NAME) VALUES (:1)", 10).build().unwrap();
        for name in ["Ada", "Bob", "Ada", "Cid"] {
            batch.append_row(&[&name]).unwrap();
        }
        assert_eq!(oci_code(&batch.execute().unwrap_err()), 1);
        assert_eq!(count(&connection), 2);
    });
}
