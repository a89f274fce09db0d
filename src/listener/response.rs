use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Bytes, Frame, SizeHint};
use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};
use hyper::{Response, StatusCode};
use rocket::local::asynchronous::LocalResponse;
use tokio::sync::mpsc;

use super::under_way::One;
use crate::http::SecurityHeaders;

/// The largest piece of a body, in bytes.
pub const PIECE: usize = 64 * 1024;

/// The body of an answer. As long as it is not handed over whole, its request is under way.
pub struct Body {
    pieces: Pieces,
    one: Option<One>,
}

enum Pieces {
    None,
    One(Option<Bytes>),
    Many(mpsc::Receiver<io::Result<Bytes>>, Option<u64>),
}

impl Body {
    /// Nothing: to HEAD, 204, 304 and 101.
    pub fn none(one: Option<One>) -> Self {
        Self::new(Pieces::None, one)
    }

    /// All of it, which goes out in pieces: what HTTP/2 has been handed, it keeps until the client has room,
    /// and its request is not under way any more.
    pub fn whole(bytes: Vec<u8>, one: One) -> Self {
        Self::new(Pieces::One((!bytes.is_empty()).then(|| bytes.into())), Some(one))
    }

    /// Piece by piece; its size, where that is known.
    pub fn pieces(pieces: mpsc::Receiver<io::Result<Bytes>>, size: Option<u64>, one: One) -> Self {
        Self::new(Pieces::Many(pieces, size), Some(one))
    }

    fn new(pieces: Pieces, mut one: Option<One>) -> Self {
        if let Some(one) = &mut one {
            one.answer();
        }
        Self { pieces, one }
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let polled = match &mut self.pieces {
            Pieces::None => return Poll::Ready(None),
            Pieces::One(left) => {
                let Some(bytes) = left else { return Poll::Ready(None) };
                let piece = bytes.split_to(PIECE.min(bytes.len()));
                if bytes.is_empty() {
                    *left = None;
                }
                Poll::Ready(Some(Ok(piece)))
            }
            Pieces::Many(rest, _) => rest.poll_recv(cx),
        };
        if let Some(one) = &mut self.one {
            one.sends(polled.is_ready());
        }
        polled.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.pieces, Pieces::None | Pieces::One(None))
    }

    fn size_hint(&self) -> SizeHint {
        match &self.pieces {
            Pieces::None | Pieces::One(None) => SizeHint::with_exact(0),
            Pieces::One(Some(bytes)) => SizeHint::with_exact(bytes.len() as u64),
            Pieces::Many(_, Some(size)) => SizeHint::with_exact(*size),
            Pieces::Many(_, None) => SizeHint::default(),
        }
    }
}

/// The head of an answer, with the headers that every one has. How long its body is says the body.
pub fn head(answer: &LocalResponse<'_>, security: SecurityHeaders) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() =
        StatusCode::from_u16(answer.status().code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for header in answer.headers().iter() {
        let name = HeaderName::from_bytes(header.name.as_str().as_bytes());
        match name.ok().zip(HeaderValue::from_str(header.value()).ok()) {
            Some((name, _)) if name == TRANSFER_ENCODING || name == CONTENT_LENGTH => {}
            Some((name, value)) => drop(response.headers_mut().append(name, value)),
            None => tracing::error!("no header of HTTP: {}", header.name),
        }
    }
    security.set(response.headers_mut());
    response
}
