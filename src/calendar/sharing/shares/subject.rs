use crate::auth::UserId;
use crate::calendar::calendars::{self, CalendarId, NoSuchCalendar};
use crate::calendar::error::NoSuchEvent;
use crate::calendar::event_id::EventId;
use crate::calendar::store;
use crate::db::{DbError, Reader};
use crate::http::Error;

/// What is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A calendar, with all events that are in it, whenever they come to be there.
    Calendar(CalendarId),
    /// One event, with all its occurrences.
    Event(EventId),
}

impl Subject {
    /// Its id.
    pub fn id(self) -> i64 {
        match self {
            Self::Calendar(id) => id.0,
            Self::Event(id) => id.0,
        }
    }

    /// The table that it is in.
    pub fn table(self) -> &'static str {
        match self {
            Self::Calendar(_) => "CALENDARS",
            Self::Event(_) => "CALENDAR_EVENTS",
        }
    }

    /// The column of SHARES that names it.
    pub fn column(self) -> &'static str {
        match self {
            Self::Calendar(_) => "CALENDAR_ID",
            Self::Event(_) => "EVENT_ID",
        }
    }

    /// Whether the user sees it. One round trip.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn is_seen(self, db: &mut Reader<'_>, user: UserId) -> Result<bool, DbError> {
        match self {
            Self::Calendar(id) => Ok(calendars::find(db, user, id)?.is_some()),
            Self::Event(id) => Ok(store::find_home(db, user, id)?.is_some()),
        }
    }

    /// What the client is told where it is not seen.
    pub fn not_found(self) -> Error {
        match self {
            Self::Calendar(_) => NoSuchCalendar.into(),
            Self::Event(_) => NoSuchEvent.into(),
        }
    }
}
