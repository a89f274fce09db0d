use chrono::{DateTime, Utc};

use crate::calendar::calendars::CalendarId;

/// An event that is not as its calendar's ledger has it.
#[derive(Debug)]
pub struct Difference {
    /// CALENDARS.ID.
    pub calendar: CalendarId,
    /// CALENDAR_EVENTS.ID.
    pub event: i64,
    /// The number of the change that the ledger has; `None`: it has no row of the event.
    pub known: Option<i64>,
    /// The event as it is; `None`: it is not in the calendar any more.
    pub found: Option<Found>,
}

/// What the ledger keeps of an event: its row, the columns once more as the database has them, and who it is.
#[derive(Debug)]
pub struct Found {
    pub uid: Option<String>,
    pub name: Option<String>,
    pub revision: Option<i64>,
    pub title: String,
    pub description: Option<String>,
    pub start_at: DateTime<Utc>,
    pub end_at: DateTime<Utc>,
    pub is_all_day: Option<i64>,
    pub location: Option<String>,
    pub color: Option<String>,
    pub updated_at: Option<DateTime<Utc>>,
}
