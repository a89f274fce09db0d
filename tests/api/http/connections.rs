//! Clients that take their time, and what is no request.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::api::support::{App, bearer};

const MANY: usize = 1000;

const MALFORMED: &str = r#"{"errors":{"body":"The request is malformed"}}"#;
const TOO_LARGE: &str =
    r#"{"errors":{"headers":"The request's head is larger than 64 KiB, or has more than 100 lines"}}"#;
const HEAD_TOO_LATE: &str = r#"{"errors":{"headers":"The request's head did not come in time"}}"#;
const BODY_TOO_LATE: &str = r#"{"errors":{"body":"The request body did not come in time"}}"#;

pub fn connect(app: &App, sent: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(app.host()).unwrap();
    stream.write_all(sent).unwrap();
    stream
}

/// All that comes until the server closes the connection.
pub fn rest(mut stream: &TcpStream) -> String {
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    String::from_utf8(rest).unwrap()
}

/// Asserts status and body of an answer after which the connection is closed, and that it has what every
/// answer has.
#[track_caller]
pub fn is_refused(app: &App, answer: &str, status: &str, body: &str) {
    let (head, found) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
    assert_eq!((head.lines().next(), found), (Some(format!("HTTP/1.1 {status}").as_str()), body));
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    assert_eq!(header("content-type").as_deref(), Some("application/json"), "{head}");
    assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"), "{head}");
    assert_eq!(header("content-length"), Some(body.len().to_string()), "{head}");
    assert!(header("date").is_some_and(|date| date.ends_with(" GMT")), "{head}");
    let id = header("x-request-id").unwrap_or_else(|| panic!("{head}"));
    assert!(app.program.log().contains(&id), "the log tells of it");
}

