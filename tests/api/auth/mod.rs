use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::api::support::{App, bearer, signed};

const PROTECTED: [(&str, &str); 6] = [
    ("GET", "/api/users/me"),
    ("PATCH", "/api/users/me"),
    ("GET", "/api/calendar/events"),
    ("POST", "/api/calendar/events"),
    ("PUT", "/api/calendar/events/1"),
    ("DELETE", "/api/calendar/events/1"),
];

/// Asserts that every protected route refuses these headers with a 401.
#[track_caller]
fn refused(app: &App, headers: &[(&str, &str)], message: &str) {
    for (method, path) in PROTECTED {
        let reply = app.send(method, path, headers, b"{}");
        reply.is_error(401, &[("authorization", message)]);
        assert_eq!(reply.header("www-authenticate").as_deref(), Some("Bearer"));
    }
}

#[track_caller]
fn token_refused(app: &App, authorization: &str, message: &str) {
    refused(app, &[("Authorization", authorization)], message);
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// The token of user 1 with these claims changed.
fn token(changes: Value) -> String {
    let mut claims = json!({"type": "access", "sub": "1", "nbf": now(), "exp": now() + 60});
    claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    signed(&claims)
}

#[test]
fn without_a_token_nothing_protected_is_reached() {
    let app = App::start();
    refused(&app, &[], "Missing Authorization Header");
    let scheme = "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'";
    for authorization in ["Basic am9objpwYXNzd29yZA==", "Token abc", "abc", "Bearerabc"] {
        token_refused(&app, authorization, scheme);
    }
    for authorization in ["Bearer", "Bearer ", "Bearer abc", "Bearer a.b.c", "Bearer  "] {
        token_refused(&app, authorization, "Invalid token");
    }
}

#[test]
fn a_token_of_another_key_or_algorithm_is_refused() {
    let app = App::start();
    let good = bearer(1);
    let (signed_part, signature) = good.rsplit_once('.').unwrap();
    let (first, rest) = signature.split_at(1);
    let forged = format!("{signed_part}.{}{rest}", if first == "A" { "B" } else { "A" });
    token_refused(&app, &forged, "Invalid token");
    let payload = signed_part.split('.').nth(1).unwrap();
    // {"alg":"none","typ":"JWT"} and {"alg":"HS512","typ":"JWT"}
    for header in ["eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0", "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9"] {
        token_refused(&app, &format!("Bearer {header}.{payload}.{signature}"), "Invalid token");
        token_refused(&app, &format!("Bearer {header}.{payload}."), "Invalid token");
    }
}

#[test]
fn a_token_is_good_from_nbf_until_exp() {
    let app = App::start();
    token_refused(&app, &token(json!({"exp": now()})), "Token has expired");
    token_refused(&app, &token(json!({"exp": now() - 3600})), "Token has expired");
    token_refused(&app, &token(json!({"exp": null})), "Invalid token");
    token_refused(&app, &token(json!({"nbf": now() + 60})), "The token is not yet valid (nbf)");
}

#[test]
fn only_an_access_token_of_a_user_id_is_taken() {
    let app = App::start();
    token_refused(&app, &token(json!({"type": "refresh"})), "Only access tokens are allowed");
    for sub in [
        json!("john"),
        json!("0"),
        json!("-1"),
        json!(""),
        json!(1),
        json!("99999999999999999999"),
        json!(null),
    ] {
        token_refused(&app, &token(json!({"sub": sub})), "Invalid token");
    }
}

#[test]
fn the_schemes_case_does_not_matter() {
    let app = App::start();
    let lower = bearer(1).replace("Bearer", "bearer");
    app.send("GET", "/api/calendar/events", &[("Authorization", &lower)], b"").is(200, "[]");
}

#[test]
fn a_token_lasts_as_long_as_configured() {
    for (variables, lifetime) in [(&[][..], 3600), (&[("JWT_ACCESS_TOKEN_EXPIRES", "60")], 60)] {
        let app = App::with(variables);
        app.new_user("john@example.com");
        let before = now();
        let reply = app.log_in("john@example.com", "password").json();
        let key = jsonwebtoken::DecodingKey::from_secret(crate::api::support::TEST_KEY.as_bytes());
        let validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::HS256);
        let token = reply["access_token"].as_str().unwrap();
        let claims = jsonwebtoken::decode::<Value>(token, &key, &validation).unwrap().claims;
        let (iat, exp) = (claims["iat"].as_u64().unwrap(), claims["exp"].as_u64().unwrap());
        assert_eq!(exp - iat, lifetime);
        assert!((before..=now()).contains(&iat));
    }
}

#[test]
fn a_token_of_flask_jwt_extended_is_taken() {
    let app = App::start();
    // How it was minted stands beside the tests of `Tokens`. Its `sub` is 42.
    let token = "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJmcmVzaCI6ZmFsc2UsImlhdCI6MTc2NDg5MjgwMCwianRpIjoiNGE3MWM0NmEtODhlNi00ZDdlLWJjMjUtMDlmZWRlNWY3MDYyIiwidHlwZSI6ImFjY2VzcyIsInN1YiI6IjQyIiwibmJmIjoxNzY0ODkyODAwLCJjc3JmIjoiM2JlMzllNDItNmYzOC00NjJmLTkyZjUtMWFkMDM4ZmU1YWVmIiwiZXhwIjo0OTE4NDkyODAwfQ.wr3wfQEF2UXpiqZcCTSJPDI2AhWX7Uiq7Vc35I32XqM";
    app.send("GET", "/api/calendar/events", &[("Authorization", token)], b"").is(200, "[]");
}

#[test]
fn a_user_who_is_no_longer_there_is_noticed_when_an_event_is_created() {
    let app = App::start();
    let event = json!({"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06"});
    let reply = app.create_event(77, &event);
    reply.is_error(401, &[("authorization", "User not found")]);
    assert_eq!(reply.header("www-authenticate").as_deref(), Some("Bearer"));
    app.list_events(77).is(200, "[]");
}
