//! Jobs over the stand-in: round trips, a database that is away or says nothing, holders that end.

use std::time::Duration;

use oracle_client_stand_in::Kind::{Execute, ExecuteCommit};
use oracle_client_stand_in::{KillPoint, Trip};

use super::OnOracle;
use crate::api::jobs::{
    ALL, FAILURES, LOOKING, SWEEP, add_old_failures, kept, make_due, persony, set, sweep, until,
};
use crate::api::stop::refuses_connections;
use crate::api::support::App;

const OFF: [(&str, &str); 1] = [("JOBS_ENABLED", "false")];

/// The round trips whose statements begin so.
fn trips_of(on: &OnOracle, statement: &str) -> Vec<Trip> {
    on.client.trips().into_iter().filter(|trip| trip.statement.starts_with(statement)).collect()
}

/// A server whose sweep has more than a batch to do, and is at it: the answer is held.
fn at_a_batch(variables: &[(&'static str, &str)]) -> (OnOracle, App) {
    let on = OnOracle::start(&OFF);
    add_old_failures(&*on.database, 1500);
    make_due(&*on.database, 1);
    on.client.hold(Duration::from_secs(1));
    let worker = on.again_with(&[variables, &LOOKING].concat());
    until("it has the lease", || !trips_of(&on, "UPDATE PERSONY_JOBS").is_empty());
    on.client.hold(Duration::from_secs(4));
    until("it is at a batch", || !trips_of(&on, "DELETE").is_empty());
    (on, worker)
}

#[test]
fn ten_thousand_rows_go_in_batches_of_one_trip_each() {
    let on = OnOracle::start(&OFF);
    add_old_failures(&*on.database, 10_000);
    on.client.clear_trips();
    sweep(&*on.database, "ok, 10000 rows", 0);
    let batches: Vec<_> = trips_of(&on, "DELETE").iter().map(|trip| (trip.kind, trip.rows)).collect();
    let expected = [vec![(ExecuteCommit, 1000); 10], vec![(ExecuteCommit, 0)]].concat();
    assert_eq!(batches, expected);
    let of_the_lease: Vec<_> =
        trips_of(&on, "UPDATE PERSONY_JOBS").iter().map(|trip| (trip.kind, trip.rows)).collect();
    assert_eq!(of_the_lease, [(ExecuteCommit, 1); 12], "taken, renewed before each further batch, ended");
    assert_eq!(on.client.national_binds(), [""; 0]);
}

#[test]
fn an_idle_instances_look_at_all_jobs_is_one_round_trip() {
    let on = OnOracle::start(&LOOKING);
    until("the jobs are known", || on.database.texts("SELECT NAME FROM PERSONY_JOBS").len() == ALL.len());
    on.client.clear_trips();
    let looks = || on.client.trips();
    until("it has looked", || !looks().is_empty());
    let looks: Vec<_> = looks().into_iter().map(|trip| (trip.kind, trip.rows, trip.statement)).collect();
    let [(Execute, 7, statement)] = &looks[..] else { panic!("{looks:?}") };
    assert!(statement.ends_with(" FROM PERSONY_JOBS"), "{statement}");
}

#[test]
fn looks_at_a_database_that_is_away_are_told_of_once() {
    let on = OnOracle::start(&[LOOKING[0], ("ORACLE_POOL_TIMEOUT", "1"), ("RUST_LOG", "persony=debug")]);
    on.client.refuse_connections(12541);
    on.client.kill_sessions();
    let told = |level| {
        let log = on.program.log();
        log.lines().filter(|line| line.contains(level) && line.contains("jobs cannot be looked at")).count()
    };
    until("it has looked again and again", || told("DEBUG") >= 2);
    assert_eq!(told("WARN"), 1, "{}", on.program.log());
    on.client.accept_connections();
    until("it can look again", || on.program.log().contains("jobs can be looked at again"));
}

#[test]
fn a_database_that_says_nothing_keeps_a_look_no_longer_than_its_deadline() {
    let on = OnOracle::start(&[LOOKING[0], ("ORACLE_POOL_TIMEOUT", "1"), ("ORACLE_CALL_TIMEOUT", "1")]);
    on.client.silence_calls();
    until("a look was given up", || on.program.log().contains("jobs cannot be looked at"));
    on.client.release();
    until("it can look again", || on.program.log().contains("jobs can be looked at again"));
    assert_eq!(on.get("/api/health").status, 200);
}

#[test]
fn a_batch_that_is_refused_is_a_failure_and_its_rows_are_done_by_the_next_run() {
    let on = OnOracle::start(&OFF);
    add_old_failures(&*on.database, 5);
    on.client.fail_statements_like("DELETE FROM LOGIN_FAILURES", 942);
    let (output, log, code) = persony(&*on.database, &["jobs", "run", SWEEP]);
    assert_eq!(
        (output.contains("FAILED: ") && output.contains("ORA-00942"), code),
        (true, Some(1)),
        "{output}{log}"
    );
    assert!(kept(&*on.database, "FAILURE").contains("ORA-00942"));
    on.client.clear_faults();
    sweep(&*on.database, "ok, 5 rows", 0);
}

#[test]
fn a_batch_whose_answer_is_lost_is_a_failure_and_the_next_run_finds_its_rows_gone() {
    let on = OnOracle::start(&OFF);
    sweep(&*on.database, "ok, 0 rows", 0);
    on.client.clear_trips();
    sweep(&*on.database, "ok, 0 rows", 0);
    let mut statements = on.client.trips();
    statements.retain(|trip| matches!(trip.kind, Execute | ExecuteCommit));
    let before = statements.iter().position(|trip| trip.statement.starts_with("DELETE")).unwrap();
    add_old_failures(&*on.database, 5);
    on.client.kill_in_nth_statement(before as u64 + 1, KillPoint::AfterEffect);
    let (output, log, code) = persony(&*on.database, &["jobs", "run", SWEEP]);
    assert_eq!((output.contains("FAILED: "), code), (true, Some(1)), "{output}{log}");
    assert!(kept(&*on.database, "FAILURE").contains("ORA-03113"), "{output}{log}");
    assert_eq!(on.database.texts(FAILURES), ["0"]);
    sweep(&*on.database, "ok, 0 rows", 0);
}

#[test]
fn a_holder_that_was_killed_is_waited_for_until_its_lease_has_run_out() {
    let (on, worker) = at_a_batch(&[]);
    worker.program.kill();
    on.client.release();
    let holder = kept(&*on.database, "HOLDER");
    assert!(holder.contains(&format!(":{}:", worker.program.id())), "{holder}");
    sweep(&*on.database, &format!("FAILED: {holder} is at it"), 1);
    set(&*on.database, &format!("LEASE_UNTIL = {}", on.database.seconds_ago(1)));
    let other = on.again_with(&LOOKING);
    until("it is taken over", || !kept(&*on.database, "ROWS_DONE").is_empty());
    assert_eq!((on.database.texts(FAILURES), kept(&*on.database, "HOLDER")), (vec!["0".into()], "".into()));
    drop(other);
}

#[test]
fn an_instance_that_stops_ends_its_batch_and_gives_the_lease_back() {
    let (on, worker) = at_a_batch(&[("ROCKET_SHUTDOWN", "{grace=60,mercy=1}")]);
    worker.program.terminate();
    refuses_connections(&worker);
    on.client.release();
    let (log, status) = worker.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(!log.contains("a job was left in the middle"), "{log}");
    assert_eq!(trips_of(&on, "DELETE").len(), 1, "no batch was begun");
    let left =
        (kept(&*on.database, "HOLDER"), kept(&*on.database, "LEASE_UNTIL"), on.database.texts(FAILURES));
    assert_eq!(left, ("".into(), "".into(), vec!["500".into()]));
    sweep(&*on.database, "ok, 500 rows", 0);
}

#[test]
fn a_batch_that_goes_on_beyond_the_grace_is_left_in_the_middle() {
    let (on, worker) = at_a_batch(&[("ROCKET_SHUTDOWN", "{grace=1,mercy=1}")]);
    on.client.hold(Duration::from_secs(60));
    worker.program.terminate();
    let (log, status) = worker.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("a job was left in the middle: its lease runs out"), "{log}");
    on.client.release();
    assert_ne!(kept(&*on.database, "HOLDER"), "");
}
