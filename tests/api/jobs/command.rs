use chrono::{DateTime, TimeDelta, Utc};

use super::{ALL, FAILURES, SWEEP, add_old_failures, kept, make_due, persony, set, sweep};
use crate::api::support::{App, database};

const HOLDER: &str = "calendar-1:4711:00c0ffee";

fn off() -> App {
    App::with(&[("JOBS_ENABLED", "false")])
}

#[track_caller]
fn shows(app: &App, table: &str) {
    let (output, log, code) = persony(&*app.database, &["jobs"]);
    // The first of them: what is beside it is as if it were alone, but for the table's width.
    let first: String = output.split_inclusive('\n').take(2).collect();
    assert_eq!((first.as_str(), code), (table, Some(0)), "{log}");
    let names: Vec<_> = output.lines().skip(1).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(names, ALL);
}

#[test]
fn jobs_are_shown_with_their_last_result_and_who_is_at_them() {
    let app = off();
    shows(
        &app,
        "NAME                  EVERY   LAST RUN  NEXT RUN  HELD BY  FAILURES  RESULT\n\
         sweep_login_failures  1 h     -         -         -        0         -\n",
    );
    let started: DateTime<Utc> = "2025-12-06T10:00:00Z".parse().unwrap();
    let time = |instant| app.database.time(instant);
    make_due(&*app.database, 1);
    shows(
        &app,
        "NAME                  EVERY   LAST RUN  NEXT RUN  HELD BY  FAILURES  RESULT\n\
         sweep_login_failures  1 h     -         due       -        0         -\n",
    );
    let (at, after) = (time(started), time(started + TimeDelta::seconds(83)));
    let due_at = time("2525-12-06T11:00:00Z".parse().unwrap());
    set(
        &*app.database,
        &format!("STARTED_AT = {at}, ENDED_AT = {after}, ROWS_DONE = 1200, DUE_AT = {due_at}"),
    );
    shows(
        &app,
        "NAME                  EVERY   LAST RUN              NEXT RUN              HELD BY  FAILURES  RESULT\n\
         sweep_login_failures  1 h     2025-12-06T10:00:00Z  2525-12-06T11:00:00Z  -        0         ok, 1200 rows in 83.0 s\n",
    );
    set(&*app.database, "FAILURES = 3, FAILURE = 'ORA-00942: table or view does not exist'");
    shows(
        &app,
        "NAME                  EVERY   LAST RUN              NEXT RUN              HELD BY  FAILURES  RESULT\n\
         sweep_login_failures  1 h     2025-12-06T10:00:00Z  2525-12-06T11:00:00Z  -        3         failed: ORA-00942: table or view does not exist\n",
    );
    set(&*app.database, &format!("ENDED_AT = NULL, HOLDER = '{HOLDER}', LEASE_UNTIL = {due_at}"));
    shows(
        &app,
        "NAME                  EVERY   LAST RUN              NEXT RUN              HELD BY                   FAILURES  RESULT\n\
         sweep_login_failures  1 h     2025-12-06T10:00:00Z  2525-12-06T11:00:00Z  calendar-1:4711:00c0ffee  3         under way\n",
    );
    set(&*app.database, &format!("LEASE_UNTIL = {at}"));
    shows(
        &app,
        "NAME                  EVERY   LAST RUN              NEXT RUN              HELD BY  FAILURES  RESULT\n\
         sweep_login_failures  1 h     2025-12-06T10:00:00Z  2525-12-06T11:00:00Z  -        3         did not end\n",
    );
}

#[test]
fn a_job_is_run_now_whether_it_is_due_or_not_while_servers_run_or_run_none() {
    let app = off();
    add_old_failures(&*app.database, 2500);
    assert_eq!(app.log_in("john@example.com", "wrong password").status, 401);
    sweep(&*app.database, "ok, 2500 rows", 0);
    assert_eq!(app.database.texts(FAILURES), ["1"], "the failure of today is there");
    assert_eq!(
        (kept(&*app.database, "ROWS_DONE"), kept(&*app.database, "FAILURES")),
        ("2500".into(), "0".into())
    );
    sweep(&*app.database, "ok, 0 rows", 0);
}

#[test]
fn a_job_that_somebody_is_at_is_not_run_until_the_lease_has_run_out() {
    let app = off();
    add_old_failures(&*app.database, 1);
    make_due(&*app.database, 1);
    let ahead = app.database.time(Utc::now() + TimeDelta::minutes(10));
    set(&*app.database, &format!("HOLDER = '{HOLDER}', LEASE_UNTIL = {ahead}"));
    sweep(&*app.database, &format!("FAILED: {HOLDER} is at it"), 1);
    assert_eq!(app.database.texts(FAILURES), ["1"]);
    set(&*app.database, &format!("LEASE_UNTIL = {}", app.database.seconds_ago(1)));
    sweep(&*app.database, "ok, 1 rows", 0);
    assert_eq!(kept(&*app.database, "HOLDER"), "");
}

#[test]
fn a_failure_is_said_and_kept_without_its_statement_and_a_success_ends_the_count() {
    let app = off();
    add_old_failures(&*app.database, 1);
    app.database.execute("CREATE TABLE KEEPS (KEPT VARCHAR2(64) REFERENCES LOGIN_FAILURES (EMAIL_SHA256))");
    app.database.execute("INSERT INTO KEEPS (KEPT) SELECT EMAIL_SHA256 FROM LOGIN_FAILURES");
    for failures in ["1", "2"] {
        let (output, log, code) = persony(&*app.database, &["jobs", "run", SWEEP]);
        assert_eq!(code, Some(1), "{log}");
        assert!(output.starts_with(&format!("{SWEEP}: FAILED: ")), "{output}");
        assert!(log.contains("failed, ") && log.contains("times in a row, and rests for "), "{log}");
        let failure = kept(&*app.database, "FAILURE");
        assert!(!failure.is_empty() && !failure.contains("DELETE"), "{failure}");
        assert_eq!(kept(&*app.database, "FAILURES"), failures);
    }
    app.database.execute("DELETE FROM KEEPS");
    sweep(&*app.database, "ok, 1 rows", 0);
    assert_eq!((kept(&*app.database, "FAILURES"), kept(&*app.database, "FAILURE")), ("0".into(), "".into()));
}

#[test]
fn a_job_that_is_not_there_and_a_schema_that_is_not_there_are_told_of() {
    let app = off();
    let (output, log, code) = persony(&*app.database, &["jobs", "run", "sweep"]);
    assert_eq!((output.as_str(), code), ("", Some(1)));
    assert_eq!(log, format!("There is no job sweep; there are {}\n", ALL.join(", ")));
    let folder = tempfile::tempdir().unwrap();
    let database = database::new(crate::ENGINE, folder.path());
    for words in [&["jobs"][..], &["jobs", "run", SWEEP]] {
        let (output, log, code) = persony(&*database, words);
        assert_eq!((output.as_str(), code), ("", Some(1)), "{log}");
        assert!(log.contains("run persony migrate"), "{log}");
    }
}
