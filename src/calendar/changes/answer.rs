use serde::Serialize;
use utoipa::ToSchema;

use super::Token;
use super::page::Page;
use super::queries::Row;
use crate::calendar::calendars::CalendarId;

/// The most changes of an answer.
pub const MOST: usize = 1000;

/// What is different in a calendar.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarChanges)]
pub struct Changes {
    /// Each event once, in the order of their last changes: at most 1,000.
    #[schema(max_items = 1000)]
    pub changes: Vec<Change>,
    /// What to ask with the next time.
    #[schema(example = "aQAAAAAAAAABaQAAAAAAAAAqaQAAAAAAAAAq")]
    pub token: String,
    /// Whether there are more by now: ask at once.
    #[schema(example = false)]
    pub has_more: bool,
}

/// An event that is new, changed or not there any more.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarChange)]
pub struct Change {
    /// The event's.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// Whether it is not in this calendar any more; else it is new or changed.
    #[schema(example = false)]
    pub is_deleted: bool,
}

impl Changes {
    /// Out of a page of one row more than it shows, which is what comes after a token. `is_whole`: the ledger had everything.
    pub fn of(calendar: CalendarId, since: Option<Token>, page: &Page, is_whole: bool) -> Self {
        let shown = page.rows.get(..MOST).unwrap_or(&page.rows);
        let cut = shown.last().filter(|_| page.rows.len() > MOST);
        // All up to the last number was committed before it was given out, and is on this page or those before it.
        let number = cut.map_or(page.last_number, |row| row.number);
        let begun_at = since.map_or(page.last_number, |since| since.begun_at.max(number));
        let changes = shown.iter().map(|&Row { event, is_deleted, .. }| Change { id: event, is_deleted });
        Self {
            changes: changes.collect(),
            token: Token { calendar, number, begun_at, share: page.share }.write(),
            has_more: cut.is_some() || !is_whole,
        }
    }
}
