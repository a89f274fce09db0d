use serde_json::json;

use super::{ACCESS, Browser, EVENTS, REFRESH, SESSION, claims, sessions, set_cookies, sets_none, with_john};
use crate::api::support::App;

#[test]
fn a_browser_gets_four_cookies_and_no_token_to_read() {
    let app = App::start();
    app.new_user("john@example.com");
    let mut browser = Browser::default();
    let reply = browser.log_in(&app, &json!({"email": " john@example.com ", "password": "password"}));
    let csrf = browser.0["csrf_access_token"].clone();
    reply.is(
        200,
        &format!(r#"{{"user":{{"id":1,"email":"john@example.com","name":null}},"csrf_token":"{csrf}"}}"#),
    );
    let (access, refresh) = (claims(&browser.0[ACCESS]), claims(&browser.0[REFRESH]));
    assert_eq!((&access["type"], &refresh["type"]), (&json!("access"), &json!("refresh")));
    assert_eq!((&access["csrf"], &refresh["csrf"]), (&json!(csrf), &json!(csrf)));
    assert_eq!(browser.0["csrf_refresh_token"], csrf);
    assert_eq!((&access["sid"], &access["remember"]), (&refresh["sid"], &json!(null)));
    for (name, _, attributes) in set_cookies(&reply) {
        let hidden = [ACCESS, REFRESH].contains(&name.as_str());
        let expected =
            if hidden { &["Path=/", "SameSite=Lax", "HttpOnly"][..] } else { &["Path=/", "SameSite=Lax"] };
        assert_eq!(attributes, expected, "{name}");
    }
    browser.get(&app, EVENTS).is(200, "[]");
    let listed = browser.get(&app, "/api/users/me/sessions").json();
    assert_eq!((&listed[0]["kind"], &listed[0]["is_current"]), (&json!("cookies"), &json!(true)));
}

#[test]
fn who_is_to_be_remembered_keeps_them_as_long_as_the_refresh_token_and_through_renewals() {
    let (app, _) = with_john(&[("JWT_REFRESH_TOKEN_EXPIRES", "86400")]);
    for (remember, lasts) in [(json!(true), true), (json!(false), false), (json!(null), false)] {
        let mut browser = Browser::default();
        let body = json!({"email": "john@example.com", "password": "password", "remember": remember});
        let mut replies = vec![browser.log_in(&app, &body)];
        browser.let_access_expire();
        replies.push(browser.get(&app, EVENTS));
        replies.push(browser.page(&app, "POST", "/api/session/refresh", ""));
        for reply in &replies {
            let set = set_cookies(reply);
            assert_eq!((reply.status, set.len()), (200, 4), "{}", reply.body);
            for (name, _, attributes) in set {
                let age: Vec<_> = attributes.iter().filter(|one| one.starts_with("Max-Age")).collect();
                assert_eq!(age, if lasts { vec!["Max-Age=86400"] } else { vec![] }, "{remember} {name}");
            }
        }
    }
    Browser::default()
        .log_in(&app, &json!({"email": "john@example.com", "password": "password", "remember": 1}))
        .is_error(400, &[("remember", "Must be true or false")]);
}

/// Whether all cookies of a login with these headers are for HTTPS alone.
fn secure(app: &App, headers: &[(&str, &str)]) -> bool {
    let body = json!({"email": "john@example.com", "password": "password"}).to_string();
    let reply = app.send("POST", SESSION, headers, body.as_bytes());
    let set = set_cookies(&reply);
    let secure = set.iter().filter(|(.., attributes)| attributes.iter().any(|one| one == "Secure")).count();
    assert!(set.len() == 4 && [0, 4].contains(&secure), "{} {set:?}", reply.body);
    secure == 4
}

#[test]
fn cookies_are_for_https_alone_where_that_is_how_they_came() {
    let app = App::start();
    app.new_user("john@example.com");
    let https = [("X-Forwarded-Proto", "https")];
    assert!(!secure(&app, &[]) && !secure(&app, &https), "no proxy is trusted");
    let behind = app.again_with(&[("CLIENT_IP_HEADER", "X-Forwarded-For")]);
    assert!(!secure(&behind, &[]) && secure(&behind, &https));
    // The nearest proxy's word counts.
    assert!(secure(&behind, &[("X-Forwarded-Proto", "http, HTTPS")]));
    assert!(!secure(&behind, &[("X-Forwarded-Proto", "https, http")]));
    assert!(!secure(&behind, &[("X-Forwarded-Proto", "https"), ("X-Forwarded-Proto", "http")]));
    assert!(secure(&app.again_with(&[("COOKIE_SECURE", "true")]), &[]));
}

#[test]
fn a_login_is_held_to_what_any_other_is() {
    let (app, _) = with_john(&[]);
    let mut browser = Browser::default();
    for (body, status, field, message) in [
        (json!({"password": "password"}), 400, "email", "This field is required"),
        (json!({"email": "john@example.com"}), 400, "password", "This field is required"),
        (json!({"email": "john@example.com", "password": "wrong"}), 401, "email", "Invalid credentials"),
        (json!({"email": "jack@example.com", "password": "password"}), 401, "email", "Invalid credentials"),
        (json!({"email": "x".repeat(300), "password": "password"}), 401, "email", "Invalid credentials"),
    ] {
        let reply = browser.log_in(&app, &body);
        reply.is_error(status, &[(field, message)]);
        sets_none(&reply);
    }
    app.send("POST", SESSION, &[], b"no object")
        .is_error(400, &[("body", "The request body must be a JSON object")]);
    let wrong = json!({"email": "john@example.com", "password": "wrong"});
    while browser.log_in(&app, &wrong).status == 401 {}
    assert_eq!(app.log_in("john@example.com", "password").status, 429, "one count for all logins");
    assert_eq!(sessions(&app).len(), 1);
}

/// Fixation: whoever has put a session into the browser does not have what it becomes.
#[test]
fn a_session_that_is_there_is_replaced_and_ends() {
    let (app, browser) = with_john(&[]);
    app.new_user("jane@example.com");
    for expired in [false, true] {
        let mut planted = browser.clone();
        let reply = planted.log_in(&app, &json!({"email": "john@example.com", "password": "password"}));
        assert_eq!(reply.status, 200);
        let mut theirs = Browser::of(&app, "jane@example.com");
        let known_to_them = theirs.clone();
        if expired {
            theirs.let_access_expire();
        }
        assert_eq!(
            theirs.log_in(&app, &json!({"email": "john@example.com", "password": "password"})).status,
            200
        );
        assert_ne!(theirs.session(), known_to_them.session());
        assert_ne!(theirs.0["csrf_access_token"], known_to_them.0["csrf_access_token"]);
        assert_eq!(known_to_them.clone().get(&app, EVENTS).status, 401);
        assert!(!sessions(&app).contains(&known_to_them.session()));
        assert_eq!(theirs.get(&app, "/api/users/me").json()["email"], "john@example.com");
        let revoked = app.database.texts("SELECT SUBJECT FROM REVOKED_TOKENS");
        assert!(revoked.contains(&known_to_them.session()));
    }
}

#[test]
fn a_login_that_fails_ends_nothing() {
    let (app, mut browser) = with_john(&[]);
    let before = browser.clone();
    assert_eq!(browser.log_in(&app, &json!({"email": "john@example.com", "password": "wrong"})).status, 401);
    assert_eq!(browser, before);
    assert_eq!(browser.get(&app, EVENTS).status, 200);
}

/// Flask-JWT-Extended's has no session: the token itself is refused from then on.
#[test]
fn a_token_without_a_session_is_replaced_too() {
    let (app, mut browser) = with_john(&[]);
    let flasks = super::changed(&browser.0[ACCESS], "sid", json!(null));
    browser.set(ACCESS, &flasks);
    browser.0.remove(REFRESH);
    let before = browser.clone();
    assert_eq!(
        browser.log_in(&app, &json!({"email": "john@example.com", "password": "password"})).status,
        200
    );
    assert_eq!(before.clone().get(&app, EVENTS).status, 401);
    assert_eq!(browser.get(&app, EVENTS).status, 200);
}
