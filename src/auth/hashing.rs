use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::{Semaphore, oneshot};

use super::PasswordHash;
use crate::watch::HashingMetrics;

/// How many wait in line for each one at work. At about 70 ms a password, the last of the line
/// waits a little over two seconds.
const LINE_PER_WORKER: usize = 32;

/// Below the threads that answer requests, which are thereby served first (setpriority(2)).
const NICENESS: i32 = 10;

/// The line is full: try again later.
#[derive(Debug, PartialEq, Eq)]
pub struct Busy;

/// Hashes and checks passwords: as many at once as there are cores, off the async workers, the
/// rest waiting in a line that ends.
pub struct PasswordHasher {
    workers: ThreadPool,
    line: Arc<Semaphore>,
    places: usize,
    metrics: Arc<HashingMetrics>,
}

impl PasswordHasher {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system gives none.
    pub fn start(metrics: Arc<HashingMetrics>) -> Result<Self, rayon::ThreadPoolBuildError> {
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
        let places = cores * (1 + LINE_PER_WORKER);
        Ok(Self { workers, line: Arc::new(Semaphore::new(places)), places, metrics })
    }

    /// How many passwords are in line, those at work among them.
    pub fn queue(&self) -> usize {
        self.places - self.line.available_permits()
    }

    /// Hashes a password with a fresh salt.
    ///
    /// # Errors
    /// `Busy` when the line is full.
    pub async fn hash(&self, password: String) -> Result<PasswordHash, Busy> {
        self.run(move || PasswordHash::generate(&password)).await
    }

    /// Checks a password against a stored hash. Takes its time whether there is a usable one or
    /// not, so that nobody learns from the clock who is registered.
    ///
    /// # Errors
    /// `Busy` when the line is full.
    pub async fn verify(&self, password: String, stored: Option<PasswordHash>) -> Result<bool, Busy> {
        self.run(move || match stored {
            Some(hash) => hash.verify(&password),
            None => {
                PasswordHash::of_nobody().verify(&password);
                false
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let place = Arc::clone(&self.line).try_acquire_owned().map_err(|_| Busy)?;
        let (answer, answered) = oneshot::channel();
        let (metrics, asked) = (Arc::clone(&self.metrics), Instant::now());
        self.workers.spawn(move || {
            let _place = place;
            // Who hung up while waiting in line is not worked for.
            if !answer.is_closed() {
                let started = Instant::now();
                let done = work();
                metrics.hashed(started - asked, started.elapsed());
                // The other end can still hang up meanwhile: then nobody wants the answer.
                drop(answer.send(done));
            }
        });
        Ok(answered.await.expect("a password thread answers, unless it panicked"))
    }
}
