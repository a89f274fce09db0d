//! The audit log over the stand-in: logins are written in arrays, and outlast a database that is away.

use oracle_client_stand_in::{KillPoint, Kind};

use super::OnOracle;

const USERS: &str = "SELECT USER_ID || ' ' || ACT FROM AUDIT_LOG ORDER BY ACTED_AT";

/// With two people, and writes of logins that are noted and struck as others are.
fn with_people() -> OnOracle {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    on.new_user("jane@example.com");
    on.client.pass_over(None);
    on.client.clear_trips();
    on
}

impl OnOracle {
    fn logs_in(&self, name: &str) {
        assert_eq!(self.log_in(&format!("{name}@example.com"), "password").status, 200);
    }

    /// The rows of each array of lines.
    fn arrays(&self) -> Vec<u64> {
        let mut trips = self.client.trips();
        trips.retain(|trip| trip.statement.starts_with("INSERT INTO AUDIT_LOG"));
        assert!(trips.iter().all(|trip| trip.kind == Kind::ExecuteCommit), "{trips:?}");
        trips.into_iter().map(|trip| trip.rows).filter(|rows| *rows > 0).collect()
    }
}

#[test]
fn logins_that_could_not_be_written_are_kept_and_written_together() {
    let on = with_people();
    on.client.fail_statements_like("INSERT INTO AUDIT_LOG", 1653);
    (0..4).for_each(|_| on.logs_in("john"));
    let told = "logins cannot be written to the audit log, and are kept: ";
    on.wait_until(|on| on.program.log().contains(told));
    on.logs_in("jane");
    on.client.clear_faults();
    on.wait_until(|on| on.program.log().contains("logins can be written to the audit log again"));
    assert_eq!(on.database.texts(USERS), ["1 login", "1 login", "1 login", "1 login", "2 login"]);
    // A try that was under way when the last of them came had the others alone.
    let arrays = on.arrays();
    assert!(arrays == [5] || arrays == [4, 1], "{arrays:?}");
    assert_eq!(on.program.log().matches(told).count(), 1, "{}", on.program.log());
}

/// Its answer was lost, and nobody knows whether it took effect.
#[test]
fn what_is_written_again_is_one_line() {
    let on = with_people();
    on.client.kill_in_nth_statement(2, KillPoint::AfterEffect);
    on.logs_in("john");
    on.wait_until(|on| on.program.log().contains("logins can be written to the audit log again"));
    on.logs_in("jane");
    on.wait_until(|on| on.database.texts(USERS).len() > 1);
    assert_eq!(on.database.texts(USERS), ["1 login", "2 login"]);
}

#[test]
fn whoever_is_gone_by_then_keeps_nobody_else_from_the_log() {
    let on = with_people();
    on.client.fail_statements_like("INSERT INTO AUDIT_LOG", 1653);
    ["john", "jane", "john"].iter().for_each(|name| on.logs_in(name));
    on.database.execute("DELETE FROM USERS WHERE ID = 1");
    on.client.clear_faults();
    on.wait_until(|on| !on.database.texts(USERS).is_empty());
    assert_eq!(on.database.texts(USERS), ["2 login"]);
}

#[test]
fn a_database_that_stays_away_does_not_keep_the_end_waiting() {
    let on = with_people();
    on.client.fail_statements_like("INSERT INTO AUDIT_LOG", 1653);
    on.logs_in("john");
    on.program.terminate();
    let OnOracle { app, client: _client } = on;
    let (log, status) = app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("the last logins are not in the audit log"), "{log}");
}
