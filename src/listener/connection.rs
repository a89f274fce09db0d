use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Context;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::OwnedSemaphorePermit;

use super::abort::Abort;
use super::gateway;
use super::linger::linger;
use super::patience::{Ended, Patient};
use super::refusal::refuse;
use super::server::Server;
use super::under_way::UnderWay;
use crate::http::{Stopping, Unreadable};

/// The largest head, in bytes.
pub const MAX_HEAD: usize = 64 * 1024;

/// Requests at once over one connection of HTTP/2.
const MAX_STREAMS: u32 = 100;

/// Requests under way of one connection, those among them that the client has taken back.
const MAX_UNDER_WAY: usize = 2 * MAX_STREAMS as usize;

/// An HTTP/2 client that answers no ping within twice this is taken for gone.
const PING: Duration = Duration::from_secs(20);

/// Answers what comes over a connection, until either end has had enough of it.
///
/// What it may become is on the heap: a future has room for all of its ways, and most connections idle.
pub async fn talk<S>(
    server: &Server,
    stream: S,
    remote: SocketAddr,
    http2: bool,
    place: OwnedSemaphorePermit,
    stop: Stopping,
) where
    S: AsyncRead + AsyncWrite + Abort + Unpin + Send + 'static,
{
    let (under_way, patience) = (UnderWay::new(place), server.settings.patience);
    let asked = {
        let (client, under_way, stop) = (Arc::clone(&server.client), under_way.clone(), stop.clone());
        service_fn(move |request| {
            // A client that takes back what it has asked for (RST_STREAM) does not end the work on it, but
            // gets no more of it done than this. It need not heed the goodbye: further requests are not begun.
            let one = under_way.begin(MAX_UNDER_WAY);
            if one.is_none() {
                under_way.close();
            }
            gateway::answer(stop.clone(), Arc::clone(&client), request, remote, one, under_way.unread())
        })
    };
    if http2 {
        let io = TokioIo::new(Patient::http2(stream, under_way.clone(), patience));
        let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(MAX_STREAMS)
            // Larger ones it refuses by itself, without a word; those in between get one (see `gateway`).
            .max_header_list_size(2 * MAX_HEAD as u32)
            .keep_alive_interval(PING)
            .keep_alive_timeout(PING)
            .serve_connection(io, asked);
        let mut connection = Box::pin(connection);
        let leave =
            |connection: Pin<&mut _>| hyper::server::conn::http2::Connection::graceful_shutdown(connection);
        let ended = until_told(connection.as_mut(), &under_way, stop, leave).await;
        if let Err(error) = ended {
            tracing::debug!("{remote}: {error}");
        }
        return;
    }
    let io = TokioIo::new(Patient::http1(stream, under_way.clone(), patience));
    let connection = hyper::server::conn::http1::Builder::new()
        // Of ours: hyper has one for heads and idle connections alike.
        .header_read_timeout(None)
        .max_header_size(MAX_HEAD)
        .serve_connection(io, asked)
        .with_upgrades();
    let mut connection = Box::new(connection);
    let leave = |connection: Pin<&mut _>| {
        hyper::server::conn::http1::UpgradeableConnection::graceful_shutdown(connection)
    };
    let ended = until_told(Pin::new(&mut *connection), &under_way, stop, leave).await;
    if ended.is_ok() && !under_way.unread().is_any() {
        return;
    }
    // None where it has become something else.
    let Some((stream, why)) = connection.into_parts().map(|parts| parts.io.into_inner().into_inner()) else {
        return;
    };
    let Err(error) = ended else { return Box::pin(linger(stream, remote)).await };
    tracing::debug!("{remote}: {error}");
    let why = match why {
        Some(Ended::HeadTooLate) => Unreadable::HeadTooLate,
        Some(Ended::Refused) if error.is_parse_too_large() => Unreadable::HeadTooLarge,
        Some(Ended::Refused) => Unreadable::NoHttp,
        // HTTP/2 in clear: hyper says nothing to it.
        None if error.is_parse() && !under_way.any() && under_way.begun() == 0 => Unreadable::NoHttp,
        _ => return,
    };
    Box::pin(refuse(&server.client, stream, remote, why)).await;
}

/// Drives a connection to its end, and has it take its leave when the server stops or nobody has used it
/// for too long.
async fn until_told<C: Future>(
    mut connection: Pin<&mut C>,
    under_way: &UnderWay,
    mut stop: Stopping,
    leave: impl Fn(Pin<&mut C>),
) -> C::Output {
    let mut told = pin!(stop.told());
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
