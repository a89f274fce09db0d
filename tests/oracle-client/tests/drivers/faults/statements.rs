use oracle_client_stand_in::Kind;

use crate::support::{
    alone, autocommitting, connect, count, create_people, insert, is_dead, oci_code, trips_of,
};

#[test]
fn the_nth_statement_of_all_sessions_fails() {
    alone(|db| {
        let (first, second) = (connect(), connect());
        create_people(&first);
        db.fail_statement(3, 1653);
        assert_eq!(count(&first), 0);
        assert_eq!(count(&second), 0);
        assert_eq!(oci_code(&insert(&first, "Ada").unwrap_err()), 1653);
        insert(&first, "Ada").unwrap();
    });
}

#[test]
fn statements_fail_by_their_text() {
    alone(|db| {
        let connection = connect();
        create_people(&connection);
        db.fail_statements_like("insert  into people", 60);
        assert_eq!(count(&connection), 0);
        for _ in 0..2 {
            let error = insert(&connection, "Ada").unwrap_err();
            assert_eq!(oci_code(&error), 60);
            assert!(error.to_string().contains("deadlock detected while waiting for resource"));
        }
        db.clear_faults();
        insert(&connection, "Ada").unwrap();
    });
}

#[test]
fn an_error_that_ends_the_session_ends_it() {
    alone(|db| {
        let connection = connect();
        create_people(&connection);
        db.fail_statement(1, 28);
        assert!(is_dead(&insert(&connection, "Ada").unwrap_err()));
        assert!(db.sessions().is_empty());
    });
}

#[test]
fn a_session_that_is_logged_off_hears_why_and_is_dead_at_its_next_use() {
    alone(|db| {
        let connection = connect();
        create_people(&connection);
        insert(&connection, "Ada").unwrap();
        db.fail_statement(1, 2399);
        assert_eq!(oci_code(&insert(&connection, "Bob").unwrap_err()), 2399);
        assert_eq!(count(&connect()), 0);
        assert!(is_dead(&connection.ping().unwrap_err()));
    });
}

#[test]
fn a_commit_that_fails_rolls_back() {
    alone(|db| {
        let connection = connect();
        create_people(&connection);
        insert(&connection, "Ada").unwrap();
        db.fail_commit(2091);
        assert_eq!(oci_code(&connection.commit().unwrap_err()), 2091);
        assert_eq!(count(&connection), 0);
        insert(&connection, "Ada").unwrap();
        connection.commit().unwrap();
    });
}

#[test]
fn a_riding_commit_that_fails_rolls_back() {
    alone(|db| {
        let (writer, other) = (autocommitting(), connect());
        create_people(&other);
        db.fail_commit(2091);
        let trips = trips_of(db, || assert_eq!(oci_code(&insert(&writer, "Ada").unwrap_err()), 2091));
        assert_eq!(trips, [(Kind::ExecuteCommit, 0)]);
        assert_eq!(count(&other), 0);
        insert(&writer, "Ada").unwrap();
        assert_eq!(count(&other), 1);
    });
}
