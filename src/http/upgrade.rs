use std::pin::Pin;
use std::sync::Arc;

use hyper::upgrade::Upgraded;
use parking_lot::Mutex;
use rocket::Request;
use tokio::sync::watch;

type Talk = Pin<Box<dyn Future<Output = ()> + Send>>;
type Start = Box<dyn FnOnce(Upgraded, Stopping) -> Talk + Send>;

/// Tells that the server stops.
#[derive(Clone)]
pub struct Stopping(watch::Receiver<bool>);

impl Stopping {
    /// Tells it when what is watched turns true, or goes away.
    pub fn new(told: watch::Receiver<bool>) -> Self {
        Self(told)
    }

    /// Waits until it stops.
    pub async fn told(&mut self) {
        drop(self.0.wait_for(|stops| *stops).await);
    }
}

/// Where a handler that answers 101 leaves what is to be done with the connection afterwards.
#[derive(Clone, Default)]
pub struct Upgrade(Arc<Mutex<Option<Start>>>);

impl Upgrade {
    /// The place of this request.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Self {
        request.local_cache(Self::default)
    }

    /// Leaves it. It is handed the connection, and what tells it that the server stops; its end is the
    /// connection's.
    pub fn then<F>(&self, start: impl FnOnce(Upgraded, Stopping) -> F + Send + 'static)
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
