use crate::auth::UserId;
use crate::calendar::event_id::EventId;
use crate::calendar::store::find_home;
use crate::db::{DbError, Reader};

/// What became of a write that is for the user's own events alone, and is one round trip where it meets one.
pub enum Own {
    /// It is done.
    Done,
    /// The event is somebody else's, who lets the user see it: whether they may write it is yet to be asked.
    IsAnothers,
    /// There is no such event that the user sees.
    NotSeen,
}

impl Own {
    /// After a write that has met nothing: one round trip more.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn or_seen(db: &mut Reader<'_>, user: UserId, id: EventId) -> Result<Self, DbError> {
        Ok(match find_home(db, user, id)? {
            Some(_) => Self::IsAnothers,
            None => Self::NotSeen,
        })
    }
}
