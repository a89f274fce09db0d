use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::{Semaphore, watch};

use super::support::{LONG, PATIENT, Served, gate, get, launch};
use crate::http::Stopping;
use crate::listener::Server;
use crate::listener::abort::Abort;
use crate::listener::connection::talk;

/// The end of a connection, with or without a word.
fn has_ended(stream: &mut TcpStream) -> bool {
    let mut byte = [0];
    match stream.read(&mut byte) {
        Ok(length) => length == 0,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

#[test]
fn what_is_under_way_is_answered_and_then_it_ends_whoever_is_connected() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    let (endpoint, has_begun, open, is_done) = gate("/slow");
    let mut server = Served::new(vec![endpoint, get("/", |_| "A")]);
    let mut idle: Vec<_> = (0..1000).map(|_| server.connect()).collect();
    for (index, stream) in idle.iter_mut().enumerate() {
        let sent: &[u8] = match index % 3 {
            0 => b"",
            1 => b"GET / HTTP/1.1\r\nHost: x\r\n",
            _ => b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        };
        stream.write_all(sent).unwrap();
        if index % 3 == 2 {
            let (mut seen, mut byte) = (Vec::new(), [0]);
            while !seen.ends_with(b"\r\n\r\nA") {
                stream.read_exact(&mut byte).unwrap();
                seen.push(byte[0]);
            }
        }
    }
    let mut slow = server.connect();
    slow.write_all(b"POST /slow HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    has_begun.recv_timeout(LONG).unwrap();
    let begun = Instant::now();
    server.stop(LONG);
    assert!(idle.iter_mut().all(has_ended));
    open.send(true).unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("done"), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    is_done.recv_timeout(LONG).unwrap();
    assert!(server.end());
    assert!(begun.elapsed() < LONG / 2, "{:?}", begun.elapsed());
    assert_eq!(TcpStream::connect(server.address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
}

impl Abort for DuplexStream {
    fn abort(&self) {}
}

/// Over a connection that holds no more than 1,000 bytes: the rest of the answer is with the server.
#[test]
fn an_answer_that_is_not_yet_taken_whole_is_not_cut_short() {
    rocket::async_test(async {
        let (mut client_end, server_end) = duplex(1000);
        let (stop, told) = watch::channel(false);
        let client = launch(vec![get("/", |_| vec![b'Z'; 200_000])]).await;
        let server = Server { client, settings: PATIENT, tls: None };
        let place = Arc::new(Semaphore::new(1)).acquire_owned().await.unwrap();
        let here = (Ipv4Addr::LOCALHOST, 1).into();
        let talk = tokio::spawn(async move {
            talk(&server, server_end, here, false, place, Stopping::new(told)).await;
        });
        client_end.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        let mut all = vec![client_end.read_u8().await.unwrap()];
        stop.send_replace(true);
        client_end.read_to_end(&mut all).await.unwrap();
        assert_eq!(all.iter().filter(|byte| **byte == b'Z').count(), 200_000);
        talk.await.unwrap();
    });
}

#[test]
fn what_takes_longer_than_the_grace_is_cut_off_and_told() {
    let (endpoint, has_begun, _never_opened, _) = gate("/slow");
    let mut server = Served::new(vec![endpoint]);
    let mut slow = server.connect();
    slow.write_all(b"POST /slow HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    has_begun.recv_timeout(LONG).unwrap();
    server.stop(Duration::from_millis(10));
    assert!(!server.end());
}
