use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use hyper_util::rt::TokioIo;
use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, Response, async_trait};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::support::{LONG, PATIENT, Served};
use crate::http::Upgrade;
use crate::listener::settings::Settings;

/// Sends back what comes, and says goodbye when the server stops.
#[derive(Clone)]
struct Echo;

#[async_trait]
impl Handler for Echo {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        Upgrade::of(request).then(|io, mut stop| async move {
            let mut io = TokioIo::new(io);
            let mut bytes = [0; 1024];
            loop {
                tokio::select! {
                    length = io.read(&mut bytes) => match length {
                        Ok(length @ 1..) => io.write_all(&bytes[..length]).await.unwrap(),
                        _ => return,
                    },
                    () = stop.told() => {
                        io.write_all(b"goodbye").await.unwrap();
                        return io.shutdown().await.unwrap();
                    }
                }
            }
        });
        let mut response = Response::new();
        response.set_status(Status::SwitchingProtocols);
        response.set_raw_header("Connection", "Upgrade");
        response.set_raw_header("Upgrade", "echo");
        Outcome::Success(response)
    }
}

fn upgraded(server: &Served) -> TcpStream {
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n").unwrap();
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    assert!(
        head.starts_with("HTTP/1.1 101 Switching Protocols\r\n") && head.contains("upgrade: echo"),
        "{head}"
    );
    stream
}

#[test]
fn it_keeps_its_place_among_the_connections() {
    let endpoint = || Route::new(Method::Get, "/", Echo).into();
    let server = Served::with(vec![endpoint()], Settings { max_connections: 1, ..PATIENT }, None);
    let upgraded = upgraded(&server);
    let mut other = server.connect();
    other.write_all(b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    other.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    let waits = other.read(&mut [0]).unwrap_err();
    assert_eq!(waits.kind(), ErrorKind::WouldBlock);
    drop(upgraded);
    other.set_read_timeout(None).unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
}

#[test]
fn a_connection_can_become_something_else_and_is_told_of_the_end() {
    let mut server = Served::new(vec![Route::new(Method::Get, "/", Echo).into()]);
    let mut stream = upgraded(&server);
    for text in ["one", "two"] {
        stream.write_all(text.as_bytes()).unwrap();
        let mut back = [0; 3];
        stream.read_exact(&mut back).unwrap();
        assert_eq!(&back, text.as_bytes());
    }
    server.stop(LONG);
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "goodbye");
    assert!(server.end());
}
