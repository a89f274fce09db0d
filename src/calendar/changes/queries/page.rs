use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::changes::page::Page;
use crate::calendar::sharing::ShareVersion;
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

/// The changes of a calendar that the user sees that come after a number, in their order, as many as `rows` at most, and its head as
/// of the same moment: what was forgotten since is not taken for what never was. Deletions up to `begun_at` are left out.
/// `None`: there is no such calendar that the user sees.
///
/// Plan: one row of CALENDARS and one of CALENDAR_LEDGERS by their keys, from the number on a range of
/// IDX_CALENDAR_CHANGES_NUMBER in its order (on the embedded engine without the table); a row of IDX_SHARES_RECEIVER, and of
/// CLOSED_ACCOUNTS by its key.
pub fn read_page(
    db: &mut Reader<'_>,
    user: UserId,
    calendar: CalendarId,
    (number, begun_at): (i64, i64),
    rows: i64,
) -> Result<Option<Page>, DbError> {
    let binds = [
        ("after_number", number.into()),
        ("begun_at", begun_at.into()),
        ("calendar_id", calendar.0.into()),
        ("user_id", user.0.into()),
        ("at_most", rows.into()),
    ];
    let mut page = None::<Page>;
    let found = db.rows(PAGE, &binds, |row| {
        if page.is_none() {
            page = Some(Page {
                owner: UserId(required(row.integer(5)?, "USER_ID")?),
                share: ShareVersion::read(row, 6)?,
                rows: Vec::new(),
                last_number: row.integer(0)?.unwrap_or(0),
                forgotten_number: row.integer(1)?.unwrap_or(0),
            });
        }
        let Some(event) = row.integer(2)? else { return Ok(None) };
        let number = required(row.integer(3)?, "CHANGE_NUMBER")?;
        Ok(Some(Row { event, number, is_deleted: row.timestamp(4)?.is_some() }))
    })?;
    Ok(page.map(|page| Page { rows: found.into_iter().flatten().collect(), ..page }))
}

pub(super) const PAGE: &str = "SELECT H.LAST_NUMBER, H.FORGOTTEN_NUMBER, L.EVENT_ID, L.CHANGE_NUMBER, L.DELETED_AT, \
    C.USER_ID, A.ID, A.REVISION \
    FROM CALENDARS C LEFT JOIN CALENDAR_LEDGERS H ON H.CALENDAR_ID = C.ID \
    LEFT JOIN CALENDAR_CHANGES L ON L.CALENDAR_ID = C.ID \
    AND L.CHANGE_NUMBER > :after_number AND (L.DELETED_AT IS NULL OR L.CHANGE_NUMBER > :begun_at) \
    LEFT JOIN SHARES A ON A.RECEIVER_ID = :user_id AND A.CALENDAR_ID = C.ID AND A.OWNER_ID = C.USER_ID \
    LEFT JOIN CLOSED_ACCOUNTS X ON X.USER_ID = A.OWNER_ID \
    WHERE C.ID = :calendar_id AND (C.USER_ID = :user_id OR A.ID IS NOT NULL AND X.USER_ID IS NULL) ORDER BY L.CHANGE_NUMBER FETCH FIRST :at_most ROWS ONLY";
