use std::time::Duration;

use super::queries;
use crate::auth::{Verified, now};
use crate::db::{Db, DbError};

/// For so long after a login a person counts as being there themselves.
const RECENT: Duration = Duration::from_secs(300);

/// Whether the login to which a token goes back was in the last five minutes. A refresh is no login. Of a
/// session's token the database knows it, in one round trip; one without a session is as old as the login.
///
/// # Errors
/// `DbError` as the engine classes it.
pub async fn is_recent_login(db: &Db, token: &Verified) -> Result<bool, DbError> {
    let user = token.user;
    match token.session {
        Some(session) => {
            db.read("find_login", move |db| queries::began_within(db, session, user, RECENT)).await
        }
        None => Ok(is_recent(token.issued_at, now().as_secs())),
    }
}

/// What is ahead of this instance's clock is no recent one.
fn is_recent(issued_at: u64, now: u64) -> bool {
    now.checked_sub(issued_at).is_some_and(|age| age <= RECENT.as_secs())
}

#[cfg(test)]
mod tests {
    use super::is_recent;

    #[test]
    fn five_minutes_are_recent_and_what_is_ahead_or_without_a_time_is_not() {
        let now = 1_764_892_800;
        let recent = [now, now - 1, now - 300, now - 301, now + 1, 0].map(|at| is_recent(at, now));
        assert_eq!(recent, [true, true, true, false, false, false]);
    }
}
