use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use rocket::Request;
use rocket::http::Method;

use super::RequestId;

/// What is known of a request while it is served.
pub struct Record {
    /// What the request is called.
    pub id: RequestId,
    /// As it was sent: Rocket makes a GET of HEAD later on, and of a method that it does not know.
    /// `None` where Rocket has no name for it, or there was no request to read.
    pub method: Option<Method>,
    /// Whether there was a request that could be routed.
    pub is_read: bool,
    started: Instant,
    /// 0: not known. An id is positive.
    user: AtomicI64,
    database_micros: AtomicU64,
    trips: AtomicU64,
}

/// What a piece of work on the database took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DatabaseWork {
    /// From the place in the pool to the answer.
    pub time: Duration,
    /// Round trips; the embedded engine makes none.
    pub trips: u64,
}

impl Record {
    /// Starts the record of a request.
    pub fn begin<'r>(request: &'r Request<'_>) -> &'r Arc<Self> {
        request.local_cache(|| Arc::new(Self::new(request, Some(request.method()), true)))
    }

    /// Starts the record of a request whose method Rocket has no name for.
    pub fn begin_other<'r>(request: &'r Request<'_>) -> &'r Arc<Self> {
        request.local_cache(|| Arc::new(Self::new(request, None, true)))
    }

    /// The request's record.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Arc<Self> {
        request.local_cache(|| Arc::new(Self::new(request, None, false)))
    }

    fn new(request: &Request<'_>, method: Option<Method>, is_read: bool) -> Self {
        Self {
            id: RequestId::of(request),
            method,
            is_read,
            started: Instant::now(),
            user: AtomicI64::new(0),
            database_micros: AtomicU64::new(0),
            trips: AtomicU64::new(0),
        }
    }

    /// Notes who is asking.
    pub fn saw_user(&self, user: i64) {
        self.user.store(user, Relaxed);
    }

    /// Adds what a piece of work took.
    pub fn saw_work(&self, work: DatabaseWork) {
        let micros = u64::try_from(work.time.as_micros()).unwrap_or(u64::MAX);
        self.database_micros.fetch_add(micros, Relaxed);
        self.trips.fetch_add(work.trips, Relaxed);
    }

    /// How long the request has taken so far.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Who is asking, where that is known.
    pub fn user(&self) -> Option<i64> {
        Some(self.user.load(Relaxed)).filter(|user| *user > 0)
    }

    /// All work on the database so far.
    pub fn work(&self) -> DatabaseWork {
        let time = Duration::from_micros(self.database_micros.load(Relaxed));
        DatabaseWork { time, trips: self.trips.load(Relaxed) }
    }
}
