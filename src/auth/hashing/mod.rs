mod line;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::oneshot;

pub use line::{Busy, Shares};

use super::PasswordHash;
use crate::http::ClientAddress;
use crate::watch::HashingMetrics;
use line::Line;

/// How many wait in line for each one at work. At about 70 ms a password, the last of the line
/// waits a little over two seconds.
const LINE_PER_WORKER: usize = 32;

/// Below the threads that answer requests, which are thereby served first (setpriority(2)).
const NICENESS: i32 = 10;

/// Hashes and checks passwords: as many at once as there are cores, off the async workers, the
/// rest waiting in a line that ends.
pub struct PasswordHasher {
    workers: ThreadPool,
    line: Arc<Line>,
    metrics: Arc<HashingMetrics>,
}

/// A password's place in the line.
pub struct Place<'h> {
    hasher: &'h PasswordHasher,
    held: line::Place,
}

impl PasswordHasher {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system gives none.
    pub fn start(metrics: Arc<HashingMetrics>, shares: Shares) -> Result<Self, rayon::ThreadPoolBuildError> {
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let workers = ThreadPoolBuilder::new()
            .num_threads(cores)
            .thread_name(|index| format!("password-{index}"))
            .start_handler(|_| {
                if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
                    tracing::warn!("password threads keep their priority: {error}");
                }
            })
            // Without a handler a panic here would abort the process; it has been printed already.
            .panic_handler(|_| {})
            .build()?;
        let line = Arc::new(Line::new(cores * (1 + LINE_PER_WORKER), shares));
        Ok(Self { workers, line, metrics })
    }

    /// How many passwords are in line, those at work among them.
    pub fn queue(&self) -> usize {
        self.line.held()
    }

    /// Takes a place in the line for a client's password.
    ///
    /// # Errors
    /// `Busy` when the line is full, or the client holds its share of it.
    pub fn enter(&self, client: ClientAddress) -> Result<Place<'_>, Busy> {
        Ok(Place { hasher: self, held: self.line.enter(client)? })
    }
}

impl Place<'_> {
    /// Hashes a password with a fresh salt.
    pub async fn hash(self, password: String) -> PasswordHash {
        self.run(move || PasswordHash::generate(&password)).await
    }

    /// Checks a password against a stored hash. Takes its time whether there is a usable one or
    /// not, so that nobody learns from the clock who is registered.
    pub async fn verify(self, password: String, stored: Option<PasswordHash>) -> bool {
        self.run(move || match stored {
            Some(hash) => hash.verify(&password),
            None => {
                PasswordHash::of_nobody().verify(&password);
                false
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let Self { hasher, held } = self;
        let (answer, answered) = oneshot::channel();
        let (metrics, asked) = (Arc::clone(&hasher.metrics), Instant::now());
        hasher.workers.spawn(move || {
            let _held = held;
            // Who hung up while waiting in line is not worked for.
            if !answer.is_closed() {
                let started = Instant::now();
                let done = work();
                metrics.hashed(started - asked, started.elapsed());
                // The other end can still hang up meanwhile: then nobody wants the answer.
                drop(answer.send(done));
            }
        });
        answered.await.expect("a password thread answers, unless it panicked")
    }
}
