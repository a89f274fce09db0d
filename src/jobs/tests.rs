use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rocket::futures::future::join_all;
use tempfile::TempDir;
use tokio::time::timeout;

use super::lease::Lease;
use super::queries::{JobState, find_jobs};
use super::{Asked, Batch, Failure, Job, Outcome, Runner, Settings};
use crate::db::{self, Db, Engine, Observer, Without, Work};
use crate::watch::Metrics;

const HOUR: Duration = Duration::from_secs(3600);
const ON: Settings = Settings { enabled: true, look_interval: Duration::from_secs(60) };

/// Counts the pieces of work that had a connection.
#[derive(Default)]
struct Counter(AtomicU64);

impl Observer for Counter {
    fn waiting(&self, _: i64) {}

    fn lent(&self, _: Duration) {
        self.0.fetch_add(1, SeqCst);
    }

    fn went_without(&self, _: Without) {}

    fn worked(&self, _: Work) {}
}

/// An instance with one job, `count`, whose batches a test writes.
struct Instance {
    runner: Arc<Runner>,
    db: Db,
    work: Arc<Counter>,
    folder: Arc<TempDir>,
}

impl Instance {
    fn start(job: Job) -> Self {
        Self::on(Arc::new(tempfile::tempdir().unwrap()), job, ON)
    }

    fn on(folder: Arc<TempDir>, job: Job, settings: Settings) -> Self {
        let engine = Engine::Embedded(folder.path().join("persony.db"));
        let work = Arc::new(Counter::default());
        let observer = Arc::clone(&work) as Arc<dyn Observer>;
        let db = Db::open(&db::Settings { engine, migrate_at_start: true }, observer).unwrap();
        let metrics = Arc::clone(&Metrics::new("embedded").unwrap().jobs);
        let runner = Arc::new(Runner::new(db.clone(), vec![job], settings, metrics));
        Self { runner, db, work, folder }
    }

    /// Changes what the database keeps of the job.
    async fn set(&self, columns: &str) {
        change(&self.db, columns).await;
    }

    /// Makes the job known, and due since a second ago.
    async fn make_due(&self) {
        self.runner.run_due().await;
        self.set("DUE_AT = CURRENT_TIMESTAMP - NUMTODSINTERVAL(1, 'SECOND')").await;
    }

    async fn state(&self) -> JobState {
        find_jobs(&self.db).await.unwrap().remove(0)
    }

    async fn run_now(&self) -> Outcome {
        match self.runner.run_now("count").await.unwrap() {
            Asked::Ran(run) => run.outcome,
            asked => panic!("{asked:?}"),
        }
    }
}

async fn change(db: &Db, columns: &str) {
    let sql = format!("UPDATE PERSONY_JOBS SET {columns}");
    assert_eq!(db.unit("test", move |db| db.last().execute(&sql, &[])).await.unwrap(), 1);
}

/// How many batches were done of a job that has so many more after each.
fn counting(more: u64) -> (Job, Arc<AtomicU64>) {
    let batches = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&batches);
    let job = Job::new("count", HOUR, move |_| {
        let before = counted.fetch_add(1, SeqCst);
        async move { Ok(Batch { rows: 10, more: before < more }) }
    });
    (job, batches)
}

#[rocket::async_test]
async fn a_new_job_is_first_due_after_its_interval() {
    let (job, batches) = counting(0);
    let instance = Instance::start(job);
    for _ in 0..3 {
        instance.runner.run_due().await;
    }
    let JobState { due_at, now, started_at, .. } = instance.state().await;
    assert_eq!((batches.load(SeqCst), started_at), (0, None));
    let due_in = (due_at - now).num_seconds();
    assert!((3500..=3600).contains(&due_in), "{due_in}");
}

#[rocket::async_test]
async fn a_look_at_jobs_that_are_not_due_is_one_piece_of_work_and_says_when_one_will_be() {
    let instance = Instance::start(counting(0).0);
    instance.runner.run_due().await;
    let before = instance.work.0.load(SeqCst);
    let next = instance.runner.run_due().await.unwrap().num_seconds();
    assert_eq!(instance.work.0.load(SeqCst) - before, 1);
    assert!((3500..=3600).contains(&next), "{next}");
    instance.set("LEASE_UNTIL = CURRENT_TIMESTAMP + NUMTODSINTERVAL(2, 'HOUR')").await;
    let next = instance.runner.run_due().await.unwrap().num_seconds();
    assert!((7000..=7200).contains(&next), "{next}");
}

