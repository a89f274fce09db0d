use std::time::Duration;

use super::queries;
use crate::auth::UserId;
use crate::db::{Db, DbError, Unit};
use crate::jobs::{Batch, Failure, Job};
use crate::users::throttle;

/// Deletes rows of a person's, as many as are asked for at most, and says how many. For each table that can hold
/// many rows of one person there is one.
pub type Forget = fn(&mut Unit<'_>, UserId, i64) -> Result<u64, DbError>;

const TEN_MINUTES: Duration = Duration::from_secs(600);

/// Accounts that a batch looks at, at most.
const ACCOUNTS: u32 = 100;

/// Rows of one account that a unit of work deletes, at most, beside those of tables that hold few.
const ROWS: u32 = 1000;

/// What was deleted of an account.
struct Purged {
    rows: u64,
    is_gone: bool,
}

/// Deletes all of the accounts whose time has passed, and whatever is kept of them.
pub fn purge_accounts(forgets: &'static [Forget]) -> Job {
    Job::new("purge_accounts", TEN_MINUTES, move |db| purge_due(db, forgets))
}

/// As many accounts as there are, up to the first one that is too large for one unit of work.
async fn purge_due(db: Db, forgets: &'static [Forget]) -> Result<Batch, Failure> {
    let due = db.read("find_due_accounts", |db| queries::find_due(db, ACCOUNTS.into())).await?;
    let more = due.len() >= ACCOUNTS as usize;
    let (mut rows, mut held) = (0, None);
    for user in due {
        match db.unit("purge_account", move |db| purge(db, user, forgets)).await {
            Ok(purged) => {
                rows += purged.rows;
                if !purged.is_gone {
                    return Ok(Batch { rows, more: true });
                }
            }
            // A table of another program's, perhaps. The others are not to wait for it.
            Err(error @ DbError::ForeignKey(_)) => held = held.or(Some(error)),
            Err(error) => return Err(error.into()),
        }
    }
    held.map_or(Ok(Batch { rows, more }), |error| Err(error.into()))
}

/// What has been restored since it was found is not touched: of the two one waits for the other at USERS, and a
/// restore that comes second finds it too late.
fn purge(db: &mut Unit<'_>, user: UserId, forgets: &[Forget]) -> Result<Purged, DbError> {
    let due =
        queries::lock(db, user)?.filter(|account| account.closed.as_ref().is_some_and(|kept| kept.is_due));
    let Some(account) = due else { return Ok(Purged { rows: 0, is_gone: true }) };
    let mut rows = 0;
    for forget in forgets {
        let left = i64::from(ROWS) - rows as i64;
        rows += forget(db, user, left)?;
        if rows >= u64::from(ROWS) {
            return Ok(Purged { rows, is_gone: false });
        }
    }
    queries::delete_user(db, user)?;
    throttle::forget(db.last(), &account.email)?;
    Ok(Purged { rows: rows + 1, is_gone: true })
}
