use std::thread;

use serde_json::json;

use super::{
    ACCESS, Browser, EVENT, EVENTS, REFRESH, changed, claims, clears, is_refused, refresh_jti, sessions,
    set_cookies, sets_none, with_john,
};
use crate::api::sessions::REVOKED;
use crate::api::support::App;

const REFRESH_PATH: &str = "/api/session/refresh";

fn let_pass(app: &App, seconds: u64) {
    let at = app.database.seconds_ago(seconds);
    app.database.execute(&format!("UPDATE USER_SESSIONS SET LAST_USED_AT = {at}"));
}

#[test]
fn a_good_access_token_is_not_renewed() {
    let (app, mut browser) = with_john(&[]);
    let before = refresh_jti(&app);
    let reply = browser.get(&app, EVENTS);
    assert_eq!(reply.status, 200);
    sets_none(&reply);
    assert_eq!(refresh_jti(&app), before);
}

#[test]
fn one_that_is_missing_expired_or_rubbish_is_renewed_on_the_same_answer() {
    let (app, mut browser) = with_john(&[]);
    let session = browser.session();
    for access in ["", "rubbish", "expired", "refresh"] {
        let before = browser.clone();
        match access {
            "expired" => browser.let_access_expire(),
            // A token of the other kind is none.
            "refresh" => browser.set(ACCESS, &before.0[REFRESH]),
            other => browser.set(ACCESS, other),
        }
        let reply = browser.get(&app, EVENTS);
        assert_eq!((reply.status, set_cookies(&reply).len()), (200, 4), "{access}: {}", reply.body);
        assert_eq!(browser.session(), session);
        assert_eq!(browser.0["csrf_access_token"], before.0["csrf_access_token"], "other tabs go on");
        assert_ne!(browser.0[REFRESH], before.0[REFRESH]);
        assert_eq!(refresh_jti(&app), [claims(&browser.0[REFRESH])["jti"].as_str().unwrap()]);
        sets_none(&browser.get(&app, EVENTS));
    }
}

#[test]
fn every_protected_route_renews_also_where_its_answer_is_an_error() {
    let (app, mut browser) = with_john(&[]);
    for (method, path, body, status) in [
        ("GET", "/api/users/me", "", 200),
        ("PATCH", "/api/users/me", r#"{"name":"John"}"#, 200),
        ("PATCH", "/api/users/me", "no object", 400),
        ("GET", EVENTS, "", 200),
        ("HEAD", EVENTS, "", 200),
        ("POST", EVENTS, EVENT, 201),
        ("POST", EVENTS, "{}", 400),
        ("PUT", "/api/calendar/events/1", EVENT, 200),
        ("PUT", "/api/calendar/events/77", EVENT, 404),
        ("DELETE", "/api/calendar/events/77", "", 404),
        ("GET", "/api/users/me/sessions", "", 200),
        ("DELETE", "/api/users/me/sessions", "", 200),
        ("DELETE", "/api/users/me/sessions/abc", "", 404),
    ] {
        let before = browser.clone();
        browser.let_access_expire();
        let reply = browser.page(&app, method, path, body);
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.body);
        // Where the body is not even read to its end, nothing is renewed yet, and nothing is lost.
        if body == "no object" {
            sets_none(&reply);
            browser = before;
        } else {
            assert_eq!(set_cookies(&reply).len(), 4, "{method} {path}");
            assert_ne!(browser.0[REFRESH], before.0[REFRESH]);
        }
    }
    assert_eq!(sessions(&app).len(), 1);
}

#[test]
fn tabs_that_renew_at_once_at_two_instances_get_the_same() {
    let (app, mut browser) = with_john(&[]);
    browser.let_access_expire();
    let apps = [app.again(), app];
    let found: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = (0..12)
            .map(|index| {
                let (app, mut tab) = (&apps[index % 2], browser.clone());
                scope.spawn(move || {
                    let reply = tab.get(app, EVENTS);
                    assert_eq!(reply.status, 200, "{}", reply.body);
                    tab
                })
            })
            .collect();
        started.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(found.iter().all(|tab| *tab == found[0]), "{found:#?}");
    assert_ne!(found[0], browser);
}