#[rocket::async_test]
async fn of_instances_that_look_at_once_one_runs_what_is_due() {
    let (job, batches) = counting(3);
    let first = Instance::start(job.clone());
    first.make_due().await;
    let another = || Instance::on(Arc::clone(&first.folder), job.clone(), ON);
    let all: Vec<_> = std::iter::repeat_with(another).take(6).collect();
    join_all(all.iter().map(|instance| instance.runner.run_due())).await;
    join_all(all.iter().map(|instance| instance.runner.run_due())).await;
    assert_eq!(batches.load(SeqCst), 4, "one run of four batches");
    let state = all[0].state().await;
    assert_eq!((state.rows_done, state.failures, state.failure, state.holder), (Some(40), 0, None, None));
    let (started, ended) = state.started_at.zip(state.ended_at).unwrap();
    assert!(started <= ended && Some(ended) == state.succeeded_at, "{started} {ended}");
    assert!((3500..=3600).contains(&(state.due_at - state.now).num_seconds()));
}

#[rocket::async_test]
async fn who_comes_late_does_not_run_again_what_is_not_due_any_more() {
    let job = counting(0).0;
    let instance = Instance::start(job.clone());
    instance.make_due().await;
    let first = Lease::take(&instance.db, &job, false).await.unwrap().unwrap();
    assert!(Lease::take(&instance.db, &job, false).await.unwrap().is_none(), "it is held");
    first.give_back().await.unwrap();
    assert!(matches!(instance.run_now().await, Outcome::Success));
    assert!(Lease::take(&instance.db, &job, false).await.unwrap().is_none(), "it is not due any more");
    assert!(Lease::take(&instance.db, &job, true).await.unwrap().is_some(), "but can be wanted");
}

#[rocket::async_test]
async fn a_lease_in_force_is_respected_and_one_that_ran_out_is_not() {
    let (job, batches) = counting(0);
    let instance = Instance::start(job);
    instance.make_due().await;
    instance.set("HOLDER = 'dead', LEASE_UNTIL = CURRENT_TIMESTAMP + NUMTODSINTERVAL(1, 'HOUR')").await;
    instance.runner.run_due().await;
    assert!(matches!(instance.runner.run_now("count").await.unwrap(), Asked::Held(who) if who == "dead"));
    assert_eq!(batches.load(SeqCst), 0);
    instance.set("LEASE_UNTIL = CURRENT_TIMESTAMP - NUMTODSINTERVAL(1, 'SECOND')").await;
    instance.runner.run_due().await;
    assert_eq!(batches.load(SeqCst), 1);
    assert!(matches!(instance.runner.run_now("other").await.unwrap(), Asked::Unknown));
}

#[rocket::async_test]
async fn failures_are_kept_and_make_the_job_rest_ever_longer_until_a_success() {
    let failing = Arc::new(AtomicU64::new(4));
    let left = Arc::clone(&failing);
    let instance = Instance::start(Job::new("count", HOUR, move |_| {
        let fails = left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok();
        async move {
            match fails {
                true => Err(Failure::new("no such table: T in SELECT A FROM T")),
                false => Ok(Batch { rows: 1, more: false }),
            }
        }
    }));
    for (failures, bounds) in [(1, 28..=60), (2, 58..=120), (3, 118..=240), (4, 238..=480)] {
        assert!(matches!(instance.run_now().await, Outcome::Failure(..)));
        let state = instance.state().await;
        assert_eq!((state.failures, state.failure.as_deref()), (failures, Some("no such table: T")));
        assert_eq!((state.holder, state.lease_until, state.succeeded_at), (None, None, None));
        let pause = (state.due_at - state.now).num_seconds();
        assert!(bounds.contains(&pause), "{failures}: {pause}");
    }
    assert!(matches!(instance.run_now().await, Outcome::Success));
    let state = instance.state().await;
    assert_eq!((state.failures, state.failure, state.rows_done), (0, None, Some(1)));
    assert!(state.due_at - state.now > chrono::TimeDelta::seconds(3500));
}

