//! The audit log: what was done to an account is written down with it; logins, a moment later.

mod logins;
mod retention;
mod sessions;

use std::time::{Duration, Instant};

use super::support::App;

/// Who did what, oldest first: `1 login user 127.0.0.1`.
const ACTS: &str = "SELECT USER_ID || ' ' || ACT || ' ' || ACTOR || ' ' || ADDRESS FROM AUDIT_LOG \
    ORDER BY ACTED_AT, ACT";

/// Waits until so many lines are written, and gives them.
#[track_caller]
pub fn comes_to(app: &App, lines: usize) -> Vec<String> {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        let acts = app.database.texts(ACTS);
        if acts.len() >= lines {
            return acts;
        }
        assert!(Instant::now() < patience, "{acts:?}\n{}", app.program.log());
    }
}
