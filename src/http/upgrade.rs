use std::pin::Pin;
use std::sync::Arc;

use hyper::upgrade::Upgraded;
use parking_lot::Mutex;
use rocket::Request;
use tokio::sync::watch;

type Talk = Pin<Box<dyn Future<Output = ()> + Send>>;
type Start = Box<dyn FnOnce(Upgraded, watch::Receiver<bool>) -> Talk + Send>;

/// Where a handler that answers 101 leaves what is to be done with the connection afterwards.
#[derive(Clone, Default)]
pub struct Upgrade(Arc<Mutex<Option<Start>>>);

impl Upgrade {
    /// The place of this request.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Self {
        request.local_cache(Self::default)
    }

    /// Leaves it. It is handed the connection, and what turns true when the server stops; its end is
    /// the connection's.
    pub fn then<F>(&self, start: impl FnOnce(Upgraded, watch::Receiver<bool>) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        *self.0.lock() = Some(Box::new(move |io, stop| Box::pin(start(io, stop))));
    }

    /// What the handler has left.
    pub fn take(&self) -> Option<Start> {
        self.0.lock().take()
    }
}