#[test]
fn a_thousand_idle_and_slow_clients_do_not_keep_the_next_one_out() {
    // This end of the connections counts, too.
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    let app = App::start();
    let user = app.new_user("john@example.com");
    let sent: [&[u8]; 4] = [
        b"",
        b"GET /api/health HT",
        b"GET /api/health HTTP/1.1\r\nHost: x\r\n",
        b"POST /api/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{",
    ];
    let clients: Vec<_> = (0..MANY).map(|index| connect(&app, sent[index % sent.len()])).collect();
    app.get("/api/health").is(200, r#"{"status":"OK 🚀"}"#);
    app.list_events(user).is(200, "[]");
    assert_eq!(app.log_in("john@example.com", "password").status, 200);
    assert_eq!(clients.len(), MANY);
}

#[test]
fn the_server_may_open_as_many_files_as_the_system_lets_it() {
    let app = App::start();
    let limits = fs::read_to_string(format!("/proc/{}/limits", app.program.id())).unwrap();
    let files = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let [soft, hard] = files.split_whitespace().skip(3).take(2).collect::<Vec<_>>()[..] else {
        panic!("{files}")
    };
    assert_eq!(soft, hard);
}

#[test]
fn a_head_of_more_than_a_hundred_lines_or_64_kib_is_refused() {
    let app = App::start();
    let lines = |count: usize| "X: x\r\n".repeat(count);
    let close = "Connection: close\r\n\r\n";
    let head =
        connect(&app, format!("GET /api/health HTTP/1.1\r\nHost: x\r\n{}{close}", lines(98)).as_bytes());
    assert!(rest(&head).starts_with("HTTP/1.1 200 OK\r\n"));
    for sent in [
        format!("{}{close}", lines(99)),
        format!("X: {}\r\n{close}", "x".repeat(65_536)),
        // It does not end.
        format!("X: {}", "x".repeat(500_000)),
    ] {
        let stream = connect(&app, b"GET /api/health HTTP/1.1\r\nHost: x\r\n");
        (&stream).write_all(sent.as_bytes()).unwrap();
        is_refused(&app, &rest(&stream), "431 Request Header Fields Too Large", TOO_LARGE);
    }
}

#[test]
fn what_is_no_request_is_refused_in_the_one_form() {
    let app = App::start();
    for sent in [
        "hello\r\n\r\n",
        "GET /api/health HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /api/he alth HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nno colon\r\n\r\n",
        "POST /api/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /api/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\r\n\r\n",
        // HTTP/2 is spoken over TLS alone.
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let stream = connect(&app, sent.as_bytes());
        is_refused(&app, &rest(&stream), "400 Bad Request", MALFORMED);
    }
    let metrics = app.get("/metrics").body;
    let label = r#"persony_http_requests_total{method="OTHER",route="unmatched",status="400"} 8"#;
    assert!(metrics.contains(label), "{metrics}");
}

#[test]
fn what_is_no_request_after_one_that_is_takes_nothing_from_its_answer() {
    let app = App::start();
    let stream = connect(&app, b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\nhello\r\n\r\n");
    let both = rest(&stream);
    let (first, second) = both.split_once(r#"{"status":"OK 🚀"}"#).unwrap_or_else(|| panic!("{both}"));
    assert!(first.starts_with("HTTP/1.1 200 OK\r\n"), "{both}");
    is_refused(&app, second, "400 Bad Request", MALFORMED);
}

#[test]
fn a_head_that_does_not_come_is_waited_for_no_longer_than_it_may_take() {
    let app = App::with(&[("REQUEST_HEAD_TIMEOUT", "1")]);
    let begun = Instant::now();
    let mut slow = connect(&app, b"GET /api/health HTTP/1.1\r\nHost: x\r\n");
    let unused = connect(&app, b"");
    let kept_alive = connect(&app, b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n");
    // More of it, and not all of it, is no reason to wait for longer.
    let mut answer = Vec::new();
    slow.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    loop {
        let mut piece = [0; 1024];
        match slow.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => answer.extend_from_slice(&piece[..length]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => drop(slow.write_all(b"X: x\r\n")),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("{error}"),
        }
    }
    let took = begun.elapsed();
    assert!((Duration::from_millis(900)..Duration::from_secs(60)).contains(&took), "{took:?}");
    is_refused(&app, &String::from_utf8(answer).unwrap(), "408 Request Timeout", HEAD_TOO_LATE);
    // Who has not begun, or has been answered, has more time.
    for mut stream in [unused, kept_alive] {
        stream.write_all(b"GET /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        assert!(rest(&stream).ends_with(r#"{"status":"OK 🚀"}"#));
    }
}

#[test]
fn a_connection_that_nobody_uses_is_closed() {
    let app = App::with(&[("IDLE_TIMEOUT", "1")]);
    let begun = Instant::now();
    let unused = connect(&app, b"");
    let kept_alive = connect(&app, b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_eq!(rest(&unused), "");
    assert!(rest(&kept_alive).ends_with(r#"{"status":"OK 🚀"}"#));
    let took = begun.elapsed();
    assert!((Duration::from_millis(900)..Duration::from_secs(60)).contains(&took), "{took:?}");
}

#[test]
fn a_body_that_does_not_come_is_a_408() {
    let app = App::with(&[("REQUEST_BODY_TIMEOUT", "1")]);
    let login = "POST /api/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";
    let stalled = connect(&app, login.as_bytes());
    is_refused(&app, &rest(&stalled), "408 Request Timeout", BODY_TOO_LATE);
    let chunked = "POST /api/users/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n";
    is_refused(&app, &rest(&connect(&app, chunked.as_bytes())), "408 Request Timeout", BODY_TOO_LATE);
    // On a page, too: who it is from is asked first, and what it had is not to be had.
    let page = "POST /events/new HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntitle=Mine";
    let answer = rest(&connect(&app, page.as_bytes()));
    assert!(answer.starts_with("HTTP/1.1 401 ") && !answer.contains("Mine"), "{answer}");
    // One that breaks off is not answered late, but at once.
    let broken = connect(&app, login.as_bytes());
    broken.shutdown(Shutdown::Write).unwrap();
    let answer = rest(&broken);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[test]
fn a_client_that_takes_nothing_of_its_answer_is_left() {
    let app = App::with(&[("ANSWER_TIMEOUT", "1")]);
    let user = app.new_user("john@example.com");
    let list =
        format!("GET /api/calendar/events HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\n\r\n", bearer(user));
    for day in 1..=28 {
        app.new_event(user, &"x".repeat(200), &format!("2025-12-{day:02}"));
    }
    let mut stream = TcpStream::connect(app.host()).unwrap();
    // So many that neither end's system has room for the answers. The server reads on only while it can
    // write, so that there comes a moment when this end cannot write either.
    stream.set_write_timeout(Some(Duration::from_secs(60))).unwrap();
    let begun = Instant::now();
    let error = loop {
        if let Err(error) = stream.write_all(list.as_bytes()) {
            break error;
        }
    };
    assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn more_connections_than_there_may_be_wait_for_their_turn() {
    let app = App::with(&[("MAX_CONNECTIONS", "2"), ("IDLE_TIMEOUT", "1")]);
    let clients: Vec<_> =
        (0..6).map(|_| connect(&app, b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n")).collect();
    for client in &clients {
        assert!(rest(client).ends_with(r#"{"status":"OK 🚀"}"#));
    }
    let log = app.program.log();
    assert_eq!(log.matches("all connections are in use (MAX_CONNECTIONS): others wait").count(), 1, "{log}");
}
