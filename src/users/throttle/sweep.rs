use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often this process deletes failures that count no more.
const EVERY: Duration = Duration::from_secs(3600);

/// When this process last deleted failures that count no more.
#[derive(Default)]
pub struct Sweep(Mutex<Option<Instant>>);

impl Sweep {
    /// Whether it is time again; who asks is the one to do it.
    pub fn is_due(&self) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|last| last.elapsed() >= EVERY);
        if due {
            *last = Some(Instant::now());
        }
        due
    }
}
