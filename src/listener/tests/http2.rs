use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http2::{Builder, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rocket::config::TlsConfig;
use rocket::http::Method;
use rocket::response::stream::ByteStream;
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, async_trait};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::answers::breaks_off;
use super::methods::webdav;
use super::support::{LONG, PATIENT, Served, gate, get};
use crate::http::Endpoint;
use crate::listener::acceptor;
use crate::listener::settings::{Patience, Settings};

type Ended = JoinHandle<hyper::Result<()>>;

/// A server with a certificate that signs itself, and who trusts it.
struct Secure {
    served: Served,
    certificate: CertificateDer<'static>,
}

impl Secure {
    fn new(endpoints: Vec<Endpoint>, settings: Settings) -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let tls = TlsConfig::from_bytes(cert.pem().as_bytes(), signing_key.serialize_pem().as_bytes());
        let served = Served::with(endpoints, settings, Some(acceptor(&tls).unwrap()));
        Self { served, certificate: cert.der().clone() }
    }

    /// A connection for which these protocols were offered.
    fn greet(&self, protocols: &[&str]) -> TlsStream<TcpStream> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        tls.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        self.served.runtime.block_on(async {
            let stream = TcpStream::connect(self.served.address).await.unwrap();
            TlsConnector::from(Arc::new(tls)).connect("localhost".try_into().unwrap(), stream).await.unwrap()
        })
    }

    fn client(&self) -> (SendRequest<Full<Bytes>>, Ended) {
        let stream = self.greet(&["h2"]);
        self.served.runtime.block_on(async {
            let mut builder = Builder::new(TokioExecutor::new());
            // Less than the answers that tests do not read.
            builder.initial_stream_window_size(10_000);
            let (sender, connection) = builder.handshake(TokioIo::new(stream)).await.unwrap();
            (sender, tokio::spawn(connection))
        })
    }
}

async fn send(sender: &mut SendRequest<Full<Bytes>>, method: &str, path: &str) -> (u16, String) {
    let request = hyper::Request::builder().method(method).uri(format!("https://localhost{path}"));
    let answer = sender.send_request(request.body(Full::default()).unwrap()).await.unwrap();
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.into()).unwrap())
}

#[test]
fn who_offers_it_gets_it_and_others_get_http_1() {
    let server = Secure::new(webdav(), PATIENT);
    for (offered, chosen) in [
        (&["h2", "http/1.1"][..], Some("h2")),
        (&["http/1.1", "h2"], Some("h2")),
        (&["http/1.1"], Some("http/1.1")),
        (&[], None),
    ] {
        let stream = server.greet(offered);
        let found = stream.get_ref().1.alpn_protocol().map(|name| std::str::from_utf8(name).unwrap());
        assert_eq!(found, chosen, "{offered:?}");
    }
}

