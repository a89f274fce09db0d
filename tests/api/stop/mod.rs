//! What a stop (SIGTERM) leaves behind: answers, a closed port, exit code 0.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use crate::api::support::App;

/// Waits until nobody can connect any more.
pub fn refuses_connections(app: &App) {
    loop {
        match TcpStream::connect(app.host()) {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => return,
            _ => thread::yield_now(),
        }
    }
}

/// Reads until these bytes end what has come.
fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let (mut seen, mut byte) = (Vec::new(), [0]);
    while !seen.ends_with(end.as_bytes()) {
        stream.read_exact(&mut byte).unwrap();
        seen.push(byte[0]);
    }
    String::from_utf8(seen).unwrap()
}

#[test]
fn a_login_under_way_is_answered_and_new_connections_are_refused() {
    let app = App::with(&[("ROCKET_SHUTDOWN", "{grace=4,mercy=1}")]);
    app.new_user("john@example.com");
    let body = r#"{"email": "john@example.com", "password": "password"}"#;
    let mut stream = TcpStream::connect(app.host()).unwrap();
    let length = body.len();
    let head = format!(
        "POST /api/users/login HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The server asks for the body: it is at work on the request.
    assert_eq!(read_until(&mut stream, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    app.program.terminate();
    refuses_connections(&app);
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("access_token"), "{answer}");
    let (log, status) = app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("Persony stops; requests under way have 4 s"), "{log}");
    assert!(log.contains("Persony has stopped\n"), "{log}");
}

#[test]
fn connections_without_a_request_do_not_delay_the_end() {
    let app = App::with(&[("ROCKET_SHUTDOWN", "{grace=60}")]);
    let _never_used = TcpStream::connect(app.host()).unwrap();
    let mut kept_alive = TcpStream::connect(app.host()).unwrap();
    kept_alive.write_all(b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    read_until(&mut kept_alive, "}");
    let start = Instant::now();
    app.program.terminate();
    let (log, status) = app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn a_request_that_never_ends_is_cut_off_after_the_grace() {
    let app = App::with(&[("ROCKET_SHUTDOWN", "{grace=1,mercy=1}"), ("REQUEST_BODY_TIMEOUT", "600")]);
    let mut stream = TcpStream::connect(app.host()).unwrap();
    let head =
        "POST /api/users/login HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    read_until(&mut stream, "\r\n\r\n");
    let start = Instant::now();
    app.program.terminate();
    let (log, status) = app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(log.contains("requests that took too long were cut off"), "{log}");
    assert!(start.elapsed() >= Duration::from_secs(2), "{:?}", start.elapsed());
}
