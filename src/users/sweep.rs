use std::time::Duration;

use super::queries;
use super::throttle::FORGOTTEN_AFTER;
use crate::db::Db;
use crate::jobs::{Batch, Failure, Job};

/// Failures that a batch deletes at most.
const ROWS: u32 = 1000;

/// Deletes the failures that count no more, also where nothing is counted any more.
pub fn sweep_login_failures() -> Job {
    Job::new("sweep_login_failures", Duration::from_secs(3600), sweep)
}

async fn sweep(db: Db) -> Result<Batch, Failure> {
    let rows = db
        .unit("sweep_login_failures", |db| queries::delete_old_failures(db, FORGOTTEN_AFTER, ROWS.into()))
        .await?;
    Ok(Batch { rows, more: rows >= u64::from(ROWS) })
}
