use std::time::Duration;

use prometheus::{Error, Histogram, IntGauge, Registry};

use super::{gauge, seconds};

pub struct HashingMetrics {
    queue: IntGauge,
    wait: Histogram,
    work: Histogram,
}

impl HashingMetrics {
    pub fn new(registry: &Registry) -> Result<Self, Error> {
        Ok(Self {
            queue: gauge(registry, "hashing_queue", "Passwords that are being hashed or wait to be.")?,
            wait: seconds(registry, "hashing_wait_seconds", "How long a password waited to be hashed.")?,
            work: seconds(registry, "hashing_seconds", "How long hashing a password took.")?,
        })
    }

    /// Takes down how many passwords are in line, those at work among them.
    pub fn see(&self, queue: usize) {
        self.queue.set(i64::try_from(queue).unwrap_or(i64::MAX));
    }

    /// A password has been hashed.
    pub fn hashed(&self, wait: Duration, work: Duration) {
        self.wait.observe(wait.as_secs_f64());
        self.work.observe(work.as_secs_f64());
    }
}
