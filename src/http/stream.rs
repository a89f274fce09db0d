use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_util::Stream;
use rocket::Request;
use rocket::response::{self, Responder, Response};
use tokio::io::{AsyncRead, ReadBuf};

use super::Error;
use crate::watch::{self, Record};

/// A body that is made while it is sent: the next piece is asked for when the client has taken the last one. Where
/// that fails, the log is told, and the answer breaks off: its client is not to take it for whole.
pub struct Streamed(Pieces);

type Pieces = Pin<Box<dyn Stream<Item = Result<Vec<u8>, Error>> + Send>>;

impl Streamed {
    /// Of these pieces.
    pub fn new(pieces: impl Stream<Item = Result<Vec<u8>, Error>> + Send + 'static) -> Self {
        Self(Box::pin(pieces))
    }
}

impl<'r> Responder<'r, 'static> for Streamed {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let body = Body {
            pieces: self.0,
            piece: Vec::new(),
            taken: 0,
            what: format!("{} {} broke off", request.method(), watch::route_pattern(request)),
            record: Arc::clone(Record::of(request)),
        };
        Response::build().streamed_body(body).ok()
    }
}

struct Body {
    pieces: Pieces,
    piece: Vec<u8>,
    /// How much of the piece the client has.
    taken: usize,
    what: String,
    record: Arc<Record>,
}

impl AsyncRead for Body {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        while this.taken == this.piece.len() {
            match ready!(this.pieces.as_mut().poll_next(cx)) {
                Some(Ok(piece)) => (this.piece, this.taken) = (piece, 0),
                Some(Err(error)) => {
                    error.tell(&this.record.id, &this.what);
                    return Poll::Ready(Err(io::Error::other("the body broke off")));
                }
                None => return Poll::Ready(Ok(())),
            }
        }
        let left = &this.piece[this.taken..];
        let next = left.len().min(into.remaining());
        into.put_slice(&left[..next]);
        this.taken += next;
        Poll::Ready(Ok(()))
    }
}
