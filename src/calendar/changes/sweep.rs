use std::time::Duration;

use super::queries;
use crate::db::Db;
use crate::jobs::{Batch, Failure, Job};

const HOUR: Duration = Duration::from_secs(3600);

/// How long a deletion is kept for those who have not heard of it.
const DAYS: i64 = 90;

/// Rows that a batch deletes at most.
const ROWS: i64 = 1000;

/// Forgets deletions that everybody has had the time to hear of; who has not begins anew.
pub fn forget_deletions() -> Job {
    Job::new("forget_deletions", HOUR, |db: Db| async move {
        let old = db.read("find_old_deletions", |db| queries::old_deletions(db, DAYS, ROWS)).await?;
        if old.is_empty() {
            return Ok(Batch { rows: 0, more: false });
        }
        let more = old.len() >= ROWS as usize;
        let rows = db.unit("forget_deletions", move |db| queries::forgotten(db, &old)).await?;
        Ok(Batch { rows, more })
    })
}

/// Deletes what has outlived its event. On Oracle and in this program the keys see to that; other programs that write to
/// the embedded engine's file need not look at keys.
pub fn sweep_orphans() -> Job {
    Job::new("sweep_orphans", 24 * HOUR, |db: Db| async move { sweep(db).await })
}

async fn sweep(db: Db) -> Result<Batch, Failure> {
    match db.read("find_orphans", |db| queries::find_orphans(db, ROWS)).await? {
        None => Ok(Batch { rows: 0, more: false }),
        Some(orphans) => {
            let rows = db.unit("delete_orphans", move |db| queries::delete_orphans(db, &orphans)).await?;
            Ok(Batch { rows, more: rows > 0 })
        }
    }
}
