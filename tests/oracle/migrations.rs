//! The schema: made where it is missing, recognised where others made it, made once by many.

mod account;
mod by_hand;
mod failures;
mod lock;
mod looks;
mod theirs;
mod versions;

use std::process::{Command, Output};
use std::sync::Arc;

use oracle_client_stand_in::{Kind, StandIn};

use super::{OnOracle, any_oracle, on_any_oracle};
use crate::api::support::App;
use crate::api::support::database::{Database, StandInOracle};

/// Without those that older versions of Oracle name though they lie in the recycle bin.
const TABLES: &str =
    "SELECT TABLE_NAME FROM USER_TABLES WHERE TABLE_NAME NOT LIKE 'BIN$%' ORDER BY TABLE_NAME";

/// db/schema.sql as sqlplus would split it.
fn documented_schema() -> Vec<String> {
    split(include_str!("../../db/schema.sql"))
}

fn split(script: &str) -> Vec<String> {
    let lines = script.lines().filter(|line| !line.trim_start().starts_with("--"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let statements = text.split(";\n").map(|statement| statement.trim().trim_end_matches(';').to_owned());
    statements.filter(|statement| !statement.is_empty()).collect()
}

/// The newest migration of either engine.
const NEWEST: i64 = 10;

/// Each later migration that Oracle has, and its statements.
fn later_migrations() -> [(i64, Vec<String>); 8] {
    [
        (2, split(include_str!("../../db/migrations/0002_login_failures.oracle.sql"))),
        (3, split(include_str!("../../db/migrations/0003_jobs.oracle.sql"))),
        (5, split(include_str!("../../db/migrations/0005_profiles.oracle.sql"))),
        (6, split(include_str!("../../db/migrations/0006_sessions.oracle.sql"))),
        (7, split(include_str!("../../db/migrations/0007_audit_log.oracle.sql"))),
        (8, split(include_str!("../../db/migrations/0008_closed_accounts.oracle.sql"))),
        (9, split(include_str!("../../db/migrations/0009_calendars.oracle.sql"))),
        (10, split(include_str!("../../db/migrations/0010_shares.oracle.sql"))),
    ]
}

/// All steps that come after the documented schema, as `2.1`.
fn later_steps() -> Vec<String> {
    let of_one = |(number, statements): (i64, Vec<String>)| {
        (1..=statements.len()).map(move |step| format!("{number}.{step}"))
    };
    later_migrations().into_iter().flat_map(of_one).collect()
}

/// All steps.
fn all_steps() -> Vec<String> {
    let documented = (1..=documented_schema().len()).map(|step| format!("1.{step}"));
    documented.chain(later_steps()).collect()
}

/// How many steps there are.
fn steps() -> usize {
    all_steps().len()
}

/// The tables that stand beside the documented ones.
const BESIDE: [&str; 18] = [
    "AUDIT_LOG",
    "CALENDARS",
    "CALENDAR_CHANGES",
    "CALENDAR_LEDGERS",
    "CLOSED_ACCOUNTS",
    "EVENT_DETAILS",
    "EVENT_EXCEPTIONS",
    "EVENT_SERIES",
    "LOGIN_FAILURES",
    "PERSONY_DATABASE",
    "PERSONY_JOBS",
    "PERSONY_MIGRATIONS",
    "PERSONY_MIGRATION_LOCK",
    "REVOKED_TOKENS",
    "SHARES",
    "SHARE_OFFERS",
    "USER_PROFILES",
    "USER_SESSIONS",
];

/// The indexes that later migrations put on documented tables: for ranges, by start and by length; for finding
/// people, by the beginnings of names and addresses.
const ADDED: [&str; 8] = [
    "IDX_CAL_EVENTS_USER_LENGTH NONUNIQUE SYS_NC$",
    "IDX_CAL_EVENTS_USER_LENGTH NONUNIQUE USER_ID",
    "IDX_CAL_EVENTS_USER_START NONUNIQUE ID",
    "IDX_CAL_EVENTS_USER_START NONUNIQUE SYS_NC$",
    "IDX_CAL_EVENTS_USER_START NONUNIQUE SYS_NC$",
    "IDX_CAL_EVENTS_USER_START NONUNIQUE USER_ID",
    "IDX_USERS_LOWER_EMAIL NONUNIQUE SYS_NC$",
    "IDX_USERS_LOWER_NAME NONUNIQUE SYS_NC$",
];

/// What the dictionary says of the documented tables. USER_TAB_COLUMNS leaves hidden columns out; the
/// number in the name of one, which an index shows, counts all that the table ever had, and is left out.
fn dictionary(database: &dyn Database) -> Vec<String> {
    let of_ours = "TABLE_NAME IN ('USERS', 'CALENDAR_EVENTS')";
    [
        format!(
            "SELECT TABLE_NAME || '.' || COLUMN_NAME || ' ' || DATA_TYPE || ' ' || DATA_LENGTH || ' ' || DATA_PRECISION \
             || ' ' || NULLABLE || ' ' || IDENTITY_COLUMN FROM USER_TAB_COLUMNS WHERE {of_ours} \
             ORDER BY TABLE_NAME, COLUMN_ID"
        ),
        format!(
            "SELECT TABLE_NAME || ' ' || CONSTRAINT_TYPE FROM USER_CONSTRAINTS WHERE {of_ours} \
             ORDER BY TABLE_NAME, CONSTRAINT_TYPE"
        ),
        format!(
            "SELECT I.INDEX_NAME || ' ' || I.UNIQUENESS || ' ' || C.COLUMN_NAME FROM USER_INDEXES I \
             JOIN USER_IND_COLUMNS C ON C.INDEX_NAME = I.INDEX_NAME \
             WHERE I.{of_ours} AND I.INDEX_NAME LIKE 'IDX%' ORDER BY I.INDEX_NAME"
        ),
    ]
    .iter()
    .flat_map(|sql| database.texts(sql))
    .map(|text| match text.split_once("SYS_NC") {
        Some((index, number)) => format!("{index}SYS_NC{}", number.trim_start_matches(char::is_numeric)),
        None => text,
    })
    .collect()
}

#[test]
fn the_documented_schema_runs_through_and_makes_all_that_is_documented() {
    let folder = tempfile::tempdir().unwrap();
    let oracle = any_oracle(&folder);
    oracle.execute_all(&documented_schema());
    let timestamp = "TIMESTAMP(6) WITH TIME ZONE";
    let expected = [
        "CALENDAR_EVENTS.ID NUMBER 22  N YES".to_owned(),
        "CALENDAR_EVENTS.USER_ID NUMBER 22  N NO".into(),
        "CALENDAR_EVENTS.TITLE VARCHAR2 255  N NO".into(),
        "CALENDAR_EVENTS.DESCRIPTION VARCHAR2 2000  Y NO".into(),
        format!("CALENDAR_EVENTS.START_AT {timestamp} 13  N NO"),
        format!("CALENDAR_EVENTS.END_AT {timestamp} 13  N NO"),
        "CALENDAR_EVENTS.IS_ALL_DAY NUMBER 22 1 Y NO".into(),
        "CALENDAR_EVENTS.LOCATION VARCHAR2 255  Y NO".into(),
        "CALENDAR_EVENTS.COLOR VARCHAR2 32  Y NO".into(),
        format!("CALENDAR_EVENTS.CREATED_AT {timestamp} 13  Y NO"),
        format!("CALENDAR_EVENTS.UPDATED_AT {timestamp} 13  Y NO"),
        "USERS.ID NUMBER 22  N YES".into(),
        "USERS.EMAIL VARCHAR2 255  N NO".into(),
        "USERS.PASSWORD_HASH VARCHAR2 255  N NO".into(),
        "USERS.NAME VARCHAR2 255  Y NO".into(),
        format!("USERS.CREATED_AT {timestamp} 13  Y NO"),
        // NOT NULL is a check of the column, C; P, R and U are keys.
        "CALENDAR_EVENTS C".into(),
        "CALENDAR_EVENTS C".into(),
        "CALENDAR_EVENTS C".into(),
        "CALENDAR_EVENTS C".into(),
        "CALENDAR_EVENTS C".into(),
        "CALENDAR_EVENTS P".into(),
        "CALENDAR_EVENTS R".into(),
        "USERS C".into(),
        "USERS C".into(),
        "USERS C".into(),
        "USERS P".into(),
        "USERS U".into(),
        // Oracle indexes a TIMESTAMP WITH TIME ZONE by a hidden column that holds it in UTC.
        "IDX_CAL_EVENTS_START_AT NONUNIQUE SYS_NC$".into(),
        "IDX_CAL_EVENTS_USER_ID NONUNIQUE USER_ID".into(),
        "IDX_USERS_EMAIL UNIQUE EMAIL".into(),
    ];
    assert_eq!(dictionary(&*oracle), expected);
    let foreign = "SELECT CONSTRAINT_NAME FROM USER_CONSTRAINTS WHERE CONSTRAINT_TYPE = 'R'";
    assert_eq!(oracle.texts(foreign), ["FK_CAL_EVENTS_USER"]);
}

#[test]
fn an_empty_account_gets_the_documented_schema() {
    let on = App::start();
    let folder = tempfile::tempdir().unwrap();
    let by_hand = any_oracle(&folder);
    by_hand.execute_all(&documented_schema());
    let (mut added, documented): (Vec<_>, Vec<_>) = dictionary(&*on.database).into_iter().partition(|line| {
        let is_later = |name: &&str| line.starts_with(*name);
        ["IDX_CAL_EVENTS_USER_LENGTH", "IDX_CAL_EVENTS_USER_START", "IDX_USERS_LOWER_"].iter().any(is_later)
    });
    assert_eq!(documented, dictionary(&*by_hand));
    added.sort_unstable();
    assert_eq!(added, ADDED);
    let records = "SELECT MIGRATION || '.' || STEP FROM PERSONY_MIGRATIONS ORDER BY MIGRATION, STEP";
    assert_eq!(on.database.texts(records), all_steps());
}

#[test]
fn tables_of_the_flask_application_are_used_as_they_are() {
    let rows = [
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('flask@example.com', 'x')".to_owned(),
        "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) \
         VALUES (1, 'from Flask', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"
            .into(),
    ];
    let prepare = |oracle: &dyn Database| {
        oracle.execute_all(&documented_schema());
        oracle.execute_all(&rows);
    };
    let on = on_any_oracle(prepare, &[]);
    assert_eq!(on.list_events(1).json()[0]["title"], "from Flask");
    let mut tables = [&["CALENDAR_EVENTS", "USERS"][..], &BESIDE].concat();
    tables.sort_unstable();
    assert_eq!(on.database.texts(TABLES), tables);
    let records = "SELECT MIGRATION || '.' || STEP FROM PERSONY_MIGRATIONS ORDER BY MIGRATION, STEP";
    assert_eq!(on.database.texts(records), later_steps());
    // Nothing that changes anything names a table of theirs but to refer to it or to find its rows, as far as the stand-in is
    // there to tell.
    for trip in on.database.stand_in().iter().flat_map(StandIn::trips) {
        let named = trip
            .statement
            .replace("REFERENCES USERS (ID)", "")
            .replace("REFERENCES CALENDAR_EVENTS (ID)", "");
        let theirs = named.contains("USERS") || named.contains("CALENDAR_EVENTS");
        let is_no_change = ["SELECT", "CREATE INDEX"].iter().any(|verb| trip.statement.starts_with(verb));
        assert!(!theirs || is_no_change, "{trip:?}");
    }
}

#[test]
fn an_account_that_may_not_run_ddl_lacks_what_is_new_until_somebody_migrates() {
    let prepare = |oracle: &dyn Database| oracle.execute_all(&documented_schema());
    let on = on_any_oracle(prepare, &[("MIGRATE_AT_START", "false")]);
    on.list_events(1)
        .is_error(503, &[("database", "The database is not available, please try again shortly")]);
    let log = on.program.log();
    assert!(
        log.contains(&format!("lacks {} steps of its schema", later_steps().len()))
            && log.contains("run persony migrate"),
        "{log}"
    );
    assert_eq!(on.database.texts(TABLES), ["CALENDAR_EVENTS", "USERS"]);
}

#[test]
fn of_four_that_start_at_once_one_makes_the_schema() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let database = any_oracle(&folder);
    let start = || App::on(Arc::clone(&database), Arc::clone(&folder), &[]);
    let apps: Vec<_> = std::thread::scope(|scope| {
        let starting: Vec<_> = (0..4).map(|_| scope.spawn(start)).collect();
        starting.into_iter().map(|app| app.join().unwrap()).collect()
    });
    for app in &apps {
        app.list_events(1).is(200, "[]");
        assert!(!app.program.log().contains("ERROR"), "{}", app.program.log());
    }
    if let Some(client) = database.stand_in() {
        let made = client.trips();
        for object in ["CREATE TABLE USERS", "CREATE TABLE CALENDAR_EVENTS", "CREATE INDEX"] {
            let times = made.iter().filter(|trip| trip.statement.starts_with(object)).count();
            assert_eq!(times, if object == "CREATE INDEX" { 24 } else { 1 }, "{object}");
        }
    }
    assert_eq!(database.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS"), [steps().to_string()]);
}

#[test]
fn a_migration_that_was_cut_short_is_finished_by_the_next_start() {
    let cut_short = |oracle: &StandInOracle| {
        oracle.client.fail_statements_like("CREATE INDEX IDX_CAL_EVENTS_START_AT", 1652)
    };
    let on = OnOracle::prepared(cut_short, &[]);
    on.list_events(1)
        .is_error(503, &[("database", "The database is not available, please try again shortly")]);
    let log = on.program.log();
    assert!(log.contains("the schema is not in order") && log.contains("ORA-01652"), "{log}");
    on.client.clear_faults();
    let again = on.again();
    again.list_events(1).is(200, "[]");
    assert_eq!(again.database.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS"), [steps().to_string()]);
}

#[test]
fn other_tables_under_the_schemas_names_are_named_and_left_alone() {
    let others = |oracle: &dyn Database| {
        oracle.execute_all(&[
            "CREATE TABLE USERS (ID NUMBER, NICKNAME VARCHAR2(10))".to_owned(),
            "CREATE TABLE CALENDAR_EVENTS (ID NUMBER)".into(),
        ]);
    };
    let on = on_any_oracle(others, &[]);
    on.list_events(1)
        .is_error(503, &[("database", "The database is not available, please try again shortly")]);
    let log = on.program.log();
    assert!(log.contains("the schema is not in order") && log.contains("ORA-00904"), "{log}");
    assert_eq!(on.database.texts(TABLES), ["CALENDAR_EVENTS", "USERS"]);
}

/// Runs the program with these arguments on the database.
fn persony(database: &dyn Database, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_persony"));
    command.env_clear().envs(database.variables()).envs(variables.iter().copied());
    command.args(arguments).current_dir(std::env::temp_dir()).output().unwrap()
}

#[test]
fn the_command_migrates_and_a_dry_run_only_says_how() {
    let folder = tempfile::tempdir().unwrap();
    let oracle = any_oracle(&folder);
    let said = |output: &Output| String::from_utf8(output.stdout.clone()).unwrap();
    let dry = persony(&*oracle, &["migrate", "--dry-run"], &[]);
    assert!(dry.status.success(), "{dry:?}");
    for statement in documented_schema() {
        assert!(
            said(&dry).contains(&format!("{};\n", statement.lines().next_back().unwrap())),
            "{}",
            said(&dry)
        );
    }
    assert_eq!(oracle.texts(TABLES), [""; 0]);
    let done = persony(&*oracle, &["migrate"], &[]);
    assert_eq!(said(&done), said(&dry));
    assert_eq!(oracle.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS"), [steps().to_string()]);
    for arguments in [&["migrate"][..], &["migrate", "--dry-run"]] {
        assert_eq!(said(&persony(&*oracle, arguments, &[])), "-- The schema is up to date.\n");
    }
}

#[test]
fn the_command_says_why_it_cannot_migrate() {
    let folder = tempfile::tempdir().unwrap();
    let oracle = StandInOracle::new(folder.path());
    oracle.client.refuse_connections(12541);
    let failed = persony(&oracle, &["migrate"], &[]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&failed.stderr).contains("Persony cannot migrate: OCI Error: ORA-12541"),
        "{failed:?}"
    );
}

#[test]
fn where_the_server_may_not_migrate_it_waits_for_somebody_who_does() {
    let on = OnOracle::prepared(|_| (), &[("MIGRATE_AT_START", "false")]);
    on.list_events(1)
        .is_error(503, &[("database", "The database is not available, please try again shortly")]);
    assert!(
        on.program.log().contains("MIGRATE_AT_START is false: run persony migrate"),
        "{}",
        on.program.log()
    );
    on.get("/api/db-ping").is(200, r#"{"database":"OK"}"#);
    let looks =
        || on.client.trips().iter().filter(|trip| trip.statement.contains("PERSONY_MIGRATIONS")).count();
    while looks() < 3 {
        std::thread::yield_now();
    }
    assert_eq!(on.program.log().matches("run persony migrate").count(), 1, "{}", on.program.log());
    assert_eq!(on.database.texts(TABLES), [""; 0]);
    assert!(persony(&*on.database, &["migrate"], &[]).status.success());
    let patience = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while on.list_events(1).status != 200 {
        assert!(std::time::Instant::now() < patience, "{}", on.program.log());
    }
}

/// A step that changes rows would else stay where its record does not.
#[test]
fn nothing_but_a_record_carries_its_commit_along() {
    let folder = tempfile::tempdir().unwrap();
    let oracle = StandInOracle::new(folder.path());
    assert!(persony(&oracle, &["migrate"], &[]).status.success());
    let mut trips = oracle.client.trips();
    trips.retain(|trip| trip.kind == Kind::ExecuteCommit);
    assert_eq!(trips.len(), steps());
    assert!(trips.iter().all(|trip| trip.statement.contains("PERSONY_MIGRATIONS")), "{trips:#?}");
}

/// As an index on a large table does, or the wait for another instance's lock.
#[test]
fn a_migration_may_take_longer_than_a_call_of_a_request() {
    let folder = tempfile::tempdir().unwrap();
    let oracle = StandInOracle::new(folder.path());
    oracle.execute_all(&documented_schema());
    oracle.client.hold(std::time::Duration::from_millis(1_100));
    let done = persony(&oracle, &["migrate"], &[("ORACLE_CALL_TIMEOUT", "1")]);
    assert!(done.status.success(), "{done:?}");
    let recorded = oracle.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS");
    assert_eq!(recorded, [later_steps().len().to_string()]);
}
