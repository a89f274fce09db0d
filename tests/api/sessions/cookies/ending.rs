use serde_json::json;

use super::{
    ACCESS, Browser, EVENTS, REFRESH, SESSION, changed, clears, is_refused, sessions, sets_none, with_john,
};
use crate::api::sessions::REVOKED;

const LOGGED_OUT: &str = r#"{"message":"Logged out"}"#;

#[test]
fn a_logout_ends_the_session_and_takes_its_cookies_away() {
    let (app, browser) = with_john(&[]);
    let other = Browser::of(&app, "john@example.com");
    for (index, (method, path)) in
        [("DELETE", SESSION), ("POST", "/api/users/logout")].into_iter().enumerate()
    {
        for expired in [false, true] {
            let mut leaving =
                if index == 0 && !expired { browser.clone() } else { Browser::of(&app, "john@example.com") };
            if expired {
                leaving.let_access_expire();
            }
            let before = leaving.clone();
            let reply = leaving.page(&app, method, path, "");
            reply.is(200, LOGGED_OUT);
            clears(&reply);
            assert_eq!(leaving, Browser::default());
            assert_eq!(sessions(&app), [other.session()]);
            // Going back shows nothing.
            is_refused(&leaving.get(&app, EVENTS), "authorization", "Missing Authorization Header");
            is_refused(&before.clone().get(&app, EVENTS), "authorization", REVOKED);
        }
    }
    assert_eq!(other.clone().get(&app, EVENTS).status, 200);
}

#[test]
fn stale_missing_and_foreign_cookies_are_taken_away_and_end_nothing() {
    let (app, browser) = with_john(&[]);
    let refresh = &browser.0[REFRESH];
    let mut cases = vec![Browser::default()];
    for (access, refresh) in [
        ("rubbish".to_owned(), "rubbish".to_owned()),
        (String::new(), changed(refresh, "exp", json!(1))),
        (String::new(), changed(refresh, "sid", json!(null))),
        (refresh.clone(), browser.0[ACCESS].clone()),
        (changed(&browser.0[ACCESS], "exp", json!(1)), String::new()),
    ] {
        let mut one = Browser::default();
        one.set(ACCESS, &access);
        one.set(REFRESH, &refresh);
        cases.push(one);
    }
    for mut one in cases {
        let reply = one.send(&app, "DELETE", SESSION, &[], b"");
        reply.is(200, LOGGED_OUT);
        clears(&reply);
    }
    assert_eq!(browser.clone().get(&app, EVENTS).status, 200);
    assert_eq!(app.database.texts("SELECT SUBJECT FROM REVOKED_TOKENS"), [""; 0]);
    // Twice is as good as once.
    let (mut first, mut second) = (browser.clone(), browser);
    first.page(&app, "DELETE", SESSION, "").is(200, LOGGED_OUT);
    second.page(&app, "DELETE", SESSION, "").is(200, LOGGED_OUT);
}

#[test]
fn a_token_without_a_session_is_revoked_by_itself() {
    let (app, mut browser) = with_john(&[]);
    let flasks = changed(&browser.0[ACCESS], "sid", json!(null));
    browser.set(ACCESS, &flasks);
    let before = browser.clone();
    browser.page(&app, "DELETE", SESSION, "").is(200, LOGGED_OUT);
    let mut again = before.clone();
    again.0.remove(REFRESH);
    is_refused(&again.get(&app, EVENTS), "authorization", REVOKED);
    assert_eq!(sessions(&app).len(), 1);
}

#[test]
fn who_ends_the_current_session_by_its_id_has_no_cookies_left() {
    let (app, mut browser) = with_john(&[]);
    let mut other = Browser::of(&app, "john@example.com");
    let path = |browser: &Browser| format!("/api/users/me/sessions/{}", browser.session());
    let reply = browser.page(&app, "DELETE", &path(&other), "");
    assert_eq!(reply.status, 200);
    sets_none(&reply);
    assert_eq!(other.get(&app, EVENTS).status, 401);
    sets_none(&browser.page(&app, "DELETE", "/api/users/me/sessions", ""));
    let reply = browser.page(&app, "DELETE", &path(&browser.clone()), "");
    assert_eq!(reply.status, 200);
    clears(&reply);
}

/// The header said who it is; the cookies beside it may be somebody else's.
#[test]
fn a_logout_by_header_leaves_cookies_alone() {
    let (app, mut browser) = with_john(&[]);
    let token = format!("Bearer {}", Browser::of(&app, "john@example.com").0[ACCESS]);
    let reply = browser.send(&app, "POST", "/api/users/logout", &[("Authorization", &token)], b"");
    reply.is(200, LOGGED_OUT);
    sets_none(&reply);
    assert_eq!(browser.get(&app, EVENTS).status, 200);
}
