use std::collections::{BTreeMap, BTreeSet};

use super::ledger::bring_up_to_date;
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::db::{Db, DbError};

/// The last number that was given out in each calendar of these people: it is another one when something has changed. One
/// round trip where nothing has, whatever the number of calendars and people.
///
/// # Errors
/// As [`Db::unit`].
pub async fn last_numbers(db: &Db, owners: BTreeSet<UserId>) -> Result<BTreeMap<CalendarId, i64>, DbError> {
    Ok(bring_up_to_date(db, owners).await?.last_numbers)
}
