//! One instance migrates; the others wait for it, and not for ever.

use std::time::{Duration, Instant};

use oracle_client_stand_in::database::Database as Session;
use oracle_client_stand_in::{StandIn, Trip};

use super::account::{Account, left_by_a_program_from_before};
use super::{OnOracle, TABLES, persony, steps};
use crate::api::support::database::{Database, StandInOracle};

const WAITS: &str =
    "waiting for another instance that migrates: it has locked the table PERSONY_MIGRATION_LOCK";

/// A session of another program's, which runs these statements and keeps its transaction open.
fn held(oracle: &StandInOracle, statements: &[&str]) -> Session {
    let mut session = oracle.session();
    for sql in statements {
        session.execute(&Session::prepare(sql), &[]).unwrap();
    }
    session
}

fn lock_of_another_instance(oracle: &StandInOracle) -> Session {
    held(
        oracle,
        &[
            "CREATE TABLE PERSONY_MIGRATION_LOCK (ID NUMBER)",
            "LOCK TABLE PERSONY_MIGRATION_LOCK IN EXCLUSIVE MODE",
        ],
    )
}

/// A server that starts while another instance migrates.
fn waiting(variables: &[(&'static str, &str)]) -> (OnOracle, Session) {
    let mut holder = None;
    let on = OnOracle::prepared(|oracle| holder = Some(lock_of_another_instance(oracle)), variables);
    on.wait_until(|on| on.program.log().contains(WAITS));
    (on, holder.unwrap())
}

fn tries(on: &OnOracle) -> usize {
    on.client.trips().iter().filter(|trip| trip.statement.starts_with("LOCK TABLE")).count()
}

#[test]
fn a_server_waits_for_another_instance_and_says_so_once() {
    let (on, mut holder) = waiting(&[("ORACLE_POOL_TIMEOUT", "1")]);
    assert_eq!(on.list_events(1).status, 503);
    // Whoever comes after somebody has waited in vain is told at once.
    let started = Instant::now();
    for _ in 0..20 {
        assert_eq!(on.list_events(1).status, 503);
    }
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    on.get("/api/db-ping").is(200, r#"{"database":"OK"}"#);
    on.wait_until(|on| tries(on) >= 5);
    assert_eq!(on.program.log().matches(WAITS).count(), 1, "{}", on.program.log());
    assert_eq!(on.database.texts(TABLES), ["PERSONY_MIGRATION_LOCK"]);
    holder.rollback().unwrap();
    on.becomes_ready();
    assert!(!on.program.log().contains("ERROR"), "{}", on.program.log());
    assert_eq!(on.database.texts("SELECT COUNT(*) FROM PERSONY_MIGRATIONS"), [steps().to_string()]);
}

/// Each try opens no session, and none of them waits in the database.
#[test]
fn waiting_costs_one_session_and_ever_fewer_tries() {
    let (on, _holder) = waiting(&[]);
    let started = Instant::now();
    on.wait_until(|on| tries(on) >= 6);
    // 100, 200, 400, 800 ms, each shortened by a quarter at most; then two seconds at most.
    assert!(started.elapsed() > Duration::from_millis(1_000), "{:?}", started.elapsed());
    let keepers = on.client.sessions().into_iter().filter_map(|id| on.client.session_attributes(id));
    assert_eq!(keepers.filter(|session| session.action == "keep_migration_lock").count(), 1);
    for trip in on.client.trips().iter().filter(|trip| trip.statement.starts_with("LOCK TABLE")) {
        assert!(trip.statement.ends_with(" NOWAIT"), "{trip:?}");
    }
}

#[test]
fn the_command_gives_up_and_says_who_can_tell_by_whom_the_table_is_locked() {
    let account = Account::new(|_| ());
    let _holder = lock_of_another_instance(&account.oracle);
    for (wait, seconds) in [("0", "0"), ("1", "1")] {
        let failed = persony(&account.oracle, &["migrate", "--wait", wait], &[]);
        let said = String::from_utf8(failed.stderr).unwrap();
        assert_eq!(failed.status.code(), Some(1), "{said}");
        let message = format!(
            "Persony cannot migrate: another session has kept the table PERSONY_MIGRATION_LOCK locked for {seconds} s"
        );
        assert!(said.contains(&message) && said.contains("FROM V$LOCKED_OBJECT"), "{said}");
        assert_eq!(said.matches(WAITS).count(), 1, "{said}");
    }
    assert_eq!(account.oracle.texts(TABLES), ["PERSONY_MIGRATION_LOCK"]);
}

#[test]
fn a_server_that_waits_for_the_lock_ends_when_it_is_told_to() {
    let (on, _holder) = waiting(&[]);
    on.app.program.terminate();
    let (log, status) = on.app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
}

/// Behind a firewall that dropped the session, say.
#[test]
fn a_migration_that_is_never_answered_does_not_keep_the_server_from_ending() {
    let (on, mut holder) = waiting(&[]);
    on.client.silence_calls();
    let is_try = |trip: &Trip| trip.statement.starts_with("LOCK TABLE");
    on.wait_until(|on| on.client.unanswered().iter().any(is_try));
    holder.rollback().unwrap();
    on.app.program.terminate();
    let (log, status) = on.app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
}

/// DDL takes as long as it takes; a database that says nothing after it would else be waited for
/// without end.
#[test]
fn each_call_but_ddl_is_bounded_also_after_the_locks_table_was_made() {
    let account = Account::new(|_| ());
    let client = &account.oracle.client;
    // So that there is time to silence it.
    client.hold(Duration::from_millis(100));
    let migrated = std::thread::scope(|scope| {
        let migrating = scope.spawn(|| persony(&account.oracle, &["migrate"], &[]));
        let comes = |what: &str, trips: fn(&StandIn) -> Vec<Trip>| {
            while !trips(client).iter().any(|trip| trip.statement.starts_with(what)) {
                assert!(!migrating.is_finished(), "nothing of {what}");
                std::thread::yield_now();
            }
        };
        comes("CREATE TABLE PERSONY_MIGRATION_LOCK", StandIn::trips);
        client.silence_calls();
        comes("LOCK TABLE", StandIn::unanswered);
        let unbounded = client.unbounded();
        client.release();
        assert_eq!(unbounded, []);
        migrating.join().unwrap()
    });
    assert!(migrated.status.success(), "{migrated:?}");
}

/// As a Flask application does beside it. ORA-00054 would come at once without a wait.
#[test]
fn an_index_waits_a_little_for_other_programs_transactions() {
    let cut_short = |oracle: &StandInOracle| {
        left_by_a_program_from_before(oracle);
        oracle.execute("DROP INDEX IDX_CAL_EVENTS_START_AT");
        oracle.execute("DELETE FROM PERSONY_MIGRATIONS WHERE STEP = 4");
    };
    let account = Account::new(cut_short);
    let mut writer = held(&account.oracle, &["LOCK TABLE CALENDAR_EVENTS IN ROW EXCLUSIVE MODE"]);
    let started = Instant::now();
    let failed = persony(&account.oracle, &["migrate"], &[]);
    let said = String::from_utf8(failed.stderr).unwrap();
    assert_eq!(failed.status.code(), Some(1), "{said}");
    assert!(started.elapsed() >= Duration::from_secs(5), "{:?}", started.elapsed());
    assert!(said.contains("migration 1 (the documented schema), step 4, CREATE INDEX IDX_CAL"), "{said}");
    assert!(said.contains("ORA-00054") && said.contains("Another program's transaction"), "{said}");
    writer.rollback().unwrap();
    assert!(persony(&account.oracle, &["migrate"], &[]).status.success());
}

/// Oracle frees the lock of a session that dies, and another instance may migrate from then on.
#[test]
fn an_instance_that_loses_the_lock_stops_migrating() {
    let account = Account::new(|_| ());
    let client = &account.oracle.client;
    // So that there is time to kill.
    client.hold(Duration::from_millis(100));
    let stopped = std::thread::scope(|scope| {
        let migrating = scope.spawn(|| persony(&account.oracle, &["migrate"], &[]));
        while !client.trips().iter().any(|trip| trip.statement.starts_with("CREATE TABLE PERSONY_MIGRATIONS"))
        {
            assert!(!migrating.is_finished(), "{:?}", migrating.join());
            std::thread::yield_now();
        }
        let keeps = |id: &u64| client.session_attributes(*id).unwrap().action == "keep_migration_lock";
        client.kill_session(client.sessions().into_iter().find(keeps).unwrap());
        migrating.join().unwrap()
    });
    client.release();
    let said = String::from_utf8(stopped.stderr).unwrap();
    assert_eq!(stopped.status.code(), Some(1), "{said}");
    assert!(said.contains("keeping PERSONY_MIGRATION_LOCK locked: ") && said.contains("ORA-03113"), "{said}");
    assert!(persony(&account.oracle, &["migrate"], &[]).status.success());
}
