use std::collections::BTreeSet;

use super::Token;
use super::answer::{Changes, MOST};
use super::ledger::bring_up_to_date;
use super::queries::read_page;
use super::since::TokenGone;
use crate::auth::UserId;
use crate::calendar::calendars::{CalendarId, NoSuchCalendar};
use crate::db::Db;
use crate::http::Error;

/// What is different in a calendar that the user sees since it was seen last. Two round trips where nothing is: the ledger is read,
/// and compared. Where it has a whole page of changes already, nothing need be looked for; where others were found, it
/// is read again, also those that another instance has found between the two.
///
/// # Errors
/// 404 on `id`, 410 on `since`, and as [`Db::unit`].
pub async fn list(
    db: &Db,
    user: UserId,
    calendar: CalendarId,
    since: Option<Token>,
) -> Result<Changes, Error> {
    // Who has seen nothing needs no deletion.
    let after = since.map_or((0, i64::MAX), |since| (since.number, since.begun_at));
    let read = || db.read("list_changes", move |db| read_page(db, user, calendar, after, MOST as i64 + 1));
    let mut page = read().await?.ok_or(NoSuchCalendar)?;
    let mut is_whole = true;
    if page.rows.len() <= MOST {
        let ledger = bring_up_to_date(db, BTreeSet::from([page.owner])).await?;
        is_whole = ledger.is_whole;
        if !ledger.was_whole || ledger.last_numbers.get(&calendar) != Some(&page.last_number) {
            page = read().await?.ok_or(NoSuchCalendar)?;
        }
    }
    let known = page.forgotten_number..=page.last_number;
    if since.is_some_and(|since| since.share != page.share || !known.contains(&since.begun_at)) {
        return Err(TokenGone.into());
    }
    Ok(Changes::of(calendar, since, &page, is_whole))
}
