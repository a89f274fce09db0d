use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool, AtomicU64, AtomicUsize, Ordering::AcqRel, Ordering::Acquire, Ordering::Release,
};

use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Duration, Instant};

use crate::http::Unread;

/// What of a connection's requests is under way: known to what answers them, and to what waits for the
/// client.
#[derive(Clone)]
pub struct UnderWay(Arc<Counted>);

struct Counted {
    /// Among all connections. It is taken as long as anything is under way, be the client gone or the
    /// connection something else by now.
    _place: OwnedSemaphorePermit,
    /// Requests whose answer has not been handed over whole.
    requests: AtomicUsize,
    /// Those of them whose answer is on its way.
    sending: AtomicUsize,
    /// Whether a body was left.
    unread: Unread,
    /// Requests so far.
    begun: AtomicU64,
    /// Answers so far.
    answered: AtomicU64,
    /// When there was last something to do, in ms since the connection was made.
    last: AtomicU64,
    made: Instant,
    /// It is to take no more requests.
    closing: AtomicBool,
}

/// One request, until its answer is handed over.
pub struct One {
    of: Arc<Counted>,
    is_answered: bool,
    sends: bool,
}

impl UnderWay {
    /// Of a new connection.
    pub fn new(place: OwnedSemaphorePermit) -> Self {
        Self(Arc::new(Counted {
            _place: place,
            requests: AtomicUsize::new(0),
            sending: AtomicUsize::new(0),
            unread: Unread::default(),
            begun: AtomicU64::new(0),
            answered: AtomicU64::new(0),
            last: AtomicU64::new(0),
            made: Instant::now(),
            closing: AtomicBool::new(false),
        }))
    }

    /// One more, if there are not so many already.
    pub fn begin(&self, most: usize) -> Option<One> {
        // Requests of one connection begin one after another: nobody else adds to them.
        if self.count() >= most {
            return None;
        }
        self.0.requests.fetch_add(1, AcqRel);
        self.0.begun.fetch_add(1, AcqRel);
        Some(One { of: Arc::clone(&self.0), is_answered: false, sends: false })
    }

    /// How many are, those among them whose client has gone.
    pub fn count(&self) -> usize {
        self.0.requests.load(Acquire)
    }

    /// Whether any is.
    pub fn any(&self) -> bool {
        self.count() > 0
    }

    /// Whether nothing is left to do but for the client to take its answers.
    pub fn only_sends(&self) -> bool {
        let sending = self.0.sending.load(Acquire);
        sending > 0 && sending == self.count()
    }

    /// How many requests have begun so far.
    pub fn begun(&self) -> u64 {
        self.0.begun.load(Acquire)
    }

    /// Whether the client may still be sending a body that nobody reads.
    pub fn unread(&self) -> Unread {
        self.0.unread.clone()
    }

    /// How many have been answered so far.
    pub fn answered(&self) -> u64 {
        self.0.answered.load(Acquire)
    }

    /// When there was last something to do.
    pub fn last(&self) -> Instant {
        self.0.made + Duration::from_millis(self.0.last.load(Acquire))
    }

    /// There is something to do.
    pub fn note(&self) {
        self.0.note();
    }

    /// The connection is to end once nothing is under way.
    pub fn close(&self) {
        self.0.closing.store(true, Release);
    }

    /// Whether it is.
    pub fn is_closing(&self) -> bool {
        self.0.closing.load(Acquire)
    }
}

impl Counted {
    fn note(&self) {
        let elapsed = u64::try_from(self.made.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(elapsed, Release);
    }
}

impl One {
    /// Its answer begins to go out.
    pub fn answer(&mut self) {
        if !std::mem::replace(&mut self.is_answered, true) {
            self.of.answered.fetch_add(1, AcqRel);
        }
        self.sends(true);
    }

    /// There is more of its answer for the client to take; or there is not, and the handler is waited for.
    pub fn sends(&mut self, sends: bool) {
        self.of.note();
        match (std::mem::replace(&mut self.sends, sends), sends) {
            (false, true) => drop(self.of.sending.fetch_add(1, AcqRel)),
            (true, false) => drop(self.of.sending.fetch_sub(1, AcqRel)),
            _ => {}
        }
    }
}

impl Drop for One {
    fn drop(&mut self) {
        self.sends(false);
        self.of.requests.fetch_sub(1, AcqRel);
    }
}
