//! Bodies that nobody reads: of a request that is refused before its body matters.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::api::http::connections::{connect, is_refused, rest};
use crate::api::support::{App, bearer};

const MISSING: &str = r#"{"errors":{"authorization":"Missing Authorization Header"}}"#;
const CREATE: &str = "POST /api/calendar/events HTTP/1.1\r\nHost: x\r\n";

/// The next answer of a connection that goes on: its head, and its body.
fn next(mut stream: &TcpStream) -> (String, String) {
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        answer.push(byte[0]);
    }
    let head = String::from_utf8(answer).unwrap();
    let length = head.split_once("content-length: ").and_then(|(_, rest)| rest.lines().next()).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}

fn closes(head: &str) -> bool {
    head.contains("\r\nconnection: close\r\n")
}

/// A connection that is closed on what its client still sends is reset, and the answer is lost.
#[test]
fn who_still_sends_a_body_that_nobody_reads_gets_the_answer() {
    let app = App::start();
    let refused = [
        (
            "/api/users/login",
            "413 Payload Too Large",
            r#"{"errors":{"body":"The request body is larger than 64 KiB"}}"#,
        ),
        ("/api/calendar/events/1", "405 Method Not Allowed", r#"{"errors":{"method":"Method not allowed"}}"#),
        ("/api/nope", "404 Not Found", r#"{"errors":{"path":"Not found"}}"#),
        (
            "/api/calendar/events",
            "401 Unauthorized",
            r#"{"errors":{"authorization":"Missing Authorization Header"}}"#,
        ),
    ];
    for (path, status, body) in refused {
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n");
        let mut stream = connect(&app, head.as_bytes());
        // The answer is there, before the body is.
        assert_eq!(stream.peek(&mut [0]).unwrap(), 1);
        for _ in 0..20 {
            stream.write_all(&[b'x'; 100_000]).unwrap();
        }
        is_refused(&app, &rest(&stream), status, body);
    }
}

#[test]
fn a_short_body_does_not_end_the_connection() {
    let app = App::start();
    let mut stream = connect(&app, b"");
    for _ in 0..3 {
        stream.write_all(format!("{CREATE}Content-Length: 50000\r\n\r\n").as_bytes()).unwrap();
        for _ in 0..5 {
            stream.write_all(&[b'x'; 10_000]).unwrap();
        }
        let (head, body) = next(&stream);
        assert!(head.starts_with("HTTP/1.1 401 ") && !closes(&head), "{head}");
        assert_eq!(body, MISSING);
    }
}

#[test]
fn one_that_is_long_or_does_not_come_ends_it_and_the_client_is_told() {
    let app = App::start();
    for framing in ["Content-Length: 65537", "Content-Length: 5", "Transfer-Encoding: chunked"] {
        let (head, body) = next(&connect(&app, format!("{CREATE}{framing}\r\n\r\n").as_bytes()));
        assert!(closes(&head) && body == MISSING, "{framing}: {head}");
    }
}

#[test]
fn one_that_waits_to_be_asked_for_is_not_asked_for_in_vain() {
    let app = App::start();
    let expects = format!("{CREATE}Content-Length: 5\r\nExpect: 100-continue\r\n");
    let (head, body) = next(&connect(&app, format!("{expects}\r\n").as_bytes()));
    assert!(head.starts_with("HTTP/1.1 401 ") && closes(&head) && body == MISSING, "{head}");
    // One that was asked for and read leaves the connection as it is.
    let mut stream = connect(&app, format!("{expects}Authorization: {}\r\n\r\n", bearer(1)).as_bytes());
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"no jn").unwrap();
    let (head, _) = next(&stream);
    assert!(head.starts_with("HTTP/1.1 400 ") && !closes(&head), "{head}");
}
