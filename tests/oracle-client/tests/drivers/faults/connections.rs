use crate::support::{alone, connect, oci_code, try_connect};

#[test]
fn connections_are_refused_with_oracle_s_text() {
    alone(|db| {
        for (code, text) in [
            (12541, "ORA-12541: TNS:no listener"),
            (
                12514,
                "ORA-12514: TNS:listener does not currently know of service requested in connect descriptor",
            ),
            (12528, "ORA-12528: TNS:listener: all appropriate instances are blocking new connections"),
            (1017, "ORA-01017: invalid username/password; logon denied"),
            (28000, "ORA-28000: The account is locked."),
        ] {
            db.refuse_connections(code);
            let error = try_connect().unwrap_err();
            assert_eq!(oci_code(&error), code);
            assert_eq!(error.db_error().unwrap().message(), text);
        }
        db.accept_connections();
        connect();
    });
}

#[test]
fn an_open_session_survives_a_listener_that_is_gone() {
    alone(|db| {
        let connection = connect();
        db.refuse_connections(12541);
        connection.ping().unwrap();
    });
}

#[test]
fn a_full_database_takes_no_more_sessions() {
    alone(|db| {
        db.fill_sessions(2);
        let (first, _second) = (connect(), connect());
        assert_eq!(oci_code(&try_connect().unwrap_err()), 18);
        drop(first);
        let _third = connect();
        db.kill_session(2);
        let _fourth = connect();
        db.fill_handlers(2);
        assert_eq!(oci_code(&try_connect().unwrap_err()), 12519);
        db.clear_faults();
        connect();
    });
}
