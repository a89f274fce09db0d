//! The file as other programs see it: the machine's own sqlite3, which is older than the engine within.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use serde_json::json;

use crate::api::jobs::PURGE;
use crate::api::support::App;
use crate::api::support::database::{Database, Embedded};
use crate::api::users::closed::close;
use crate::migrations::{persony, prepared, statements};

/// What the sqlite3 program says to a script.
fn sqlite3(folder: &Path, file: &str, script: &str) -> String {
    let output = run_sqlite3(folder, file, script);
    assert!(output.status.success() && output.stderr.is_empty(), "{script}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn run_sqlite3(folder: &Path, file: &str, script: &str) -> Output {
    let mut command = Command::new("sqlite3");
    command.args(["-batch", "-bail", file]).current_dir(folder);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("sqlite3 is installed (Debian: apt-get install sqlite3)");
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Every value of every row, with its type.
const ROWS: &str = "SELECT QUOTE(ID) || QUOTE(EMAIL) || QUOTE(PASSWORD_HASH) || QUOTE(NAME) || QUOTE(CREATED_AT) FROM USERS \
    UNION ALL SELECT QUOTE(ID) || QUOTE(USER_ID) || QUOTE(TITLE) || QUOTE(DESCRIPTION) || QUOTE(START_AT) \
    || QUOTE(END_AT) || QUOTE(IS_ALL_DAY) || QUOTE(LOCATION) || QUOTE(COLOR) || QUOTE(CREATED_AT) \
    || QUOTE(UPDATED_AT) FROM CALENDAR_EVENTS \
    UNION ALL SELECT QUOTE(EMAIL_SHA256) || QUOTE(FAILURES) || QUOTE(FAILED_AT) FROM LOGIN_FAILURES \
    UNION ALL SELECT QUOTE(MIGRATION) || QUOTE(STEP) || QUOTE(APPLIED_AT) FROM PERSONY_MIGRATIONS WHERE MIGRATION < 4";
const SCHEMA: &str =
    "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_schema ORDER BY name";

/// A file as the program of migration 3 left it, with rows, and with what somebody has added.
fn former() -> (tempfile::TempDir, Embedded) {
    let scripts = [
        include_str!("../../db/schema.embedded.sql"),
        include_str!("../../db/migrations/0002_login_failures.embedded.sql"),
        include_str!("../../db/migrations/0003_jobs.embedded.sql"),
    ];
    let scripts = scripts.map(statements);
    let records = "CREATE TABLE PERSONY_MIGRATIONS (MIGRATION INTEGER NOT NULL, STEP INTEGER NOT NULL, \
                   APPLIED_AT INTEGER DEFAULT CURRENT_TIMESTAMP, WORKS_WITH INTEGER, SHA256 TEXT, \
                   PRIMARY KEY (MIGRATION, STEP)) STRICT";
    let mut all = vec![records.to_owned()];
    for (migration, script) in (1..).zip(scripts) {
        for (step, sql) in (1..).zip(script) {
            all.push(sql);
            all.push(format!(
                "INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP) VALUES ({migration}, {step})"
            ));
        }
    }
    let rows = [
        "ALTER TABLE USERS ADD COLUMN PHONE TEXT",
        "CREATE INDEX THEIRS ON USERS (PHONE)",
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH, NAME, PHONE) VALUES ('é@example.com', 'x', 'Ünï', '1')",
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('gone@example.com', 'x')",
        "DELETE FROM USERS WHERE EMAIL = 'gone@example.com'",
        "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, DESCRIPTION, START_AT, END_AT) VALUES (1, '🚀', 'a''b\nc', -1, 0)",
        "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT, IS_ALL_DAY, CREATED_AT) VALUES (1, 'T', 0, 0, NULL, NULL)",
        "DELETE FROM CALENDAR_EVENTS WHERE ID = 2",
        "INSERT INTO LOGIN_FAILURES VALUES (LOWER(HEX(ZEROBLOB(32))), 3, 7)",
    ];
    all.extend(rows.map(str::to_owned));
    prepared(&all)
}

#[test]
fn a_former_file_becomes_plain_with_every_row_and_everything_added_as_it_was() {
    let (folder, database) = former();
    let before = database.texts(ROWS);
    assert!(before.len() > 8, "{before:?}");
    assert!(persony(folder.path(), &["migrate"]).status.success());
    assert_eq!(database.texts(ROWS), before);
    let schema = database.texts(SCHEMA).join("\n");
    for gone in ["OCTET_LENGTH", "DEFAULT CURRENT_TIMESTAMP", "READ_AGAIN"] {
        assert!(!schema.contains(gone), "{schema}");
    }
    // What was added is there; an id that was given is not given again; and the program serves it.
    assert_eq!(sqlite3(folder.path(), "persony.db", "SELECT PHONE FROM USERS INDEXED BY THEIRS;"), "1\n");
    let app = App::on(Arc::new(database), folder.into(), &[]);
    assert_eq!(app.new_user("gone@example.com"), 3);
    assert_eq!(app.new_event(1, "T", "2025-12-06"), 3);
    assert_eq!(app.list_events(1).json().as_array().unwrap().len(), 2);
}

#[test]
fn the_machines_sqlite3_can_migrate_a_former_file_by_hand() {
    let ((by_hand, hand), (by_program, program)) = (former(), former());
    let script = String::from_utf8(persony(by_hand.path(), &["migrate", "--dry-run"]).stdout).unwrap();
    sqlite3(by_hand.path(), "persony.db", &script);
    assert!(persony(by_program.path(), &["migrate"]).status.success());
    assert_eq!(hand.texts(SCHEMA), program.texts(SCHEMA));
    let times = "SELECT typeof(APPLIED_AT) FROM PERSONY_MIGRATIONS GROUP BY 1";
    assert_eq!(hand.texts(times), ["integer"]);
    let nothing = persony(by_hand.path(), &["migrate"]).stdout;
    assert_eq!(String::from_utf8(nothing).unwrap(), "-- The schema is up to date.\n");
}

#[test]
fn a_migrated_file_is_defined_as_a_new_one() {
    let (folder, former) = former();
    former.execute_all(&["DROP INDEX THEIRS".into(), "ALTER TABLE USERS DROP COLUMN PHONE".into()]);
    assert!(persony(folder.path(), &["migrate"]).status.success());
    let (empty, made) = prepared(&[]);
    assert!(persony(empty.path(), &["migrate"]).status.success());
    assert_eq!(former.texts(SCHEMA), made.texts(SCHEMA));
}

#[test]
fn the_machines_sqlite3_checks_copies_writes_and_dumps_and_persony_serves_all_of_it() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    app.new_event(john, "by Persony", "2025-12-06");
    let run = |file: &str, script: &str| sqlite3(app.folder.path(), file, script);
    let before = Utc::now();
    run(
        "persony.db",
        "PRAGMA foreign_keys = ON;
         INSERT INTO USERS (EMAIL, PASSWORD_HASH, NAME)
           SELECT 'jane@example.com', PASSWORD_HASH, 'Jané' FROM USERS WHERE EMAIL = 'john@example.com';
         INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT)
           SELECT ID, 'by sqlite3', 1764979200000000, 1764979200000000 FROM USERS;",
    );
    let after = Utc::now();
    // Two users, and the two events that sqlite3 wrote: at their time, to the millisecond.
    let times = "SELECT CREATED_AT FROM USERS WHERE NAME = 'Jané' \
                 UNION ALL SELECT CREATED_AT FROM CALENDAR_EVENTS WHERE TITLE = 'by sqlite3'";
    let times = app.database.instants(times);
    assert_eq!(times.len(), 3);
    let slack = TimeDelta::milliseconds(2);
    assert!(times.iter().all(|time| before - slack <= *time && *time <= after + slack), "{times:?}");
    // What Persony writes has microseconds; of twenty times one would do.
    for number in 0..20 {
        app.new_event(john, &format!("{number}"), "2025-12-07");
    }
    let fine = "SELECT COUNT(*) FROM CALENDAR_EVENTS WHERE CREATED_AT % 1000 <> 0";
    assert_ne!(app.database.texts(fine), ["0"]);

    let both = "PRAGMA integrity_check; PRAGMA foreign_key_check;";
    assert_eq!(run("persony.db", both), "ok\n");
    run("persony.db", ".backup 'copy.db'\n");
    assert_eq!(run("copy.db", both), "ok\n");
    let dumped = run("persony.db", ".dump\n");
    run("dumped.db", &dumped);
    assert_eq!(run("dumped.db", both), "ok\n");
    let too_long = format!("INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('{}', 'x');", "é".repeat(128));
    let refused = run_sqlite3(app.folder.path(), "copy.db", &too_long);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("CHECK constraint failed"), "{refused:?}");

    let expected = app.list_events(john).body;
    assert!(expected.contains("by sqlite3") && expected.contains("by Persony"), "{expected}");
    for file in ["persony.db", "copy.db", "dumped.db"] {
        let served = match file {
            "persony.db" => app.again(),
            file => {
                let folder = tempfile::tempdir().unwrap();
                std::fs::copy(app.folder.path().join(file), folder.path().join("persony.db")).unwrap();
                App::on(Arc::new(Embedded::new(folder.path())), folder.into(), &[])
            }
        };
        let login = served.log_in("jane@example.com", "password");
        assert_eq!(login.status, 200, "{}", login.body);
        let jane = login.json()["user"]["id"].as_i64().unwrap();
        assert_eq!(served.list_events(jane).json().as_array().unwrap().len(), 1);
        assert_eq!(served.list_events(john).body, expected);
        assert!(!served.program.log().contains("the schema was brought"), "{}", served.program.log());
        let event = json!({"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06"});
        assert_eq!(served.create_event(jane, &event).status, 201);
    }
}

