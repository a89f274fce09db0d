use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::lease::Lease;
use super::queries::Ended;
use super::{Batch, Failure, Job, pauses};
use crate::db::Db;

/// How long a batch may take: half of a lease. What goes on longer is left alone.
const BATCH: Duration = Duration::from_secs(60);

/// How soon a run goes on that was not done.
const GO_ON: Duration = Duration::from_secs(60);

/// What became of a run.
#[derive(Debug)]
pub struct Run {
    /// How it ended.
    pub outcome: Outcome,
    /// What it did until then.
    pub rows: u64,
    /// How long it took.
    pub took: Duration,
}

/// How a run ended.
#[derive(Debug)]
pub enum Outcome {
    /// There was no more to do.
    Success,
    /// There is more to do, which is left to the next run.
    Unfinished,
    /// A batch failed: why, how often in a row this was so, and how long the job rests.
    Failure(Failure, i64, Duration),
    /// Another instance took the job over, and does the rest.
    LeaseLost,
    /// The process ends, and another one does the rest.
    Stopped,
}

/// Runs a job whose lease has been taken, and keeps how that ended.
pub async fn run(db: &Db, job: &Job, lease: Lease<'_>, stop: &watch::Receiver<bool>) -> Run {
    let started = Instant::now();
    let mut rows = 0;
    let outcome = batches(db, job, &lease, stop, &mut rows).await;
    let outcome = end(job, lease, outcome, rows).await;
    Run { outcome, rows, took: started.elapsed() }
}

async fn batches(
    db: &Db,
    job: &Job,
    lease: &Lease<'_>,
    stop: &watch::Receiver<bool>,
    rows: &mut u64,
) -> Outcome {
    let (started, mut number, mut stop) = (Instant::now(), 0, stop.clone());
    loop {
        let begun = Instant::now();
        match batch(db, job).await {
            Ok(Batch { rows: done, more }) => {
                *rows += done;
                if !more {
                    return Outcome::Success;
                }
            }
            Err(failure) => return failed(failure, lease),
        }
        number += 1;
        if number >= job.batches_at_most || started.elapsed() >= job.run_at_most {
            return Outcome::Unfinished;
        }
        tokio::select! {
            biased;
            () = told(&mut stop) => return Outcome::Stopped,
            () = sleep(pauses::after_batch(begun.elapsed())) => {}
        }
        match lease.renew().await {
            Ok(true) => {}
            Ok(false) => return Outcome::LeaseLost,
            Err(error) => return failed(error.into(), lease),
        }
    }
}

/// Waits until the process is told to stop.
pub async fn told(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}

/// In a task of its own, so that a panic is a failure like any other.
async fn batch(db: &Db, job: &Job) -> Result<Batch, Failure> {
    let mut working = tokio::spawn(job.batch(db.clone()));
    match timeout(BATCH, &mut working).await {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(Failure::new("a batch panicked")),
        Err(_) => {
            working.abort();
            Err(Failure::new(format!("a batch was not done within {} s", BATCH.as_secs())))
        }
    }
}

fn failed(failure: Failure, lease: &Lease<'_>) -> Outcome {
    let failures = lease.failures.saturating_add(1);
    Outcome::Failure(failure, failures, pauses::after_failures(failures, rand::random()))
}

/// Keeps how a run ended. Where that does not succeed, the log has it.
async fn end(job: &Job, lease: Lease<'_>, outcome: Outcome, rows: u64) -> Outcome {
    let ended = match &outcome {
        Outcome::Success => Ended { rows, failures: 0, failure: None, pause: job.every },
        Outcome::Unfinished => Ended { rows, failures: 0, failure: None, pause: job.every.min(GO_ON) },
        Outcome::Failure(failure, failures, pause) => {
            Ended { rows, failures: *failures, failure: Some(failure.brief()), pause: *pause }
        }
        Outcome::LeaseLost => return outcome,
        Outcome::Stopped => {
            if let Err(error) = lease.give_back().await {
                tracing::warn!("job {}: its lease was not given back, and runs out: {error}", job.name);
            }
            return outcome;
        }
    };
    match lease.end(ended).await {
        Ok(true) => outcome,
        Ok(false) => Outcome::LeaseLost,
        Err(error) => {
            tracing::warn!("job {}: how it ended was not kept, and it is done again: {error}", job.name);
            outcome
        }
    }
}
