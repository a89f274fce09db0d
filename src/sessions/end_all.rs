//! The end of all that a person is logged in with, as part of a larger unit of work.

use std::iter::once;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::sleep;
use uuid::Uuid;

use super::queries;
use crate::auth::{Revocation, Revocations, UserId, now};
use crate::db::{DbError, Unit};

/// Sessions that were deleted in a unit of work which goes on: their tokens are still to be refused.
#[must_use = "a session's access tokens are good until they are refused"]
pub struct EndingAll {
    user: UserId,
    sessions: Vec<Uuid>,
}

/// What a person was logged in with, and is no more once the unit of work is committed.
#[derive(Debug)]
#[must_use = "until it is noted, this instance does not know"]
pub struct Ended {
    revocations: Vec<Revocation>,
    expires_at: DateTime<Utc>,
    second: u64,
}

/// Deletes all sessions of a person but this one. The last write of the same unit of work is to be
/// [`EndingAll::revoke`].
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn end_all_but(db: &mut Unit<'_>, user: UserId, current: Option<Uuid>) -> Result<EndingAll, DbError> {
    Ok(EndingAll { user, sessions: queries::delete_other_sessions(db, user, current)? })
}

impl EndingAll {
    /// Refuses the tokens of the sessions, and those of the person that have no session and were made up to
    /// now, as the last write of the unit: one round trip.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn revoke(self, db: &mut Unit<'_>, revocations: &Revocations) -> Result<Ended, DbError> {
        let (second, expires_at) = (now().as_secs(), revocations.expiry());
        let of_sessions = self.sessions.into_iter().map(Revocation::of_session);
        let all: Vec<_> = once(Revocation::of_user(self.user, second)).chain(of_sessions).collect();
        revocations.revoke_all(db.last(), &all, expires_at)?;
        Ok(Ended { revocations: all, expires_at, second })
    }
}

impl Ended {
    /// How many sessions there were.
    pub fn sessions(&self) -> usize {
        self.revocations.len() - 1
    }

    /// Refuses their tokens in this instance from now on. Others look by themselves.
    pub fn note(&self, revocations: &Revocations) {
        self.revocations.iter().for_each(|revocation| revocations.note(revocation, self.expires_at));
    }

    /// Waits, a second at most, until new tokens are not among those that are refused. A token says in which
    /// second it was made and no more, so that all of this second are; whoever is answered after it can log in
    /// at once.
    pub async fn second_is_over(&self) {
        is_over(self.second).await;
    }
}

/// Waits, a second at most, until new tokens are not among those that are refused because of what ended before.
pub async fn this_second_is_over() {
    is_over(now().as_secs()).await;
}

async fn is_over(second: u64) {
    let over = Duration::from_secs(second + 1);
    // A clock that is put back meanwhile keeps nobody for longer.
    sleep(over.saturating_sub(now()).min(Duration::from_secs(1))).await;
}