/// Who does not look at keys leaves what stands beside an event.
#[test]
fn what_others_leave_of_an_event_keeps_no_calendar_and_no_account() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let calendars = "/api/calendar/calendars";
    for name in ["Work", "Home"] {
        assert_eq!(app.send_as(user, "POST", calendars, &json!({ "name": name })).status, 201);
    }
    for calendar in [1, 2] {
        let event = app.new_event(user, "Event", "2025-12-06");
        app.database.execute(&format!(
            "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) VALUES ({event}, {calendar}, 'u', 'n')"
        ));
    }
    sqlite3(app.folder.path(), "persony.db", "DELETE FROM CALENDAR_EVENTS;");
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM EVENT_DETAILS"), ["2"]);
    assert_eq!(app.send_as(user, "DELETE", &format!("{calendars}/1"), &json!(null)).status, 200);
    close(&app, user, "ERASED_AT");
    app.database.execute(&format!("UPDATE CLOSED_ACCOUNTS SET PURGE_AT = {}", app.database.seconds_ago(1)));
    let (said, log, code) = crate::api::jobs::persony(&*app.database, &["jobs", "run", PURGE]);
    assert_eq!((said.as_str(), code), ("purge_accounts: ok, 2 rows\n", Some(0)), "{log}");
    assert_eq!(app.database.texts("SELECT ID FROM USERS"), [""; 0]);
}
