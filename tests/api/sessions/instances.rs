//! What one instance ends is known in the others, and in those that start later.

use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};

use super::{REVOKED, begin, claims, ids, is_refused, list, log_out, with_john};
use crate::api::support::App;

/// Asks until the token is refused.
fn comes_to_refuse(app: &App, access_token: &str) {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        let reply = list(app, access_token);
        if reply.status == 401 {
            return is_refused(&reply, "authorization", REVOKED);
        }
        assert!(Instant::now() < patience, "{}", app.program.log());
    }
}

#[test]
fn what_is_ended_here_is_known_there_after_a_look() {
    let polled = [("REVOCATION_POLL", "1")];
    let (app, tokens) = with_john(&polled);
    let (other, stays) = (app.again_with(&polled), begin(&app, "john@example.com"));
    assert_eq!(ids(&other, &tokens.access).len(), 2);
    log_out(&app, &tokens.access).is(200, r#"{"message":"Logged out"}"#);
    comes_to_refuse(&other, &tokens.access);
    assert_eq!(ids(&other, &stays.access).len(), 1);
    // Again, by a look that begins where others have been.
    log_out(&other, &stays.access).is(200, r#"{"message":"Logged out"}"#);
    comes_to_refuse(&app, &stays.access);
}

/// A row is as old as its statement, and is seen when its unit is committed: after a look, perhaps, that was
/// later than the statement.
#[test]
fn what_was_written_before_a_look_and_committed_after_it_is_seen() {
    let polled = [("REVOCATION_POLL", "1")];
    let (app, tokens) = with_john(&polled);
    assert_eq!(ids(&app, &tokens.access).len(), 1);
    let session = claims(&tokens.access)["sid"].as_str().unwrap().to_owned();
    let (then, ahead) = (app.database.seconds_ago(9), app.database.time(Utc::now() + TimeDelta::hours(1)));
    app.database.execute(&format!(
        "INSERT INTO REVOKED_TOKENS (SUBJECT, REVOKED_AT, EXPIRES_AT) VALUES ('{session}', {then}, {ahead})"
    ));
    comes_to_refuse(&app, &tokens.access);
}

#[test]
fn an_instance_that_starts_knows_it_before_its_first_answer() {
    let (app, tokens) = with_john(&[]);
    log_out(&app, &tokens.access).is(200, r#"{"message":"Logged out"}"#);
    is_refused(&list(&app.again(), &tokens.access), "authorization", REVOKED);
}

#[test]
fn one_that_does_not_look_does_not_know() {
    // So that the tests above fail where nobody looks.
    let (app, tokens) = with_john(&[]);
    let other = app.again();
    assert_eq!(ids(&other, &tokens.access).len(), 1);
    log_out(&app, &tokens.access).is(200, r#"{"message":"Logged out"}"#);
    other.list_events(1).is(200, "[]");
    list(&other, &tokens.access).is(200, "[]");
}
