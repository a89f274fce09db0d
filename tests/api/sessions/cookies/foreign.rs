//! Cookies that hold what others have made: another instance, the Flask application, a program.

use serde_json::json;

use super::{
    ACCESS, Browser, EVENT, EVENTS, REFRESH, changed, claims, is_refused, refresh_jti, sets_none, token_of,
    with_john,
};
use crate::api::sessions::REVOKED;

const REFRESH_PATH: &str = "/api/session/refresh";

#[test]
fn what_an_instance_made_whose_clock_is_ahead_stays() {
    let (app, mut browser) = with_john(&[]);
    let (ahead, before) = (json!(4_000_000_000_u64), refresh_jti(&app));
    for name in [ACCESS, REFRESH] {
        let later =
            changed(&changed(&browser.0[name], "exp", json!(4_000_000_001_u64)), "nbf", ahead.clone());
        browser.set(name, &later);
    }
    for (method, path) in [("GET", EVENTS), ("POST", REFRESH_PATH)] {
        let reply = browser.page(&app, method, path, "");
        is_refused(&reply, "authorization", "The token is not yet valid (nbf)");
        sets_none(&reply);
    }
    assert_eq!(refresh_jti(&app), before);
}

/// Two instances' clocks need not agree for the request that renews: it goes on by what was granted.
#[test]
fn a_renewal_that_another_instance_made_a_moment_ahead_serves_its_request() {
    let (app, mut browser) = with_john(&[]);
    browser.let_access_expire();
    let stale = browser.clone();
    assert_eq!(browser.get(&app, EVENTS).status, 200);
    app.database.execute("UPDATE USER_SESSIONS SET ISSUED_AT = ISSUED_AT + 5");
    let mut again = stale.clone();
    assert_eq!(again.get(&app, EVENTS).status, 200);
    assert_eq!(again.session(), browser.session());
}

#[test]
fn flasks_cookies_are_taken_as_far_as_it_has_no_sessions_and_stay() {
    let (app, browser) = with_john(&[]);
    let flasks = |cookie: &str| changed(&browser.0[cookie], "sid", json!(null));
    let mut flask = browser.clone();
    flask.set(ACCESS, &flasks(ACCESS));
    flask.set(REFRESH, &flasks(REFRESH));
    assert_eq!(flask.get(&app, EVENTS).status, 200);
    assert_eq!(flask.page(&app, "POST", EVENTS, EVENT).status, 201);
    flask.let_access_expire();
    // Good at the Flask application, which renews it by itself.
    let reply = flask.get(&app, EVENTS);
    is_refused(&reply, "authorization", REVOKED);
    sets_none(&reply);
    let reply = flask.page(&app, "POST", REFRESH_PATH, "");
    is_refused(&reply, "authorization", REVOKED);
    sets_none(&reply);
}

/// Whose session begins is said by its tokens, not by how they are sent.
#[test]
fn tokens_of_a_program_are_taken_as_cookies() {
    let (app, tokens) = crate::api::sessions::with_john(&[]);
    let mut browser = Browser::default();
    browser.set(ACCESS, &tokens.access);
    browser.set(REFRESH, &tokens.refresh);
    browser.set("csrf_access_token", claims(&tokens.access)["csrf"].as_str().unwrap());
    assert_eq!(browser.page(&app, "POST", EVENTS, EVENT).status, 201);
    browser.let_access_expire();
    assert_eq!(browser.page(&app, "POST", EVENTS, EVENT).status, 201);
    assert_eq!(app.database.texts("SELECT KIND FROM USER_SESSIONS"), ["token"]);
}

/// What Flask-JWT-Extended, or anything with the key, may have written.
#[test]
fn a_claim_of_any_kind_makes_no_500() {
    let (app, browser) = with_john(&[]);
    for claim in ["sid", "jti", "csrf", "remember", "sub"] {
        for value in [json!(null), json!(7), json!([]), json!("x"), json!({"a": 1})] {
            let mut one = browser.clone();
            let mut odd = claims(&browser.0[REFRESH]);
            odd[claim] = value.clone();
            one.set(REFRESH, &token_of(&odd));
            one.0.remove(ACCESS);
            let status = one.get(&app, EVENTS).status;
            assert!(status == 401 || (claim == "remember" && status == 200), "{claim} {value}: {status}");
        }
    }
}
