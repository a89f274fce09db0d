//! What nobody waits for: it is done by one instance at a time, and people can see how it goes.

mod command;
mod instances;

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::support::database::Database;

pub const SWEEP: &str = "sweep_login_failures";

/// All jobs.
pub const ALL: [&str; 7] = [
    SWEEP,
    PURGE,
    "sweep_sessions",
    "sweep_revoked_tokens",
    "forget_deletions",
    "sweep_orphans",
    "sweep_audit_log",
];

/// Deletes what is left of erased accounts.
pub const PURGE: &str = "purge_accounts";

/// Servers that a test wants to look at their jobs soon.
pub const LOOKING: [(&str, &str); 1] = [("JOBS_LOOK_INTERVAL", "1")];

/// The number of rows of login failures.
pub const FAILURES: &str = "SELECT COUNT(*) FROM LOGIN_FAILURES";

/// What `persony` with these words prints on either stream, and its exit code.
pub fn persony(database: &dyn Database, words: &[&str]) -> (String, String, Option<i32>) {
    persony_with(database, words, &[])
}

/// As [`persony`], with these variables.
pub fn persony_with(
    database: &dyn Database,
    words: &[&str],
    variables: &[(&str, &str)],
) -> (String, String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_persony"));
    command.args(words).current_dir(folder.path()).env_clear().envs(database.variables());
    command.envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// Asserts what `persony jobs run` prints of the sweep, and its exit code.
#[track_caller]
pub fn sweep(database: &dyn Database, said: &str, code: i32) {
    let (output, log, ended) = persony(database, &["jobs", "run", SWEEP]);
    assert_eq!((output.as_str(), ended), (format!("{SWEEP}: {said}\n").as_str(), Some(code)), "{log}");
}

/// Makes the sweep known, and due since so many seconds ago.
pub fn make_due(database: &dyn Database, seconds: u64) {
    let due_at = database.seconds_ago(seconds);
    database.execute(&format!("INSERT INTO PERSONY_JOBS (NAME, DUE_AT) VALUES ('{SWEEP}', {due_at})"));
}

/// Changes what the database keeps of the sweep.
pub fn set(database: &dyn Database, columns: &str) {
    database.execute(&format!("UPDATE PERSONY_JOBS SET {columns}"));
}

/// The one value of a column of the sweep's, as text.
pub fn kept(database: &dyn Database, column: &str) -> String {
    database.texts(&format!("SELECT {column} FROM PERSONY_JOBS WHERE NAME = '{SWEEP}'")).remove(0)
}

/// Adds failures of a day and a minute ago.
pub fn add_old_failures(database: &dyn Database, rows: u64) {
    let at = database.seconds_ago(86_460);
    let row = |number| format!("INSERT INTO LOGIN_FAILURES VALUES ('{number:064}', 3, {at})");
    database.execute_all(&(0..rows).map(row).collect::<Vec<_>>());
}

/// Looks again and again until something is so.
#[track_caller]
pub fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(120);
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain until {what}");
        thread::park_timeout(Duration::from_millis(20));
    }
}
