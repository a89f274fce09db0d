use oracle::{Connection, Connector};
use oracle_client_stand_in::{Kind, StandIn};

use crate::support::{CONNECT_STRING, PASSWORD, USER, alone, connect, oci_code, trips_of, try_connect};

#[test]
fn a_connection_answers() {
    alone(|_| {
        let connection = connect();
        let answer: String = connection.query_row_as("SELECT 'OK' FROM DUAL", &[]).unwrap();
        assert_eq!(answer, "OK");
        connection.ping().unwrap();
        let (version, banner) = connection.server_version().unwrap();
        assert_eq!(version.major(), 21);
        assert!(banner.contains("stand-in"), "{banner}");
    });
}

#[test]
fn a_wrong_password_is_refused() {
    alone(|_| {
        let refused = Connection::connect(USER, "guess", CONNECT_STRING).unwrap_err();
        assert_eq!(oci_code(&refused), 1017);
        let unknown = Connection::connect("NOBODY", PASSWORD, CONNECT_STRING).unwrap_err();
        assert_eq!(oci_code(&unknown), 1017);
        let empty = Connection::connect(USER, "", CONNECT_STRING).unwrap_err();
        assert_eq!(oci_code(&empty), 1005);
        connect();
    });
}

#[test]
fn without_a_data_folder_nothing_resolves() {
    alone(|_| {
        // SAFETY: the only thread that reads the environment is this one.
        unsafe { std::env::remove_var(StandIn::VARIABLE) };
        let error = try_connect().unwrap_err();
        assert_eq!(oci_code(&error), 12154);
        assert!(error.to_string().contains(StandIn::VARIABLE), "{error}");
    });
}

#[test]
fn each_service_is_a_database_of_its_own() {
    alone(|db| {
        let one =
            Connection::connect(USER, PASSWORD, "tcps://db.example:1522/One?wallet_location=/w").unwrap();
        one.execute("CREATE TABLE T (N NUMBER)", &[]).unwrap();
        let two = Connection::connect(USER, PASSWORD, "db.example/two").unwrap();
        assert_eq!(oci_code(&two.query("SELECT N FROM T", &[]).err().unwrap()), 942);
        assert!(db.folder().join("ONE.sqlite").exists());
        assert!(db.folder().join("TWO.sqlite").exists());
    });
}

#[test]
fn a_session_is_listed_while_it_is_open() {
    alone(|db| {
        assert!(db.sessions().is_empty());
        let first = connect();
        let second = connect();
        assert_eq!(db.sessions(), [1, 2]);
        first.close().unwrap();
        assert_eq!(db.sessions(), [2]);
        drop(second);
        assert!(db.sessions().is_empty());
    });
}

#[test]
fn connecting_and_closing_are_round_trips() {
    alone(|db| {
        let trips = trips_of(db, || drop(connect()));
        assert_eq!(trips, [(Kind::Connect, 0), (Kind::Connect, 0), (Kind::Close, 0)]);
    });
}

#[test]
fn a_connection_class_takes_the_other_way_in() {
    alone(|db| {
        let mut connector = Connector::new(USER, PASSWORD, CONNECT_STRING);
        let connection = connector.connection_class("PERSONY").connect().unwrap();
        let answer: String = connection.query_row_as("SELECT 'OK' FROM DUAL", &[]).unwrap();
        assert_eq!(answer, "OK");
        let trips = trips_of(db, || drop(connection));
        assert_eq!(trips, [(Kind::Close, 0)]);
        assert!(db.sessions().is_empty());
    });
}
