use std::sync::Arc;
use std::time::Instant;

use prometheus::{Error, Histogram, IntCounterVec, IntGauge, Opts, Registry};

use super::{gauge, register, seconds};
use crate::db::DbError;

/// Why work on the database had no connection.
const REASONS: [&str; 2] = ["away", "busy"];

pub struct PoolMetrics {
    open: IntGauge,
    idle: IntGauge,
    most: IntGauge,
    waiting: IntGauge,
    wait: Histogram,
    errors: IntCounterVec,
}

/// The connections of a pool, at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Connections {
    pub open: u32,
    pub idle: u32,
    pub most: u32,
}

impl PoolMetrics {
    pub fn new(registry: &Registry) -> Result<Self, Error> {
        let errors = Opts::new("pool_errors_total", "Work on the database that had no connection.");
        let errors = register(registry, IntCounterVec::new(errors, &["reason"])?)?;
        REASONS.iter().for_each(|reason| drop(errors.with_label_values(&[reason])));
        Ok(Self {
            open: gauge(registry, "pool_connections", "Connections to the database that are open.")?,
            idle: gauge(registry, "pool_connections_idle", "Open connections that nobody uses.")?,
            most: gauge(registry, "pool_connections_max", "Connections that the pool opens at most.")?,
            waiting: gauge(registry, "pool_waiting", "Work that waits for a connection.")?,
            wait: seconds(registry, "pool_wait_seconds", "How long work waited for its connection.")?,
            errors,
        })
    }

    /// Takes down how many connections there are.
    pub fn see(&self, Connections { open, idle, most }: Connections) {
        self.open.set(open.into());
        self.idle.set(idle.into());
        self.most.set(most.into());
    }

    /// Work begins to wait for a connection.
    pub fn ask(self: &Arc<Self>) -> Asked {
        self.waiting.inc();
        Asked { metrics: Arc::clone(self), since: Instant::now() }
    }

    /// Work went without.
    pub fn failed(&self, error: &DbError) {
        let reason = if matches!(error, DbError::Away(_)) { "away" } else { "busy" };
        self.errors.with_label_values(&[reason]).inc();
    }
}

/// Work that waits for a connection. Whatever ends the wait, it is over when this is dropped.
pub struct Asked {
    metrics: Arc<PoolMetrics>,
    since: Instant,
}

impl Asked {
    /// It has one, or goes without.
    pub fn answered<T>(self, lent: &Result<T, DbError>) {
        match lent {
            Ok(_) => self.metrics.wait.observe(self.since.elapsed().as_secs_f64()),
            Err(error) => self.metrics.failed(error),
        }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.metrics.waiting.dec();
    }
}
