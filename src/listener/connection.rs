use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Context;

use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper::{Request, Response};
use rocket::local::asynchronous::Client;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::OwnedSemaphorePermit;

use super::abort::Abort;
use super::response::Body;
use super::server::Server;
use super::under_way::UnderWay;
use super::{gateway, http1, http2};
use crate::http::Stopping;

/// The largest head, in bytes.
pub const MAX_HEAD: usize = 64 * 1024;

/// Requests at once over one connection of HTTP/2.
pub const MAX_STREAMS: u32 = 100;

/// Requests under way of one connection, those among them that the client has taken back.
const MAX_UNDER_WAY: usize = 2 * MAX_STREAMS as usize;

/// A connection, on the heap, and no larger than its protocol needs: most connections idle. An `async fn` has
/// room for whatever was moved on its way to where it waits, so what is large is made outside of one.
pub type Talk<'s> = Pin<Box<dyn Future<Output = ()> + Send + 's>>;

/// What the protocols share of a connection.
pub struct Shared {
    /// What of its requests is under way.
    pub under_way: UnderWay,
    /// Its other end.
    pub remote: SocketAddr,
    /// Tells when the server stops.
    pub stop: Stopping,
}

/// Answers what comes over a connection, until either end has had enough of it.
pub fn talk<'s, S>(
    server: &'s Server,
    stream: S,
    remote: SocketAddr,
    speaks_http2: bool,
    place: OwnedSemaphorePermit,
    stop: Stopping,
) -> Talk<'s>
where
    S: AsyncRead + AsyncWrite + Abort + Unpin + Send + 'static,
{
    let shared = Shared { under_way: UnderWay::new(place), remote, stop };
    match speaks_http2 {
        true => Box::pin(http2::talk(server, stream, shared)),
        false => Box::pin(http1::talk(server, stream, shared)),
    }
}

impl Shared {
    /// What hyper asks for an answer to each request.
    pub fn answers(
        &self,
        client: &Arc<Client>,
    ) -> impl Service<Request<Incoming>, Response = Response<Body>, Error = io::Error, Future: Send + 'static>
    + Send
    + 'static {
        let (client, under_way) = (Arc::clone(client), self.under_way.clone());
        let (remote, stop) = (self.remote, self.stop.clone());
        service_fn(move |request| {
            // A client that takes back what it has asked for (RST_STREAM) does not end the work on it, but
            // gets no more of it done than this. It need not heed the goodbye: further requests are not begun.
            let one = under_way.begin(MAX_UNDER_WAY);
            if one.is_none() {
                under_way.close();
            }
            gateway::answer(stop.clone(), Arc::clone(&client), request, remote, one, under_way.unread())
        })
    }

    /// Drives a connection to its end, and has it take its leave when the server stops or nobody has used it
    /// for too long.
    pub async fn until_told<C: Future>(
        &mut self,
        mut connection: Pin<&mut C>,
        leave: impl Fn(Pin<&mut C>),
    ) -> C::Output {
        let (under_way, mut told) = (&self.under_way, pin!(self.stop.told()));
        let mut is_leaving = false;
        poll_fn(move |cx: &mut Context<'_>| {
            if !is_leaving && (under_way.is_closing() || told.as_mut().poll(cx).is_ready()) {
                is_leaving = true;
                under_way.close();
                under_way.note();
                leave(connection.as_mut());
            }
            connection.as_mut().poll(cx)
        })
        .await
    }
}
