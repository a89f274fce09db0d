use serde_json::json;

use crate::api::support::App;

#[test]
fn an_unknown_path_is_a_404_on_path() {
    let app = App::start();
    for path in ["/nope", "/docs/nope", "/api", "/api/nope", "/api/calendar/events/1/2", "/%ff", "/api/%00"] {
        app.get(path).is_error(404, &[("path", "Not found")]);
    }
}

#[test]
fn a_wrong_method_is_a_405_that_lists_the_right_ones() {
    let app = App::start();
    for (path, allowed) in [
        ("/", "GET, HEAD, OPTIONS"),
        ("/docs", "GET, HEAD, OPTIONS"),
        ("/docs/swagger-ui.css", "GET, HEAD, OPTIONS"),
        ("/api/openapi.json", "GET, HEAD, OPTIONS"),
        ("/health", "GET, HEAD, OPTIONS"),
        ("/api/db-ping", "GET, HEAD, OPTIONS"),
        ("/api/users/register", "POST, OPTIONS"),
        ("/api/users/login", "POST, OPTIONS"),
        ("/api/users/me", "GET, HEAD, PATCH, DELETE, OPTIONS"),
        ("/api/users/me/password", "PUT, OPTIONS"),
        ("/api/users/me/erase", "POST, OPTIONS"),
        ("/api/calendar/events", "GET, HEAD, POST, OPTIONS"),
        ("/api/calendar/events/1", "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"),
        ("/api/calendar/calendars", "GET, HEAD, POST, OPTIONS"),
        ("/api/calendar/calendars/1", "GET, HEAD, PATCH, DELETE, OPTIONS"),
    ] {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "TRACE"] {
            if allowed.split(", ").any(|allowed| allowed == method) {
                continue;
            }
            let reply = app.send(method, path, &[], b"");
            reply.is_error(405, &[("method", "Method not allowed")]);
            assert_eq!(reply.header("allow").as_deref(), Some(allowed), "{method} {path}");
        }
        let reply = app.send("OPTIONS", path, &[], b"");
        reply.is(204, "");
        assert_eq!(reply.header("allow").as_deref(), Some(allowed), "{path}");
    }
}

#[test]
fn so_is_a_method_that_http_does_not_know() {
    let app = App::start();
    for method in ["BREW", "PROPFIND", "trace", "get"] {
        let reply = app.send(method, "/api/health", &[], b"");
        reply.is_error(405, &[("method", "Method not allowed")]);
        assert_eq!(reply.header("allow").as_deref(), Some("GET, HEAD, OPTIONS"), "{method}");
        app.send(method, "/api/nope", &[], b"").is_error(404, &[("path", "Not found")]);
    }
}

#[test]
fn a_fault_of_the_server_shows_nothing_of_its_cause_but_the_log_does() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for table in ["SHARES", "EVENT_EXCEPTIONS", "EVENT_SERIES", "EVENT_DETAILS", "CALENDAR_EVENTS"] {
        app.database.execute(&format!("DROP TABLE {table}"));
    }
    let event = json!({"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06"});
    for reply in [
        app.list_events(user),
        app.create_event(user, &event),
        app.send_as(user, "PUT", "/api/calendar/events/1", &event),
        app.send_as(user, "DELETE", "/api/calendar/events/1", &event),
    ] {
        reply.is_error(500, &[("server", "Internal server error")]);
    }
    let log = app.program.log();
    let told: Vec<_> = log.lines().filter(|line| line.contains("ERROR")).collect();
    assert_eq!(told.len(), 4, "each once:\n{log}");
    assert!(told.iter().all(|line| line.contains("/api/calendar/events")), "{log}");
    assert!(told.iter().all(|line| line.contains("no such table") || line.contains("ORA-00942")), "{log}");
}
