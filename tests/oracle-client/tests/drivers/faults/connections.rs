use oracle::Connector;

use crate::support::{CONNECT_STRING, PASSWORD, USER, alone, connect, oci_code, try_connect};

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
            (28001, "ORA-28001: the password has expired"),
            (2399, "ORA-02399: exceeded maximum connect time, you are being logged off"),
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
fn a_connect_string_that_leads_nowhere_is_refused_with_oracle_s_text() {
    alone(|db| {
        for (code, text) in [
            (12261, "Syntax error in Easy Connect connection string"),
            (12262, "Could not resolve hostname"),
            (12263, "Failed to access tnsnames.ora in the directory configured as TNS admin"),
        ] {
            db.refuse_connections(code);
            let error = try_connect().unwrap_err();
            assert_eq!(oci_code(&error), code);
            assert!(error.to_string().contains(text), "{error}");
        }
    });
}

#[test]
fn a_logon_warns_that_the_password_expires() {
    alone(|db| {
        assert!(connect().last_warning().is_none());
        db.expire_password_in(7);
        let connection = connect();
        let warning = connection.last_warning().unwrap();
        assert_eq!(oci_code(&warning), 28002);
        assert_eq!(
            warning.db_error().unwrap().message(),
            "ORA-28002: the password will expire within 7 days"
        );
        // The session is as good as any.
        connection.ping().unwrap();
        connection.execute("CREATE TABLE T (N NUMBER)", &[]).unwrap();
        assert!(connection.last_warning().is_none());
        let classed =
            Connector::new(USER, PASSWORD, CONNECT_STRING).connection_class("PERSONY").connect().unwrap();
        assert_eq!(oci_code(&classed.last_warning().unwrap()), 28002);
        db.clear_faults();
        assert!(connect().last_warning().is_none());
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
