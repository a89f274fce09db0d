use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::db::{DbError, Reader, required};

/// The rows of a calendar's ledger, with what is now in their places: E has no row where the event is not in the calendar
/// any more. What stands beside an event that is gone, or belongs to somebody else's calendar, counts for nothing.
pub(super) const LEDGER: &str = "FROM CALENDARS K JOIN CALENDAR_CHANGES L ON L.CALENDAR_ID = K.ID \
    LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = L.EVENT_ID \
    LEFT JOIN CALENDAR_EVENTS E ON E.ID = L.EVENT_ID AND E.USER_ID = K.USER_ID \
    AND (D.CALENDAR_ID = K.ID OR (D.CALENDAR_ID IS NULL AND K.DEFAULT_OF = K.USER_ID))";

/// Those of them that differ, column by column: SQLite has no hash of its own, and to put the columns together for
/// one takes twice as long as to compare them (119 ms, and 231 ms before anything is hashed, for 100,000 events).
pub(super) const DIFFERS: &str = "L.DELETED_AT IS NULL AND CASE WHEN E.START_AT = L.START_AT \
    AND E.END_AT = L.END_AT AND E.TITLE = L.TITLE \
    AND (E.UPDATED_AT = L.UPDATED_AT OR COALESCE(E.UPDATED_AT, L.UPDATED_AT) IS NULL) \
    AND (E.DESCRIPTION = L.DESCRIPTION OR COALESCE(E.DESCRIPTION, L.DESCRIPTION) IS NULL) \
    AND (E.IS_ALL_DAY = L.IS_ALL_DAY OR COALESCE(E.IS_ALL_DAY, L.IS_ALL_DAY) IS NULL) \
    AND (E.LOCATION = L.LOCATION OR COALESCE(E.LOCATION, L.LOCATION) IS NULL) \
    AND (E.COLOR = L.COLOR OR COALESCE(E.COLOR, L.COLOR) IS NULL) \
    AND (D.REVISION = L.REVISION OR COALESCE(D.REVISION, L.REVISION) IS NULL) THEN 1 ELSE 0 END = 0";

/// Two counts in one number, out of one look at the rows: the first one is multiplied by this.
const SECOND: i64 = 1_000_000_000;

/// A calendar beside its ledger.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// CALENDARS.ID.
    pub calendar: CalendarId,
    /// Whether it has the events that name no calendar.
    pub is_default: bool,
    /// The last number that was given out.
    pub last_number: i64,
    /// How many events the ledger has, deleted ones aside.
    pub known: i64,
    /// How many of those differ, or are not in the calendar any more.
    pub differing: i64,
    /// How many of these are not in the calendar any more.
    pub gone: i64,
    /// Whose it is.
    pub owner: UserId,
    /// How many events the owner has, in all calendars: said of one of these.
    pub events: Option<i64>,
}

/// All calendars of these people beside their ledgers, as of one moment. An event is in one calendar at most, and
/// so in one ledger's row at most that is not gone: none is missing in any ledger where there are no more events than such rows.
///
/// Plan: a range of IDX_CALENDARS_USER_ID; for each calendar a range of IDX_CALENDAR_CHANGES_NUMBER (by Oracle, of the key
/// of CALENDAR_CHANGES), then a range of that key, in its order each event and what stands beside it by their keys (by
/// Oracle, hash joins where the range is long); once for each of them, a range of IDX_CAL_EVENTS_USER_ID without its table.
pub fn compare(db: &mut Reader<'_>, owners: &[i64]) -> Result<Vec<Compared>, DbError> {
    db.rows_in(&comparison(), ("owners", owners), &[], |row| {
        let counts = required(row.integer(4)?, "COUNT")?;
        let (differing, present) = (counts / SECOND, counts % SECOND);
        Ok(Compared {
            calendar: CalendarId(required(row.integer(0)?, "ID")?),
            is_default: row.integer(1)?.is_some(),
            last_number: row.integer(2)?.unwrap_or(0),
            known: required(row.integer(3)?, "COUNT")?,
            differing,
            gone: differing - present,
            events: row.integer(5)?,
            owner: UserId(required(row.integer(6)?, "USER_ID")?),
        })
    })
}

pub(super) fn comparison() -> String {
    format!(
        "SELECT C.ID, C.DEFAULT_OF, H.LAST_NUMBER, \
         (SELECT COUNT(*) FROM CALENDAR_CHANGES L WHERE L.CALENDAR_ID = C.ID AND L.DELETED_AT IS NULL), \
         (SELECT COUNT(*) * {SECOND} + COUNT(E.ID) {LEDGER} WHERE K.ID = C.ID AND {DIFFERS}), \
         CASE WHEN C.ID = (SELECT MIN(K.ID) FROM CALENDARS K WHERE K.USER_ID = C.USER_ID) \
         THEN (SELECT COUNT(*) FROM CALENDAR_EVENTS E WHERE E.USER_ID = C.USER_ID) END, C.USER_ID \
         FROM CALENDARS C LEFT JOIN CALENDAR_LEDGERS H ON H.CALENDAR_ID = C.ID \
         WHERE C.USER_ID IN (:owners) ORDER BY C.USER_ID, C.ID"
    )
}
