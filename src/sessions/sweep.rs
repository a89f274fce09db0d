use std::time::Duration;

use super::queries::delete_expired_sessions;
use crate::auth::delete_expired;
use crate::db::Db;
use crate::jobs::{Batch, Failure, Job};

const HOUR: Duration = Duration::from_secs(3600);

/// Rows that a batch deletes at most.
const ROWS: u32 = 1000;

/// Deletes sessions whose refresh token has expired.
pub fn sweep_sessions() -> Job {
    Job::new("sweep_sessions", HOUR, |db: Db| async move {
        let deleted = db.unit("sweep_sessions", |db| delete_expired_sessions(db, ROWS.into())).await;
        batch(deleted?)
    })
}

/// Forgets what was revoked, once it has expired.
pub fn sweep_revoked_tokens() -> Job {
    Job::new("sweep_revoked_tokens", HOUR, |db: Db| async move {
        let deleted = db.unit("sweep_revoked_tokens", |db| delete_expired(db, ROWS.into())).await;
        batch(deleted?)
    })
}

fn batch(rows: u64) -> Result<Batch, Failure> {
    Ok(Batch { rows, more: rows >= u64::from(ROWS) })
}
