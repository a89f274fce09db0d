//! The API on the embedded engine, and what that engine promises of its file.

mod api;
#[path = "embedded/changes.rs"]
mod changes;
#[path = "embedded/file.rs"]
mod file;
#[path = "embedded/groups/mod.rs"]
mod groups;
#[path = "embedded/migrations.rs"]
mod migrations;
#[path = "embedded/plain_file.rs"]
mod plain_file;
mod units;

const ENGINE: api::support::Engine = api::support::Engine::Embedded;

/// Not by `println!`, which the test harness keeps to itself when a test passes.
#[test]
fn says_that_these_tests_run_on_the_embedded_engine() {
    use std::io::Write;
    writeln!(std::io::stderr(), "Embedded engine: on SQLite {}", rusqlite::version()).unwrap();
}