#[test]
fn requests_are_answered_side_by_side_whatever_their_method() {
    let (endpoint, has_begun, open, _is_done) = gate("/slow");
    let mut endpoints = webdav();
    endpoints.push(endpoint);
    endpoints.push(get("/long", |_| vec![b'x'; 3_000_000]));
    let server = Secure::new(endpoints, PATIENT);
    let (mut sender, _ended) = server.client();
    let mut other = sender.clone();
    let slow = server.served.runtime.spawn(async move { send(&mut other, "POST", "/slow").await });
    has_begun.recv_timeout(LONG).unwrap();
    server.served.runtime.block_on(async {
        for (method, path, status, body) in [
            ("GET", "/things", 200, "a GET"),
            ("PROPFIND", "/things", 200, "a PROPFIND"),
            ("REPORT", "/things", 200, "a REPORT"),
            ("MKCOL", "/things", 405, r#"{"errors":{"method":"Method not allowed"}}"#),
            ("HEAD", "/things", 200, ""),
            ("GET", "/nothing", 404, r#"{"errors":{"path":"Not found"}}"#),
        ] {
            assert_eq!(send(&mut sender, method, path).await, (status, body.to_owned()), "{method} {path}");
        }
        let (status, long) = send(&mut sender, "GET", "/long").await;
        assert_eq!((status, long.len()), (200, 3_000_000));
        open.send(true).unwrap();
        assert_eq!(slow.await.unwrap(), (200, "done".to_owned()));
    });
}

#[test]
fn at_the_end_what_is_under_way_is_answered_and_idle_connections_are_told() {
    let (endpoint, has_begun, open, _is_done) = gate("/slow");
    let mut server = Secure::new(vec![endpoint, get("/", |_| "A")], PATIENT);
    let (_unused, unused_ended) = server.client();
    let (mut used, used_ended) = server.client();
    let (mut busy, busy_ended) = server.client();
    // It has not said a word of HTTP/2 yet.
    let _silent = server.greet(&["h2"]);
    let runtime = server.served.runtime.handle().clone();
    runtime.block_on(async { assert_eq!(send(&mut used, "GET", "/").await, (200, "A".to_owned())) });
    let slow = runtime.spawn(async move { send(&mut busy, "POST", "/slow").await });
    has_begun.recv_timeout(LONG).unwrap();
    let begun = Instant::now();
    server.served.stop(LONG);
    runtime.block_on(async {
        unused_ended.await.unwrap().unwrap();
        used_ended.await.unwrap().unwrap();
        open.send(true).unwrap();
        assert_eq!(slow.await.unwrap(), (200, "done".to_owned()));
        busy_ended.await.unwrap().unwrap();
    });
    assert!(server.served.end());
    assert!(begun.elapsed() < LONG / 2, "{:?}", begun.elapsed());
}

#[test]
fn a_connection_that_nobody_uses_is_closed() {
    let idle = Duration::from_millis(300);
    let server = Secure::new(
        vec![get("/", |_| "A")],
        Settings { patience: Patience { idle, ..PATIENT.patience }, ..PATIENT },
    );
    let begun = Instant::now();
    let (_unused, unused_ended) = server.client();
    let (mut used, used_ended) = server.client();
    server.served.runtime.block_on(async {
        assert_eq!(send(&mut used, "GET", "/").await, (200, "A".to_owned()));
        unused_ended.await.unwrap().unwrap();
        used_ended.await.unwrap().unwrap();
    });
    assert!(begun.elapsed() >= idle, "{:?}", begun.elapsed());
}

#[test]
fn a_client_that_takes_nothing_of_its_answer_is_left() {
    let answer = Duration::from_millis(300);
    let settings = Settings { patience: Patience { answer, ..PATIENT.patience }, ..PATIENT };
    for size in [3_000_000, 200_000] {
        let server = Secure::new(vec![get("/", move |_| vec![b'x'; size])], settings);
        let (mut sender, ended) = server.client();
        server.served.runtime.block_on(async {
            let request = hyper::Request::get("https://localhost/").body(Full::default()).unwrap();
            // Its body is held and not read: the client gives no more room for it.
            let _held = sender.send_request(request).await.unwrap();
            drop(ended.await.unwrap());
        });
    }
}

/// Over TLS it is not the writing that waits for it, but the flushing.
#[test]
fn so_is_one_of_http_1_over_tls() {
    let answer = Duration::from_millis(300);
    let settings = Settings { patience: Patience { answer, ..PATIENT.patience }, ..PATIENT };
    // Small enough for the buffer of TLS.
    let server = Secure::new(vec![get("/", |_| vec![b'x'; 30_000])], settings);
    let mut stream = server.greet(&["http/1.1"]);
    server.served.runtime.block_on(async {
        let request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000);
        let refused =
            async { while stream.write_all(&request).await.is_ok() && stream.flush().await.is_ok() {} };
        tokio::time::timeout(LONG / 2, refused).await.unwrap();
    });
}

#[test]
fn an_answer_that_the_handler_is_slow_to_give_is_waited_for() {
    let answer = Duration::from_millis(100);
    let settings = Settings { patience: Patience { answer, ..PATIENT.patience }, ..PATIENT };
    let server = Secure::new(vec![Route::new(Method::Get, "/", Slow).into()], settings);
    let (mut sender, _ended) = server.client();
    let (status, body) = server.served.runtime.block_on(send(&mut sender, "GET", "/"));
    assert_eq!((status, body.as_str()), (200, "onetwo"));
}

/// An answer of which the second half comes late.
#[derive(Clone)]
struct Slow;

#[async_trait]
impl Handler for Slow {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        Outcome::from(
            request,
            ByteStream! {
                yield "one";
                tokio::time::sleep(Duration::from_millis(500)).await;
                yield "two";
            },
        )
    }
}

#[test]
fn a_head_that_is_too_large_is_refused_as_over_http_1() {
    let server = Secure::new(vec![get("/", |_| "A")], PATIENT);
    let (mut sender, _ended) = server.client();
    server.served.runtime.block_on(async {
        for (lines, length, status) in [(98, 1, 200), (101, 1, 431), (1, 60_000, 200), (2, 40_000, 431)] {
            let mut request = hyper::Request::get("https://localhost/");
            for line in 0..lines {
                request = request.header(format!("x-{line}"), "x".repeat(length));
            }
            let answer = sender.send_request(request.body(Full::default()).unwrap()).await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{lines} lines of {length}");
            let body = answer.into_body().collect().await.unwrap().to_bytes();
            assert_eq!(body.starts_with(br#"{"errors":{"headers":"#), status == 431, "{body:?}");
        }
    });
}

#[test]
fn who_takes_back_request_after_request_is_left() {
    let (endpoint, has_begun, _never_opened, _) = gate("/slow");
    let server = Secure::new(vec![endpoint], PATIENT);
    let (sender, ended) = server.client();
    server.served.runtime.block_on(async {
        let mut sent = 0;
        while !ended.is_finished() && sent < 100_000 {
            let request = hyper::Request::post("https://localhost/slow").body(Full::default()).unwrap();
            let mut sender = sender.clone();
            // Dropped before its answer.
            drop(tokio::time::timeout(Duration::from_millis(2), sender.send_request(request)).await);
            sent += 1;
        }
        assert!(sent < 1000, "{sent} requests were taken");
    });
    let begun = has_begun.try_iter().count();
    assert!((100..=200).contains(&begun), "{begun}");
}

#[test]
fn an_answer_that_breaks_off_is_reset_and_its_neighbours_go_on() {
    let server = Secure::new(vec![breaks_off(), get("/other", |_| "other")], PATIENT);
    let (mut sender, _ended) = server.client();
    server.served.runtime.block_on(async {
        let request = hyper::Request::get("https://localhost/").body(Full::default()).unwrap();
        let answer = sender.send_request(request).await.unwrap();
        assert_eq!(answer.status(), 200);
        let error = answer.into_body().collect().await.unwrap_err();
        assert!(format!("{error:?}").contains("Reset"), "{error:?}");
        assert_eq!(send(&mut sender, "GET", "/other").await, (200, "other".to_owned()));
    });
}
