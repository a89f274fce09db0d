use std::io;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hyper::body::{Body as _, Incoming};
use hyper::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HeaderValue, UPGRADE};
use hyper::http::request::Parts;
use hyper::upgrade::OnUpgrade;
use hyper::{Request, Response, StatusCode, Version};
use rocket::http::Method;
use rocket::local::asynchronous::{Client, LocalResponse};
use tokio::io::AsyncReadExt;
use tokio::sync::oneshot::error::TryRecvError;
use tokio::sync::{mpsc, oneshot};

use super::connection::MAX_HEAD;
use super::request;
use super::response::{Body, PIECE, head};
use super::under_way::One;
use crate::http::{Offered, SecurityHeaders, Stopping, Unread, Unreadable, Upgrade, Upload};

/// Bodies up to this many bytes are read at once, longer ones as they go out.
const AT_ONCE: usize = 256 * 1024;

/// The most lines of a head.
const MAX_LINES: usize = 100;

/// Has Rocket answer a request, in this process.
///
/// # Errors
/// Where not even an error can be answered, or the request is one too many: hyper then ends the connection, or the stream.
pub fn answer(
    stop: Stopping,
    client: Arc<Client>,
    request: Request<Incoming>,
    remote: SocketAddr,
    one: Option<One>,
    unread: Unread,
) -> Answer {
    let (reply, replied) = oneshot::channel();
    let work = one.map(|one| work(stop, client, request, remote, one, unread, reply).boxed());
    Answer { work, replied }
}

/// An answer that is waited for. It is small: hyper keeps room for one as long as the connection lasts.
///
/// The work on it is polled here, without a task of its own. What is left goes on as one: the pieces of a long
/// body; or all of it, if the client hangs up, for a write is not to end halfway.
pub struct Answer {
    work: Option<BoxFuture<'static, ()>>,
    replied: oneshot::Receiver<Response<Body>>,
}

impl Future for Answer {
    type Output = io::Result<Response<Body>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(work) = &mut self.work
            && work.as_mut().poll(cx).is_ready()
        {
            self.work = None;
        }
        // It comes from the work that was polled just now. To wait for it would be to wake this task, and
        // another thread of the runtime for it, for what is here already.
        match self.replied.try_recv() {
            Ok(reply) => Poll::Ready(Ok(reply)),
            Err(TryRecvError::Empty) => Poll::Pending,
            Err(TryRecvError::Closed) => {
                Poll::Ready(Err(io::Error::other("there is no answer, or too much is under way")))
            }
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if let Some(work) = self.work.take() {
            tokio::spawn(work);
        }
    }
}

/// What is first among its parameters is dropped last: when nobody listens for the end any more, nobody
/// has Rocket any more either.
async fn work(
    stop: Stopping,
    client: Arc<Client>,
    mut request: Request<Incoming>,
    remote: SocketAddr,
    one: One,
    unread: Unread,
    reply: oneshot::Sender<Response<Body>>,
) {
    let asks = request.headers().contains_key(UPGRADE);
    let upgraded = asks.then(|| hyper::upgrade::on(&mut request));
    let (parts, body) = request.into_parts();
    let target = request::target(&parts);
    let local = request::local(&client, &parts, &target, remote);
    let is_head = local.method() == Method::Head;
    let security = SecurityHeaders::of(parts.uri.path(), client.rocket().config().tls_enabled());
    let offered = (!body.is_end_stream()).then(|| Upload::offer(local.inner(), body, unread.clone()));
    let upgraded = upgraded.map(|upgraded| (upgraded, Upgrade::of(local.inner()).clone()));
    // Rocket answers for a handler that panics, not for a fairing.
    let answer = match is_too_large(&parts) {
        true => Err(Unreadable::HeadTooLarge),
        false => AssertUnwindSafe(local.dispatch()).catch_unwind().await.map_err(|_| Unreadable::Failed),
    };
    let answer = match answer {
        Ok(answer) => answer,
        Err(unreadable) => Box::pin(unreadable.answer(&client, remote)).await,
    };
    let closes = parts.version < Version::HTTP_2 && leaves_body(&parts, offered, &unread).await;
    match upgraded {
        Some((upgraded, left)) if answer.status().code == StatusCode::SWITCHING_PROTOCOLS.as_u16() => {
            upgrade(head(&answer, security), upgraded, &left, one, stop, reply);
        }
        _ => {
            let head = head(&answer, security);
            send(answer, head, is_head, closes, one, reply).await;
        }
    }
}

/// Whether the rest of a body stands between this request and the next one of its connection, which the client
/// is to know: it would send that one in vain.
async fn leaves_body(parts: &Parts, offered: Option<Offered>, unread: &Unread) -> bool {
    let Some(offered) = offered else { return false };
    match parts.headers.contains_key(EXPECT) {
        // To read on would be to ask for what the client waits to be asked for.
        true => offered.leave(),
        false => offered.discard().await,
    }
    unread.is_any()
}

/// What hyper sees to on HTTP/1: see `connection`.
fn is_too_large(parts: &Parts) -> bool {
    let bytes =
        || parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>();
    parts.version == Version::HTTP_2 && (parts.headers.len() > MAX_LINES || bytes() > MAX_HEAD)
}

/// Answers that the connection is the handler's from now on, and hands it over. It counts as under way
/// until the handler is done with it.
fn upgrade(
    head: Response<()>,
    upgraded: OnUpgrade,
    left: &Upgrade,
    one: One,
    stop: Stopping,
    reply: oneshot::Sender<Response<Body>>,
) {
    let start = left.take();
    let sent = reply.send(head.map(|()| Body::none(None)));
    let Some(start) = start.filter(|_| sent.is_ok()) else { return };
    tokio::spawn(async move {
        let _one = one;
        match upgraded.await {
            Ok(io) => start(io, stop).await,
            Err(error) => tracing::debug!("an upgrade failed: {error}"),
        }
    });
}

async fn send(
    mut answer: LocalResponse<'_>,
    mut response: Response<()>,
    is_head: bool,
    closes: bool,
    one: One,
    reply: oneshot::Sender<Response<Body>>,
) {
    if closes {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    let size = answer.body().preset_size();
    let has_none = is_head || response.status() == StatusCode::NOT_MODIFIED || answer.body().is_none();
    if has_none {
        if let Some(size) = size.filter(|_| is_head || response.status() == StatusCode::NOT_MODIFIED) {
            response.headers_mut().insert(CONTENT_LENGTH, size.into());
        }
        drop(reply.send(response.map(|()| Body::none(Some(one)))));
        return;
    }
    if let Some(size) = size.filter(|size| *size <= AT_ONCE) {
        let mut bytes = Vec::with_capacity(size);
        match answer.read_to_end(&mut bytes).await {
            // Who has hung up gets nothing.
            Ok(_) => drop(reply.send(response.map(|()| Body::whole(bytes, one)))),
            Err(error) => tracing::error!("an answer broke off: {error}"),
        }
        return;
    }
    let (pieces, rest) = mpsc::channel(1);
    let body = Body::pieces(rest, size.map(|size| size as u64), one);
    if reply.send(response.map(|()| body)).is_err() {
        return;
    }
    loop {
        let mut bytes = Vec::with_capacity(PIECE);
        let piece = match answer.read_buf(&mut bytes).await {
            Ok(0) => return,
            Ok(_) => Ok(bytes.into()),
            Err(error) => Err(error),
        };
        let is_last = piece.is_err();
        if pieces.send(piece).await.is_err() || is_last {
            return;
        }
    }
}
