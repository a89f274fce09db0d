use std::collections::BTreeSet;

use serde_json::json;

use crate::api::support::{App, bearer};

/// The value of a series.
#[track_caller]
fn value(metrics: &str, series: &str) -> f64 {
    let found = metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("no {series}:\n{metrics}")).parse().unwrap()
}

fn metrics(app: &App) -> String {
    let reply = app.get("/metrics");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type").as_deref(), Some("text/plain; version=0.0.4; charset=utf-8"));
    reply.body
}

#[test]
fn requests_logins_connections_and_hashes_are_counted() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
    assert_eq!(app.log_in("john@example.com", "pass word").status, 401);
    assert_eq!(app.log_in("jane@example.com", "password").status, 401);
    assert_eq!(app.log_in("", "password").status, 400);
    assert_eq!(app.create_event(user, &json!({})).status, 400);
    app.new_event(user, "T", "2025-12-06");
    app.new_event(user, "T", "2025-12-06");
    let metrics = metrics(&app);
    for (method, route, status, count) in [
        // The one with which each test waits for its server.
        ("GET", "/api/calendar/events", 200, 1.0),
        ("POST", "/api/calendar/events", 201, 2.0),
        ("POST", "/api/calendar/events", 400, 1.0),
        ("POST", "/api/users/register", 201, 1.0),
        ("POST", "/api/users/login", 401, 2.0),
    ] {
        let labels = format!(r#"{{method="{method}",route="{route}",status="{status}"}}"#);
        assert_eq!(value(&metrics, &format!("persony_http_requests_total{labels}")), count);
        assert_eq!(value(&metrics, &format!("persony_http_request_duration_seconds_count{labels}")), count);
    }
    let engine = format!("{:?}", crate::ENGINE).to_lowercase();
    let build = format!(r#"persony_build_info{{engine="{engine}",version="{}"}}"#, env!("CARGO_PKG_VERSION"));
    for (series, count) in [
        (r#"persony_logins_total{outcome="success"}"#, 1.0),
        (r#"persony_logins_total{outcome="refused"}"#, 2.0),
        (r#"persony_logins_total{outcome="invalid"}"#, 1.0),
        (r#"persony_logins_total{outcome="error"}"#, 0.0),
        (r#"persony_pool_errors_total{reason="away"}"#, 0.0),
        ("persony_pool_waiting", 0.0),
        ("persony_hashing_seconds_count", 4.0),
        ("persony_hashing_wait_seconds_count", 4.0),
        ("persony_hashing_queue", 0.0),
        (&build, 1.0),
    ] {
        assert_eq!(value(&metrics, series), count, "{series}");
    }
    // Two of them to count a wrong password, and one to know what was revoked; logins may have been written
    // down by then, all together or one by one.
    let waits = value(&metrics, "persony_pool_wait_seconds_count");
    assert!((10.0..=13.0).contains(&waits), "{waits}");
    let connections =
        ["persony_pool_connections_idle", "persony_pool_connections", "persony_pool_connections_max"];
    let [idle, open, most] = connections.map(|series| value(&metrics, series));
    assert!(idle <= open && 1.0 <= open && open <= most, "{metrics}");
}

#[test]
fn labels_do_not_grow_with_what_clients_send() {
    let app = App::start();
    let authorization = [("Authorization", bearer(1))];
    let headers: Vec<_> = authorization.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for number in 0..200 {
        app.get(&format!("/{number}/{:x}?q={number}", number * 7919));
        app.send("DELETE", &format!("/api/calendar/events/{number}x"), &headers, b"");
        app.send(&format!("BREW{number}"), "/api/health", &[], b"");
    }
    let metrics = metrics(&app);
    let series: BTreeSet<_> = metrics
        .lines()
        .filter_map(|line| line.strip_prefix("persony_http_requests_total"))
        .map(|line| line.to_owned())
        .collect();
    let expected = [
        r#"{method="DELETE",route="/api/calendar/events/<id>",status="404"} 200"#,
        r#"{method="GET",route="/api/calendar/events",status="200"} 1"#,
        r#"{method="GET",route="unmatched",status="404"} 200"#,
        r#"{method="OTHER",route="/api/health",status="405"} 200"#,
    ];
    assert_eq!(series, expected.map(str::to_owned).into());
}
