use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;

use crate::api::support::{App, bearer};

const NOT_AN_OBJECT: [(&str, &str); 1] = [("body", "The request body must be a JSON object")];
const TOO_LARGE: [(&str, &str); 1] = [("body", "The request body is larger than 64 KiB")];

#[test]
fn a_body_that_is_no_json_object_is_a_400_on_body() {
    let app = App::start();
    let user = bearer(app.new_user("john@example.com"));
    let event = format!("/api/calendar/events/{}", 1);
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let bodies: [&[u8]; 12] = [
        b"",
        b" ",
        b"null",
        b"[]",
        b"[{}]",
        b"1",
        b"\"text\"",
        b"{",
        b"{\"title\": }",
        b"{} trailing",
        b"{\"a\": \"\xff\"}",
        deep.as_bytes(),
    ];
    for body in bodies {
        for (method, path) in [
            ("POST", "/api/users/register"),
            ("POST", "/api/users/login"),
            ("POST", "/api/calendar/events"),
            ("PUT", event.as_str()),
            ("POST", "/api/calendar/calendars"),
        ] {
            let reply = app.send(method, path, &[("Authorization", &user)], body);
            reply.is_error(400, &NOT_AN_OBJECT);
        }
    }
}

#[test]
fn the_content_type_is_not_insisted_on() {
    let app = App::start();
    let body = br#"{"email": "john@example.com", "password": "wrong"}"#;
    for content_type in ["application/json", "text/plain", "application/x-www-form-urlencoded", "nonsense"] {
        let reply = app.send("POST", "/api/users/login", &[("Content-Type", content_type)], body);
        reply.is_error(401, &[("email", "Invalid credentials")]);
    }
}

#[test]
fn unknown_members_are_ignored_whatever_they_hold() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let nested = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let body = format!(
        r#"{{"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06", "id": 77, "user_id": 99,
            "huge": 1e999, "surrogate": "\ud800", "nested": {nested}}}"#
    );
    let reply =
        app.send("POST", "/api/calendar/events", &[("Authorization", &bearer(user))], body.as_bytes());
    reply.is(201, r#"{"id":1,"message":"Event created successfully"}"#);
    assert_eq!(app.list_events(user).json().as_array().unwrap().len(), 1);
}

#[test]
fn a_member_without_a_value_is_named() {
    let app = App::start();
    let body = br#"{"email": "\ud800", "password": 1e999}"#;
    let invalid = "Is not a valid value";
    app.send("POST", "/api/users/login", &[], body)
        .is_error(400, &[("email", invalid), ("password", invalid)]);
}

/// A login body of exactly this many bytes.
fn login_of(bytes: usize) -> Vec<u8> {
    let mut body = json!({"email": "john@example.com", "password": ""}).to_string();
    body.insert_str(body.len() - 2, &"x".repeat(bytes - body.len()));
    body.into_bytes()
}

#[test]
fn a_body_of_64_kib_is_taken_and_one_byte_more_is_a_413() {
    let app = App::start();
    app.send("POST", "/api/users/login", &[], &login_of(65_536))
        .is_error(401, &[("email", "Invalid credentials")]);
    for bytes in [65_537, 900_000] {
        app.send("POST", "/api/users/login", &[], &login_of(bytes)).is_error(413, &TOO_LARGE);
    }
}

/// The status line and body of what the server answers to these bytes.
fn raw(app: &App, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(app.base.trim_start_matches("http://")).unwrap();
    // A server that waits for more must not make the test wait along.
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&answer).contains('}') {
        match stream.read(&mut buffer).unwrap() {
            0 => break,
            length => answer.extend_from_slice(&buffer[..length]),
        }
    }
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    format!("{} {body}", head.lines().next().unwrap())
}

#[test]
fn a_body_announced_as_too_large_is_refused_before_it_has_been_sent() {
    let app = App::start();
    let head = "POST /api/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\n{\"email\": \"first bytes";
    let refused =
        r#"HTTP/1.1 413 Payload Too Large {"errors":{"body":"The request body is larger than 64 KiB"}}"#;
    assert_eq!(raw(&app, head.as_bytes()), refused);
}

#[test]
fn a_body_of_unknown_length_is_refused_once_it_passes_the_limit() {
    let app = App::start();
    let mut request =
        b"POST /api/users/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..3 {
        request.extend_from_slice(format!("7530\r\n{}\r\n", "x".repeat(0x7530)).as_bytes());
    }
    let answer = raw(&app, &request);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[test]
fn a_token_is_asked_for_before_the_body_is_looked_at() {
    let app = App::start();
    let reply = app.send("POST", "/api/calendar/events", &[], b"no json");
    reply.is_error(401, &[("authorization", "Missing Authorization Header")]);
}
