//! The schema of the file: made whole or not at all, and never beside somebody else's tables.

use std::path::Path;
use std::process::{Command, Output};

use crate::api::support::database::{Database, Embedded};
use crate::api::support::{App, Program, TEST_KEY};

/// All that the file holds: its schema, and the rows of one table.
const SCHEMA: &str =
    "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_schema ORDER BY name";
const RECORDED: &str = "SELECT MIGRATION || '.' || STEP || ' ' || WORKS_WITH || ' ' || SHA256 \
    FROM PERSONY_MIGRATIONS ORDER BY MIGRATION, STEP";

/// The statements of a script.
pub fn statements(script: &str) -> Vec<String> {
    let lines = script.lines().filter(|line| !line.starts_with("--"));
    let text = lines.collect::<Vec<_>>().join("\n");
    text.split(";\n")
        .map(|sql| sql.trim().trim_end_matches(';').to_owned())
        .filter(|sql| !sql.is_empty())
        .collect()
}

fn documented_schema() -> Vec<String> {
    statements(include_str!("../../db/schema.embedded.sql"))
}

/// A file in which these statements were run.
pub fn prepared(statements: &[String]) -> (tempfile::TempDir, Embedded) {
    let folder = tempfile::tempdir().unwrap();
    let database = Embedded::new(folder.path());
    database.execute_all(statements);
    (folder, database)
}

pub fn persony(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_persony"));
    command.args(arguments).current_dir(folder).env_clear().output().unwrap()
}

/// What the program says of a file that it refuses, in the log of a start and to who migrates, and
/// changes nothing in.
fn refusal(folder: &Path, database: &Embedded) -> String {
    let before = database.texts(SCHEMA);
    let failed = persony(folder, &["migrate"]);
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    let (log, status) = Program::start(folder, &[("JWT_SECRET_KEY", TEST_KEY.into())]).end();
    assert_eq!(status.code(), Some(1), "{log}");
    let said = String::from_utf8(failed.stderr).unwrap();
    let why = said.strip_prefix("Persony cannot migrate: ").unwrap().trim_end();
    assert!(log.contains(&format!("Persony cannot start: EMBEDDED_DB_PATH: persony.db: {why}")), "{log}");
    assert_eq!(database.texts(SCHEMA), before);
    why.to_owned()
}

#[test]
fn somebody_elses_table_is_refused_before_anything_is_made_beside_it() {
    let users =
        |column: &str| documented_schema()[0].replacen("CREATED_AT", &format!("{column}, CREATED_AT"), 1);
    for (table, why) in [
        (
            "create table users (id INTEGER PRIMARY KEY, nickname TEXT)".to_owned(),
            "USERS has no column EMAIL, ",
        ),
        (users("TENANT INTEGER NOT NULL"), "USERS has a column TENANT that must be given a value"),
        ("CREATE TABLE LOGIN_FAILURES (ID INTEGER)".into(), "LOGIN_FAILURES has no column EMAIL_SHA256, "),
    ] {
        let (folder, database) = prepared(&[table]);
        let said = refusal(folder.path(), &database);
        assert!(said.contains(why) && !said.contains("ORA-"), "{said}");
    }
    let (folder, _database) = prepared(&[users("TENANT INTEGER NOT NULL DEFAULT 7")]);
    App::start_in(folder.into(), &[]).new_user("john@example.com");
}

/// A table of theirs is in the way of each index in turn: names of indexes are the file's.
#[test]
fn a_failure_in_the_middle_leaves_the_file_as_it_was() {
    for (index, step) in [
        ("IDX_USERS_EMAIL", "migration 1 (the documented schema), step 2"),
        ("IDX_CAL_EVENTS_USER_ID", "migration 1 (the documented schema), step 4"),
        ("IDX_CAL_EVENTS_START_AT", "migration 1 (the documented schema), step 5"),
        ("IDX_LOGIN_FAILURES_FAILED_AT", "migration 2 (login failures), step 2"),
    ] {
        let theirs =
            ["CREATE TABLE NOTES (TEXT TEXT)".to_owned(), format!("CREATE INDEX {index} ON NOTES (TEXT)")];
        let (folder, database) = prepared(&theirs);
        let said = refusal(folder.path(), &database);
        assert!(said.starts_with(step) && said.contains("already exists"), "{said}");
        database.execute(&format!("DROP INDEX {index}"));
        App::start_in(folder.into(), &[]).new_user("john@example.com");
    }
}

#[test]
fn users_without_events_is_taken_and_the_rest_is_made() {
    let (folder, database) = prepared(&documented_schema()[..2]);
    database.execute("INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('john@example.com', 'x')");
    assert!(persony(folder.path(), &["migrate"]).status.success());
    let (empty, made) = prepared(&[]);
    assert!(persony(empty.path(), &["migrate"]).status.success());
    assert_eq!(database.texts(SCHEMA), made.texts(SCHEMA));
    assert_eq!(database.texts(RECORDED), made.texts(RECORDED));
    assert_eq!(database.texts("SELECT EMAIL FROM USERS"), ["john@example.com"]);
}

