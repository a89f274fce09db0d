//! Whatever happens to a migration, and whenever: the next try finishes it.

use oracle_client_stand_in::{KillPoint, Kind, Trip};

use super::account::{Account, contents, left_by_a_program_from_before};
use super::persony;
use crate::api::support::database::StandInOracle;

/// What may happen to a statement.
#[derive(Debug, Clone, Copy)]
enum Mishap {
    /// ORA-01652: there is no room.
    Fails,
    /// Its session dies, and it has not happened.
    DiesBefore,
    /// Its session dies, and it has happened.
    DiesAfter,
}

impl Mishap {
    fn strike(self, oracle: &StandInOracle, nth: u64) {
        match self {
            Self::Fails => oracle.client.fail_statement(nth, 1652),
            Self::DiesBefore => oracle.client.kill_in_nth_statement(nth, KillPoint::BeforeEffect),
            Self::DiesAfter => oracle.client.kill_in_nth_statement(nth, KillPoint::AfterEffect),
        }
    }
}

fn statements(oracle: &StandInOracle) -> Vec<Trip> {
    let mut trips = oracle.client.trips();
    trips.retain(|trip| matches!(trip.kind, Kind::Execute | Kind::ExecuteCommit));
    trips
}

/// Lets this happen to statements of a migration in turn: to all of those that make the records and the lock and to the last
/// ones, and to each third of what lies between, which is made alike: with the three mishaps it is each statement.
fn strikes_each_statement_of(prepare: fn(&StandInOracle), mishap: Mishap) {
    let unharmed = Account::new(prepare);
    assert!(persony(&unharmed.oracle, &["migrate"], &[]).status.success());
    let (whole, all) = (contents(&unharmed.oracle), statements(&unharmed.oracle).len());
    assert!(all > 12, "{all}");
    let is_struck = |nth: &usize| *nth <= 12 || *nth + 6 > all || nth % 3 == mishap as usize;
    for nth in (1..=all).filter(is_struck) {
        let account = Account::new(prepare);
        let oracle = &account.oracle;
        mishap.strike(oracle, nth as u64);
        let struck = persony(oracle, &["migrate"], &[]);
        let trips = statements(oracle);
        let statement = &trips[nth - 1].statement;
        let said = String::from_utf8(struck.stderr).unwrap();
        if !statement.starts_with("SELECT") {
            assert_eq!(struck.status.code(), Some(1), "{mishap:?} in {statement}: {said}");
            is_named(&said, statement);
        }
        assert!(persony(oracle, &["migrate"], &[]).status.success(), "after {mishap:?} in {statement}");
        assert_eq!(contents(oracle), whole, "after {mishap:?} in {statement}");
    }
}

/// The statement begins the error, behind what it belongs to.
fn is_named(said: &str, statement: &str) {
    let words: Vec<_> = statement.split(' ').take(4).collect();
    assert!(said.contains(&words[..3].join(" ")), "{said} of {statement}");
    assert!(said.contains("ORA-") || said.contains("DPI-"), "{said}");
    let of_a_step = [
        "USERS",
        "CALENDAR_EVENTS",
        "LOGIN_FAILURES",
        "PERSONY_JOBS",
        "USER_PROFILES",
        "USER_SESSIONS",
        "REVOKED_TOKENS",
        "AUDIT_LOG",
        "CLOSED_ACCOUNTS",
        "PERSONY_DATABASE",
        "CALENDARS",
        "CALENDAR_",
        "EVENT_",
        "SHARE",
        "IDX_",
    ];
    // Behind CREATE TABLE, CREATE INDEX or CREATE UNIQUE INDEX.
    let made = words.iter().find(|word| !matches!(**word, "CREATE" | "UNIQUE" | "TABLE" | "INDEX"));
    let of_a_step = made.is_some_and(|made| of_a_step.iter().any(|name| made.starts_with(name)));
    assert_eq!(said.contains("cannot migrate: migration "), of_a_step, "{said}");
}

#[test]
fn after_any_statement_of_an_empty_account_failed_the_next_try_finishes() {
    strikes_each_statement_of(|_| (), Mishap::Fails);
}

#[test]
fn after_a_session_died_before_any_statement_took_effect_the_next_try_finishes() {
    strikes_each_statement_of(|_| (), Mishap::DiesBefore);
}

#[test]
fn after_a_session_died_when_any_statement_took_effect_the_next_try_finishes() {
    strikes_each_statement_of(|_| (), Mishap::DiesAfter);
}

/// Where there were records and no lock, each later run was an ORA-00942.
#[test]
fn an_account_that_a_program_from_before_left_half_made_is_finished_whatever_happens() {
    for mishap in [Mishap::Fails, Mishap::DiesBefore, Mishap::DiesAfter] {
        strikes_each_statement_of(|oracle| left_by_a_program_from_before(oracle), mishap);
    }
}

/// The server tries again by itself.
#[test]
fn a_server_that_could_not_finish_names_the_step_and_finishes_later() {
    let on = super::OnOracle::prepared(
        |oracle| oracle.client.fail_statements_like("CREATE INDEX IDX_LOGIN_FAILURES", 1652),
        &[],
    );
    assert_eq!(on.list_events(1).status, 503);
    let log = on.program.log();
    let named = "the schema is not in order: migration 2 (login failures), step 2, \
                 CREATE INDEX IDX_LOGIN_FAILURES_FAILED_AT ON LOGIN_FAILURES (FAILED_AT): OCI Error: ORA-01652";
    assert!(log.contains(named), "{log}");
    on.client.clear_faults();
    on.becomes_ready();
    let log = on.program.log();
    assert_eq!(log.matches("ERROR").count(), 1, "{log}");
    // The second migration's last, and all that follow.
    let left = super::later_steps().len() - 1;
    let brought = format!("the schema was brought to migration {} in {left} steps", super::NEWEST);
    assert!(log.contains(&brought), "{log}");
}
