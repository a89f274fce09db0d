//! The API on the Oracle engine: over the stand-in for the Oracle Client, or on a real Oracle
//! database where PERSONY_TEST_ORACLE_DSN, _USER and _PASSWORD are set.

mod api;
#[path = "oracle/mod.rs"]
mod on_oracle;
mod units;

use std::io::Write;

use api::support::database::RealOracle;

const ENGINE: api::support::Engine = api::support::Engine::Oracle;

/// Not by `println!`, which the test harness keeps to itself when a test passes.
#[test]
fn says_on_which_oracle_these_tests_run() {
    let on = match RealOracle::configured() {
        Some(_) => "a real Oracle database (PERSONY_TEST_ORACLE_DSN)",
        None => "the stand-in for the Oracle Client; no real Oracle is set (PERSONY_TEST_ORACLE_DSN)",
    };
    writeln!(std::io::stderr(), "Oracle engine: on {on}").unwrap();
}
