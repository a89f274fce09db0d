//! What is right: lists of occurrences, changed one by one.

use chrono::{DateTime, TimeDelta, Utc};
use jiff::civil::{Date, Time};
use recurrence::instant as instant_of;

use crate::calendar::store::StoredEvent;
use crate::time::{ZoneName, instant, timestamp};

/// An occurrence: what it shows, and which of that it has for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub id: DateTime<Utc>,
    pub title: String,
    pub has_title: bool,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub has_start: bool,
    pub has_end: bool,
    /// Of an RDATE.
    pub is_added: bool,
}

/// An event: what all have that says nothing else, and all of them that begin before a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub title: String,
    pub zone: ZoneName,
    pub length: TimeDelta,
    /// Whether each takes one whole day, however long that is.
    pub is_of_days: bool,
    pub list: Vec<Seen>,
}

/// Days of the model's window: those of its occurrences that begin later are left out.
pub const LAST_DAY: Date = jiff::civil::date(2025, 6, 1);

impl Model {
    /// What an event shows by now.
    pub fn of(event: &StoredEvent) -> Self {
        let series = &event.series.as_ref().unwrap().series;
        let to = event.values.start_at.max("2025-06-05T00:00:00Z".parse().unwrap()) + TimeDelta::days(1);
        let mut list: Vec<_> = series
            .occurrences_within(DateTime::<Utc>::MIN_UTC, to)
            .filter(|one| day(one.id.start(), &series.zone) < LAST_DAY)
            .map(|one| {
                let found = series.find(one.id).unwrap();
                assert_eq!((found.start_at, found.end_at), (one.start_at, one.end_at));
                let shown = one.values(&event.values);
                let changes = one.exception.map(|exception| exception.changes.clone()).unwrap_or_default();
                Seen {
                    id: one.id.start(),
                    title: shown.title,
                    has_title: changes.title.is_given(),
                    start: one.start_at,
                    end: one.end_at,
                    has_start: changes.start_at.is_given(),
                    has_end: changes.end_at.is_given(),
                    is_added: one.exception.is_some_and(|exception| exception.is_added),
                }
            })
            .collect();
        list.sort_by_key(|seen| seen.id);
        let (title, zone) = (event.values.title.clone(), series.zone.clone());
        let (length, is_of_days) = (event.values.end_at - event.values.start_at, event.values.is_all_day);
        Self { title, zone, length, is_of_days, list }
    }

    pub fn rename(&mut self, title: &str) {
        self.title = title.to_owned();
        for seen in self.list.iter_mut().filter(|seen| !seen.has_title) {
            seen.title = title.to_owned();
        }
    }

    /// All begin at this time of the day, on the days on which they are.
    pub fn begin_at(&mut self, time: Time) {
        for seen in &mut self.list {
            let (own, from) = (seen.end - seen.start, seen.id);
            seen.id = on(day(from, &self.zone), time, &self.zone);
            if !seen.has_start {
                seen.start = seen.id;
                seen.end = seen.id + if seen.has_end { own } else { self.length };
            }
        }
    }

    fn end(&self, id: DateTime<Utc>) -> DateTime<Utc> {
        match self.is_of_days {
            true => on(day(id, &self.zone).tomorrow().unwrap(), Time::midnight(), &self.zone),
            false => id + self.length,
        }
    }

    pub fn one(&mut self, id: DateTime<Utc>) -> &mut Seen {
        self.list.iter_mut().find(|seen| seen.id == id).unwrap()
    }

    /// An occurrence is called so, and moved by so much; with a length of its own, if one is said.
    pub fn change(&mut self, id: DateTime<Utc>, title: Option<&str>, times: Option<(TimeDelta, TimeDelta)>) {
        let (series_title, end) = (self.title.clone(), self.end(id));
        let seen = self.one(id);
        if let Some(title) = title {
            seen.title = title.to_owned();
        }
        if let Some((by, long)) = times {
            (seen.start, seen.end) = (id + by, id + by + long);
        }
        seen.has_title = seen.title != series_title;
        seen.has_start = seen.start != id;
        seen.has_end = seen.has_start || seen.end != end;
    }

    /// What is before an occurrence, and what is from it on.
    pub fn split(self, id: DateTime<Utc>) -> (Self, Self) {
        let (before, following) = self.list.iter().cloned().partition(|seen| seen.id < id);
        (Self { list: before, ..self.clone() }, Self { list: following, ..self })
    }
}

pub fn day(at: DateTime<Utc>, zone: &ZoneName) -> Date {
    zone.rules().to_datetime(timestamp(at)).date()
}

pub fn on(day: Date, time: Time, zone: &ZoneName) -> DateTime<Utc> {
    instant(instant_of(day.to_datetime(time), &zone.rules()).unwrap())
}
