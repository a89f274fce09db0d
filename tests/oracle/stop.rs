use std::thread;
use std::time::Duration;

use oracle_client_stand_in::Kind;

use super::OnOracle;
use crate::api::stop::refuses_connections;

#[test]
fn a_statement_under_way_is_answered_and_the_sessions_are_closed() {
    let on = OnOracle::start(&[("ROCKET_SHUTDOWN", "{grace=5,mercy=1}")]);
    let sessions = on.client.sessions();
    on.client.hold(Duration::from_secs(2));
    thread::scope(|scope| {
        let list = scope.spawn(|| on.list_events(1));
        while !on.client.trips().iter().any(|trip| trip.statement.contains("FROM CALENDAR_EVENTS")) {
            assert!(!list.is_finished());
            thread::yield_now();
        }
        on.app.program.terminate();
        refuses_connections(&on.app);
        assert!(!list.is_finished(), "the answer is still held");
        list.join().unwrap().is(200, "[]");
    });
    on.client.release();
    let (log, status) = on.app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    let trips = on.client.trips();
    let mut closed: Vec<_> =
        trips.iter().filter(|trip| trip.kind == Kind::Close).map(|trip| trip.session).collect();
    closed.sort_unstable();
    assert_eq!(closed, sessions);
    assert!(on.client.sessions().is_empty());
}

#[test]
fn a_database_that_hangs_does_not_keep_the_process() {
    let on = OnOracle::start(&[]);
    on.client.hold(Duration::from_secs(60));
    on.app.program.terminate();
    let (log, status) = on.app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("sessions were left for the database to end"), "{log}");
}
