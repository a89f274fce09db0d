//! What operators see of the Oracle engine: round trips, errors by request id, what a check finds.

use std::path::Path;
use std::process::Command;

use super::OnOracle;
use crate::api::support::database::{Database, StandInOracle, event_row};
use crate::api::support::{TEST_KEY, bearer};
use crate::api::watch::{line_of, lines_of};

#[test]
fn the_round_trips_of_a_line_are_those_that_were_made() {
    let on = OnOracle::start(&[("LOG_FORMAT", "json")]);
    let user = on.new_user("john@example.com");
    let authorization = bearer(user);
    for total in [0, 100, 101, 249, 250, 600] {
        let present = on.list_events(user).json().as_array().unwrap().len();
        let rows: Vec<_> = (present..total).map(|index| event_row(user, &index.to_string())).collect();
        on.database.execute_all(&rows);
        on.trips();
        let id = format!("list-{total}");
        let headers = [("Authorization", authorization.as_str()), ("X-Request-Id", &id)];
        assert_eq!(on.send("GET", "/api/calendar/events", &headers, b"").status, 200);
        let made = on.trips().len() as u64;
        assert_eq!(line_of(&on, &id)["db_trips"].as_u64(), Some(made), "{total} events");
    }
    let body = br#"{"email": "john@example.com", "password": "password", "confirm_password": "password"}"#;
    assert_eq!(on.send("POST", "/api/users/register", &[("X-Request-Id", "again")], body).status, 400);
    assert_eq!((on.trips().len(), line_of(&on, "again")["db_trips"].as_u64()), (2, Some(2)));
}

#[test]
fn a_500_is_found_by_its_request_id() {
    let on = OnOracle::start(&[("LOG_FORMAT", "json")]);
    on.client.fail_statement(1, 942);
    let authorization = bearer(1);
    let headers = [("Authorization", authorization.as_str()), ("X-Request-Id", "broken-1")];
    let reply = on.send("GET", "/api/calendar/events", &headers, b"");
    reply.is_error(500, &[("server", "Internal server error")]);
    assert_eq!(reply.header("x-request-id").as_deref(), Some("broken-1"));
    let lines = lines_of(&on, "broken-1");
    let error = lines.iter().find(|line| line["level"] == "ERROR").unwrap();
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("GET /api/calendar/events: ") && message.contains("ORA-00942"), "{message}");
    assert_eq!(line_of(&on, "broken-1")["status"].as_u64(), Some(500));
}

#[test]
fn a_database_that_is_away_shows_in_the_metrics() {
    let on = OnOracle::prepared(|oracle| oracle.client.refuse_connections(12541), &[]);
    assert_eq!(on.get("/api/db-ping").status, 503);
    let metrics = on.get("/metrics").body;
    let away = metrics.lines().find(|line| line.starts_with(r#"persony_pool_errors_total{reason="away"}"#));
    assert!(away.is_some_and(|line| !line.ends_with(" 0")), "{metrics}");
    assert!(metrics.contains("persony_pool_connections_max 5\n"), "{metrics}");
}

/// What `persony check` says of this database: how it ends, its verdicts, and its log.
pub fn check(
    oracle: &StandInOracle,
    folder: &Path,
    variables: &[(&str, &str)],
) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_persony"));
    command.arg("check").current_dir(folder).env_clear().env("JWT_SECRET_KEY", TEST_KEY);
    let output = command.envs(oracle.variables()).envs(variables.iter().copied()).output().unwrap();
    let [verdicts, log] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(!verdicts.contains("a-test-password") && !log.contains("a-test-password"), "{verdicts}{log}");
    (output.status.code(), verdicts, log)
}

#[test]
fn a_check_tells_what_keeps_sessions_from_opening_and_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let oracle = StandInOracle::new(folder.path());
    oracle.client.refuse_connections(1017);
    let (code, verdicts, _) = check(&oracle, folder.path(), &[]);
    assert_eq!(code, Some(1), "{verdicts}");
    assert!(verdicts.contains("connection: FAILED: ") && verdicts.contains("ORA-01017"), "{verdicts}");
}

#[test]
fn a_check_tells_what_somebody_should_see_to() {
    let folder = tempfile::tempdir().unwrap();
    let oracle = StandInOracle::new(folder.path());
    let (code, verdicts, _) = check(&oracle, folder.path(), &[]);
    assert!(code == Some(0) && !verdicts.contains("caution"), "{verdicts}");
    oracle.client.expire_password_in(5);
    oracle.client.set_character_set("WE8ISO8859P15");
    let (code, verdicts, _) = check(&oracle, folder.path(), &[]);
    assert_eq!(code, Some(0), "{verdicts}");
    for caution in [
        "caution: ORA-28002: the password will expire within 5 days",
        "caution: the database's character set is WE8ISO8859P15",
    ] {
        assert!(verdicts.contains(caution), "{verdicts}");
    }
}

#[test]
fn what_somebody_should_see_to_is_told_once_however_many_sessions_open() {
    let caution = |oracle: &StandInOracle| {
        oracle.client.expire_password_in(5);
        oracle.client.set_character_set("WE8ISO8859P15");
    };
    let on = OnOracle::prepared(caution, &[("ORACLE_MIN_CONN", "4")]);
    on.list_events(1).is(200, "[]");
    on.settle(4);
    let log = on.program.log();
    let warnings: Vec<_> = log.lines().filter(|line| line.contains(" WARN ")).collect();
    assert_eq!(warnings.len(), 2, "{log}");
    assert!(log.contains("ORA-28002: the password will expire within 5 days. Change it"), "{log}");
    assert!(log.contains("the database's character set is WE8ISO8859P15, not AL32UTF8"), "{log}");
}

#[test]
fn an_account_that_may_not_see_the_character_set_serves() {
    let hide = |oracle: &StandInOracle| oracle.client.fail_statements_like("NLS_DATABASE_PARAMETERS", 942);
    let on = OnOracle::prepared(hide, &[]);
    on.list_events(1).is(200, "[]");
    assert!(!on.program.log().contains("NLS_DATABASE_PARAMETERS"), "{}", on.program.log());
}
