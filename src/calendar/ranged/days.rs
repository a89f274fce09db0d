use chrono::{DateTime, Utc};
use jiff::civil::{self, Date};
use jiff::tz::TimeZone;

use crate::calendar::series::is_midnight;
use crate::time::timestamp;

/// The dates of an event of whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    first: Date,
    /// The day after the last one; `None`: there is none in the calendar.
    after: Option<Date>,
}

impl Days {
    /// Those of the event in its zone: an end at midnight after the start is the end itself, any other is within the last day.
    pub fn of(start_at: DateTime<Utc>, end_at: DateTime<Utc>, zone: &TimeZone) -> Self {
        let [first, end] = [start_at, end_at].map(|instant| zone.to_datetime(timestamp(instant)).date());
        match end > first && is_midnight(end_at, zone) {
            true => Self { first, after: Some(end) },
            false => Self { first, after: end.max(first).tomorrow().ok() },
        }
    }

    /// When they begin on the clock of whoever reads of them.
    pub fn begin(self) -> civil::DateTime {
        self.first.to_datetime(civil::Time::midnight())
    }

    /// When they end on it.
    pub fn end(self) -> civil::DateTime {
        self.after.map_or(civil::DateTime::MAX, |after| after.to_datetime(civil::Time::midnight()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{ZoneName, parse};

    #[test]
    fn an_end_at_midnight_is_the_end_and_any_other_is_within_the_last_day() {
        for (zone, start_at, end_at, begin, end) in [
            ("UTC", "2025-12-06", "2025-12-07", "2025-12-06", "2025-12-07"),
            ("UTC", "2025-12-06", "2025-12-06", "2025-12-06", "2025-12-07"),
            ("UTC", "2025-12-06", "2025-12-06T23:59:59", "2025-12-06", "2025-12-07"),
            ("UTC", "2025-12-06", "2025-12-07T00:00:00.000001", "2025-12-06", "2025-12-08"),
            ("UTC", "2025-12-06T10:00", "2025-12-06T10:00", "2025-12-06", "2025-12-07"),
            ("Asia/Tokyo", "2025-12-05T15:00", "2025-12-06T15:00", "2025-12-06", "2025-12-07"),
            ("America/Santiago", "2025-09-06T04:00", "2025-09-07T04:00", "2025-09-06", "2025-09-07"),
            ("UTC", "9999-12-30", "9999-12-30", "9999-12-30", "9999-12-31"),
        ] {
            let rules = ZoneName::parse(zone).unwrap().rules();
            let days = Days::of(parse(start_at).unwrap(), parse(end_at).unwrap(), &rules);
            let [begin, end] = [begin, end].map(|day| day.parse::<Date>().unwrap().at(0, 0, 0, 0));
            assert_eq!((days.begin(), days.end()), (begin, end), "{start_at} to {end_at} in {zone}");
        }
    }
}
