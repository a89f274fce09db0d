//! Makes an address wait after wrong passwords in a row, in whichever instance they were tried: the
//! count is in the database, and so is the clock.

mod attempt;
mod in_flight;
mod key;
mod limit;
mod queries;
mod refused;

use in_flight::{InFlight, Turn};
use refused::Refused;

pub use attempt::Attempt;
pub use key::FailuresKey;
pub use limit::FORGOTTEN_AFTER;
pub use queries::delete_old_failures;

use super::queries::Credentials;
use super::settings::AccountLimit;
use crate::db::{Db, DbError, Unit};

/// What the logins of an address are held to.
pub struct LoginThrottle {
    limited: Option<Limited>,
}

struct Limited {
    limit: AccountLimit,
    in_flight: InFlight<Refused>,
}

impl LoginThrottle {
    /// Without a limit, nothing is counted and nobody waits.
    pub fn new(limit: Option<AccountLimit>) -> Self {
        let new = |limit| Limited { limit, in_flight: InFlight::new() };
        Self { limited: limit.map(new) }
    }

    /// Waits for the turn among the logins of the same address in this process, then reads whose
    /// address it is and what was counted against it.
    ///
    /// # Errors
    /// `Refused` where the address waits, or the database does not answer.
    pub async fn begin(&self, db: &Db, email: String) -> Result<(Option<Credentials>, Attempt<'_>), Refused> {
        let key = FailuresKey::of(&email);
        let turn = match &self.limited {
            Some(limited) => Some(limited.in_flight.enter(key.as_str()).await?),
            None => None,
        };
        Attempt::begin(self.limited.as_ref().zip(turn), db, email, key).await
    }
}

/// Forgets what is counted against an address, in a unit of work.
pub fn forget(db: &mut Unit<'_>, email: &str) -> Result<(), DbError> {
    queries::delete_failures(db, FailuresKey::of(email).as_str())
}
