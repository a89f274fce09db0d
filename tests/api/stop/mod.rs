//! What a stop (SIGTERM) leaves behind: exit code 0, whatever connections are open.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::api::support::App;

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
    let app = App::with(&[("ROCKET_SHUTDOWN", "{grace=1,mercy=1}")]);
    let mut stream = TcpStream::connect(app.host()).unwrap();
    stream.write_all(b"GET /api/health HTTP/1.1\r\nHost: x\r\n").unwrap();
    app.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
    app.program.terminate();
    let (log, status) = app.program.end();
    assert_eq!(status.code(), Some(0), "{log}");
}
