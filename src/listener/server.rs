use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use rocket::local::asynchronous::Client;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::error::Elapsed;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::connection::talk;
use super::settings::Settings;
use crate::http::Stopping;

/// How long it waits when the system has nothing left to accept a connection with.
const ACCEPT_AGAIN: Duration = Duration::from_millis(250);

/// The log is told so often that all connections are in use.
const TELL_AGAIN: Duration = Duration::from_secs(60);

/// Accepts connections, and has Rocket answer what comes over them.
pub struct Server {
    /// Rocket, after its launch.
    pub client: Arc<Client>,
    /// How much it has to do with clients.
    pub settings: Settings,
    /// For HTTPS.
    pub tls: Option<TlsAcceptor>,
}

impl Server {
    /// Serves until told to stop. Then the port is closed, what is under way is answered, and the
    /// connections end: at once, unless they take the whole of the grace. Says whether that was enough.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = Duration>) -> bool {
        let (stopping, told) = watch::channel(false);
        let server = Arc::new(self);
        let places = Arc::new(Semaphore::new(server.settings.max_connections));
        let mut stop = pin!(stop);
        let grace = loop {
            let accepted = async {
                let place = free(&places).await;
                (listener.accept().await, place)
            };
            let (accepted, place) = tokio::select! {
                biased;
                grace = &mut stop => break grace,
                accepted = accepted => accepted,
            };
            match accepted {
                Ok((stream, remote)) => {
                    let stop = Stopping::new(told.clone());
                    tokio::spawn(Self::connection(
                        told.clone(),
                        Arc::clone(&server),
                        stream,
                        remote,
                        place,
                        stop,
                    ));
                }
                // The client has gone again.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => {
                    tracing::warn!("no connection can be accepted: {error}");
                    sleep(ACCEPT_AGAIN).await;
                }
            }
        };
        drop((listener, told, server));
        stopping.send_replace(true);
        timeout(grace, stopping.closed()).await.is_ok()
    }

    /// What is first among its parameters is dropped last: when nobody is told any more, nobody has Rocket any
    /// more either.
    async fn connection(
        _told: watch::Receiver<bool>,
        server: Arc<Self>,
        stream: TcpStream,
        remote: SocketAddr,
        place: OwnedSemaphorePermit,
        stop: Stopping,
    ) {
        // Answers are written whole: to wait for more of them only costs time.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!("{remote}: {error}");
        }
        match &server.tls {
            None => talk(&server, stream, remote, false, place, stop).await,
            Some(tls) => server.secure(tls, stream, remote, place, stop).await,
        }
    }

    async fn secure(
        &self,
        tls: &TlsAcceptor,
        stream: TcpStream,
        remote: SocketAddr,
        place: OwnedSemaphorePermit,
        mut stop: Stopping,
    ) {
        let greeted = tokio::select! {
            biased;
            () = stop.told() => return,
            greeted = self.greet(tls, stream) => greeted,
        };
        match greeted {
            Ok(Ok(stream)) => {
                let speaks_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                talk(self, *stream, remote, speaks_http2, place, stop).await;
            }
            Ok(Err(error)) => tracing::debug!("{remote}: no TLS handshake: {error}"),
            Err(_) => tracing::debug!("{remote}: no TLS handshake in time"),
        }
    }

    /// On the heap, before and after: a connection would else be as large as its greeting for all of its life.
    fn greet(&self, tls: &TlsAcceptor, stream: TcpStream) -> Greeting {
        let accept = tls.accept(stream);
        Box::pin(timeout(self.settings.patience.head, async { accept.await.map(Box::new) }))
    }
}

/// A TLS handshake, and whether it came to its end in time.
type Greeting = Pin<Box<dyn Future<Output = Result<io::Result<Box<TlsStream<TcpStream>>>, Elapsed>> + Send>>;

/// A place among the connections, as soon as one is free.
async fn free(places: &Arc<Semaphore>) -> OwnedSemaphorePermit {
    static TOLD: parking_lot::Mutex<Option<Instant>> = parking_lot::Mutex::new(None);
    if places.available_permits() == 0 {
        let mut told = TOLD.lock();
        if told.is_none_or(|told| told.elapsed() >= TELL_AGAIN) {
            *told = Some(Instant::now());
            tracing::warn!("all connections are in use (MAX_CONNECTIONS): others wait");
        }
    }
    Arc::clone(places).acquire_owned().await.expect("the places are never closed")
}
