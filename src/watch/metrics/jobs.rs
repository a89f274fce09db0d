use std::time::Duration;

use chrono::{DateTime, Utc};
use prometheus::{Error, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry};

use super::register;

/// What becomes of a job's run, beginning with the good one.
const OUTCOMES: [&str; 5] = ["success", "unfinished", "failure", "lease_lost", "stopped"];

/// Of what takes from an instant to minutes, in seconds.
const RUNS: [f64; 10] = [0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 150.0, 300.0];

pub struct JobMetrics {
    runs: IntCounterVec,
    time: HistogramVec,
    rows: IntCounterVec,
    succeeded: GaugeVec,
}

impl JobMetrics {
    pub fn new(registry: &Registry) -> Result<Self, Error> {
        let runs = Opts::new("job_runs_total", "Runs of background jobs by what became of them.");
        let time = HistogramOpts::new("job_run_seconds", "How long a run of a background job took.");
        let rows = Opts::new("job_rows_total", "Rows that background jobs have done.");
        let succeeded = Opts::new(
            "job_last_success_timestamp_seconds",
            "When a background job last succeeded in any instance, by the database's clock.",
        );
        Ok(Self {
            runs: register(registry, IntCounterVec::new(runs, &["job", "outcome"])?)?,
            time: register(registry, HistogramVec::new(time.buckets(RUNS.into()), &["job"])?)?,
            rows: register(registry, IntCounterVec::new(rows, &["job"])?)?,
            succeeded: register(registry, GaugeVec::new(succeeded, &["job"])?)?,
        })
    }

    /// Shows these jobs at zero: a series that begins with its first count has no rate.
    pub fn show(&self, jobs: impl IntoIterator<Item = &'static str>) {
        for job in jobs {
            OUTCOMES.iter().for_each(|outcome| drop(self.runs.with_label_values(&[job, outcome])));
            drop((self.time.with_label_values(&[job]), self.rows.with_label_values(&[job])));
        }
    }

    /// A run has ended in one of the outcomes.
    pub fn ran(&self, job: &str, outcome: &str, rows: u64, took: Duration) {
        self.runs.with_label_values(&[job, outcome]).inc();
        self.rows.with_label_values(&[job]).inc_by(rows);
        self.time.with_label_values(&[job]).observe(took.as_secs_f64());
    }

    /// Takes down when a job last succeeded, if it ever has: one that has not has no series, so that
    /// it does not look as if it were overdue since 1970.
    pub fn succeeded(&self, job: &str, at: Option<DateTime<Utc>>) {
        if let Some(at) = at {
            self.succeeded.with_label_values(&[job]).set(at.timestamp_millis() as f64 / 1000.0);
        }
    }
}
