//! The statements on PERSONY_JOBS. The clock is the database's in all of them: no two instances need
//! to agree on the time.

use std::borrow::Cow;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::db::{Bind, Db, DbError, Reader, Returned, Unit, Value, required};

/// What the database keeps of a job.
#[derive(Debug, Clone)]
pub struct JobState {
    pub name: String,
    pub due_at: DateTime<Utc>,
    /// Who has its lease, or had it and has not come back.
    pub holder: Option<String>,
    pub lease_until: Option<DateTime<Utc>>,
    /// When the last run started, and when it ended, unless it goes on or was cut short.
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub succeeded_at: Option<DateTime<Utc>>,
    /// By the last run.
    pub rows_done: Option<i64>,
    /// In a row.
    pub failures: i64,
    pub failure: Option<String>,
    /// What the clock said as this was read.
    pub now: DateTime<Utc>,
}

impl JobState {
    /// Whether somebody is at it.
    pub fn is_held(&self) -> bool {
        self.lease_until.is_some_and(|until| until > self.now)
    }

    /// When somebody may be at it next.
    pub fn free_at(&self) -> DateTime<Utc> {
        self.lease_until.map_or(self.due_at, |until| until.max(self.due_at))
    }
}

pub async fn find_jobs(db: &Db) -> Result<Vec<JobState>, DbError> {
    db.read("look_at_jobs", select_jobs).await
}

fn select_jobs(db: &mut Reader<'_>) -> Result<Vec<JobState>, DbError> {
    db.rows(
        "SELECT NAME, DUE_AT, HOLDER, LEASE_UNTIL, STARTED_AT, ENDED_AT, SUCCEEDED_AT, ROWS_DONE, FAILURES, \
         FAILURE, CURRENT_TIMESTAMP FROM PERSONY_JOBS",
        &[],
        |row| {
            Ok(JobState {
                name: required(row.text(0)?, "NAME")?.into_owned(),
                due_at: required(row.timestamp(1)?, "DUE_AT")?,
                holder: row.text(2)?.map(Cow::into_owned),
                lease_until: row.timestamp(3)?,
                started_at: row.timestamp(4)?,
                ended_at: row.timestamp(5)?,
                succeeded_at: row.timestamp(6)?,
                rows_done: row.integer(7)?,
                failures: required(row.integer(8)?, "FAILURES")?,
                failure: row.text(9)?.map(Cow::into_owned),
                now: required(row.timestamp(10)?, "CURRENT_TIMESTAMP")?,
            })
        },
    )
}

/// Makes jobs known that are due for the first time after their interval. Another instance can do so
/// at the same time: what is there already stays as it is.
pub fn insert_jobs(db: &mut Unit<'_>, jobs: &[(&str, Duration)]) -> Result<(), DbError> {
    let rows: Vec<_> =
        jobs.iter().map(|(name, every)| [("name", (*name).into()), ("seconds", seconds(*every))]).collect();
    let rows: Vec<&[Bind<'_>]> = rows.iter().map(|row| row.as_slice()).collect();
    let inserted = db.last().batch(
        "INSERT INTO PERSONY_JOBS (NAME, DUE_AT) \
         VALUES (:name, CURRENT_TIMESTAMP + NUMTODSINTERVAL(:seconds, 'SECOND'))",
        &rows,
    )?;
    let known = |error: &DbError| matches!(error, DbError::Unique(_));
    inserted.failed.into_iter().map(|(_, error)| error).find(|error| !known(error)).map_or(Ok(()), Err)
}

/// Takes the lease of a job that is due, or is wanted at once, and that nobody is at. Gives the
/// failures in a row that it had, or nothing where it was not to be had.
pub fn take_lease(
    db: &mut Unit<'_>,
    (name, holder): (&str, &str),
    lease: Duration,
    at_once: bool,
) -> Result<Option<i64>, DbError> {
    let taken = db.last().returning(
        "UPDATE PERSONY_JOBS SET HOLDER = :holder, \
         LEASE_UNTIL = CURRENT_TIMESTAMP + NUMTODSINTERVAL(:seconds, 'SECOND'), \
         STARTED_AT = CURRENT_TIMESTAMP, ENDED_AT = NULL \
         WHERE NAME = :name AND (DUE_AT <= CURRENT_TIMESTAMP OR :at_once = 1) \
         AND (LEASE_UNTIL IS NULL OR LEASE_UNTIL <= CURRENT_TIMESTAMP)",
        &[
            ("holder", holder.into()),
            ("seconds", seconds(lease)),
            ("name", name.into()),
            ("at_once", at_once.into()),
        ],
        &[Returned::Integer("FAILURES")],
        |row| required(row.integer(0)?, "FAILURES"),
    )?;
    Ok(taken.into_iter().next())
}

/// Lets a lease run from now on. Says whether it is still this holder's.
pub fn renew_lease(
    db: &mut Unit<'_>,
    (name, holder): (&str, &str),
    lease: Duration,
) -> Result<bool, DbError> {
    let met = db.last().execute(
        "UPDATE PERSONY_JOBS SET LEASE_UNTIL = CURRENT_TIMESTAMP + NUMTODSINTERVAL(:seconds, 'SECOND') \
         WHERE NAME = :name AND HOLDER = :holder",
        &[("seconds", seconds(lease)), ("name", name.into()), ("holder", holder.into())],
    )?;
    Ok(met > 0)
}

/// Gives a lease back, and leaves the job as due as it was.
pub fn give_lease_back(db: &mut Unit<'_>, (name, holder): (&str, &str)) -> Result<(), DbError> {
    let given = db.last().execute(
        "UPDATE PERSONY_JOBS SET HOLDER = NULL, LEASE_UNTIL = NULL WHERE NAME = :name AND HOLDER = :holder",
        &[("name", name.into()), ("holder", holder.into())],
    );
    given.map(drop)
}

/// How a run ended, as the database keeps it.
#[derive(Debug)]
pub struct Ended {
    pub rows: u64,
    /// In a row; 0 after a success.
    pub failures: i64,
    pub failure: Option<String>,
    /// How long it is until the job is due again.
    pub pause: Duration,
}

/// Keeps how a run ended, and gives its lease back; not if the lease is somebody else's by now. Says
/// which.
pub fn end_run(db: &mut Unit<'_>, (name, holder): (&str, &str), ended: &Ended) -> Result<bool, DbError> {
    let rows = i64::try_from(ended.rows).unwrap_or(i64::MAX);
    let met = db.last().execute(
        "UPDATE PERSONY_JOBS SET HOLDER = NULL, LEASE_UNTIL = NULL, ENDED_AT = CURRENT_TIMESTAMP, \
         SUCCEEDED_AT = CASE WHEN :failures = 0 THEN CURRENT_TIMESTAMP ELSE SUCCEEDED_AT END, \
         DUE_AT = CURRENT_TIMESTAMP + NUMTODSINTERVAL(:seconds, 'SECOND'), ROWS_DONE = :rows_done, \
         FAILURES = :failures, FAILURE = :failure WHERE NAME = :name AND HOLDER = :holder",
        &[
            ("failures", ended.failures.into()),
            ("seconds", seconds(ended.pause)),
            ("rows_done", rows.into()),
            ("failure", ended.failure.as_deref().into()),
            ("name", name.into()),
            ("holder", holder.into()),
        ],
    )?;
    Ok(met > 0)
}

fn seconds(duration: Duration) -> Value<'static> {
    Value::from(i64::try_from(duration.as_secs()).unwrap_or(i64::MAX))
}
