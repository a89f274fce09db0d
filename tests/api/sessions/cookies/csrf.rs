use super::{Browser, EVENT, EVENTS, is_refused, refresh_jti, sessions, set_cookies, sets_none, with_john};
use crate::api::support::App;

const MISSING: &str = "Missing CSRF token";
const WRONG: &str = "CSRF double submit tokens do not match";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// Each protected route that changes something.
const CHANGES: [(&str, &str, &str); 9] = [
    ("PATCH", "/api/users/me", r#"{"name":"Mallory"}"#),
    ("POST", EVENTS, EVENT),
    ("PUT", "/api/calendar/events/1", EVENT),
    ("DELETE", "/api/calendar/events/1", ""),
    ("DELETE", "/api/users/me/sessions", ""),
    ("DELETE", "/api/users/me/sessions/0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d", ""),
    ("POST", "/api/users/logout", ""),
    ("POST", "/api/session/refresh", ""),
    ("DELETE", "/api/session", ""),
];

/// What there is to lose.
fn all(app: &App) -> (Vec<String>, Vec<String>, String) {
    (sessions(app), refresh_jti(app), app.list_events(1).body)
}

#[test]
fn what_a_browser_alone_can_send_changes_nothing_and_renews_nothing() {
    let (app, browser) = with_john(&[]);
    let own = browser.0["csrf_access_token"].clone();
    let before = all(&app);
    for expired in [false, true] {
        let mut browser = browser.clone();
        if expired {
            browser.let_access_expire();
        }
        for (method, path, body) in CHANGES {
            for (header, message) in [
                (None, MISSING),
                (Some(""), MISSING),
                (Some("0b6f2c1e-6d0c-4f0b-9f0e-7a8a2a4f6b1d"), WRONG),
                (Some(&own[..35]), WRONG),
                (Some(&own.to_uppercase()), WRONG),
                (Some(&own.replace('-', "")), WRONG),
                (Some(&format!("{own}, {own}")), WRONG),
            ] {
                let headers: Vec<_> = header.map(|token| ("X-CSRF-TOKEN", token)).into_iter().collect();
                for body in [body, "no object", ""] {
                    let reply = browser.send(&app, method, path, &headers, body.as_bytes());
                    is_refused(&reply, "csrf", message);
                    sets_none(&reply);
                }
            }
        }
    }
    assert_eq!(all(&app), before);
    // So that the refusals above are for this alone.
    for (method, path, body) in CHANGES {
        let mut browser = Browser::of(&app, "john@example.com");
        assert!([200, 201, 404].contains(&browser.page(&app, method, path, body).status), "{method} {path}");
    }
}

#[test]
fn no_token_of_another_session_will_do() {
    let (app, mut browser) = with_john(&[]);
    let other = Browser::of(&app, "john@example.com");
    // Whoever can set cookies sets the readable one as well: what counts is within the token.
    let csrf = &other.0["csrf_access_token"];
    browser.set("csrf_access_token", csrf);
    browser.set("csrf_refresh_token", csrf);
    is_refused(&browser.page(&app, "POST", EVENTS, EVENT), "csrf", WRONG);
    browser.let_access_expire();
    is_refused(&browser.page(&app, "POST", EVENTS, EVENT), "csrf", WRONG);
}

#[test]
fn a_token_that_names_none_can_have_no_proof() {
    let (app, mut browser) = with_john(&[]);
    let nameless = super::changed(&browser.0[super::ACCESS], "csrf", serde_json::json!(null));
    browser.set(super::ACCESS, &nameless);
    assert_eq!(browser.get(&app, EVENTS).status, 200);
    is_refused(&browser.page(&app, "POST", EVENTS, EVENT), "csrf", WRONG);
}

#[test]
fn what_changes_nothing_needs_none() {
    let (app, mut browser) = with_john(&[]);
    for method in ["GET", "HEAD"] {
        assert_eq!(browser.send(&app, method, EVENTS, &[], b"").status, 200);
    }
    browser.let_access_expire();
    assert_eq!(browser.get(&app, EVENTS).status, 200);
}

#[test]
fn a_page_without_a_script_proves_itself_by_a_field_of_its_form() {
    let (app, mut browser) = with_john(&[]);
    let own = browser.0["csrf_access_token"].clone();
    for path in ["/api/session/refresh", "/api/users/logout"] {
        for (form, message) in
            [("", MISSING), ("x=1", MISSING), ("csrf_token=", MISSING), ("csrf_token=x", WRONG)]
        {
            let reply = browser.send(&app, "POST", path, &[FORM], form.as_bytes());
            is_refused(&reply, "csrf", message);
            sets_none(&reply);
        }
        // A header is not made good by a field, and a body that is no form has none.
        let (field, wrong) = (format!("csrf_token={own}"), [FORM, ("X-CSRF-TOKEN", "x")]);
        is_refused(&browser.send(&app, "POST", path, &wrong, field.as_bytes()), "csrf", WRONG);
        for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json"] {
            let reply = browser.send(&app, "POST", path, &[("Content-Type", kind)], field.as_bytes());
            is_refused(&reply, "csrf", MISSING);
        }
        let form = format!("submit=Go&csrf_token={own}&_method=delete");
        let reply = browser.send(&app, "POST", path, &[FORM], form.as_bytes());
        assert_eq!((reply.status, set_cookies(&reply).len()), (200, 4), "{path}: {}", reply.body);
    }
    assert_eq!(browser, Browser::default());
}

/// A form is no JSON object, whatever it says of itself; and it stays the request that it is.
#[test]
fn a_form_is_no_event_and_no_other_method() {
    let (app, mut browser) = with_john(&[]);
    let own = browser.0["csrf_access_token"].clone();
    for form in ["_method=delete", "_method=put&title=T&start_at=2025-12-06&end_at=2025-12-06"] {
        let form = format!("{form}&csrf_token={own}");
        let headers = [FORM, ("X-CSRF-TOKEN", own.as_str())];
        let reply = browser.send(&app, "POST", "/api/calendar/events/1", &headers, form.as_bytes());
        reply.is_error(405, &[("method", "Method not allowed")]);
        let reply = browser.send(&app, "POST", "/api/session", &headers, form.as_bytes());
        reply.is_error(400, &[("body", "The request body must be a JSON object")]);
        let reply = browser.send(&app, "POST", EVENTS, &[FORM], form.as_bytes());
        reply.is_error(400, &[("body", "The request body must be a JSON object")]);
    }
    // One that is, in spite of what it says of itself, has no field that proves anything.
    let event =
        format!(r#"{{"title":"T","start_at":"2025-12-06","end_at":"2025-12-06","csrf_token":"{own}"}}"#);
    is_refused(&browser.send(&app, "POST", EVENTS, &[FORM], event.as_bytes()), "csrf", MISSING);
    is_refused(&browser.send(&app, "PATCH", "/api/users/me", &[FORM], event.as_bytes()), "csrf", MISSING);
    assert_eq!(app.list_events(1).json().as_array().unwrap().len(), 1);
    assert_eq!(sessions(&app).len(), 1);
}

#[test]
fn a_form_that_is_too_large_is_not_read() {
    let (app, mut browser) = with_john(&[]);
    let form = format!("x={}&csrf_token={}", "x".repeat(70_000), browser.0["csrf_access_token"]);
    let reply = browser.send(&app, "POST", "/api/users/logout", &[FORM], form.as_bytes());
    reply.is_error(413, &[("body", "The request body is larger than 64 KiB")]);
    assert_eq!(browser.get(&app, EVENTS).status, 200);
}
