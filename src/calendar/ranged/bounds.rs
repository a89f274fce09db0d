use chrono::{DateTime, TimeDelta, Utc};

use super::Key;
use super::window::{ASIDE, Window};
use crate::calendar::series::{RecurrenceId, SHORT};
use crate::db::Bind;

/// What the database is asked for: all that a page can need, and as little more as its columns tell.
pub struct Bounds {
    /// Times that begin before this and do not end before `from` are in question; whole days, by those that begin with `days_`.
    to: DateTime<Utc>,
    from: DateTime<Utc>,
    days_to: DateTime<Utc>,
    days_from: DateTime<Utc>,
    /// Short events do not begin earlier.
    short_from: DateTime<Utc>,
    /// Nor long ones: with a cursor, when the page before ended.
    long_from: DateTime<Utc>,
    /// What names exceptions, which are no further away from their own times, if they are not far.
    ids: (RecurrenceId, RecurrenceId),
}

impl Bounds {
    /// Those of a page that begins after this key.
    pub fn of(window: &Window, after: Option<&Key>) -> Self {
        let days_from = earlier(window.from, ASIDE);
        let days_to = later(window.to, ASIDE);
        let long_from = after.map_or(EARLIEST, |(start_at, _)| *start_at);
        let begins = days_from.max(long_from);
        Self {
            to: window.to,
            from: window.from,
            days_to,
            days_from,
            short_from: earlier(days_from, SHORT).max(long_from),
            long_from,
            // Days of whole days that clocks make longer are counted as days.
            ids: (
                RecurrenceId::of(earlier(begins, SHORT + ASIDE)),
                RecurrenceId::of(later(days_to, SHORT + ASIDE)),
            ),
        }
    }

    /// The binds of the statement on single events.
    pub fn of_singles(&self) -> [Bind<'static>; 6] {
        [
            ("to_at", self.to.into()),
            ("from_at", self.from.into()),
            ("days_to", self.days_to.into()),
            ("days_from", self.days_from.into()),
            ("short_from", self.short_from.into()),
            ("long_from", self.long_from.into()),
        ]
    }

    /// The binds of the statement on series.
    pub fn of_series(&self) -> [Bind<'static>; 6] {
        let (first, last) = self.ids;
        [
            ("days_to", self.days_to.into()),
            ("days_from", self.days_from.into()),
            ("first_id", first.0.into()),
            ("last_id", last.0.into()),
            ("least_id", RecurrenceId::of(EARLIEST).0.into()),
            ("greatest_id", RecurrenceId::of(LATEST).0.into()),
        ]
    }
}

/// The first microsecond of the year 1, and the last of 9999: Oracle takes no other years.
pub const EARLIEST: DateTime<Utc> = DateTime::from_timestamp_micros(-62_135_596_800_000_000).unwrap();
const LATEST: DateTime<Utc> = DateTime::from_timestamp_micros(253_402_300_799_999_999).unwrap();

pub fn earlier(instant: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    instant.checked_sub_signed(by).map_or(EARLIEST, |earlier| earlier.max(EARLIEST))
}

fn later(instant: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    instant.checked_add_signed(by).map_or(LATEST, |later| later.min(LATEST))
}
