//! What somebody can put among the cookies who cannot read them, such as another server of the same domain.

use serde_json::json;

use super::{
    ACCESS, Browser, EVENTS, REFRESH, SESSION, is_refused, sessions, set_cookies, sets_none, with_john,
};

const UNCLEAR: &str = "There is more than one access_token_cookie, or it is too long";
const UNCLEAR_REFRESH: &str = "There is more than one refresh_token_cookie, or it is too long";

#[test]
fn two_of_one_name_that_differ_are_both_refused_in_any_order() {
    let (app, browser) = with_john(&[]);
    app.new_user("jane@example.com");
    let theirs = Browser::of(&app, "jane@example.com");
    let (ours, planted) = (browser.header(), format!("{ACCESS}={}", theirs.0[ACCESS]));
    for lines in [format!("{ours}; {planted}"), format!("{planted}; {ours}"), format!("{ours};{ACCESS}=x")] {
        let reply = app.send("GET", EVENTS, &[("Cookie", &lines)], b"");
        is_refused(&reply, "authorization", UNCLEAR);
        sets_none(&reply);
    }
    // On lines of their own, too.
    let reply = app.send("GET", EVENTS, &[("Cookie", &ours), ("Cookie", &planted)], b"");
    is_refused(&reply, "authorization", UNCLEAR);
    // The same twice is one.
    let twice = format!("{ours}; {ACCESS}={}", browser.0[ACCESS]);
    assert_eq!(app.send("GET", EVENTS, &[("Cookie", &twice)], b"").status, 200);
}

#[test]
fn nothing_is_renewed_from_one_of_two() {
    let (app, mut browser) = with_john(&[]);
    let theirs = Browser::of(&app, "john@example.com");
    let csrf = browser.0["csrf_access_token"].clone();
    browser.let_access_expire();
    for planted in [theirs.0[REFRESH].as_str(), "x"] {
        let lines = format!("{}; {REFRESH}={planted}", browser.header());
        let reply = app.send("GET", EVENTS, &[("Cookie", &lines)], b"");
        is_refused(&reply, "authorization", UNCLEAR_REFRESH);
        sets_none(&reply);
        let headers = [("Cookie", lines.as_str()), ("X-CSRF-TOKEN", csrf.as_str())];
        let reply = app.send("POST", "/api/session/refresh", &headers, b"");
        is_refused(&reply, "authorization", UNCLEAR_REFRESH);
        // Ended by none of the two, and cleared as far as the server can.
        let reply = app.send("DELETE", SESSION, &headers, b"");
        assert_eq!(reply.status, 200);
        super::clears(&reply);
    }
    assert_eq!(sessions(&app).len(), 2);
    assert_eq!(browser.get(&app, EVENTS).status, 200);
}

#[test]
fn one_that_no_browser_keeps_is_refused_and_a_head_that_is_too_large_is_not_read() {
    let (app, mut browser) = with_john(&[]);
    let long = "x".repeat(5000);
    let own = browser.0.insert(ACCESS.to_owned(), long).unwrap();
    is_refused(&browser.get(&app, EVENTS), "authorization", UNCLEAR);
    browser.set(ACCESS, &own);
    // Others may be as long as they like.
    browser.set("other", &"x".repeat(20_000));
    assert_eq!(browser.get(&app, EVENTS).status, 200);
    browser.set("other", &"x".repeat(70_000));
    assert_eq!(browser.get(&app, EVENTS).status, 431);
}

#[test]
fn nothing_that_a_client_sends_comes_back_in_a_cookie() {
    let (app, browser) = with_john(&[]);
    const MARK: &str = "mallory";
    let odd = [
        "; Domain=mallory",
        "%0d%0aSet-Cookie: mallory=1",
        "\"mallory\"",
        "mallory\tx",
        "a=mallory=b",
        "mällory mallory",
    ];
    for value in odd {
        let mut one = browser.clone();
        for name in ["csrf_access_token", "csrf_refresh_token", "mallory", ACCESS] {
            one.set(name, value);
        }
        let csrf = browser.0["csrf_access_token"].clone();
        let headers = [
            ("User-Agent", value),
            ("X-Forwarded-Proto", value),
            ("X-Request-Id", value),
            ("X-CSRF-TOKEN", csrf.as_str()),
        ];
        let login =
            json!({"email": "john@example.com", "password": "password", "name": value, "csrf_token": value});
        for (method, path, body) in [
            ("GET", EVENTS, String::new()),
            ("POST", "/api/session/refresh", format!("csrf_token={value}")),
            ("POST", SESSION, login.to_string()),
            ("DELETE", SESSION, String::new()),
        ] {
            let reply = one.clone().send(&app, method, path, &headers, body.as_bytes());
            let set = set_cookies(&reply);
            assert!(!format!("{set:?}").contains(MARK), "{value}: {set:?}");
            let others = set.iter().filter(|(name, ..)| !super::NAMES.contains(&name.as_str())).count();
            assert_eq!((reply.headers.contains_key("mallory"), others), (false, 0));
        }
    }
}
