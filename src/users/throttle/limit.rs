use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::http::TooMany;
use crate::users::queries::{Failures, Found};
use crate::users::settings::AccountLimit;

/// After this time without another one, failures count no more. It is long beside the longest wait,
/// so that sitting the count out is no quicker than waiting.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(1);

impl AccountLimit {
    /// What counts against an address whose wait, if it has one, is over.
    ///
    /// # Errors
    /// `TooMany`, with the seconds left to wait.
    pub fn counted(&self, found: &Found) -> Result<Option<Failures>, TooMany> {
        let counted = found.failures.filter(|failures| found.now - failures.last_at < FORGOTTEN_AFTER);
        match counted.map_or(0, |failures| self.seconds_left(failures, found.now)) {
            0 => Ok(counted),
            seconds => Err(TooMany(seconds)),
        }
    }

    /// The seconds until the next password is looked at, rounded up. Where the database's clock was
    /// put back, no more than the whole wait.
    fn seconds_left(&self, failures: Failures, now: DateTime<Utc>) -> u64 {
        let since = (now - failures.last_at).to_std().unwrap_or_default();
        self.wait(failures.count).saturating_sub(since).as_nanos().div_ceil(1_000_000_000) as u64
    }

    /// One second after the last failure that is free, then twice as long after each.
    fn wait(&self, failures: i64) -> Duration {
        match u32::try_from(failures - i64::from(self.failures)) {
            Ok(doublings) => {
                Duration::from_secs(2_u64.checked_pow(doublings).unwrap_or(u64::MAX)).min(self.max_wait)
            }
            Err(_) if failures < i64::from(self.failures) => Duration::ZERO,
            Err(_) => self.max_wait,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: AccountLimit = AccountLimit { failures: 5, max_wait: Duration::from_secs(900) };

    #[test]
    fn the_wait_starts_at_a_second_and_doubles_to_its_longest() {
        let waits = |counts: [i64; 6]| counts.map(|count| LIMIT.wait(count).as_secs());
        assert_eq!(waits([0, 1, 4, 5, 6, 7]), [0, 0, 0, 1, 2, 4]);
        assert_eq!(waits([14, 15, 16, 69, 5_000_000_000, i64::MAX]), [512, 900, 900, 900, 900, 900]);
    }

    #[test]
    fn seconds_are_rounded_up() {
        let now = Utc::now();
        let left = |micros| {
            let last_at = now - TimeDelta::microseconds(micros);
            LIMIT.seconds_left(Failures { count: 8, last_at }, now)
        };
        assert_eq!([left(0), left(1), left(7_000_000), left(7_999_999), left(8_000_000)], [8, 8, 1, 1, 0]);
        assert_eq!(left(-3_600_000_000), 8, "a clock that was put back");
    }

    #[test]
    fn what_counts_is_less_than_a_day_old_and_its_wait_is_over() {
        let now = Utc::now();
        let counted = |count, age| {
            let failures = Some(Failures { count, last_at: now - age });
            LIMIT.counted(&Found { failures, now }).map(|counted| counted.map(|failures| failures.count))
        };
        assert_eq!(counted(4, TimeDelta::zero()), Ok(Some(4)));
        assert_eq!(counted(5, TimeDelta::zero()), Err(TooMany(1)));
        assert_eq!(counted(5, TimeDelta::seconds(1)), Ok(Some(5)));
        assert_eq!(counted(99, FORGOTTEN_AFTER - TimeDelta::seconds(1)), Ok(Some(99)));
        assert_eq!(counted(99, FORGOTTEN_AFTER), Ok(None));
    }
}
