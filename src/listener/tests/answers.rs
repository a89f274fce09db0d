use std::io::{Read, Write};

use rocket::http::{Method, Status};
use rocket::response::stream::ByteStream;
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, async_trait};

use super::support::{LONG, Served, gate, get};
use crate::http::{Endpoint, Error, Streamed};

const FAILED: &str = r#"{"errors":{"server":"Internal server error"}}"#;

/// Bytes that tell when one of them is missing.
fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|index| b"0123456789abcdefghijklmnopqrstuvwxyz-"[index % 37]).collect()
}

#[test]
fn long_answers_come_whole_in_any_number_of_pieces() {
    let sizes = [0, 1, 65_536, 262_144, 262_145, 300_001, 5_000_000];
    let endpoints = sizes.map(|size| get(&format!("/{size}"), move |_| pattern(size)));
    let server = Served::new(endpoints.into());
    for size in sizes {
        let body = String::from_utf8(pattern(size)).unwrap();
        let head = server.answers(&format!("GET /{size}"), "200 OK", &body);
        assert!(head.contains(&format!("\r\ncontent-length: {size}\r\n")), "{head}");
        let head = server.answers(&format!("HEAD /{size}"), "200 OK", "");
        assert!(head.contains(&format!("\r\ncontent-length: {size}\r\n")), "{head}");
    }
}

#[derive(Clone)]
struct Chunks;

#[async_trait]
impl Handler for Chunks {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        Outcome::from(
            request,
            ByteStream! {
                for _ in 0..3 {
                    yield pattern(100_000);
                }
            },
        )
    }
}

#[test]
fn an_answer_of_unknown_length_comes_in_chunks() {
    let server = Served::new(vec![Route::new(Method::Get, "/", Chunks).into()]);
    let answer = server.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    let mut rest = body;
    let mut found = String::new();
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        found.push_str(&after[..length]);
        rest = &after[length + 2..];
    }
    assert!(found.as_bytes() == pattern(100_000).repeat(3), "{} bytes", found.len());
}

#[test]
fn no_content_has_no_length() {
    let server = Served::new(vec![get("/", |_| Status::NoContent)]);
    let head = server.answers("GET /", "204 No Content", "");
    assert!(!head.contains("content-length") && !head.contains("transfer-encoding"), "{head}");
}

#[test]
fn requests_over_one_connection_are_answered_in_turn() {
    let server = Served::new(vec![get("/a", |_| "A"), get("/b", |_| pattern(300_000))]);
    let one = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    let last = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let all = server.send(&[one("/a"), one("/b"), one("/b"), one("/a"), last.to_owned()].concat());
    assert_eq!(all.matches("HTTP/1.1 200 OK\r\n").count(), 5, "{} bytes", all.len());
    assert_eq!(all.matches(std::str::from_utf8(&pattern(300_000)).unwrap()).count(), 2);
    assert!(all.ends_with("\r\n\r\nA"));
}

#[test]
fn a_panic_is_a_500_and_takes_nobody_with_it() {
    let server = Served::new(vec![
        get("/", |_| "well"),
        get("/panic", |_| -> &'static str { panic!("a test's own panic") }),
    ]);
    server.answers("GET /panic", "500 Internal Server Error", FAILED);
    // In a fairing, which Rocket does not catch.
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Panic: yes\r\n\r\n").unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut both = String::new();
    stream.read_to_string(&mut both).unwrap();
    assert!(both.starts_with("HTTP/1.1 500 Internal Server Error\r\n") && both.contains(FAILED), "{both}");
    assert!(both.ends_with("\r\n\r\nwell"), "{both}");
}

#[test]
fn what_a_client_began_and_hung_up_on_is_done_all_the_same() {
    let (endpoint, has_begun, open, is_done) = gate("/");
    let server = Served::new(vec![endpoint]);
    let mut stream = server.connect();
    stream.write_all(b"POST / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    has_begun.recv_timeout(LONG).unwrap();
    drop(stream);
    open.send(true).unwrap();
    is_done.recv_timeout(LONG).unwrap();
}

/// An answer that fails after its first piece.
pub fn breaks_off() -> Endpoint {
    get("/", |_| {
        let pieces = [Ok(pattern(100_000)), Err(Error::internal("the database is away"))];
        Streamed::new(futures_util::stream::iter(pieces))
    })
}

#[test]
fn an_answer_that_breaks_off_does_not_look_whole() {
    let server = Served::new(vec![breaks_off()]);
    let mut answer = Vec::new();
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    // The connection ends, although nobody asked for that.
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("transfer-encoding: chunked"));
    assert!(!answer.ends_with("0\r\n\r\n") && !answer.contains("database"), "{answer}");
}
