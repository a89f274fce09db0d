use serde_json::json;

use super::{Browser, EVENT, EVENTS, SESSION, refresh_jti, sessions, sets_none, with_john};
use crate::api::support::{App, Reply, bearer};

const REFUSED: [(&str, &str); 1] = [("origin", "Requests of pages from elsewhere are not taken")];

/// What a browser says of a request that a page of elsewhere has it send.
fn elsewhere(app: &App) -> Vec<Vec<(&'static str, String)>> {
    let host = app.host();
    let (name, port) = host.split_once(':').unwrap();
    let said = |origin: &str| vec![("Origin", origin.to_owned())];
    let own = ("Origin", app.base.clone());
    vec![
        said("null"),
        said(""),
        said("https://evil.example"),
        said(&format!("https://{host}")),
        said(&format!("http://{name}")),
        said(&format!("http://localhost:{port}")),
        said(&format!("http://{host}.evil.example")),
        said(&format!("http://{host}/")),
        said(&format!("{}, https://evil.example", app.base)),
        said("http://user@127.0.0.1"),
        vec![("Origin", "https://evil.example".to_owned()), own.clone()],
        vec![own.clone(), ("Origin", "https://evil.example".to_owned())],
        vec![("Sec-Fetch-Site", "cross-site".to_owned())],
        vec![("Sec-Fetch-Site", "Cross-Site".to_owned()), own.clone()],
        vec![("Sec-Fetch-Site", "same-site".to_owned()), ("Origin", format!("http://{name}:1"))],
    ]
}

fn here(app: &App) -> Vec<Vec<(&'static str, String)>> {
    let own = ("Origin", app.base.clone());
    vec![
        vec![],
        vec![own.clone()],
        vec![("Sec-Fetch-Site", "same-origin".to_owned()), own.clone()],
        vec![("Sec-Fetch-Site", "none".to_owned())],
        vec![("Origin", app.base.to_uppercase())],
    ]
}

fn said<'a>(headers: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    headers.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// A request with the cookies of a browser and their proof, and whatever comes along.
fn with(
    browser: &mut Browser,
    app: &App,
    headers: &[(&str, &str)],
    method: &str,
    path: &str,
    body: &str,
) -> Reply {
    let csrf = browser.0["csrf_access_token"].clone();
    let headers = [headers, &[("X-CSRF-TOKEN", csrf.as_str())]].concat();
    browser.send(app, method, path, &headers, body.as_bytes())
}

