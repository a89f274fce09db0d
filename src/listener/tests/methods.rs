use super::support::{Served, by, get};
use crate::http::Endpoint;

const NOT_ALLOWED: &str = r#"{"errors":{"method":"Method not allowed"}}"#;

pub fn webdav() -> Vec<Endpoint> {
    vec![
        get("/things", |_| "a GET"),
        Endpoint::of_verb("PROPFIND", "/things", by(|_| "a PROPFIND")),
        Endpoint::of_verb("REPORT", "/things", by(|_| "a REPORT")),
        get("/others", |_| "a GET"),
    ]
}

#[test]
fn methods_that_rocket_has_no_name_for_reach_their_routes() {
    let server = Served::new(webdav());
    server.answers("GET /things", "200 OK", "a GET");
    server.answers("PROPFIND /things", "200 OK", "a PROPFIND");
    server.answers("REPORT /things", "200 OK", "a REPORT");
    let refused = server.answers("MKCALENDAR /things", "405 Method Not Allowed", NOT_ALLOWED);
    assert!(refused.contains("\r\nallow: GET, HEAD, PROPFIND, REPORT, OPTIONS\r\n"), "{refused}");
    let refused = server.answers("PROPFIND /others", "405 Method Not Allowed", NOT_ALLOWED);
    assert!(refused.contains("\r\nallow: GET, HEAD, OPTIONS\r\n"), "{refused}");
    server.answers("PROPFIND /nothing", "404 Not Found", r#"{"errors":{"path":"Not found"}}"#);
}

#[test]
fn nothing_that_a_client_sends_stands_for_such_a_method() {
    let server = Served::new(webdav());
    server.answers("TRACE /things", "405 Method Not Allowed", NOT_ALLOWED);
    for header in ["X-HTTP-Method-Override: PROPFIND", "X-Method: PROPFIND", "Verb: PROPFIND"] {
        for method in ["TRACE", "POST"] {
            let head = format!("{method} /things HTTP/1.1\r\nHost: x\r\n{header}\r\nConnection: close\r\n");
            let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 16\r\n\r\n_method=PROPFIND";
            let answer = server.send(&format!("{head}{form}"));
            assert!(answer.starts_with("HTTP/1.1 405 ") && answer.ends_with(NOT_ALLOWED), "{answer}");
        }
    }
}

#[test]
fn a_path_that_no_uri_may_have_is_one_that_is_not_there() {
    let server = Served::new(webdav());
    for target in ["/{}", "/th|ngs", "/%zz", "/caf\u{e9}", "/a\"b", "/a?q={}", "/things/{}"] {
        server.answers(&format!("GET {target}"), "404 Not Found", r#"{"errors":{"path":"Not found"}}"#);
    }
    server.answers("OPTIONS *", "404 Not Found", r#"{"errors":{"path":"Not found"}}"#);
    // A query may have what it likes.
    server.answers("GET /things?q={}|\u{e9}", "200 OK", "a GET");
    server.answers("GET http://x/things", "200 OK", "a GET");
}

#[test]
fn a_request_has_its_host_its_headers_and_its_other_end() {
    let told = |request: &rocket::Request<'_>| {
        let host = request.host().map(|host| host.to_string());
        let cookies: Vec<_> = request.headers().get("Cookie").collect();
        format!("{host:?} {cookies:?} {:?}", request.remote().map(|remote| remote.ip()))
    };
    let server = Served::new(vec![get("/told", told)]);
    let answer = server.send(
        "GET /told HTTP/1.1\r\nHost: calendar.example.com:8080\r\nCookie: a=1; b=%20\r\nCookie: broken; c=3; d=J\u{f6}rg\r\n\
         Connection: close\r\n\r\n",
    );
    let expected =
        r#"Some("calendar.example.com:8080") ["a=1; b=%20", "broken; c=3; d=Jörg"] Some(127.0.0.1)"#;
    assert!(answer.ends_with(expected), "{answer}");
}