#[test]
fn one_whose_answer_was_lost_gives_the_same_again_and_later_ends_the_session() {
    let (app, mut browser) = with_john(&[]);
    browser.let_access_expire();
    let stale = browser.clone();
    assert_eq!(browser.get(&app, EVENTS).status, 200);
    let_pass(&app, 3);
    let mut again = stale.clone();
    assert_eq!(again.get(&app, EVENTS).status, 200);
    assert_eq!(again, browser);
    let_pass(&app, 11);
    let reply = stale.clone().get(&app, EVENTS);
    is_refused(&reply, "authorization", REVOKED);
    clears(&reply);
    // Whoever has the newer ones is logged out, too.
    let reply = browser.get(&app, EVENTS);
    is_refused(&reply, "authorization", REVOKED);
    clears(&reply);
    assert_eq!(browser, Browser::default());
    assert_eq!(sessions(&app), [""; 0]);
    assert!(app.program.log().contains("a used refresh token was shown again"));
}

#[test]
fn what_is_refused_is_taken_away() {
    let (app, browser) = with_john(&[]);
    let refresh = &browser.0[REFRESH];
    for (token, message) in [
        ("rubbish".to_owned(), "Invalid token"),
        (changed(refresh, "exp", json!(1)), "Token has expired"),
        (changed(refresh, "sub", json!("2")), REVOKED),
        (changed(refresh, "sid", json!("0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d")), REVOKED),
        (changed(refresh, "jti", json!(null)), REVOKED),
        (browser.0[ACCESS].clone(), "Only refresh tokens are allowed"),
    ] {
        let mut one = browser.clone();
        one.0.remove(ACCESS);
        one.set(REFRESH, &token);
        let reply = one.get(&app, EVENTS);
        is_refused(&reply, "authorization", message);
        clears(&reply);
        let mut one = browser.clone();
        one.set(REFRESH, &token);
        let reply = one.page(&app, "POST", REFRESH_PATH, "");
        is_refused(&reply, "authorization", message);
        clears(&reply);
    }
    assert_eq!(browser.clone().get(&app, EVENTS).status, 200);
}

#[test]
fn without_a_refresh_token_an_access_token_is_refused_in_its_own_words() {
    let (app, browser) = with_john(&[]);
    let mut alone = browser.clone();
    alone.0.remove(REFRESH);
    assert_eq!(alone.get(&app, EVENTS).status, 200);
    alone.let_access_expire();
    let reply = alone.get(&app, EVENTS);
    is_refused(&reply, "authorization", "Token has expired");
    sets_none(&reply);
    let reply = Browser::default().get(&app, EVENTS);
    is_refused(&reply, "authorization", "Missing Authorization Header");
    is_refused(
        &alone.page(&app, "POST", REFRESH_PATH, ""),
        "authorization",
        "Missing cookie \"refresh_token_cookie\"",
    );
}

#[test]
fn a_header_wins_over_cookies_and_renews_nothing() {
    let (app, mut browser) = with_john(&[]);
    browser.let_access_expire();
    let before = refresh_jti(&app);
    let jane = app.new_user("jane@example.com");
    let token = crate::api::support::bearer(jane);
    let with = |browser: &mut Browser, value: &str, method: &str, path: &str, body: &str| {
        browser.send(&app, method, path, &[("Authorization", value)], body.as_bytes())
    };
    let reply = with(&mut browser, &token, "GET", "/api/users/me", "");
    assert_eq!((reply.status, &reply.json()["id"]), (200, &json!(jane)));
    sets_none(&reply);
    assert_eq!(
        with(&mut browser, &token, "POST", EVENTS, EVENT).status,
        201,
        "no page of elsewhere sends a header"
    );
    for (value, message) in [
        ("Bearer rubbish", "Invalid token"),
        (
            "Basic x",
            "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'",
        ),
    ] {
        let reply = with(&mut browser, value, "GET", "/api/users/me", "");
        is_refused(&reply, "authorization", message);
        sets_none(&reply);
    }
    let logout = with(&mut browser, &token, "POST", "/api/users/logout", "");
    assert_eq!(logout.status, 401, "a token without a name");
    sets_none(&logout);
    assert_eq!(refresh_jti(&app), before);
}

#[test]
fn a_page_renews_by_itself() {
    let (app, mut browser) = with_john(&[]);
    let before = browser.clone();
    let reply = browser.page(&app, "POST", REFRESH_PATH, "");
    let csrf = &before.0["csrf_access_token"];
    reply.is(200, &format!(r#"{{"csrf_token":"{csrf}"}}"#));
    assert_eq!(set_cookies(&reply).len(), 4);
    assert_ne!(browser.0[REFRESH], before.0[REFRESH]);
    assert_eq!(browser.get(&app, EVENTS).status, 200);
    // Whatever its access token is worth.
    browser.0.remove(ACCESS);
    assert_eq!(browser.page(&app, "POST", REFRESH_PATH, "").status, 200);
}
