use serde_json::json;

use super::{REVOKED, begin, claims, ids, is_refused, list, log_out, refresh, with_john, with_token};
use crate::api::support::{App, signed};

const LOGGED_OUT: &str = r#"{"message":"Logged out"}"#;

#[test]
fn a_logout_ends_the_session_and_no_other() {
    let (app, tokens) = with_john(&[]);
    let other = begin(&app, "john@example.com");
    log_out(&app, &tokens.access).is(200, LOGGED_OUT);
    is_refused(&list(&app, &tokens.access), "authorization", REVOKED);
    is_refused(&log_out(&app, &tokens.access), "authorization", REVOKED);
    is_refused(&refresh(&app, &tokens.refresh), "refresh_token", REVOKED);
    assert_eq!(ids(&app, &other.access), [claims(&other.access)["sid"].as_str().unwrap()]);
    // Every route that asks who it is.
    is_refused(&with_token(&app, "GET", "/api/calendar/events", &tokens.access), "authorization", REVOKED);
}

#[test]
fn a_token_without_a_session_is_revoked_by_itself() {
    let app = App::start();
    app.new_user("john@example.com");
    let plain =
        || app.log_in("john@example.com", "password").json()["access_token"].as_str().unwrap().to_owned();
    let (one, other) = (plain(), plain());
    log_out(&app, &one).is(200, LOGGED_OUT);
    is_refused(&list(&app, &one), "authorization", REVOKED);
    list(&app, &other).is(200, "[]");
}

/// A `jti` need not be a UUID: other programs with the key make what they like.
#[test]
fn whatever_its_name_is() {
    let app = App::start();
    let token = |jti: serde_json::Value| {
        let token = signed(&json!({"type": "access", "sub": "1", "exp": 4_000_000_000_u64, "jti": jti}));
        token.trim_start_matches("Bearer ").to_owned()
    };
    let (short, long) = (token(json!("a")), token(json!("ä".repeat(1000))));
    log_out(&app, &short).is(200, LOGGED_OUT);
    list(&app, &long).is(200, "[]");
    log_out(&app, &long).is(200, LOGGED_OUT);
    for token in [&short, &long] {
        is_refused(&list(&app, token), "authorization", REVOKED);
    }
    for nameless in [token(json!(null)), token(json!(7))] {
        is_refused(
            &log_out(&app, &nameless),
            "authorization",
            "The token has no jti by which it could be revoked",
        );
        list(&app, &nameless).is(200, "[]");
    }
}

#[test]
fn a_session_is_ended_by_its_id_and_only_by_its_person() {
    let (app, tokens) = with_john(&[]);
    app.new_user("jane@example.com");
    let (other, janes) = (begin(&app, "john@example.com"), begin(&app, "jane@example.com"));
    let path = |tokens: &super::Tokens| {
        format!("/api/users/me/sessions/{}", claims(&tokens.access)["sid"].as_str().unwrap())
    };
    let not_found = [("id", "Session not found")];
    with_token(&app, "DELETE", &path(&janes), &tokens.access).is_error(404, &not_found);
    assert_eq!(ids(&app, &janes.access).len(), 1);
    for odd in ["1", "abc", "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d", "0B6F2C1E6D0C4F0B9F0E7A8A2A4F6B1D"] {
        let path = format!("/api/users/me/sessions/{odd}");
        with_token(&app, "DELETE", &path, &tokens.access).is_error(404, &not_found);
    }
    let ended = r#"{"message":"Session ended"}"#;
    with_token(&app, "DELETE", &path(&other), &tokens.access).is(200, ended);
    with_token(&app, "DELETE", &path(&other), &tokens.access).is_error(404, &not_found);
    is_refused(&list(&app, &other.access), "authorization", REVOKED);
    is_refused(&refresh(&app, &other.refresh), "refresh_token", REVOKED);
    // One's own, too.
    with_token(&app, "DELETE", &path(&tokens), &tokens.access).is(200, ended);
    is_refused(&list(&app, &tokens.access), "authorization", REVOKED);
}

#[test]
fn all_but_the_current_one_end_together() {
    let (app, tokens) = with_john(&[]);
    app.new_user("jane@example.com");
    let others: Vec<_> = (0..3).map(|_| begin(&app, "john@example.com")).collect();
    let janes = begin(&app, "jane@example.com");
    for _ in 0..2 {
        with_token(&app, "DELETE", "/api/users/me/sessions", &tokens.access)
            .is(200, r#"{"message":"Other sessions ended"}"#);
    }
    assert_eq!(ids(&app, &tokens.access).len(), 1);
    for other in &others {
        is_refused(&list(&app, &other.access), "authorization", REVOKED);
        is_refused(&refresh(&app, &other.refresh), "refresh_token", REVOKED);
    }
    assert_eq!(ids(&app, &janes.access).len(), 1);
    // A token without a session has no current one.
    let plain =
        app.log_in("john@example.com", "password").json()["access_token"].as_str().unwrap().to_owned();
    with_token(&app, "DELETE", "/api/users/me/sessions", &plain)
        .is(200, r#"{"message":"Other sessions ended"}"#);
    is_refused(&list(&app, &tokens.access), "authorization", REVOKED);
    list(&app, &plain).is(200, "[]");
}
