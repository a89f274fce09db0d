//! Clients that take their time, and heads that do not end.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::api::support::App;

const MANY: usize = 1000;

fn connect(app: &App, sent: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(app.host()).unwrap();
    stream.write_all(sent).unwrap();
    stream
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
fn a_head_of_more_than_a_hundred_lines_or_400_kib_is_refused() {
    let app = App::start();
    let lines = |count: usize| "X: x\r\n".repeat(count);
    for (headers, answer) in [
        (format!("{}\r\n", lines(99)), "HTTP/1.1 200 OK"),
        (format!("{}\r\n", lines(100)), "HTTP/1.1 431 Request Header Fields Too Large"),
        // Not ended: what arrives whole at once may be longer.
        (format!("X: {}", "x".repeat(500_000)), "HTTP/1.1 431 Request Header Fields Too Large"),
    ] {
        let mut stream = connect(&app, b"GET /api/health HTTP/1.1\r\nHost: x\r\n");
        // The refusal can come before the end was sent.
        drop(stream.write_all(headers.as_bytes()));
        let mut head = [0; 64];
        let length = stream.read(&mut head).unwrap();
        let head = String::from_utf8_lossy(&head[..length]);
        assert!(head.starts_with(answer), "{head}");
    }
}
