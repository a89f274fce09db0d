use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::Failure;
use crate::db::Db;

/// How long a run may go on before it leaves the rest to the next one.
const RUN: Duration = Duration::from_secs(300);

/// After so many batches it does, too.
const BATCHES: u32 = 1000;

/// Work that is done again and again, by one instance at a time.
///
/// It is cut into batches, each of them units of work of its own that a moment suffices for, so that
/// requests find a connection in between. A batch must bear to be done again: who was cut off from
/// the database in the middle of one cannot tell whether it took effect, and an instance that was
/// slow can still be at one when another has taken over.
#[derive(Clone)]
pub struct Job {
    pub(super) name: &'static str,
    pub(super) every: Duration,
    pub(super) run_at_most: Duration,
    pub(super) batches_at_most: u32,
    work: Arc<Work>,
}

type Work = dyn Fn(Db) -> Pin<Box<dyn Future<Output = Result<Batch, Failure>> + Send>> + Send + Sync;

/// What a batch has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// Rows, or whatever else the job counts.
    pub rows: u64,
    /// Whether there is more to do for another one.
    pub more: bool,
}

impl Job {
    /// A job that is due so long after its last run. Its name is what the database and the metrics
    /// know it by: at most 64 bytes, and its own for ever.
    pub fn new<F, W>(name: &'static str, every: Duration, work: W) -> Self
    where
        F: Future<Output = Result<Batch, Failure>> + Send + 'static,
        W: Fn(Db) -> F + Send + Sync + 'static,
    {
        let work = Arc::new(move |db| -> Pin<Box<dyn Future<Output = _> + Send>> { Box::pin(work(db)) });
        Self { name, every, run_at_most: RUN, batches_at_most: BATCHES, work }
    }

    /// Lets a run do no more than so many batches, and begin none after so long.
    #[must_use]
    pub fn limited(self, batches_at_most: u32, run_at_most: Duration) -> Self {
        Self { batches_at_most, run_at_most, ..self }
    }

    /// Does one batch.
    ///
    /// # Errors
    /// What the job gives.
    pub(super) fn batch(&self, db: Db) -> impl Future<Output = Result<Batch, Failure>> + Send + 'static {
        (self.work)(db)
    }
}
