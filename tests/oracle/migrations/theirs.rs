//! Tables that others made: taken where they can serve, refused before anything is made beside
//! them where they cannot.

use super::account::{Account, contents};
use super::{OnOracle, TABLES, documented_schema, persony};
use crate::api::support::database::{Database, StandInOracle};

/// What the program says of an account that it refuses, and changes nothing in.
fn refusal(tables: &[String]) -> String {
    let account = Account::new(|oracle| oracle.execute_all(tables));
    let before = account.oracle.texts(TABLES);
    let failed = persony(&account.oracle, &["migrate"], &[]);
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    assert_eq!(account.oracle.texts(TABLES), before);
    let said = String::from_utf8(failed.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

/// The documented USERS with one column more.
fn users_with(column: &str) -> String {
    documented_schema()[0].replacen("NAME VARCHAR2(255),", &format!("NAME VARCHAR2(255), {column},"), 1)
}

#[test]
fn somebody_elses_users_is_refused_before_anything_is_made_beside_it() {
    let theirs = "CREATE TABLE USERS (ID NUMBER, EMAIL VARCHAR2(99), NICKNAME VARCHAR2(10))".to_owned();
    let said = refusal(&[theirs]);
    assert!(said.contains("USERS has no column PASSWORD_HASH, NAME, CREATED_AT (ORA-00904)"), "{said}");
    assert!(said.contains("Give Persony an account"), "{said}");
    let said = refusal(&[users_with("TENANT NUMBER NOT NULL")]);
    assert!(said.contains("USERS has a column TENANT that must be given a value"), "{said}");
    let said = refusal(&["CREATE TABLE LOGIN_FAILURES (ID NUMBER)".to_owned()]);
    assert!(said.contains("LOGIN_FAILURES has no column EMAIL_SHA256, FAILURES, FAILED_AT"), "{said}");
    let both = ["CREATE TABLE USERS (ID NUMBER)".into(), "CREATE TABLE CALENDAR_EVENTS (ID NUMBER)".into()];
    let said = refusal(&both);
    assert!(said.contains("USERS has no") && said.contains("; CALENDAR_EVENTS has no"), "{said}");
}

#[test]
fn the_server_says_so_too_and_answers_503() {
    let tenants = |oracle: &StandInOracle| oracle.execute(&users_with("TENANT NUMBER NOT NULL"));
    let on = OnOracle::prepared(tenants, &[]);
    assert_eq!(on.register("john@example.com", "password").status, 503);
    let log = on.program.log();
    assert!(
        log.contains("the schema is not in order: ") && log.contains("USERS has a column TENANT"),
        "{log}"
    );
    assert_eq!(on.database.texts(TABLES), ["USERS"]);
    on.database.execute("ALTER TABLE USERS MODIFY (TENANT DEFAULT 1)");
    on.becomes_ready();
    on.new_user("john@example.com");
}

#[test]
fn a_column_of_theirs_that_may_be_left_out_does_not_matter() {
    for column in ["TENANT NUMBER", "TENANT NUMBER DEFAULT 7 NOT NULL"] {
        let users = users_with(column);
        let on = OnOracle::prepared(|oracle| oracle.execute(&users), &[]);
        on.becomes_ready();
        on.new_user("john@example.com");
    }
}

#[test]
fn users_without_events_is_taken_and_the_rest_is_made() {
    let rows = "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('flask@example.com', 'x')";
    let users = |oracle: &StandInOracle| oracle.execute_all(&[documented_schema()[0].clone(), rows.into()]);
    let account = Account::new(users);
    assert!(persony(&account.oracle, &["migrate"], &[]).status.success());
    let empty = Account::new(|_| ());
    assert!(persony(&empty.oracle, &["migrate"], &[]).status.success());
    assert_eq!(contents(&account.oracle), contents(&empty.oracle));
    assert_eq!(account.oracle.texts("SELECT EMAIL FROM USERS"), ["flask@example.com"]);
    let made = account.oracle.client.trips();
    assert!(!made.iter().any(|trip| trip.statement.starts_with("CREATE TABLE USERS")), "{made:#?}");
}

#[test]
fn a_table_that_was_made_and_is_gone_is_named_rather_than_made_anew() {
    let account = Account::new(|_| ());
    assert!(persony(&account.oracle, &["migrate"], &[]).status.success());
    account.oracle.execute("DROP TABLE LOGIN_FAILURES");
    let failed = persony(&account.oracle, &["migrate"], &[]);
    let said = String::from_utf8(failed.stderr).unwrap();
    assert_eq!(failed.status.code(), Some(1), "{said}");
    let named = "LOGIN_FAILURES is not there, or may not be read, though migration 2 is recorded";
    assert!(said.contains(named), "{said}");
    // As it advises.
    account.oracle.execute("DELETE FROM PERSONY_MIGRATIONS WHERE MIGRATION = 2");
    assert!(persony(&account.oracle, &["migrate"], &[]).status.success());
}

/// Tables share their names with sequences and synonyms, which no query of columns finds.
#[test]
fn a_name_that_something_else_has_is_not_recorded_as_a_table() {
    let account = Account::new(|oracle| {
        oracle.client.fail_statements_like("CREATE TABLE LOGIN_FAILURES", 955);
    });
    let failed = persony(&account.oracle, &["migrate"], &[]);
    let said = String::from_utf8(failed.stderr).unwrap();
    assert_eq!(failed.status.code(), Some(1), "{said}");
    let named = "migration 2 (login failures), step 1, CREATE TABLE LOGIN_FAILURES: OCI Error: ORA-00955";
    assert!(said.contains(named) && said.contains("cannot serve: OCI Error: ORA-00942"), "{said}");
    let recorded = "SELECT COUNT(*) FROM PERSONY_MIGRATIONS WHERE MIGRATION = 2";
    assert_eq!(account.oracle.texts(recorded), ["0"]);
    account.oracle.client.clear_faults();
    assert!(persony(&account.oracle, &["migrate"], &[]).status.success());
}
