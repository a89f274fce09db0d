use std::time::Duration;

use super::Settings;
use super::queries::delete_old;
use crate::db::Db;
use crate::jobs::{Batch, Job};

/// Lines that a batch deletes at most.
const ROWS: u32 = 1000;

/// Deletes what has been kept for long enough.
pub fn sweep_audit_log(Settings { retention }: Settings) -> Job {
    Job::new("sweep_audit_log", Duration::from_secs(3600), move |db: Db| async move {
        let rows = db.unit("sweep_audit_log", move |db| delete_old(db, retention, ROWS.into())).await?;
        Ok(Batch { rows, more: rows >= u64::from(ROWS) })
    })
}
