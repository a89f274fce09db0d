use std::sync::Arc;

use super::change::{Asked, Read};
use super::target::Target;
use crate::auth::UserId;
use crate::calendar::event_id::EventId;
use crate::calendar::store::DatabaseName;
use crate::db::{Db, DbError};
use crate::http::IfMatch;

/// What of which event is meant, and what its client has read.
pub struct Meant {
    /// Which event.
    pub id: EventId,
    /// What of it.
    pub target: Target,
    /// The tag of what the client has read.
    pub if_match: IfMatch,
    /// What that is a tag of.
    pub read: Read,
}

impl Meant {
    /// By a client of the API, which has read what it means.
    pub fn by_client(id: EventId, target: Target, if_match: IfMatch) -> Self {
        Self { id, target, if_match, read: Read::Target }
    }

    /// Asked for by this person.
    ///
    /// # Errors
    /// As [`DatabaseName::get`].
    pub async fn by(self, user: UserId, db: &Db, name: &DatabaseName) -> Result<Asked, DbError> {
        let database: Arc<str> = name.get(db).await?;
        let Self { id, target, if_match, read } = self;
        Ok(Asked { user, id, target, if_match, read, database })
    }
}
