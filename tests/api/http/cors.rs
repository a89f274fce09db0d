use crate::api::support::{App, Reply};

const HEALTH: &str = "/api/health";

fn preflight(app: &App, origin: &str, method: &str) -> Reply {
    let headers = [
        ("Origin", origin),
        ("Access-Control-Request-Method", method),
        ("Access-Control-Request-Headers", "authorization, content-type"),
    ];
    app.send("OPTIONS", "/api/calendar/events", &headers, b"")
}

fn allowed_origin(reply: &Reply) -> Option<String> {
    reply.header("access-control-allow-origin")
}

#[test]
fn a_listed_origin_may_call_the_api_and_no_other() {
    let app = App::with(&[("CORS_ORIGINS", "https://calendar.example.com, https://b.example:8443")]);
    for origin in ["https://calendar.example.com", "https://b.example:8443"] {
        let reply = app.send("GET", HEALTH, &[("Origin", origin)], b"");
        assert_eq!((reply.status, allowed_origin(&reply).as_deref()), (200, Some(origin)));
        assert_eq!(reply.header("vary").as_deref(), Some("Origin"));
        assert_eq!(reply.header("access-control-allow-credentials"), None);
    }
    for origin in [
        "https://evil.example",
        "https://calendar.example.com.evil.example",
        "http://calendar.example.com",
        "null",
    ] {
        let reply = app.send("GET", HEALTH, &[("Origin", origin)], b"");
        reply.is(200, r#"{"status":"OK 🚀"}"#);
        assert_eq!(
            (allowed_origin(&reply), reply.header("vary").as_deref()),
            (None, Some("Origin")),
            "{origin}"
        );
    }
}

#[test]
fn a_preflight_is_answered_for_a_listed_origin_alone() {
    let app = App::with(&[("CORS_ORIGINS", "https://calendar.example.com")]);
    let reply = preflight(&app, "https://calendar.example.com", "POST");
    reply.is(204, "");
    assert_eq!(allowed_origin(&reply).as_deref(), Some("https://calendar.example.com"));
    assert!(reply.header("access-control-allow-methods").unwrap().contains("POST"));
    let headers = reply.header("access-control-allow-headers").unwrap().to_lowercase();
    assert!(headers.contains("authorization") && headers.contains("content-type"), "{headers}");
    for (origin, method) in [("https://evil.example", "POST"), ("https://calendar.example.com", "BREW")] {
        let reply = preflight(&app, origin, method);
        assert_eq!((reply.status, allowed_origin(&reply)), (204, None), "{origin} {method}");
    }
}

#[test]
fn errors_can_be_read_by_a_page_of_a_listed_origin() {
    let app = App::with(&[("CORS_ORIGINS", "https://calendar.example.com")]);
    for (path, status) in [("/api/calendar/events", 401), ("/api/nope", 404)] {
        let reply = app.send("GET", path, &[("Origin", "https://calendar.example.com")], b"");
        assert_eq!((reply.status, allowed_origin(&reply).is_some()), (status, true), "{path}");
    }
}

/// The names that a page may read, sorted.
fn exposed(reply: &Reply) -> Vec<String> {
    let names = reply.header("access-control-expose-headers").unwrap_or_default();
    let mut names: Vec<_> = names.split(", ").map(str::to_owned).collect();
    names.sort();
    names
}

#[test]
fn a_page_may_read_what_answers_say_in_their_headers() {
    let readable = ["ETag", "Link", "Location", "Retry-After", "X-Request-Id"];
    for (origins, origin) in [("https://calendar.example.com", "https://calendar.example.com"), ("*", "null")]
    {
        let app = App::with(&[("CORS_ORIGINS", origins)]);
        for (method, path, status) in
            [("GET", HEALTH, 200), ("GET", "/api/calendar/events", 401), ("POST", "/api/nope", 404)]
        {
            let reply = app.send(method, path, &[("Origin", origin)], b"");
            assert_eq!(
                (reply.status, exposed(&reply)),
                (status, readable.map(str::to_owned).into()),
                "{path}"
            );
            assert_eq!(reply.header("access-control-allow-credentials"), None);
        }
        // Neither a preflight nor another origin has a use for it.
        assert_eq!(exposed(&preflight(&app, origin, "POST")), [""]);
    }
    let app = App::with(&[("CORS_ORIGINS", "https://calendar.example.com")]);
    assert_eq!(exposed(&app.send("GET", HEALTH, &[("Origin", "https://evil.example")], b"")), [""]);
    assert_eq!(exposed(&app.get(HEALTH)), [""]);
}

#[test]
fn only_the_api_has_cors() {
    let app = App::with(&[("CORS_ORIGINS", "https://calendar.example.com")]);
    let reply = app.send("GET", "/health", &[("Origin", "https://calendar.example.com")], b"");
    assert_eq!((reply.status, allowed_origin(&reply)), (200, None));
}

#[test]
fn an_asterisk_allows_every_origin_without_credentials() {
    let app = App::with(&[("CORS_ORIGINS", "*")]);
    let reply = app.send("GET", HEALTH, &[("Origin", "https://anybody.example")], b"");
    assert_eq!(allowed_origin(&reply).as_deref(), Some("*"));
    assert_eq!(reply.header("access-control-allow-credentials"), None);
}

#[test]
fn by_default_debug_allows_localhost_and_release_nobody() {
    let (debug, release) =
        (App::with(&[("ROCKET_PROFILE", "debug")]), App::with(&[("ROCKET_PROFILE", "release")]));
    let localhost = [("Origin", "http://localhost:5173")];
    let allowed = allowed_origin(&debug.send("GET", HEALTH, &localhost, b""));
    assert_eq!(allowed.as_deref(), Some("http://localhost:5173"));
    assert_eq!(allowed_origin(&debug.send("GET", HEALTH, &[("Origin", "https://evil.example")], b"")), None);
    assert_eq!(allowed_origin(&release.send("GET", HEALTH, &localhost, b"")), None);
}
