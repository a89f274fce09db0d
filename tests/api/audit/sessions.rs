use serde_json::{Value, json};

use super::comes_to;
use crate::api::support::{App, Reply};

/// What each line says of its session and of what was done to it.
const SUBJECTS: &str = "SELECT ACT || ' ' || COALESCE(SESSION_ID, '-') || ' ' || COALESCE(SUBJECT, '-') FROM AUDIT_LOG \
    WHERE ACT <> 'login' ORDER BY ACTED_AT";

fn begin(app: &App) -> (Value, String) {
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true});
    let tokens = app.post("/api/users/login", &login).json();
    let reply = with(app, "GET", "/api/users/me/sessions", &tokens);
    let sessions = reply.json();
    let current = sessions.as_array().unwrap().iter().find(|one| one["is_current"] == true).unwrap().clone();
    (tokens, current["id"].as_str().unwrap().to_owned())
}

fn with(app: &App, method: &str, path: &str, tokens: &Value) -> Reply {
    let authorization = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    app.send(method, path, &[("Authorization", &authorization)], b"")
}

#[test]
fn whatever_ends_a_session_is_written_down_with_it() {
    let app = App::start();
    app.new_user("john@example.com");
    let ((mine, my_id), (_, other), _third) = (begin(&app), begin(&app), begin(&app));
    let path = format!("/api/users/me/sessions/{other}");
    assert_eq!(with(&app, "DELETE", &path, &mine).status, 200);
    assert_eq!(with(&app, "DELETE", &path, &mine).status, 404, "nothing was done");
    for _ in 0..2 {
        assert_eq!(with(&app, "DELETE", "/api/users/me/sessions", &mine).status, 200);
    }
    assert_eq!(with(&app, "POST", "/api/users/logout", &mine).status, 200);
    let expected = [
        format!("session_ended {my_id} {other}"),
        format!("sessions_ended {my_id} -"),
        format!("logout {my_id} -"),
    ];
    assert_eq!(app.database.texts(SUBJECTS), expected);
    assert_eq!(comes_to(&app, 6).len(), 6, "and three logins");
}

#[test]
fn a_refresh_token_that_is_used_twice_is_written_down_once() {
    let app = App::start();
    app.new_user("john@example.com");
    let (tokens, id) = begin(&app);
    let refresh =
        |tokens: &Value| app.post("/api/users/refresh", &json!({"refresh_token": tokens["refresh_token"]}));
    let next = refresh(&tokens).json();
    assert_eq!(refresh(&next).status, 200);
    for _ in 0..2 {
        assert_eq!(refresh(&tokens).status, 401);
    }
    assert_eq!(app.database.texts(SUBJECTS), [format!("refresh_token_reused {id} -")]);
}

/// What is done to nobody is in nobody's log, and is done all the same.
#[test]
fn the_log_goes_with_its_person() {
    let app = App::start();
    app.new_user("john@example.com");
    let (tokens, _) = begin(&app);
    comes_to(&app, 1);
    app.database.execute("DELETE FROM USERS");
    assert_eq!(with(&app, "POST", "/api/users/logout", &tokens).status, 200);
    assert_eq!(app.database.texts("SELECT ID FROM AUDIT_LOG"), [""; 0]);
}
