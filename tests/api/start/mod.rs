mod check;

use std::net::TcpListener;
use std::sync::Arc;

use crate::api::support::database::Embedded;
use crate::api::support::{App, Program, TEST_KEY};

/// What the program says when it ends over these variables, with exit code 1.
fn refusal(variables: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let (log, status) = Program::start(folder.path(), &variables).end();
    assert_eq!(status.code(), Some(1), "{log}");
    assert!(!log.contains("panicked"), "{log}");
    log
}

#[test]
fn a_configuration_that_does_not_hold_stops_the_start_and_is_named() {
    for (variables, message) in [
        (
            &[("PASSWORD_MIN_LENGTH", "eight")][..],
            "PASSWORD_MIN_LENGTH: expected a whole number, not \"eight\"",
        ),
        (&[("ROCKET_PORT", "http")], "ROCKET_PORT: "),
        (&[("JWT_SECRET_KEY", "too short")], "JWT_SECRET_KEY: has 9 bytes and needs at least 32"),
        (
            &[("JWT_SECRET_KEY", "your-secret-key-change-in-production")],
            "JWT_SECRET_KEY: is a placeholder that anybody can look up",
        ),
        (&[("ORACLE_DSN", "localhost/XEPDB1")], "ORACLE_USER and ORACLE_PASSWORD: not set"),
        (
            &[("ORACLE_DSN", "localhost/XEPDB1"), ("ORACLE_USER", "u"), ("ORACLE_PASSWORD", "p")],
            "JWT_SECRET_KEY: not set. On Oracle every instance must sign with the same key",
        ),
        (&[("EMBEDDED_DB_PATH", "no/such/folder/persony.db")], "no/such/folder"),
    ] {
        let log = refusal(variables);
        assert_eq!(log.matches("Persony cannot start: ").count(), 1, "{log}");
        assert!(log.contains(message), "{log}");
    }
}

#[test]
fn an_unknown_key_in_rocket_toml_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Rocket.toml"), "[default.persony]\npassword_minimum = 9\n").unwrap();
    let (log, status) = Program::start(folder.path(), &[]).end();
    assert_eq!(status.code(), Some(1));
    assert!(log.contains("password_minimum: no such key in Persony's table"), "{log}");
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let log = refusal(&[("ROCKET_PORT", &port.to_string())]);
    assert!(log.contains(&format!("Persony cannot listen on port {port}: ")), "{log}");
    assert!(log.contains("Is another server running?"), "{log}");
}

#[test]
fn a_dotenv_file_configures_the_server() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    std::fs::write(folder.path().join(".env"), "# the shortest password\nPASSWORD_MIN_LENGTH=12\n").unwrap();
    let app = App::start_in(folder, &[]);
    app.register("john@example.com", "password")
        .is_error(400, &[("password", "Must have at least 12 characters")]);
}

#[test]
fn without_an_oracle_client_the_server_stays_up_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("no-client-here");
    std::fs::create_dir(&empty).unwrap();
    let folder = Arc::new(folder);
    let database = Arc::new(Embedded::new(folder.path()));
    let app = App::on(
        database,
        Arc::clone(&folder),
        &[
            ("ORACLE_DSN", "localhost:1521/XEPDB1"),
            ("ORACLE_USER", "persony"),
            ("ORACLE_PASSWORD", "tiger-in-the-tank"),
            ("ORACLE_CLIENT_LIB_DIR", empty.to_str().unwrap()),
            ("ORACLE_POOL_TIMEOUT", "2"),
        ],
    );
    app.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
    let unavailable = [("database", "The database is not available, please try again shortly")];
    for reply in [app.get("/api/db-ping"), app.list_events(1), app.log_in("john@example.com", "password")] {
        reply.is_error(503, &unavailable);
        assert_eq!(reply.header("retry-after").as_deref(), Some("2"));
    }
    let log = app.program.log();
    let told: Vec<_> = log.lines().filter(|line| line.contains("ERROR")).collect();
    assert_eq!(told.len(), 1, "once, however many requests fail:\n{log}");
    assert!(told[0].contains("DPI-1047") && told[0].contains("install Oracle Instant Client"), "{log}");
    assert!(told[0].contains("ORACLE_CLIENT_LIB_DIR"), "{log}");
    assert!(!log.contains("tiger-in-the-tank") && !log.contains(TEST_KEY), "{log}");
}

#[test]
fn several_instances_share_one_database() {
    let first = App::start();
    let second = first.again();
    let user = first.new_user("john@example.com");
    let token =
        second.log_in("john@example.com", "password").json()["access_token"].as_str().unwrap().to_owned();
    second.new_event(user, "made by the second", "2025-12-06");
    let reply =
        first.send("GET", "/api/calendar/events", &[("Authorization", &format!("Bearer {token}"))], b"");
    assert_eq!(reply.json()[0]["title"], "made by the second");
}

#[test]
fn the_first_line_says_what_runs_and_what_is_insecure() {
    let folder = tempfile::tempdir().unwrap();
    for (variables, end) in [
        (
            &[("ROCKET_PROFILE", "debug")][..],
            "persony.db; profile debug; insecure: the debug profile, a signing key that it made by itself",
        ),
        (&[("ROCKET_PROFILE", "release"), ("JWT_SECRET_KEY", TEST_KEY)], "persony.db; profile release"),
        (
            &[
                ("ROCKET_PROFILE", "release"),
                ("JWT_SECRET_KEY", TEST_KEY),
                ("CORS_ORIGINS", "*"),
                ("ROCKET_ADDRESS", "0.0.0.0"),
                ("RATE_LIMIT_ENABLED", "false"),
            ],
            "insecure: CORS_ORIGINS is *, RATE_LIMIT_ENABLED is false, no TLS on an address that others can reach",
        ),
    ] {
        let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let program = Program::start(folder.path(), &variables);
        program.base();
        let log = program.log();
        let first = log.lines().find(|line| line.contains("listens on")).unwrap();
        assert!(first.contains("; its database is the embedded engine, ") && first.ends_with(end), "{log}");
    }
}
