use chrono::{TimeDelta, Utc};

use super::{ALL, FAILURES, LOOKING, SWEEP, add_old_failures, kept, make_due, set, until};
use crate::api::support::App;

/// The value of a series of the sweep's, if it is there.
fn value(app: &App, series: &str) -> Option<f64> {
    let metrics = app.get("/metrics").body;
    let value = metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    value.map(|value| value.parse().unwrap())
}

fn runs(app: &App, outcome: &str) -> f64 {
    value(app, &format!(r#"persony_job_runs_total{{job="{SWEEP}",outcome="{outcome}"}}"#)).unwrap()
}

fn last_success(app: &App) -> Option<f64> {
    value(app, &format!(r#"persony_job_last_success_timestamp_seconds{{job="{SWEEP}"}}"#))
}

#[test]
fn of_several_instances_one_runs_what_is_due_and_all_know_when() {
    let off = App::with(&[("JOBS_ENABLED", "false"), LOOKING[0]]);
    add_old_failures(&*off.database, 1500);
    make_due(&*off.database, 1);
    let all: Vec<_> = (0..3).map(|_| off.again_with(&LOOKING)).collect();
    all.iter().for_each(|app| assert_eq!(last_success(app), None));
    until("all have seen that it is done", || all.iter().all(|app| last_success(app).is_some()));
    let sum = |of: &dyn Fn(&App) -> f64| all.iter().map(of).sum::<f64>();
    let rows = |app: &App| value(app, &format!(r#"persony_job_rows_total{{job="{SWEEP}"}}"#)).unwrap();
    let timed =
        |app: &App| value(app, &format!(r#"persony_job_run_seconds_count{{job="{SWEEP}"}}"#)).unwrap();
    assert_eq!((sum(&|app| runs(app, "success")), sum(&rows), sum(&timed)), (1.0, 1500.0, 1.0));
    for outcome in ["unfinished", "failure", "lease_lost", "stopped"] {
        assert_eq!(sum(&|app| runs(app, outcome)), 0.0, "{outcome}");
    }
    let ago = Utc::now().timestamp() as f64 - last_success(&all[0]).unwrap();
    assert!((-5.0..120.0).contains(&ago), "{ago}");
    assert_eq!(off.database.texts(FAILURES), ["0"]);
    assert_eq!(
        (kept(&*off.database, "ROWS_DONE"), kept(&*off.database, "HOLDER")),
        ("1500".into(), "".into())
    );
    assert!(!off.get("/metrics").body.contains("persony_job_"), "it runs no jobs, and shows none");
}

#[test]
fn a_new_databases_job_is_made_known_and_not_run() {
    let app = App::with(&LOOKING);
    until("all are known", || app.database.texts("SELECT NAME FROM PERSONY_JOBS").len() == ALL.len());
    for due_at in app.database.instants("SELECT DUE_AT FROM PERSONY_JOBS") {
        // The interval of the most frequent one is ten minutes.
        assert!(due_at > Utc::now() + TimeDelta::minutes(5), "{due_at}");
    }
    assert_eq!((kept(&*app.database, "STARTED_AT"), runs(&app, "success")), ("".into(), 0.0));
}

#[test]
fn the_job_of_a_dead_holder_is_taken_over_and_no_sooner() {
    let first = App::with(&[("JOBS_ENABLED", "false")]);
    add_old_failures(&*first.database, 10);
    make_due(&*first.database, 1);
    let ahead = first.database.time(Utc::now() + TimeDelta::seconds(3));
    set(&*first.database, &format!("HOLDER = 'dead', LEASE_UNTIL = {ahead}"));
    let second = first.again_with(&LOOKING);
    until("it is taken over", || last_success(&second).is_some());
    let started_at = first
        .database
        .instants(&format!("SELECT STARTED_AT FROM PERSONY_JOBS WHERE NAME = '{SWEEP}'"))
        .remove(0);
    let lease_until = first.database.instants(&format!("SELECT {ahead} FROM PERSONY_JOBS")).remove(0);
    assert!(started_at >= lease_until, "{started_at} {lease_until}");
    assert_eq!((runs(&second, "success"), kept(&*first.database, "ROWS_DONE")), (1.0, "10".into()));
}
