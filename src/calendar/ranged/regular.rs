use chrono::{DateTime, Utc};
use jiff::Timestamp;

use super::Key;
use super::bounds::{EARLIEST, earlier};
use super::sheet::Sheet;
use super::window::{ASIDE, Window};
use crate::calendar::list::Sink;
use crate::calendar::series::{RecurrenceId, Series};
use crate::calendar::store::StoredEvent;
use crate::time::{instant, timestamp};

/// The occurrences of one series that are as its rule has them.
pub struct Regular<'s> {
    /// The series' event.
    pub event: &'s StoredEvent,
    series: &'s Series,
    starts: Box<dyn Iterator<Item = Timestamp> + 's>,
    /// When the occurrence ends that was found last.
    pub end_at: DateTime<Utc>,
}

impl<'s> Regular<'s> {
    /// Those that the range and the page can need: the rule is entered there.
    pub fn of<S: Sink + Default>(
        event: &'s StoredEvent,
        series: &'s Series,
        window: &Window,
        sheet: &Sheet<S>,
    ) -> Self {
        let (from, to) = match event.values.is_all_day {
            true => (earlier(window.from, ASIDE), window.to + ASIDE),
            false => (window.from, window.to),
        };
        let from = earlier(from, series.span.longest()).max(sheet.after());
        let (from, to) = (timestamp(from), timestamp(to));
        let starts: Box<dyn Iterator<Item = Timestamp> + 's> = match &series.rule {
            Some(rule) => {
                let last = series.last_start.map(timestamp);
                Box::new(rule.starts_from(&series.start, from, last).before(to))
            }
            None => {
                let start = Some(series.start.instant());
                Box::new(start.filter(|start| *start >= from && *start < to).into_iter())
            }
        };
        Self { event, series, starts, end_at: EARLIEST }
    }

    /// The next one that is to be shown.
    pub fn next<S: Sink + Default>(&mut self, window: &Window, sheet: &Sheet<S>) -> Option<Key> {
        let Self { event, series, starts, end_at } = self;
        starts.find_map(|start| {
            let id = start.as_microsecond();
            let key = (instant(start), (event.id.0, id));
            if series.exceptions.contains_key(&RecurrenceId(id)) || !sheet.begins_before(key) {
                return None;
            }
            *end_at = instant(series.span.end(start, &series.start));
            let holds = match event.values.is_all_day {
                true => window.holds_days(key.0, *end_at, series.start.zone()),
                false => window.holds(key.0, *end_at),
            };
            holds.then_some(key)
        })
    }
}
