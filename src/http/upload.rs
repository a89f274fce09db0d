use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::{Body as _, Bytes, Incoming};
use parking_lot::Mutex;
use rocket::Request;
use thiserror::Error;
use tokio::time::{Instant, timeout_at};

/// The body of a request as it comes off its connection, piece by piece: nothing of it is read before
/// somebody asks for it. Rocket's own `Data` is empty.
pub struct Upload {
    body: Incoming,
    is_over: bool,
    unread: Unread,
}

/// Whether a body of a connection was left before its end: its client may still be sending it.
#[derive(Debug, Clone, Default)]
pub struct Unread(Arc<AtomicBool>);

impl Unread {
    /// Whether one was.
    pub fn is_any(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Why a body could not be read to its end.
#[derive(Debug, Error)]
pub enum Broken {
    /// Its next piece did not come in time.
    #[error("it did not come in time")]
    Late,
    /// The client went away, or sent what is no body.
    #[error(transparent)]
    Off(#[from] hyper::Error),
}

/// Where a body waits for who asks.
#[derive(Clone, Default)]
pub struct Offered(Arc<Mutex<Option<Upload>>>);

/// How much of a body that nobody asked for is read and thrown away, and how long it may take to come.
const DISCARD_BYTES: usize = 64 * 1024;
const DISCARD_WITHIN: Duration = Duration::from_millis(100);

impl Upload {
    /// Leaves a body with its request. Whoever drops it before its end says so.
    pub fn offer(request: &Request<'_>, body: Incoming, unread: Unread) -> Offered {
        let upload = Self { body, is_over: false, unread };
        request.local_cache(|| Offered(Arc::new(Mutex::new(Some(upload))))).clone()
    }

    /// The body, for whoever asks first; none where there is none.
    pub fn take(request: &Request<'_>) -> Option<Self> {
        request.local_cache(Offered::default).0.lock().take()
    }

    /// How many bytes are still to come, if the client has said so.
    pub fn announced(&self) -> Option<u64> {
        self.body.size_hint().exact()
    }

    /// The next piece, of any size; none at the end.
    ///
    /// # Errors
    /// `Late` at the deadline, `Off` for a body that breaks off or is none.
    pub async fn piece(&mut self, deadline: Instant) -> Result<Option<Bytes>, Broken> {
        loop {
            let frame = timeout_at(deadline, self.body.frame()).await.map_err(|_| Broken::Late)?;
            match frame.transpose()?.map(|frame| frame.into_data()) {
                None => {
                    self.is_over = true;
                    return Ok(None);
                }
                Some(Ok(piece)) => return Ok(Some(piece)),
                Some(Err(_trailers)) => {}
            }
        }
    }
}

impl Offered {
    /// Leaves it, if nobody has asked for it.
    pub fn leave(self) {
        drop(self.0.lock().take());
    }

    /// Reads and throws away what nobody has asked for, if it is short and comes soon: what follows it on the
    /// connection is the next request.
    pub async fn discard(self) {
        let Some(mut upload) = self.0.lock().take() else { return };
        let (deadline, mut left) = (Instant::now() + DISCARD_WITHIN, DISCARD_BYTES as u64);
        if upload.announced().is_some_and(|announced| announced > left) {
            return;
        }
        while let Ok(Some(piece)) = upload.piece(deadline).await
            && let Some(rest) = left.checked_sub(piece.len() as u64)
        {
            left = rest;
        }
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.is_over && !self.body.is_end_stream() {
            self.unread.0.store(true, Ordering::Release);
        }
    }
}
