//! What an operator does to an account: each is a unit of work, with its line of the audit log in it, and bears to be
//! asked for twice. What a person was logged in with counts in this instance once it is noted (`Ended::note`), and in
//! the others when they look.

use chrono::TimeDelta;

use crate::audit::{Act, Entry};
use crate::auth::{Revocations, UserId};
use crate::db::{DbError, Unit};

pub use super::closing::{Erased, Outcome, activate, deactivate, end_sessions, reset_password, restore};
pub use crate::sessions::Ended;

/// Has nothing left of an account after `retention`, and lets nobody log in to it until then. Erased once more, it
/// stays as it is.
///
/// # Errors
/// `DbError` as the engine classes it.
pub fn erase(
    db: &mut Unit<'_>,
    revocations: &Revocations,
    user: UserId,
    retention: TimeDelta,
) -> Result<Option<Erased>, DbError> {
    super::closing::erase(db, revocations, user, retention, &Entry::by_operator(Act::Erased, user))
}
