use super::line_of;
use crate::api::support::{App, bearer};

#[test]
fn a_line_of_json_tells_how_a_request_was_answered() {
    let app = App::with(&[("LOG_FORMAT", "json")]);
    let user = app.new_user("john@example.com");
    let authorization = bearer(user);
    let headers = [("Authorization", authorization.as_str()), ("X-Request-Id", "delete-7")];
    app.send("DELETE", "/api/calendar/events/7", &headers, b"").is_error(404, &[("id", "Event not found")]);
    let line = line_of(&app, "delete-7");
    for (field, value) in [("level", "INFO"), ("method", "DELETE"), ("route", "/api/calendar/events/<id>")] {
        assert_eq!(line[field], value, "{line}");
    }
    assert_eq!((line["status"].as_u64(), line["user_id"].as_i64()), (Some(404), Some(user)), "{line}");
    let (duration, database) = (line["duration_ms"].as_f64().unwrap(), line["db_ms"].as_f64().unwrap());
    assert!(0.0 < database && database <= duration, "{line}");
    let trips = match crate::ENGINE {
        crate::api::support::Engine::Embedded => 0,
        crate::api::support::Engine::Oracle => 2,
    };
    assert_eq!(line["db_trips"].as_u64(), Some(trips), "{line}");
}

#[test]
fn a_path_is_never_told_and_neither_is_a_user_who_is_not_known() {
    let app = App::with(&[("LOG_FORMAT", "json")]);
    app.send("GET", "/some/hidden/place", &[("X-Request-Id", "lost")], b"");
    let line = line_of(&app, "lost");
    assert_eq!(line["route"], "unmatched");
    assert!(line.get("user_id").is_none(), "{line}");
    assert_eq!((line["db_ms"].as_f64(), line["db_trips"].as_u64()), (Some(0.0), Some(0)), "{line}");
    assert!(!app.program.log().contains("hidden"), "{}", app.program.log());
}

#[test]
fn who_logs_in_is_known_afterwards() {
    let app = App::with(&[("LOG_FORMAT", "json")]);
    let user = app.new_user("john@example.com");
    let body = br#"{"email": "john@example.com", "password": "password"}"#;
    let reply = app.send("POST", "/api/users/login", &[("X-Request-Id", "login")], body);
    assert_eq!(reply.status, 200);
    assert_eq!(line_of(&app, "login")["user_id"].as_i64(), Some(user));
}

#[test]
fn signs_of_life_are_told_of_at_debug_level_alone() {
    for (level, told) in [("normal", false), ("debug", true)] {
        let app = App::with(&[("ROCKET_LOG_LEVEL", level), ("LOG_FORMAT", "json")]);
        for path in ["/health", "/api/ready", "/metrics"] {
            app.send("GET", path, &[("X-Request-Id", "probe")], b"");
        }
        app.send("GET", "/no/such/path", &[("X-Request-Id", "last")], b"");
        line_of(&app, "last");
        assert_eq!(app.program.log().contains("probe"), told, "{}", app.program.log());
    }
}

#[test]
fn the_log_is_for_people_unless_json_is_asked_for() {
    let app = App::start();
    app.send("GET", "/no/such/path", &[("X-Request-Id", "by-hand")], b"");
    let log = app.program.log();
    let line = log.lines().find(|line| line.contains("by-hand")).unwrap();
    assert!(line.contains(r#"INFO persony::request: answered request_id=by-hand method="GET""#), "{line}");
}
