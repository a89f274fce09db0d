use chrono::{DateTime, TimeDelta, Utc};
use jiff::civil;
use jiff::tz::TimeZone;

use super::days::Days;
use crate::time::{ZoneName, timestamp};

pub type Instant = DateTime<Utc>;

/// A range of time, the end exclusive, as its reader's clocks show it.
#[derive(Debug, Clone)]
pub struct Window {
    /// From then on.
    pub from: Instant,
    /// Up to then.
    pub to: Instant,
    local_from: civil::DateTime,
    local_to: civil::DateTime,
}

/// The longest range.
const YEARS: i64 = 10;

/// A day in one zone lies within so much of what is the same day in another: offsets are below 16 hours, and a time of the day
/// is less than a day away from its beginning and its end.
pub const ASIDE: TimeDelta = TimeDelta::days(3);

impl Window {
    /// A range, for a reader in this zone.
    ///
    /// # Errors
    /// What is wrong with its end, for a person.
    pub fn new(from: Instant, to: Instant, zone: &ZoneName) -> Result<Self, String> {
        if to <= from {
            return Err("Must be after from".into());
        }
        let rules = zone.rules();
        let [local_from, local_to] = [from, to].map(|instant| rules.to_datetime(timestamp(instant)));
        // Beyond the year 9999 there is nothing.
        let latest = local_from.checked_add(jiff::Span::new().years(YEARS)).unwrap_or(civil::DateTime::MAX);
        if local_to > latest {
            return Err(format!("Must be at most {YEARS} years after from"));
        }
        Ok(Self { from, to, local_from, local_to })
    }

    /// Whether a time lies within it, wholly or in part. Without length it counts at its start.
    pub fn holds(&self, start_at: Instant, end_at: Instant) -> bool {
        start_at < self.to && (end_at > self.from || start_at >= self.from)
    }

    /// The same of whole days, which are those of the zone: they float with the reader.
    pub fn holds_days(&self, start_at: Instant, end_at: Instant, zone: &TimeZone) -> bool {
        if start_at >= self.from + ASIDE && start_at < self.to - ASIDE {
            return true;
        }
        if start_at > self.to + ASIDE || end_at < self.from - ASIDE {
            return false;
        }
        let days = Days::of(start_at, end_at, zone);
        days.begin() < self.local_to && days.end() > self.local_from
    }
}