const CHANGES: [(&str, &str, &str); 8] = [
    ("PATCH", "/api/users/me", r#"{"name":"Mallory"}"#),
    ("POST", EVENTS, EVENT),
    ("PUT", "/api/calendar/events/1", EVENT),
    ("DELETE", "/api/calendar/events/1", ""),
    ("DELETE", "/api/users/me/sessions", ""),
    ("POST", "/api/users/logout", ""),
    ("POST", "/api/session/refresh", ""),
    ("DELETE", "/api/session", ""),
];

#[test]
fn what_says_that_it_comes_from_elsewhere_changes_nothing_and_renews_nothing() {
    let (app, browser) = with_john(&[]);
    let before = (sessions(&app), refresh_jti(&app), app.list_events(1).body);
    for headers in elsewhere(&app) {
        for expired in [false, true] {
            let mut browser = browser.clone();
            if expired {
                browser.let_access_expire();
            }
            for (method, path, body) in CHANGES {
                let reply = with(&mut browser, &app, &said(&headers), method, path, body);
                reply.is_error(403, &REFUSED);
                sets_none(&reply);
            }
        }
    }
    assert_eq!((sessions(&app), refresh_jti(&app), app.list_events(1).body), before);
    for headers in here(&app) {
        let mut browser = browser.clone();
        let reply = with(&mut browser, &app, &said(&headers), "POST", EVENTS, EVENT);
        assert_eq!(reply.status, 201, "{headers:?}: {}", reply.body);
    }
}

/// Login CSRF: the person would write into an account that somebody else reads.
#[test]
fn nobody_is_logged_in_from_elsewhere() {
    let (app, _) = with_john(&[]);
    let login = json!({"email": "john@example.com", "password": "password"}).to_string();
    for headers in elsewhere(&app) {
        let reply = app.send("POST", SESSION, &said(&headers), login.as_bytes());
        reply.is_error(403, &REFUSED);
        sets_none(&reply);
    }
    assert_eq!(sessions(&app).len(), 1);
    for headers in here(&app) {
        assert_eq!(app.send("POST", SESSION, &said(&headers), login.as_bytes()).status, 200, "{headers:?}");
    }
}

#[test]
fn cookies_are_looked_at_beside_a_header_too_and_on_routes_that_need_none() {
    let (app, browser) = with_john(&[]);
    let (token, login) =
        (bearer(1), json!({"email": "john@example.com", "password": "password"}).to_string());
    for (path, body) in [(EVENTS, EVENT), ("/api/users/login", login.as_str()), ("/api/users/register", "{}")]
    {
        let headers = [("Authorization", token.as_str()), ("Origin", "https://evil.example")];
        for cookie in browser.0.keys() {
            let mut one = Browser::default();
            one.set(cookie, "x");
            let reply = one.send(&app, "POST", path, &headers, body.as_bytes());
            reply.is_error(403, &REFUSED);
        }
        // Without them a program is what it always was; and other cookies are none of ours.
        let mut other = Browser::default();
        other.set("session", "x");
        for reply in [
            app.send("POST", path, &headers, body.as_bytes()),
            other.send(&app, "POST", path, &headers, body.as_bytes()),
        ] {
            assert!([200, 201, 400].contains(&reply.status), "{path}: {}", reply.body);
        }
    }
}

#[test]
fn what_changes_nothing_may_come_from_anywhere() {
    let (app, mut browser) = with_john(&[]);
    for headers in elsewhere(&app) {
        assert_eq!(browser.send(&app, "GET", EVENTS, &said(&headers), b"").status, 200, "{headers:?}");
    }
}

fn posted(browser: &Browser, app: &App, headers: &[(&str, &str)]) -> u16 {
    with(&mut browser.clone(), app, headers, "POST", EVENTS, EVENT).status
}

#[test]
fn listed_origins_are_not_elsewhere_and_an_asterisk_lists_none() {
    let (app, browser) =
        with_john(&[("CORS_ORIGINS", "https://calendar.example.com, http://b.example:8080")]);
    for origin in
        ["https://calendar.example.com", "https://calendar.example.com:443", "http://b.example:8080"]
    {
        assert_eq!(posted(&browser, &app, &[("Origin", origin)]), 201, "{origin}");
    }
    for origin in ["http://calendar.example.com", "http://b.example", "https://evil.example"] {
        assert_eq!(posted(&browser, &app, &[("Origin", origin)]), 403, "{origin}");
    }
    let crossing = [("Origin", "https://calendar.example.com"), ("Sec-Fetch-Site", "cross-site")];
    assert_eq!(posted(&browser, &app, &crossing), 403);
    let any = app.again_with(&[("CORS_ORIGINS", "*")]);
    assert_eq!(posted(&browser, &any, &[("Origin", "https://calendar.example.com")]), 403);
    assert_eq!(posted(&browser, &any, &[("Origin", &any.base)]), 201);
}

/// Host header poisoning: nobody makes his own origin the server's.
#[test]
fn where_the_servers_url_is_told_no_host_changes_it() {
    let (app, browser) = with_john(&[("PUBLIC_URL", "https://Calendar.example.com/at/")]);
    assert_eq!(posted(&browser, &app, &[("Origin", "https://calendar.example.com")]), 201);
    for origin in [app.base.as_str(), "http://calendar.example.com", "https://calendar.example.com:8443"] {
        assert_eq!(posted(&browser, &app, &[("Origin", origin)]), 403, "{origin}");
    }
    for host in ["evil.example", "evil.example:80", "calendar.example.com.evil.example"] {
        for origin in [format!("http://{host}"), format!("https://{host}")] {
            let headers = [("Host", host), ("X-Forwarded-Host", host), ("Origin", origin.as_str())];
            assert_eq!(posted(&browser, &app, &headers), 403, "{origin}");
        }
    }
}

#[test]
fn where_it_is_not_the_request_says_which_server_it_is_for() {
    let (app, browser) = with_john(&[("CLIENT_IP_HEADER", "X-Forwarded-For")]);
    let host = ("Host", "calendar.example.com");
    let forwarded = ("X-Forwarded-Proto", "https");
    assert_eq!(posted(&browser, &app, &[host, ("Origin", "http://calendar.example.com")]), 201);
    assert_eq!(posted(&browser, &app, &[host, ("Origin", "https://calendar.example.com")]), 403);
    assert_eq!(posted(&browser, &app, &[host, forwarded, ("Origin", "https://calendar.example.com")]), 201);
    assert_eq!(posted(&browser, &app, &[host, forwarded, ("Origin", "http://calendar.example.com")]), 403);
    // Nobody has said that there is a proxy.
    let alone = app.again();
    assert_eq!(posted(&browser, &alone, &[host, forwarded, ("Origin", "https://calendar.example.com")]), 403);
}
