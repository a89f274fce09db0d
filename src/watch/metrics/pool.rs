use std::time::Duration;

use prometheus::{Error, Histogram, IntCounterVec, IntGauge, Opts, Registry};

use super::{gauge, register, seconds};

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

    /// So many more pieces of work wait for a connection; fewer, where it is negative.
    pub fn waiting(&self, change: i64) {
        self.waiting.add(change);
    }

    /// One had its connection after so long.
    pub fn lent(&self, waited: Duration) {
        self.wait.observe(waited.as_secs_f64());
    }

    /// One went without, for one of the reasons.
    pub fn went_without(&self, reason: &str) {
        self.errors.with_label_values(&[reason]).inc();
    }
}
