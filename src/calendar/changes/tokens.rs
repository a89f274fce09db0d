use std::collections::BTreeMap;

use super::Token;
use super::ledger::bring_up_to_date;
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::db::{Db, DbError};

/// The token of each of a person's calendars: it is another one when something has changed. One round trip where nothing
/// has, whatever the number of calendars.
///
/// # Errors
/// As [`Db::unit`].
pub async fn tokens(db: &Db, user: UserId) -> Result<BTreeMap<CalendarId, String>, DbError> {
    let ledger = bring_up_to_date(db, user).await?;
    let tokens = ledger.last_numbers.into_iter().map(|(calendar, number)| {
        let token = Token { calendar, number, begun_at: number };
        (calendar, token.write())
    });
    Ok(tokens.collect())
}
