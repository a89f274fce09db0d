use super::CalendarId;
use super::queries;
use crate::auth::UserId;
use crate::db::{DbError, Unit};

/// A calendar that nobody else changes or deletes until the unit of work is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locked {
    /// CALENDARS.ID.
    pub id: CalendarId,
    /// Whether it has the events that name no calendar.
    pub is_default: bool,
}

/// Locks two calendars of the user's, or one that is given twice. Whoever puts an event into a calendar or takes one out of
/// it does that first of all; so does whoever deletes the calendar. Of two at once the second one finds what the first
/// one has made of it. What is not there, or not the user's, is not in the list. One round trip.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn lock(db: &mut Unit<'_>, user: UserId, calendars: [CalendarId; 2]) -> Result<Vec<Locked>, DbError> {
    queries::lock(db, user, calendars)
}
