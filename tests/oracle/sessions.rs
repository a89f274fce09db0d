use std::time::{Duration, Instant};

use oracle_client_stand_in::Kind;

use super::OnOracle;
use crate::api::support::database::StandInOracle;

#[test]
fn a_session_tells_the_dba_whose_it_is_and_what_it_does() {
    for (variables, module) in
        [(&[][..], "persony"), (&[("ORACLE_MODULE", "calendar-eu-1")], "calendar-eu-1")]
    {
        let on = OnOracle::start(variables);
        on.list_events(1).is(200, "[]");
        let attributes: Vec<_> = on
            .client
            .sessions()
            .into_iter()
            .filter_map(|session| on.client.session_attributes(session))
            .collect();
        assert!(attributes.iter().all(|session| session.user == "PERSONY_APP"), "{attributes:?}");
        assert!(
            attributes.iter().all(|session| session.driver_name.starts_with("persony : ")),
            "{attributes:?}"
        );
        assert!(attributes.iter().any(|session| session.module == module), "{attributes:?}");
        assert!(attributes.iter().any(|session| session.action == "list_events"), "{attributes:?}");
    }
}

#[test]
fn the_pool_grows_up_to_its_size_and_no_further() {
    let on = OnOracle::start(&[("ORACLE_MAX_CONN", "3"), ("ORACLE_MIN_CONN", "3")]);
    on.client.hold(Duration::from_millis(50));
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| on.list_events(1).is(200, "[]"));
        }
    });
    on.client.release();
    assert_eq!(on.client.sessions().len(), 3);
}

/// A session that was wanted to migrate is refused, and those of the pool die: nothing but the pool
/// itself opens another one then.
#[test]
fn a_pool_that_is_told_to_keep_no_session_ready_finds_its_database_again() {
    let full = |oracle: &StandInOracle| oracle.client.fill_sessions(1);
    let on = OnOracle::prepared(full, &[("ORACLE_MIN_CONN", "0")]);
    on.wait_until(|on| on.program.log().contains("ORA-00018"));
    on.client.refuse_connections(12541);
    on.client.kill_sessions();
    on.wait_until(|on| on.idle_sessions() == 0 && on.client.sessions().is_empty());
    assert_eq!(on.list_events(1).status, 503);
    on.client.clear_faults();
    on.becomes_ready();
}

/// However long a request waits for a session.
#[test]
fn a_database_that_comes_back_is_found_within_moments() {
    let on = OnOracle::start(&[("ORACLE_POOL_TIMEOUT", "60")]);
    on.client.refuse_connections(12541);
    on.client.kill_sessions();
    on.client.clear_trips();
    on.wait_until(|on| {
        on.list_events(1);
        on.client.trips().iter().filter(|trip| trip.kind == Kind::Connect).count() >= 6
    });
    on.client.accept_connections();
    let started = Instant::now();
    on.becomes_ready();
    // Two seconds, on a machine that is busy with other tests.
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}

/// The connect strings of the sessions that a server with these variables opens.
fn connect_strings(variables: &[(&'static str, &str)]) -> Vec<String> {
    let on = OnOracle::start(variables);
    let attributes = on.client.sessions().into_iter().map(|session| on.client.session_attributes(session));
    attributes.map(|session| session.unwrap().connect_string).collect()
}

#[test]
fn reaching_the_host_has_a_time_limit_where_the_connect_string_can_say_so() {
    for dsn in ["localhost:1521/XEPDB1", "//localhost/XEPDB1", "tcps://localhost:2484/XEPDB1"] {
        let used = connect_strings(&[("ORACLE_DSN", dsn)]);
        let bounded = format!("{dsn}?transport_connect_timeout=5&expire_time=1");
        assert!(used.iter().all(|used| *used == bounded), "{used:?}");
    }
    let used = connect_strings(&[("ORACLE_DSN", "localhost/XEPDB1?retry_count=3")]);
    let bounded = "localhost/XEPDB1?retry_count=3&transport_connect_timeout=5&expire_time=1";
    assert!(used.iter().all(|used| used == bounded), "{used:?}");
    let rest = "(ADDRESS=(HOST=a/b))(CONNECT_DATA=(SERVICE_NAME=XEPDB1)))";
    let used = connect_strings(&[("ORACLE_DSN", &format!("(DESCRIPTION={rest}"))]);
    let bounded = format!("(DESCRIPTION=(CONNECT_TIMEOUT=5)(RETRY_COUNT=0)(EXPIRE_TIME=1){rest}");
    assert!(used.iter().all(|used| *used == bounded), "{used:?}");
    for dsn in ["XEPDB1", "localhost/XEPDB1?transport_connect_timeout=9&expire_time=3"] {
        let used = connect_strings(&[("ORACLE_DSN", dsn)]);
        assert!(used.iter().all(|used| used == dsn), "{used:?}");
    }
}

#[test]
fn the_client_is_told_where_its_configuration_is() {
    let folder = tempfile::tempdir().unwrap();
    let on = OnOracle::start(&[("ORACLE_CONFIG_DIR", folder.path().to_str().unwrap())]);
    for session in on.client.sessions() {
        let attributes = on.client.session_attributes(session).unwrap();
        assert_eq!(attributes.tns_admin, folder.path().to_str().unwrap());
    }
}
