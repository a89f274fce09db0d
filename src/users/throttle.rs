use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::in_flight::{InFlight, Place};
use super::queries;
use super::settings::AccountLimit;
use crate::db::{Db, DbError, Unit};
use crate::http::TooMany;

/// After this time without another one, failures count no more. It is long beside the longest wait,
/// so that sitting the count out is no quicker than waiting.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(1);

/// Wrong passwords in a row for one address.
#[derive(Debug, Clone, Copy)]
pub struct Failures {
    pub count: i64,
    pub last_at: DateTime<Utc>,
}

/// Under which failures are counted: the SHA-256 of the address as it was typed, in hex. Whether
/// it is registered makes no difference, and no row is longer for a longer address.
#[derive(Debug, Clone)]
pub struct FailuresKey(String);

impl FailuresKey {
    pub fn of(email: &str) -> Self {
        Self(Sha256::digest(email).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Makes an address wait after wrong passwords in a row, in whichever instance they were tried: the
/// count is in the database, and so is the clock.
pub struct LoginThrottle {
    limited: Option<Limited>,
}

struct Limited {
    limit: AccountLimit,
    in_flight: InFlight,
}

impl LoginThrottle {
    /// Without a limit, nothing is counted and nobody waits.
    pub fn new(limit: Option<AccountLimit>) -> Self {
        let limited = limit.map(|limit| Limited { in_flight: InFlight::new(limit.failures), limit });
        Self { limited }
    }

    /// Waits for a place among the logins of the same address, before its count is looked at.
    pub async fn enter(&self, key: &FailuresKey) -> Option<Place<'_>> {
        match &self.limited {
            Some(limited) => Some(limited.in_flight.enter(key.as_str()).await),
            None => None,
        }
    }

    /// Lets a login go on to its password: not while its address waits, and no more at once than
    /// may still be wrong.
    ///
    /// # Errors
    /// `TooMany`, with the seconds left to wait.
    pub fn admit(&self, found: Found, place: Option<&Place<'_>>) -> Result<(), TooMany> {
        let (Some(Limited { limit, .. }), Some(place)) = (&self.limited, place) else { return Ok(()) };
        let failures = found.failures.filter(|failures| found.now - failures.last_at < FORGOTTEN_AFTER);
        if let Some(seconds @ 1..) = failures.map(|failures| seconds_left(limit, failures, found.now)) {
            return Err(TooMany(seconds));
        }
        let wrong_by_then = failures.map_or(0, |failures| failures.count).saturating_add(place.ahead.into());
        match place.ahead > 0 && wrong_by_then >= i64::from(limit.failures) {
            true => Err(TooMany(1)),
            false => Ok(()),
        }
    }

    /// Counts a wrong password: one write.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn count(&self, db: &Db, key: FailuresKey, found: Found) -> Result<(), DbError> {
        if self.limited.is_none() {
            return Ok(());
        }
        let forgotten = found.now - FORGOTTEN_AFTER;
        db.unit("count_failure", move |db| count(db, &key, found.failures.is_some(), forgotten)).await
    }

    /// Forgets the failures after a right password: a write only if there are any.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn reset(&self, db: &Db, key: FailuresKey, found: Found) -> Result<(), DbError> {
        if self.limited.is_none() || found.failures.is_none() {
            return Ok(());
        }
        db.unit("reset_failures", move |db| queries::delete_failures(db.last(), key.as_str())).await
    }
}

/// What the database said before the password was looked at.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub failures: Option<Failures>,
    pub now: DateTime<Utc>,
}

/// The row can have come or gone since it was looked for: another instance counts, too.
fn count(db: &mut Unit<'_>, key: &FailuresKey, found: bool, forgotten: DateTime<Utc>) -> Result<(), DbError> {
    if found && queries::add_failure(db.last(), key.as_str(), forgotten)? > 0 {
        return Ok(());
    }
    match queries::insert_failure(db.last(), key.as_str()) {
        Err(DbError::Unique(_)) => queries::add_failure(db.last(), key.as_str(), forgotten).map(drop),
        inserted => inserted,
    }
}

/// The seconds until the next password is looked at, rounded up. Where the database's clock was put
/// back, no more than the whole wait.
fn seconds_left(limit: &AccountLimit, failures: Failures, now: DateTime<Utc>) -> u64 {
    let since = (now - failures.last_at).to_std().unwrap_or_default();
    wait(limit, failures.count).saturating_sub(since).as_nanos().div_ceil(1_000_000_000) as u64
}

/// One second after the last failure that is free, then twice as long after each.
fn wait(limit: &AccountLimit, failures: i64) -> Duration {
    match u32::try_from(failures - i64::from(limit.failures)) {
        Ok(doublings) => {
            Duration::from_secs(2_u64.checked_pow(doublings).unwrap_or(u64::MAX)).min(limit.max_wait)
        }
        Err(_) if failures < i64::from(limit.failures) => Duration::ZERO,
        Err(_) => limit.max_wait,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: AccountLimit = AccountLimit { failures: 5, max_wait: Duration::from_secs(900) };

    #[test]
    fn the_wait_starts_at_a_second_and_doubles_to_its_longest() {
        let waits = |counts: [i64; 6]| counts.map(|count| wait(&LIMIT, count).as_secs());
        assert_eq!(waits([0, 1, 4, 5, 6, 7]), [0, 0, 0, 1, 2, 4]);
        assert_eq!(waits([14, 15, 16, 69, 5_000_000_000, i64::MAX]), [512, 900, 900, 900, 900, 900]);
    }

    #[test]
    fn seconds_are_rounded_up() {
        let now = Utc::now();
        let left = |micros| {
            let last_at = now - TimeDelta::microseconds(micros);
            seconds_left(&LIMIT, Failures { count: 8, last_at }, now)
        };
        assert_eq!([left(0), left(1), left(7_000_000), left(7_999_999), left(8_000_000)], [8, 8, 1, 1, 0]);
        assert_eq!(left(-3_600_000_000), 8, "a clock that was put back");
    }
}
