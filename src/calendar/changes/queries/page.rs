use crate::calendar::calendars::CalendarId;
use crate::calendar::changes::page::Page;
use crate::db::{DbError, Reader, required};

/// A row of a calendar's ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// CALENDAR_EVENTS.ID.
    pub event: i64,
    /// The number of its last change.
    pub number: i64,
    pub is_deleted: bool,
}

/// The changes of a calendar that come after a number, in their order, as many as `rows` at most, and its head as of the same
/// moment: what was forgotten since is not taken for what never was. Deletions up to `begun_at` are left out.
///
/// Plan: one row of CALENDAR_LEDGERS by its key, from the number on a range of IDX_CALENDAR_CHANGES_NUMBER in its order (on
/// the embedded engine without the table).
pub fn read_page(
    db: &mut Reader<'_>,
    calendar: CalendarId,
    number: i64,
    begun_at: i64,
    rows: i64,
) -> Result<Page, DbError> {
    let mut page = Page::default();
    let found = db.rows(
        PAGE,
        &[
            ("after_number", number.into()),
            ("begun_at", begun_at.into()),
            ("calendar_id", calendar.0.into()),
            ("at_most", rows.into()),
        ],
        |row| {
            page.last_number = required(row.integer(0)?, "LAST_NUMBER")?;
            page.forgotten_number = required(row.integer(1)?, "FORGOTTEN_NUMBER")?;
            let Some(event) = row.integer(2)? else { return Ok(None) };
            let number = required(row.integer(3)?, "CHANGE_NUMBER")?;
            Ok(Some(Row { event, number, is_deleted: row.timestamp(4)?.is_some() }))
        },
    )?;
    page.rows = found.into_iter().flatten().collect();
    Ok(page)
}

pub(super) const PAGE: &str = "SELECT H.LAST_NUMBER, H.FORGOTTEN_NUMBER, L.EVENT_ID, L.CHANGE_NUMBER, L.DELETED_AT \
         FROM CALENDAR_LEDGERS H LEFT JOIN CALENDAR_CHANGES L ON L.CALENDAR_ID = H.CALENDAR_ID \
         AND L.CHANGE_NUMBER > :after_number AND (L.DELETED_AT IS NULL OR L.CHANGE_NUMBER > :begun_at) \
         WHERE H.CALENDAR_ID = :calendar_id ORDER BY L.CHANGE_NUMBER FETCH FIRST :at_most ROWS ONLY";
