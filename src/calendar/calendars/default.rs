//! The default calendar: the one that has the events which name none. It is made when it is first needed, and stays.
//!
//! A unique index over its owner makes all who need it at once agree on one: whose INSERT comes second finds the
//! first one's.

use super::CalendarId;
use super::queries;
use crate::auth::UserId;
use crate::db::{DbError, Reader, Unit};

/// What it is called until its person calls it otherwise.
pub const NAME: &str = "Personal";

/// A person's default calendar. `None`: nobody has needed it yet. One round trip.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn find(db: &mut Reader<'_>, user: UserId) -> Result<Option<CalendarId>, DbError> {
    queries::find_default(db, user)
}

/// A person's default calendar, made here where nobody has needed it yet. One round trip where it is there, two where
/// it is made, three where another instance makes it at the same time.
///
/// # Errors
/// `DbError::ForeignKey` where there is no such person; else as the engine classes it.
pub fn find_or_make(db: &mut Unit<'_>, user: UserId) -> Result<CalendarId, DbError> {
    if let Some(found) = find(db, user)? {
        return Ok(found);
    }
    match make(db, user)? {
        Some(made) => Ok(made),
        None => find(db, user)?.ok_or_else(|| DbError::ForeignKey("it went with its person".into())),
    }
}

/// Makes it. `None`: it is there.
pub(super) fn make(db: &mut Unit<'_>, user: UserId) -> Result<Option<CalendarId>, DbError> {
    match queries::insert_default(db, user, NAME) {
        Err(DbError::Unique(_)) => Ok(None),
        made => made.map(Some),
    }
}
