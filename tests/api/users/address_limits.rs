//! What one client address may do.

use serde_json::json;

use super::throttling::seconds_to_wait;
use crate::api::support::{App, Reply};

/// Two logins at once, and the third in a minute.
const TWO_LOGINS: [(&str, &str); 2] = [("LOGIN_RATE_BURST", "2"), ("LOGIN_RATE_PER_MINUTE", "1")];

/// A login of somebody whom nobody knows, with a header.
fn log_in_with(app: &App, header: &str, value: &str) -> Reply {
    let body = json!({"email": "nobody@example.com", "password": "password"}).to_string();
    app.send("POST", "/api/users/login", &[(header, value)], body.as_bytes())
}

#[test]
fn a_client_address_has_its_logins_and_then_waits() {
    let app = App::with(&TWO_LOGINS);
    app.new_user("john@example.com");
    app.log_in("nobody@example.com", "password").is_error(401, &[("email", "Invalid credentials")]);
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
    for email in ["john@example.com", "nobody@example.com"] {
        assert!((1..=60).contains(&seconds_to_wait(&app.log_in(email, "password"))));
    }
    assert_eq!(app.register("jane@example.com", "password").status, 201);
    app.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
}

#[test]
fn a_client_address_has_its_registrations_and_then_waits() {
    let app = App::with(&[("REGISTER_RATE_BURST", "2"), ("REGISTER_RATE_PER_HOUR", "1")]);
    app.new_user("john@example.com");
    assert_eq!(app.register("john@example.com", "password").status, 400);
    assert!((3_000..=3_600).contains(&seconds_to_wait(&app.register("jane@example.com", "password"))));
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM USERS"), ["1"]);
}

#[test]
fn a_body_that_is_not_in_order_is_not_counted() {
    let app = App::with(&[("LOGIN_RATE_BURST", "1"), ("REGISTER_RATE_BURST", "1")]);
    for _ in 0..3 {
        assert_eq!(app.log_in("john@example.com", "").status, 400);
        assert_eq!(app.register("no address", "password").status, 400);
    }
    app.new_user("john@example.com");
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
}

#[test]
fn no_header_is_believed_unless_one_is_configured() {
    let app = App::with(&TWO_LOGINS);
    assert_eq!(log_in_with(&app, "X-Real-IP", "192.0.2.1").status, 401);
    assert_eq!(log_in_with(&app, "X-Forwarded-For", "192.0.2.2").status, 401);
    for header in ["X-Real-IP", "X-Forwarded-For", "Forwarded", "CF-Connecting-IP", "True-Client-IP"] {
        seconds_to_wait(&log_in_with(&app, header, "192.0.2.3"));
    }
}

#[test]
fn behind_a_proxy_the_address_that_it_has_seen_counts() {
    let configured = [&TWO_LOGINS[..], &[("CLIENT_IP_HEADER", "X-Forwarded-For")]].concat();
    let app = App::with(&configured);
    let log_in = |value: &str| log_in_with(&app, "X-Forwarded-For", value);
    assert_eq!(log_in("192.0.2.1").status, 401);
    assert_eq!(log_in("10.0.0.1, 192.0.2.1").status, 401);
    seconds_to_wait(&log_in("10.0.0.2, 192.0.2.1"));
    assert_eq!(log_in("192.0.2.1, 192.0.2.2").status, 401);
    // A header that is not configured says nothing, and one without an address leaves the proxy's.
    assert_eq!(log_in_with(&app, "X-Real-IP", "192.0.2.1").status, 401);
    assert_eq!(log_in("unknown").status, 401);
    seconds_to_wait(&log_in("nobody"));
}

#[test]
fn ipv6_clients_are_limited_by_their_64() {
    let configured =
        [&TWO_LOGINS[..], &[("CLIENT_IP_HEADER", "x-real-ip"), ("LOGIN_FAILURES_ALLOWED", "9")]].concat();
    let app = App::with(&configured);
    let log_in = |value: &str| log_in_with(&app, "X-Real-IP", value);
    assert_eq!(log_in("2001:db8::1").status, 401);
    assert_eq!(log_in("2001:db8::2:1").status, 401);
    seconds_to_wait(&log_in("2001:db8::3:4:5"));
    assert_eq!(log_in("2001:db8:0:1::1").status, 401);
}

#[test]
fn switched_off_no_address_is_limited() {
    let off = [("RATE_LIMIT_ENABLED", "false"), ("LOGIN_RATE_BURST", "1"), ("REGISTER_RATE_BURST", "1")];
    let app = App::with(&off);
    for email in ["john@example.com", "jane@example.com"] {
        app.new_user(email);
        assert_eq!(app.log_in(email, "password").status, 200);
    }
}
