use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::queries;
use crate::audit::{Act, Entry};
use crate::auth::{Revocation, Revocations, UserId, Verified};
use crate::db::{DbError, Unit};

/// The session of a token that is about to end, or the token itself where it belongs to none.
#[derive(Clone)]
pub struct Ending {
    user: UserId,
    session: Option<Uuid>,
    revocation: Revocation,
    entry: Entry,
    expires_at: DateTime<Utc>,
    revocations: Arc<Revocations>,
}

impl Ending {
    /// Asked for from this address. `None` for a token that has no session and no name by which it could be revoked.
    pub fn of(token: &Verified, address: IpAddr, revocations: &Arc<Revocations>) -> Option<Self> {
        let of_session = token.session.map(Revocation::of_session);
        Some(Self {
            user: token.user,
            session: token.session,
            revocation: of_session.or_else(|| Revocation::of_token(token))?,
            entry: Entry::by_user(Act::Logout, token.user, address, token.session),
            expires_at: revocations.expiry(),
            revocations: Arc::clone(revocations),
        })
    }

    /// Ends it, as the last write of a unit. To be [noted](Self::note) once that is committed.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn write_last(&self, db: &mut Unit<'_>) -> Result<(), DbError> {
        if let Some(session) = self.session {
            queries::delete_session(db, session, self.user)?;
        }
        self.entry.insert(db)?;
        self.revocations.revoke(db.last(), &self.revocation, self.expires_at)
    }

    /// From now on it is refused in this instance.
    pub fn note(&self) {
        self.revocations.note(&self.revocation, self.expires_at);
    }
}
