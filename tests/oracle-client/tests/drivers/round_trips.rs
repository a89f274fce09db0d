use std::time::Duration;

use oracle::Connection;
use oracle_client_stand_in::{Kind, StandIn};

use crate::support::{alone, connect, create_people, insert, trips_of};

const QUERY: &str = "SELECT NAME FROM PEOPLE ORDER BY NAME";

fn people(connection: &Connection, count: usize) {
    create_people(connection);
    for index in 0..count {
        insert(connection, &format!("{index:05}")).unwrap();
    }
    connection.commit().unwrap();
}

/// The trips of a query that reads everything.
fn query(db: &StandIn, connection: &Connection, prefetch: u32, array: u32) -> Vec<(Kind, u64)> {
    trips_of(db, || {
        let mut statement =
            connection.statement(QUERY).prefetch_rows(prefetch).fetch_array_size(array).build().unwrap();
        for name in statement.query_as::<String>(&[]).unwrap() {
            name.unwrap();
        }
    })
}

#[test]
fn a_query_with_fewer_rows_than_it_prefetches_is_one_trip() {
    alone(|db| {
        let connection = connect();
        people(&connection, 10);
        assert_eq!(query(db, &connection, 11, 10), [(Kind::Execute, 10)]);
        assert_eq!(query(db, &connection, 11, 3), [(Kind::Execute, 10)]);
    });
}

#[test]
fn a_query_with_as_many_rows_as_it_prefetches_must_ask_for_more() {
    alone(|db| {
        let connection = connect();
        people(&connection, 10);
        assert_eq!(query(db, &connection, 10, 100), [(Kind::Execute, 10), (Kind::Fetch, 0)]);
    });
}

#[test]
fn rows_beyond_the_prefetched_come_in_arrays() {
    alone(|db| {
        let connection = connect();
        people(&connection, 10);
        // Each fetch fills the array, and the first one has rows that the client has already.
        let trips = query(db, &connection, 2, 4);
        assert_eq!(trips, [(Kind::Execute, 2), (Kind::Fetch, 2), (Kind::Fetch, 4), (Kind::Fetch, 2)]);
        let trips = query(db, &connection, 2, 5);
        assert_eq!(trips, [(Kind::Execute, 2), (Kind::Fetch, 3), (Kind::Fetch, 5), (Kind::Fetch, 0)]);
        assert_eq!(query(db, &connection, 0, 100), [(Kind::Execute, 0), (Kind::Fetch, 10)]);
    });
}

#[test]
fn one_row_with_the_driver_s_defaults_is_one_trip() {
    alone(|db| {
        let connection = connect();
        let trips = trips_of(db, || {
            connection.query_row_as::<String>("SELECT 'OK' FROM DUAL", &[]).unwrap();
        });
        assert_eq!(trips, [(Kind::Execute, 1)]);
    });
}

#[test]
fn a_query_that_is_not_read_to_its_end_saves_the_trips() {
    alone(|db| {
        let connection = connect();
        people(&connection, 10);
        let trips = trips_of(db, || {
            connection.query_row_as::<String>(QUERY, &[]).unwrap();
        });
        assert_eq!(trips, [(Kind::Execute, 2)]);
    });
}

#[test]
fn what_the_client_knows_costs_nothing() {
    alone(|db| {
        let connection = connect();
        let trips = trips_of(db, || {
            connection.set_module("module").unwrap();
            connection.set_action("action").unwrap();
            connection.set_call_timeout(Some(Duration::from_secs(3))).unwrap();
            assert_eq!(connection.call_timeout().unwrap(), Some(Duration::from_secs(3)));
            connection.set_stmt_cache_size(50).unwrap();
            connection.status().unwrap();
            connection.statement("SELECT 1 FROM DUAL").build().unwrap();
        });
        assert!(trips.is_empty(), "{trips:?}");
    });
}

#[test]
fn ping_commit_and_rollback_are_a_trip_each() {
    alone(|db| {
        let connection = connect();
        let trips = trips_of(db, || {
            connection.ping().unwrap();
            connection.commit().unwrap();
            connection.rollback().unwrap();
        });
        assert_eq!(trips, [(Kind::Ping, 0), (Kind::Commit, 0), (Kind::Rollback, 0)]);
    });
}

#[test]
fn the_server_s_banner_is_a_trip_once() {
    alone(|db| {
        let connection = connect();
        let trips = trips_of(db, || {
            connection.server_version().unwrap();
            connection.server_version().unwrap();
        });
        assert_eq!(trips, [(Kind::Execute, 0)]);
    });
}

#[test]
fn the_log_tells_session_and_statement() {
    alone(|db| {
        let connection = connect();
        create_people(&connection);
        db.clear_trips();
        connection.execute("UPDATE PEOPLE\n   SET AGE = 1\n", &[]).unwrap();
        let trip = db.trips().remove(0);
        assert_eq!((trip.session, trip.statement.as_str()), (1, "UPDATE PEOPLE SET AGE = 1"));
        let log = std::fs::read_to_string(db.folder().join("trips.log")).unwrap();
        assert_eq!(log, "1\texecute\t0\tUPDATE PEOPLE SET AGE = 1\n");
    });
}

#[test]
fn a_statement_runs_again_from_the_cache() {
    alone(|db| {
        let connection = connect();
        people(&connection, 3);
        for _ in 0..3 {
            assert_eq!(query(db, &connection, 10, 10), [(Kind::Execute, 3)]);
        }
        // The same statement object, twice: its defines serve both.
        let mut statement = connection.statement(QUERY).build().unwrap();
        for _ in 0..2 {
            let names: Vec<String> = statement.query_as(&[]).unwrap().map(|name| name.unwrap()).collect();
            assert_eq!(names, ["00000", "00001", "00002"]);
        }
    });
}