#[test]
fn records_from_before_get_their_columns_with_the_next_record() {
    let before = "CREATE TABLE PERSONY_MIGRATIONS (MIGRATION INTEGER NOT NULL, STEP INTEGER NOT NULL, \
                  APPLIED_AT INTEGER DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (MIGRATION, STEP)) STRICT";
    let record = |step| format!("INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP) VALUES (1, {step})");
    let mut statements = documented_schema();
    statements.push(before.into());
    statements.extend((1..=5).map(record));
    let (folder, database) = prepared(&statements);
    assert!(persony(folder.path(), &["migrate"]).status.success());
    let recorded = "SELECT MIGRATION || '.' || STEP || ' ' || COALESCE(WORKS_WITH, '-') || ' ' || COALESCE(SHA256, '-') \
                    FROM PERSONY_MIGRATIONS ORDER BY MIGRATION, STEP";
    let recorded = database.texts(recorded);
    assert_eq!(recorded[..5], ["1.1 - -", "1.2 - -", "1.3 - -", "1.4 - -", "1.5 - -"]);
    let is_whole = |line: &String| line.split(' ').skip(1).map(str::len).eq([1, 64]);
    assert!(recorded[5..].iter().all(|line| !line.starts_with("1.") && is_whole(line)));
    let times = "SELECT typeof(APPLIED_AT) FROM PERSONY_MIGRATIONS GROUP BY 1";
    assert_eq!(database.texts(times), ["integer"]);
}

#[test]
fn a_newer_migration_is_worked_beside_where_its_record_allows_it() {
    for (works_with, is_allowed) in [("1", true), ("10", true), ("11", false), ("NULL", false)] {
        let (folder, database) = prepared(&[]);
        assert!(persony(folder.path(), &["migrate"]).status.success());
        database.execute(&format!(
            "INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP, WORKS_WITH, SHA256) VALUES (99, 1, {works_with}, 'x')"
        ));
        if is_allowed {
            let app = App::start_in(folder.into(), &[]);
            app.new_user("john@example.com");
            let told =
                app.program.log().matches("the database has migration 99, and this program knows 10").count();
            assert_eq!(told, 1, "{}", app.program.log());
        } else {
            let said = refusal(folder.path(), &database);
            assert!(
                said.starts_with("the database has migration 99, and this program knows 10 at most"),
                "{said}"
            );
            assert!(said.ends_with("a newer version of it ran here. Run that one."), "{said}");
        }
    }
}

#[test]
fn a_step_that_was_applied_with_another_text_is_named() {
    let (folder, database) = prepared(&[]);
    assert!(persony(folder.path(), &["migrate"]).status.success());
    database.execute(
        "UPDATE PERSONY_MIGRATIONS SET SHA256 = LOWER(HEX(ZEROBLOB(32))) WHERE MIGRATION = 1 AND STEP = 3",
    );
    let said = refusal(folder.path(), &database);
    assert!(
        said.starts_with("migration 1 (the documented schema), step 3, was applied with another text"),
        "{said}"
    );
}

#[test]
fn a_dry_run_prints_what_is_run_and_makes_no_file() {
    let (by_hand, by_program) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let script = String::from_utf8(persony(by_hand.path(), &["migrate", "--dry-run"]).stdout).unwrap();
    assert_eq!(by_hand.path().read_dir().unwrap().count(), 0);
    let ran = String::from_utf8(persony(by_program.path(), &["migrate"]).stdout).unwrap();
    assert_eq!(ran, script);
    let [hand, program] = [&by_hand, &by_program].map(|folder| Embedded::new(folder.path()));
    hand.connect().execute_batch(&script).unwrap();
    assert_eq!(hand.texts(SCHEMA), program.texts(SCHEMA));
    assert_eq!(hand.texts(RECORDED), program.texts(RECORDED));
    let nothing = persony(by_hand.path(), &["migrate"]).stdout;
    assert_eq!(String::from_utf8(nothing).unwrap(), "-- The schema is up to date.\n");
}

/// Here somebody's trigger takes away what was recorded.
#[test]
fn what_is_not_in_order_after_all_statements_ran_is_not_kept() {
    let records = "CREATE TABLE PERSONY_MIGRATIONS (MIGRATION INTEGER, STEP INTEGER, APPLIED_AT INTEGER, \
                   WORKS_WITH INTEGER, SHA256 TEXT)";
    let forgets = "CREATE TRIGGER FORGETS AFTER INSERT ON PERSONY_MIGRATIONS WHEN NEW.MIGRATION = 2 \
                   BEGIN DELETE FROM PERSONY_MIGRATIONS WHERE MIGRATION = 2; END";
    let (folder, database) = prepared(&[records.into(), forgets.into()]);
    let said = refusal(folder.path(), &database);
    assert!(
        said.starts_with("after migrating, the schema still lacks migration 2 (login failures), step "),
        "{said}"
    );
    assert_eq!(database.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS"), ["0"]);
}

/// Those that look before one of them has migrated, and those that look after it.
#[test]
fn of_many_that_migrate_at_once_one_does() {
    let folder = tempfile::tempdir().unwrap();
    let runs: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| persony(folder.path(), &["migrate"]))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert!(runs.iter().all(|run| run.status.success()), "{runs:?}");
    let made = runs.iter().filter(|run| String::from_utf8_lossy(&run.stdout).contains("CREATE TABLE USERS"));
    assert_eq!(made.count(), 1, "{runs:?}");
}
