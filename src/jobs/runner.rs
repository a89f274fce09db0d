use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use tokio::sync::{Mutex, watch};
use tokio::time::sleep;

use super::lease::Lease;
use super::queries::{self, JobState};
use super::run::{Outcome, Run, run, told};
use super::{Job, Settings, pauses, report};
use crate::db::{Db, DbError};
use crate::watch::JobMetrics;

/// Runs the jobs that are due, one after the other: they never have more than one of the instance's
/// connections.
pub struct Runner {
    db: Db,
    jobs: Vec<Job>,
    settings: Settings,
    metrics: Arc<JobMetrics>,
    stop: watch::Sender<bool>,
    /// Held while a job is run.
    at_work: Mutex<()>,
    /// Whether the log has been told that the jobs cannot be looked at.
    told: AtomicBool,
}

/// What became of a job that somebody asked for.
#[derive(Debug)]
pub enum Asked {
    /// It was run.
    Ran(Run),
    /// This one is at it, and has its lease.
    Held(String),
    /// There is no job of that name.
    Unknown,
}

impl Runner {
    /// A runner of these jobs, which does nothing yet.
    pub fn new(db: Db, jobs: Vec<Job>, settings: Settings, metrics: Arc<JobMetrics>) -> Self {
        if settings.enabled {
            metrics.show(jobs.iter().map(|job| job.name));
        }
        let (stop, at_work) = (watch::Sender::new(false), Mutex::new(()));
        Self { db, jobs, settings, metrics, stop, at_work, told: AtomicBool::new(false) }
    }

    /// Looks for what is due and runs it, until it is told to stop. Nothing where jobs are switched
    /// off.
    pub async fn run(self: Arc<Self>) {
        if !self.settings.enabled {
            return;
        }
        let (mut stop, mut next) = (self.stop.subscribe(), None);
        loop {
            let wait = pauses::before_look(self.settings.look_interval, next, rand::random());
            tokio::select! {
                biased;
                () = told(&mut stop) => return,
                () = sleep(wait) => next = self.run_due().await,
            }
        }
    }

    /// Tells it to stop: it runs nothing more, and gives back the lease of what it is at.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Waits until it is at nothing any more, after it was told to stop.
    pub async fn stopped(&self) {
        drop(self.at_work.lock().await);
    }

    /// Runs what is due. Gives the time until the next job is; `None` where something was done, or
    /// that could not be seen.
    pub(super) async fn run_due(&self) -> Option<chrono::TimeDelta> {
        let known = match self.look().await {
            Ok(known) => known,
            Err(error) => {
                // Once, and not at each look of a long night.
                match self.told.swap(true, Relaxed) {
                    false => tracing::warn!("jobs cannot be looked at: {error}"),
                    true => tracing::debug!("jobs cannot be looked at: {error}"),
                }
                return None;
            }
        };
        if self.told.swap(false, Relaxed) {
            tracing::info!("jobs can be looked at again");
        }
        let mut due: Vec<_> = known.iter().filter(|(_, state)| state.free_at() <= state.now).collect();
        due.sort_by_key(|(_, state)| state.due_at);
        for (job, _) in &due {
            if let Err(error) = self.run_job(job, false).await {
                tracing::warn!("job {}: its lease was not taken: {error}", job.name);
            }
        }
        match due.is_empty() {
            true => known.iter().map(|(_, state)| state.free_at() - state.now).min(),
            false => None,
        }
    }

    /// Runs a job now, whether it is due or not, unless somebody is at it.
    ///
    /// # Errors
    /// As [`Db::unit`], where the job could not be begun.
    pub async fn run_now(&self, name: &str) -> Result<Asked, DbError> {
        self.look().await?;
        let Some(job) = self.jobs.iter().find(|job| job.name == name) else { return Ok(Asked::Unknown) };
        if let Some(run) = self.run_job(job, true).await? {
            return Ok(Asked::Ran(run));
        }
        let holder = queries::find_jobs(&self.db).await?.into_iter().find(|state| state.name == name);
        Ok(Asked::Held(holder.and_then(|state| state.holder).unwrap_or_else(|| "somebody else".into())))
    }

    /// What the database keeps of the jobs, as a table for a person.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn report(&self) -> Result<String, DbError> {
        Ok(report(&self.jobs, &queries::find_jobs(&self.db).await?))
    }

    /// The names of the jobs.
    pub fn names(&self) -> Vec<&'static str> {
        self.jobs.iter().map(|job| job.name).collect()
    }

    /// What the database knows of each job, in one round trip; those that it does not know yet are
    /// made known in another.
    async fn look(&self) -> Result<Vec<(&Job, JobState)>, DbError> {
        let states = queries::find_jobs(&self.db).await?;
        let is_known = |job: &&Job| states.iter().any(|state| state.name == job.name);
        let new: Vec<_> = self.jobs.iter().filter(|job| !is_known(job)).collect();
        if !new.is_empty() {
            let new: Vec<_> = new.into_iter().map(|job| (job.name, job.every)).collect();
            self.db.unit("make_jobs_known", move |db| queries::insert_jobs(db, &new)).await?;
        }
        let job_of = |state: JobState| Some((self.jobs.iter().find(|job| job.name == state.name)?, state));
        let known: Vec<_> = states.into_iter().filter_map(job_of).collect();
        for (job, state) in &known {
            self.metrics.succeeded(job.name, state.succeeded_at);
        }
        Ok(known)
    }

    async fn run_job(&self, job: &Job, at_once: bool) -> Result<Option<Run>, DbError> {
        let _at_work = self.at_work.lock().await;
        // Who waits for the end, and has this lock, has told before.
        if *self.stop.borrow() {
            return Ok(None);
        }
        let Some(lease) = Lease::take(&self.db, job, at_once).await? else { return Ok(None) };
        let run = run(&self.db, job, lease, &self.stop.subscribe()).await;
        self.tell(job, &run);
        Ok(Some(run))
    }

    fn tell(&self, Job { name, .. }: &Job, Run { outcome, rows, took }: &Run) {
        let seconds = took.as_secs_f64();
        let outcome = match outcome {
            Outcome::Success if *rows == 0 => {
                tracing::debug!("job {name}: there was nothing to do");
                "success"
            }
            Outcome::Success => {
                tracing::info!("job {name}: {rows} rows in {seconds:.1} s");
                "success"
            }
            Outcome::Unfinished => {
                tracing::info!("job {name}: {rows} rows in {seconds:.1} s, and there are more");
                "unfinished"
            }
            Outcome::Failure(failure, failures, pause) => {
                tracing::warn!(
                    "job {name} failed, {failures} times in a row, and rests for {} s: {failure}",
                    pause.as_secs()
                );
                "failure"
            }
            Outcome::LeaseLost => {
                tracing::warn!("job {name}: another instance took it over after {seconds:.1} s");
                "lease_lost"
            }
            Outcome::Stopped => "stopped",
        };
        self.metrics.ran(name, outcome, *rows, *took);
    }
}
