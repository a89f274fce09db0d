//! The database breaks in the middle of what keeps a session: the person can try again.

use std::thread;
use std::time::Duration;

use oracle_client_stand_in::KillPoint;
use serde_json::{Value, json};

use super::OnOracle;
use super::faults::is_unavailable;
use crate::api::sessions::cookies::Browser;
use crate::api::support::Reply;

fn with_session() -> (OnOracle, Value) {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true});
    let tokens = on.post("/api/users/login", &login).json();
    (on, tokens)
}

impl OnOracle {
    fn refresh(&self, tokens: &Value) -> Reply {
        self.post("/api/users/refresh", &json!({"refresh_token": tokens["refresh_token"]}))
    }

    fn log_out(&self, tokens: &Value) -> Reply {
        let authorization = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        self.send("POST", "/api/users/logout", &[("Authorization", &authorization)], b"")
    }

    fn can_be_had(&self) {
        self.wait_until(|on| on.get("/api/db-ping").status == 200);
    }
}

const POINTS: [KillPoint; 2] = [KillPoint::BeforeEffect, KillPoint::AfterEffect];

#[test]
fn a_refresh_that_was_cut_off_is_done_again_with_the_same_token() {
    for point in POINTS {
        let (on, tokens) = with_session();
        on.client.kill_in_statement(point);
        is_unavailable(&on.refresh(&tokens));
        on.can_be_had();
        let next = on.refresh(&tokens);
        assert_eq!(next.status, 200, "{point:?}: {}", next.body);
        assert_eq!(on.refresh(&next.json()).status, 200, "{point:?}");
        assert_eq!(on.database.texts("SELECT ID FROM USER_SESSIONS").len(), 1);
    }
}

#[test]
fn a_logout_that_was_cut_off_is_done_again_and_never_half() {
    for point in POINTS {
        let (on, tokens) = with_session();
        on.client.kill_in_statement(point);
        is_unavailable(&on.log_out(&tokens));
        on.can_be_had();
        // Both or neither.
        let sessions = on.database.texts("SELECT ID FROM USER_SESSIONS").len();
        assert_eq!(on.database.texts("SELECT SUBJECT FROM REVOKED_TOKENS").len(), 1 - sessions, "{point:?}");
        assert_eq!(on.log_out(&tokens).status, 200, "{point:?}");
        assert_eq!(on.log_out(&tokens).status, 401);
        assert_eq!(on.refresh(&tokens).status, 401);
    }
}

#[test]
fn a_renewal_that_was_cut_off_leaves_the_cookies_and_is_done_again() {
    for point in POINTS {
        let on = OnOracle::start(&[]);
        on.new_user("john@example.com");
        let mut browser = Browser::of(&on, "john@example.com");
        browser.let_access_expire();
        for path in ["/api/users/me/sessions", "/api/session/refresh"] {
            let method = if path.ends_with("refresh") { "POST" } else { "GET" };
            let before = browser.clone();
            on.client.kill_in_statement(point);
            let reply = browser.page(&on, method, path, "");
            is_unavailable(&reply);
            assert_eq!((reply.header("set-cookie"), &browser), (None, &before));
            on.can_be_had();
            let reply = browser.page(&on, method, path, "");
            assert_eq!(reply.status, 200, "{point:?}: {}", reply.body);
            assert_ne!(browser, before);
        }
        assert_eq!(on.database.texts("SELECT ID FROM USER_SESSIONS").len(), 1);
    }
}

#[test]
fn so_does_a_logout_or_a_login_of_a_browser() {
    for point in POINTS {
        let on = OnOracle::start(&[]);
        on.new_user("john@example.com");
        let mut browser = Browser::of(&on, "john@example.com");
        let (before, login) = (browser.clone(), json!({"email": "john@example.com", "password": "password"}));
        for logs_in in [false, true] {
            let act = |browser: &mut Browser| match logs_in {
                true => browser.log_in(&on, &login),
                false => browser.page(&on, "DELETE", "/api/session", ""),
            };
            on.client.kill_in_statement(point);
            let reply = act(&mut browser);
            is_unavailable(&reply);
            assert_eq!((reply.header("set-cookie"), &browser), (None, &before));
            on.can_be_had();
            let ended = on.database.texts("SELECT SUBJECT FROM REVOKED_TOKENS").len();
            assert_eq!(on.database.texts("SELECT ID FROM USER_SESSIONS").len(), 1 - ended, "{point:?}");
        }
        assert_eq!(browser.log_in(&on, &login).status, 200);
        assert_eq!(before.clone().get(&on, "/api/users/me").status, 401);
        assert_eq!(on.database.texts("SELECT ID FROM USER_SESSIONS").len(), 1);
    }
}

#[test]
fn while_the_database_is_away_cookies_are_as_good_as_tokens() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    let mut browser = Browser::of(&on, "john@example.com");
    on.client.refuse_connections(12541);
    on.client.kill_sessions();
    // Refused for their own sake, and not for the database's.
    let post = |browser: &mut Browser, headers: &[(&str, &str)]| {
        browser.send(&on, "POST", "/api/calendar/events", headers, b"{}").status
    };
    assert_eq!(post(&mut browser, &[]), 401);
    assert_eq!(post(&mut browser, &[("Origin", "https://evil.example")]), 403);
    let csrf = browser.0["csrf_access_token"].clone();
    assert_eq!(post(&mut browser, &[("X-CSRF-TOKEN", &csrf)]), 400);
    browser.let_access_expire();
    assert_eq!((post(&mut browser, &[]), post(&mut browser, &[("X-CSRF-TOKEN", &csrf)])), (401, 503));
}

#[test]
fn while_the_database_is_away_what_is_known_of_tokens_holds() {
    let (on, tokens) = with_session();
    let next = on.refresh(&tokens).json();
    assert_eq!(on.log_out(&next).status, 200);
    on.client.refuse_connections(12541);
    on.client.kill_sessions();
    assert_eq!(on.log_out(&next).status, 401, "revoked");
    is_unavailable(&on.refresh(&json!({"refresh_token": of_another_session()})));
}

/// A refresh token that is signed, and of a session that nobody has looked for.
fn of_another_session() -> String {
    let claims = json!({
        "type": "refresh", "sub": "1", "exp": 4_000_000_000_u64, "jti": "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d",
        "csrf": "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1e", "sid": "0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1f",
    });
    crate::api::support::signed(&claims).trim_start_matches("Bearer ").to_owned()
}

#[test]
fn while_what_was_revoked_cannot_be_read_all_wait_together_and_no_longer_than_one() {
    let on = OnOracle::prepared(|_| (), &[]);
    on.wait_until(|on| on.get("/api/ready").status == 200);
    on.client.fail_statements_like("REVOKED_TOKENS", 942);
    on.client.hold(Duration::from_millis(700));
    on.client.clear_trips();
    thread::scope(|scope| {
        let lists: Vec<_> = (0..16).map(|_| scope.spawn(|| on.list_events(1).status)).collect();
        lists.into_iter().for_each(|status| assert!(status.join().unwrap() >= 500));
    });
    let looks = on.client.trips().iter().filter(|trip| trip.statement.contains("REVOKED_TOKENS")).count();
    assert!((1..8).contains(&looks), "{looks} of 16: one after the other");
    on.client.release();
    on.client.clear_faults();
    on.becomes_ready();
}
