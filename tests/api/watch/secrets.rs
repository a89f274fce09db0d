use serde_json::json;

use super::line_of;
use crate::api::sessions::cookies::Browser;
use crate::api::support::{App, TEST_KEY, bearer};

#[test]
fn no_log_shows_a_password_a_hash_a_token_or_a_body() {
    let app = App::with(&[("RUST_LOG", "trace"), ("LOG_FORMAT", "json")]);
    let user = app.new_user("john@example.com");
    app.register("jane@example.com", "tiger-in-the-tank");
    assert_eq!(app.log_in("jane@example.com", "a-wrong-password").status, 401);
    let reply = app.log_in("jane@example.com", "tiger-in-the-tank");
    let token = reply.json()["access_token"].as_str().unwrap().to_owned();
    let login = json!({"email": "jane@example.com", "password": "tiger-in-the-tank"});
    let mut browser = Browser::default();
    assert_eq!(browser.log_in(&app, &login).status, 200);
    assert_eq!(browser.page(&app, "PATCH", "/api/users/me", r#"{"name":"Jane"}"#).status, 200);
    let cookies = browser.0.clone();
    browser.let_access_expire();
    assert_eq!(browser.get(&app, "/api/users/me").status, 200);
    let event = json!({"title": "a-private-matter", "start_at": "2025-12-06", "end_at": "2025-12-06"});
    app.create_event(user, &event);
    let authorization = bearer(user);
    let headers = [("Authorization", authorization.as_str()), ("X-Request-Id", "the-last")];
    app.send("GET", "/api/calendar/events", &headers, b"");
    line_of(&app, "the-last");
    let log = app.program.log();
    let hashes = app.database.texts("SELECT PASSWORD_HASH FROM USERS");
    let signature = authorization.rsplit('.').next().unwrap();
    let mut secrets = vec!["tiger-in-the-tank", "a-wrong-password", "scrypt:", "a-private-matter"];
    secrets.extend([TEST_KEY, token.rsplit('.').next().unwrap(), signature, "Bearer "]);
    secrets.extend(hashes.iter().map(|hash| hash.rsplit('$').next().unwrap()));
    secrets.extend(cookies.values().chain(browser.0.values()).map(|value| value.rsplit('.').next().unwrap()));
    for secret in secrets {
        let found = log.lines().find(|line| line.contains(secret));
        assert_eq!(found, None, "{secret}");
    }
}
