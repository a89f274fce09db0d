use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::{Body as _, Bytes, Incoming};
use parking_lot::Mutex;
use rocket::Request;
use thiserror::Error;
use tokio::time::{Instant, timeout_at};

/// The body of a request as it comes off its connection, piece by piece: nothing of it is read before
/// somebody asks for it. Rocket's own `Data` is empty.
pub struct Upload(Incoming);

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
struct Offered(Mutex<Option<Upload>>);

impl Upload {
    /// Leaves a body with its request.
    pub fn offer(request: &Request<'_>, body: Incoming) {
        request.local_cache(|| Offered(Mutex::new(Some(Self(body)))));
    }

    /// The body, for whoever asks first; none where there is none.
    pub fn take(request: &Request<'_>) -> Option<Self> {
        request.local_cache(|| Offered(Mutex::new(None))).0.lock().take()
    }

    /// How many bytes are still to come, if the client has said so.
    pub fn announced(&self) -> Option<u64> {
        self.0.size_hint().exact()
    }

    /// The next piece, of any size; none at the end.
    ///
    /// # Errors
    /// `Late` at the deadline, `Off` for a body that breaks off or is none.
    pub async fn piece(&mut self, deadline: Instant) -> Result<Option<Bytes>, Broken> {
        loop {
            let frame = timeout_at(deadline, self.0.frame()).await.map_err(|_| Broken::Late)?;
            match frame.transpose()?.map(|frame| frame.into_data()) {
                None => return Ok(None),
                Some(Ok(piece)) => return Ok(Some(piece)),
                Some(Err(_trailers)) => {}
            }
        }
    }

    /// Reads so many bytes and throws them away, as long as each piece comes quickly, and until the deadline.
    /// A connection closed on unread data is reset, and the client might never see its answer.
    pub async fn discard(&mut self, bytes: usize, wait: Duration, deadline: Instant) {
        let mut left = bytes;
        while let Ok(Some(piece)) = self.piece(deadline.min(Instant::now() + wait)).await
            && piece.len() < left
        {
            left -= piece.len();
        }
    }
}
