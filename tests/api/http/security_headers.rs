//! Every answer has the same headers against what a browser could make of it.

use crate::api::support::{App, Reply};

const CSP: &str = "default-src 'none'; frame-ancestors 'none'";

/// All headers of an answer, but for what describes it and the server, sorted.
fn headers(reply: &Reply) -> Vec<(String, String)> {
    let mut headers: Vec<_> = reply
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .filter(|(name, _)| !["date", "content-length", "server", "x-request-id"].contains(&name.as_str()))
        .collect();
    headers.sort();
    headers
}

/// Asserts that the answer has the common headers once each, and these.
#[track_caller]
fn has(reply: &Reply, beside: &[(&str, &str)]) {
    let common = [
        ("cache-control", "no-store"),
        ("content-security-policy", CSP),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ];
    let mut expected: Vec<_> =
        common.iter().chain(beside).map(|(name, value)| (name.to_string(), value.to_string())).collect();
    expected.sort();
    assert_eq!(headers(reply), expected);
}

#[test]
fn every_answer_has_the_security_headers_once() {
    let app = App::with(&[("CORS_ORIGINS", "https://calendar.example.com")]);
    let user = app.new_user("john@example.com");
    let json = ("content-type", "application/json");
    let vary = ("vary", "Origin");
    has(&app.list_events(user), &[json, vary]);
    has(&app.log_in("john@example.com", "password"), &[json, vary]);
    has(&app.log_in("john@example.com", "wrong password"), &[json, vary, ("www-authenticate", "Bearer")]);
    has(&app.get("/health"), &[json]);
    has(&app.get("/nope"), &[json]);
    has(&app.get("/api/users/login"), &[json, vary, ("allow", "POST, OPTIONS")]);
    has(&app.send("BREW", "/api/health", &[], b""), &[json, vary, ("allow", "GET, HEAD, OPTIONS")]);
}

#[test]
fn a_preflight_has_them_too() {
    let app = App::with(&[("CORS_ORIGINS", "https://calendar.example.com")]);
    let asked = [("Origin", "https://calendar.example.com"), ("Access-Control-Request-Method", "POST")];
    let reply = app.send("OPTIONS", "/api/calendar/events", &asked, b"");
    let methods = reply.header("access-control-allow-methods").unwrap();
    has(
        &reply,
        &[
            ("access-control-allow-methods", methods.as_str()),
            ("access-control-allow-origin", "https://calendar.example.com"),
            ("access-control-max-age", "600"),
            ("allow", "GET, HEAD, POST, OPTIONS"),
            ("vary", "Origin"),
        ],
    );
}

#[test]
fn below_docs_a_page_may_load_what_is_its_own() {
    let app = App::start();
    for path in ["/docs", "/docs/index.html"] {
        let reply = app.get(path);
        assert_eq!(
            reply.header("referrer-policy").as_deref(),
            Some("same-origin"),
            "or its forms have no origin"
        );
        let policy = reply.header("content-security-policy").unwrap();
        assert_eq!(
            policy,
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        );
    }
    let elsewhere = app.get("/docs-of-somebody-else").header("content-security-policy");
    assert_eq!(elsewhere.as_deref(), Some(CSP));
}
