use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rocket::fairing::AdHoc;
use rocket::http::Status;
use rocket::local::asynchronous::Client;
use rocket::response::Responder;
use rocket::route::{Handler, Outcome, Route};
use rocket::{Config, Data, Request, async_trait};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::http::{self, Endpoint};
use crate::listener::settings::{Patience, Settings};
use crate::listener::{Port, Server};
use crate::watch::{Metrics, Watch};

/// Longer than any test takes.
pub const LONG: Duration = Duration::from_secs(120);

pub const PATIENT: Settings =
    Settings { max_connections: 2000, patience: Patience { head: LONG, idle: LONG, answer: LONG } };

/// A handler that is a function of the request.
#[derive(Clone)]
pub struct By<F>(F);

#[async_trait]
impl<F, R> Handler for By<F>
where
    F: Fn(&Request<'_>) -> R + Clone + Send + Sync + 'static,
    R: for<'r> Responder<'r, 'static>,
{
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        Outcome::from(request, (self.0)(request))
    }
}

/// As a handler.
pub fn by<F, R>(answer: F) -> By<F>
where
    F: Fn(&Request<'_>) -> R + Clone + Send + Sync + 'static,
    R: for<'r> Responder<'r, 'static>,
{
    By(answer)
}

/// A route that answers a GET.
pub fn get<F, R>(path: &str, answer: F) -> Endpoint
where
    F: Fn(&Request<'_>) -> R + Clone + Send + Sync + 'static,
    R: for<'r> Responder<'r, 'static>,
{
    Route::new(rocket::http::Method::Get, path, By(answer)).into()
}

/// Rocket with these routes, and what every route of the program's has.
pub async fn launch(endpoints: Vec<Endpoint>) -> Arc<Client> {
    let panics = AdHoc::on_request("Panics", |request, _| {
        Box::pin(async move { assert!(!request.headers().contains("X-Panic"), "a test's own panic") })
    });
    let config = Config { log_level: rocket::config::LogLevel::Off, ..Config::debug_default() };
    let rocket = rocket::custom(config)
        .attach(Watch)
        .attach(panics)
        .manage(Metrics::new("tests").unwrap())
        .mount("/", http::with_refusals(endpoints))
        .register("/", http::catchers());
    Arc::new(Client::untracked(rocket).await.unwrap())
}

/// A server on a port of its own, with a runtime of its own.
pub struct Served {
    pub address: SocketAddr,
    pub runtime: Runtime,
    stop: Option<oneshot::Sender<Duration>>,
    ended: Option<JoinHandle<bool>>,
}

impl Served {
    pub fn new(endpoints: Vec<Endpoint>) -> Self {
        Self::with(endpoints, PATIENT, None)
    }

    pub fn with(endpoints: Vec<Endpoint>, settings: Settings, tls: Option<TlsAcceptor>) -> Self {
        let runtime = Runtime::new().unwrap();
        let (stop, told) = oneshot::channel();
        let (address, ended) = runtime.block_on(async {
            let client = launch(endpoints).await;
            let port = Port::bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
            let (address, listener) = (port.address(), port.open().unwrap());
            let server = Server { client, settings, tls };
            let stop = async { told.await.unwrap_or(Duration::ZERO) };
            (address, tokio::spawn(server.serve(listener, stop)))
        });
        Self { address, runtime, stop: Some(stop), ended: Some(ended) }
    }

    /// Tells it to stop, with so much time for what is under way.
    pub fn stop(&mut self, grace: Duration) {
        self.stop.take().unwrap().send(grace).unwrap();
    }

    /// Waits for its end; whether all was answered.
    pub fn end(&mut self) -> bool {
        self.runtime.block_on(self.ended.take().unwrap()).unwrap()
    }

    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).unwrap()
    }

    /// The whole answer to a request that closes its connection.
    pub fn send(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asserts status and body of the answer to a request without a body.
    #[track_caller]
    pub fn answers(&self, request_line: &str, status: &str, body: &str) -> String {
        let answer = self.send(&format!("{request_line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        let (head, found) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
        let expected = format!("HTTP/1.1 {status}");
        assert_eq!((head.lines().next(), found), (Some(expected.as_str()), body), "{request_line}");
        head.to_owned()
    }
}

/// A route whose handler waits to be let go, and what tells that it has begun and that it is done.
pub fn gate(path: &str) -> (Endpoint, Receiver<()>, tokio::sync::watch::Sender<bool>, Receiver<()>) {
    let ((begun, has_begun), (done, is_done)) = (channel(), channel());
    let (open, gate) = tokio::sync::watch::channel(false);
    let handler = Gate { begun, gate, done };
    (Route::new(rocket::http::Method::Post, path, handler).into(), has_begun, open, is_done)
}

#[derive(Clone)]
struct Gate {
    begun: std::sync::mpsc::Sender<()>,
    gate: tokio::sync::watch::Receiver<bool>,
    done: std::sync::mpsc::Sender<()>,
}

#[async_trait]
impl Handler for Gate {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        self.begun.send(()).unwrap();
        self.gate.clone().wait_for(|open| *open).await.unwrap();
        self.done.send(()).unwrap();
        Outcome::from(request, (Status::Ok, "done"))
    }
}