#[rocket::async_test]
async fn who_lost_the_lease_begins_no_batch_and_leaves_the_others_result_alone() {
    for more in [true, false] {
        let batches = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&batches);
        let instance = Instance::start(Job::new("count", HOUR, move |db| {
            counted.fetch_add(1, SeqCst);
            async move {
                change(&db, "HOLDER = 'other', ROWS_DONE = 77, FAILURE = 'theirs'").await;
                Ok(Batch { rows: 10, more })
            }
        }));
        assert!(matches!(instance.run_now().await, Outcome::LeaseLost), "{more}");
        assert_eq!(batches.load(SeqCst), 1);
        let state = instance.state().await;
        let kept = (state.holder.as_deref(), state.rows_done, state.failure.as_deref(), state.ended_at);
        assert_eq!(kept, (Some("other"), Some(77), Some("theirs"), None));
        assert!(state.is_held());
    }
}

#[rocket::async_test]
async fn the_lease_is_renewed_before_each_batch() {
    let seen = Arc::new(AtomicU64::new(0));
    let shortest = Arc::clone(&seen);
    let instance = Instance::start(Job::new("count", HOUR, move |db| {
        let number = shortest.fetch_add(1, SeqCst);
        async move {
            let state = find_jobs(&db).await?.remove(0);
            let left = (state.lease_until.unwrap() - state.now).num_seconds();
            assert!((100..=120).contains(&left), "batch {number}: {left}");
            // As if this batch had taken nearly as long as the lease is in force.
            change(&db, "LEASE_UNTIL = CURRENT_TIMESTAMP + NUMTODSINTERVAL(1, 'SECOND')").await;
            Ok(Batch { rows: 1, more: number < 3 })
        }
    }));
    assert!(matches!(instance.run_now().await, Outcome::Success));
    assert_eq!(seen.load(SeqCst), 4);
}

#[rocket::async_test]
async fn a_run_has_a_bounded_number_of_batches_and_a_deadline_and_goes_on_soon() {
    for (batches_at_most, run_at_most, expected) in [(3, HOUR, 3), (100, Duration::ZERO, 1)] {
        let (job, batches) = counting(1000);
        let instance = Instance::start(job.limited(batches_at_most, run_at_most));
        assert!(matches!(instance.run_now().await, Outcome::Unfinished));
        assert_eq!(batches.load(SeqCst), expected);
        let state = instance.state().await;
        assert_eq!(state.rows_done, Some(10 * i64::try_from(expected).unwrap()));
        let pause = (state.due_at - state.now).num_seconds();
        assert!((0..=60).contains(&pause), "{pause}");
    }
}

#[rocket::async_test]
async fn a_panic_is_a_failure_like_any_other() {
    let job = Job::new("count", HOUR, |_| async { panic!("in a test, on purpose") });
    let instance = Instance::start(job);
    assert!(matches!(instance.run_now().await, Outcome::Failure(..)));
    assert_eq!(instance.state().await.failure.as_deref(), Some("a batch panicked"));
}

#[rocket::async_test]
async fn told_to_stop_it_ends_its_batch_and_gives_the_lease_back() {
    let (runner, batches) = (Arc::new(OnceLock::<Arc<Runner>>::new()), Arc::new(AtomicU64::new(0)));
    let (told, counted) = (Arc::clone(&runner), Arc::clone(&batches));
    let instance = Instance::start(Job::new("count", HOUR, move |_| {
        counted.fetch_add(1, SeqCst);
        told.get().unwrap().stop();
        async { Ok(Batch { rows: 1, more: true }) }
    }));
    runner.set(Arc::clone(&instance.runner)).ok().unwrap();
    instance.make_due().await;
    let due_at = instance.state().await.due_at;
    assert!(matches!(instance.run_now().await, Outcome::Stopped));
    assert_eq!(batches.load(SeqCst), 1);
    let state = instance.state().await;
    assert_eq!((state.holder, state.lease_until, state.due_at), (None, None, due_at));
    instance.runner.run_due().await;
    assert_eq!(batches.load(SeqCst), 1, "nothing is begun any more");
    timeout(Duration::from_secs(30), Arc::clone(&instance.runner).run()).await.unwrap();
    instance.runner.stopped().await;
}

#[rocket::async_test]
async fn switched_off_nothing_is_looked_at() {
    let (job, batches) = counting(0);
    let on = Instance::start(job.clone());
    on.make_due().await;
    let off = Instance::on(Arc::clone(&on.folder), job, Settings { enabled: false, ..ON });
    timeout(Duration::from_secs(30), Arc::clone(&off.runner).run()).await.unwrap();
    off.runner.stopped().await;
    assert_eq!((off.work.0.load(SeqCst), batches.load(SeqCst)), (0, 0));
}
