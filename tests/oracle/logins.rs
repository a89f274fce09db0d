//! Logins of one address at once, where the database fails one of them.

use std::thread;
use std::time::{Duration, Instant};

use oracle_client_stand_in::KillPoint;

use super::OnOracle;
use crate::api::support::Reply;
use crate::api::users::SLOW_HASH;

/// So many logins of John's, all at once.
fn at_once(on: &OnOracle, number: usize) -> Vec<Reply> {
    thread::scope(|scope| {
        let logins: Vec<_> =
            (0..number).map(|_| scope.spawn(|| on.log_in("john@example.com", "password"))).collect();
        logins.into_iter().map(|login| login.join().unwrap()).collect()
    })
}

/// How often the database was asked what is counted.
fn looks(on: &OnOracle) -> usize {
    on.client.trips().iter().filter(|trip| trip.statement.starts_with("SELECT U.ID, U.EMAIL")).count()
}

#[test]
fn a_silent_database_keeps_a_line_of_logins_waiting_once() {
    let on = OnOracle::start(&[("ORACLE_CALL_TIMEOUT", "1")]);
    on.new_user("john@example.com");
    on.trips();
    on.client.hold(Duration::from_secs(30));
    let started = Instant::now();
    for reply in at_once(&on, 6) {
        reply.is_error(503, &[("database", "The database is not available, please try again shortly")]);
    }
    // Each by itself would wait for the call's timeout, or for the pool's, which is five seconds.
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
}

#[test]
fn a_session_that_dies_costs_one_login_of_a_line() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    on.client.kill_in_statement(KillPoint::BeforeEffect);
    let mut statuses: Vec<_> = at_once(&on, 6).iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 503]);
}

#[test]
fn who_is_in_line_behind_a_login_that_has_to_wait_is_told_so_with_it() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    assert_eq!(on.log_in("john@example.com", "wrong password").status, 401);
    let at = on.database.seconds_ago(512);
    on.database.execute(&format!("UPDATE LOGIN_FAILURES SET FAILURES = 14, FAILED_AT = {at}"));
    on.database.execute(&format!("UPDATE USERS SET PASSWORD_HASH = '{SLOW_HASH}'"));
    on.trips();
    let mut statuses: Vec<_> = at_once(&on, 8).iter().map(|reply| reply.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [401, 429, 429, 429, 429, 429, 429, 429]);
    assert!((2..8).contains(&looks(&on)), "{}", looks(&on));
}

#[test]
fn a_try_goes_on_by_the_count_that_it_has_seen_and_looks_again_where_that_has_changed() {
    // A last failure that is yet to come: the wait cannot be over, however slow the machine is.
    let counts = |failures: u64| {
        format!(
            "UPDATE LOGIN_FAILURES SET FAILURES = {failures}, \
             FAILED_AT = CURRENT_TIMESTAMP + NUMTODSINTERVAL(900, 'SECOND')"
        )
    };
    for (seen, seconds_ago, meanwhile, status, count, looked) in [
        // Another instance takes the last try that is free, or the one after a wait.
        (4, 0, counts(5), 429, "5", 2),
        (14, 512, counts(15), 429, "15", 2),
        // As many as before, and not the same.
        (14, 512, counts(14), 429, "14", 2),
        // There is still one that is free.
        (2, 0, counts(4), 401, "5", 1),
        // A right password elsewhere.
        (4, 0, "DELETE FROM LOGIN_FAILURES".to_owned(), 401, "1", 2),
    ] {
        let on = OnOracle::start(&[]);
        assert_eq!(on.log_in("john@example.com", "wrong password").status, 401);
        let at = on.database.seconds_ago(seconds_ago);
        on.database.execute(&format!("UPDATE LOGIN_FAILURES SET FAILURES = {seen}, FAILED_AT = {at}"));
        on.trips();
        on.client.hold(Duration::from_secs(2));
        thread::scope(|scope| {
            let login = scope.spawn(|| on.log_in("john@example.com", "wrong password"));
            while looks(&on) == 0 {
                assert!(!login.is_finished());
                thread::yield_now();
            }
            on.database.execute(&meanwhile);
            on.client.release();
            assert_eq!(login.join().unwrap().status, status, "{meanwhile}");
        });
        assert_eq!(on.database.texts("SELECT FAILURES FROM LOGIN_FAILURES"), [count], "{meanwhile}");
        assert_eq!(looks(&on), looked, "{meanwhile}");
    }
}
