//! What is counted and timed. Each label takes a bounded set of values, whatever clients send.

mod hashing;
mod jobs;
mod pool;
mod requests;

use std::sync::Arc;

use prometheus::core::Collector;
use prometheus::{Error, Histogram, HistogramOpts, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder};

pub use hashing::HashingMetrics;
pub use jobs::JobMetrics;
pub use pool::{Connections, PoolMetrics};
pub use requests::Answer;
use requests::RequestMetrics;

/// Of what takes milliseconds where all is well, in seconds: from half a millisecond to ten seconds.
const BUCKETS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// All of the server's metrics.
pub struct Metrics {
    registry: Registry,
    requests: RequestMetrics,
    /// Of the connections to the database.
    pub pool: Arc<PoolMetrics>,
    /// Of the threads that hash passwords.
    pub hashing: Arc<HashingMetrics>,
    /// Of the work in the background.
    pub jobs: Arc<JobMetrics>,
}

impl Metrics {
    /// All at zero.
    ///
    /// # Errors
    /// When two have the same name.
    pub fn new(engine: &str) -> Result<Self, Error> {
        let registry = Registry::new_custom(Some("persony".into()), None)?;
        let help = Opts::new("build_info", "The version that runs, and the engine of its database.");
        let build = register(&registry, IntGaugeVec::new(help, &["version", "engine"])?)?;
        build.with_label_values(&[env!("CARGO_PKG_VERSION"), engine]).set(1);
        Ok(Self {
            requests: RequestMetrics::new(&registry)?,
            pool: Arc::new(PoolMetrics::new(&registry)?),
            hashing: Arc::new(HashingMetrics::new(&registry)?),
            jobs: Arc::new(JobMetrics::new(&registry)?),
            registry,
        })
    }

    /// Counts an answered request.
    pub fn answered(&self, answer: &Answer<'_>) {
        self.requests.answered(answer);
    }

    /// All of them, in Prometheus' text form.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn text(&self) -> Result<String, Error> {
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

/// Registers a metric and hands it back: its copies count together.
fn register<M: Collector + Clone + 'static>(registry: &Registry, metric: M) -> Result<M, Error> {
    registry.register(Box::new(metric.clone()))?;
    Ok(metric)
}

fn gauge(registry: &Registry, name: &str, help: &str) -> Result<IntGauge, Error> {
    register(registry, IntGauge::new(name, help)?)
}

fn seconds(registry: &Registry, name: &str, help: &str) -> Result<Histogram, Error> {
    register(registry, Histogram::with_opts(HistogramOpts::new(name, help).buckets(BUCKETS.into()))?)
}
