use std::io::{Read, Write};

use rocket::http::Method;
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, async_trait};
use tokio::time::Instant;

use super::support::{LONG, Served};
use crate::http::Upload;

/// Counts what comes, and how much of it came at once at the most.
#[derive(Clone)]
struct Count;

#[async_trait]
impl Handler for Count {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        let (mut bytes, mut most) = (0, 0);
        if let Some(mut upload) = Upload::take(request) {
            while let Some(piece) = upload.piece(Instant::now() + LONG).await.unwrap() {
                bytes += piece.len();
                most = most.max(piece.len());
            }
        }
        Outcome::from(request, format!("{bytes} {}", most <= 1024 * 1024))
    }
}

#[test]
fn a_body_of_any_size_is_had_piece_by_piece() {
    let server = Served::new(vec![Route::new(Method::Put, "/", Count).into()]);
    for size in [0, 1, 65_537, 20_000_000] {
        let mut stream = server.connect();
        let head =
            format!("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        for piece in vec![b'x'; size].chunks(1 << 20) {
            stream.write_all(piece).unwrap();
        }
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.ends_with(&format!("\r\n\r\n{size} true")), "{answer}");
    }
}

#[test]
fn nothing_of_a_body_is_asked_for_before_its_handler_does() {
    let server = Served::new(vec![Route::new(Method::Put, "/", Count).into()]);
    let head = |path: &str| {
        format!("PUT {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    };
    let refused = server.send(&head("/elsewhere"));
    assert!(refused.starts_with("HTTP/1.1 404 ") && !refused.contains("100 Continue"), "{refused}");
    let mut stream = server.connect();
    stream.write_all(head("/").as_bytes()).unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"abcGET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    assert!(answers.contains("\r\n\r\n3 true") && answers.contains("HTTP/1.1 404 "), "{answers}");
}
