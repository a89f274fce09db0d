//! How often a server looks at a schema that is not in order.

use std::time::{Duration, Instant};

use oracle_client_stand_in::Kind;

use super::{OnOracle, persony};

fn looks(on: &OnOracle) -> usize {
    on.client.trips().iter().filter(|trip| trip.statement.contains("FROM USER_TAB_COLUMNS")).count()
}

#[test]
fn looks_grow_rare_and_open_no_sessions() {
    let on = OnOracle::prepared(|_| (), &[("MIGRATE_AT_START", "false")]);
    let started = Instant::now();
    on.wait_until(|on| looks(on) > 0);
    // What the pool opens as it starts, and beside the first session that is used.
    on.settle(2);
    on.wait_until(|on| looks(on) >= 3);
    // After the first, half a second, one, two; each shortened by a quarter at most.
    assert!(started.elapsed() > Duration::from_secs(2), "{:?}", started.elapsed());
    let opened = on.client.trips().iter().filter(|trip| trip.kind == Kind::Connect).count();
    assert_eq!(opened, 0, "{:#?}", on.client.trips());
}

#[test]
fn what_somebody_migrated_is_noticed_and_serves() {
    let on = OnOracle::prepared(|_| (), &[("MIGRATE_AT_START", "false")]);
    assert_eq!(on.list_events(1).status, 503);
    on.wait_until(|on| looks(on) > 1);
    assert!(persony(&*on.database, &["migrate"], &[]).status.success());
    on.becomes_ready();
    assert_eq!(on.program.log().matches("run persony migrate").count(), 1, "{}", on.program.log());
}
