use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use jiff::civil::{self, Date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::calendar::{Access, Calendar, Days, ShowAs, Sink, Status, WholeEvent};
use crate::db::DbError;
use crate::page::color::Swatch;
use crate::time::timestamp;

/// Events and occurrences as they are read.
#[derive(Default)]
pub struct Taken(Vec<Raw>);

struct Raw {
    id: i64,
    occurrence: Option<DateTime<Utc>>,
    title: String,
    location: Option<String>,
    color: Option<String>,
    calendar: Option<i64>,
    start_at: DateTime<Utc>,
    end_at: DateTime<Utc>,
    days: Option<Days>,
    status: Option<Status>,
    is_free: bool,
    owner: Option<(i64, String)>,
    may_write: bool,
}

impl Sink for Taken {
    fn add(&mut self, event: &WholeEvent<'_>) -> Result<(), DbError> {
        let inner = &event.event;
        self.0.push(Raw {
            id: inner.id,
            occurrence: event.occurrence,
            title: inner.title.clone().into_owned(),
            location: inner.location.as_deref().map(str::to_owned),
            color: inner.color.as_deref().map(str::to_owned),
            calendar: event.calendar_id,
            start_at: inner.start_at,
            end_at: inner.end_at,
            days: event.zone_of_days.as_ref().map(|zone| Days::of(inner.start_at, inner.end_at, zone)),
            status: event.status,
            is_free: event.show_as == Some(ShowAs::Free),
            owner: event.owner.as_ref().map(|owner| (owner.id, owner.called().to_owned())),
            may_write: event.access.is_none_or(|access| access == Access::Write),
        });
        Ok(())
    }
}

/// An event, or an occurrence, as its reader's clocks show it.
pub struct Entry {
    pub id: i64,
    occurrence: Option<DateTime<Utc>>,
    pub title: String,
    pub location: Option<String>,
    /// What the calendar is called, where its reader sees that.
    pub calendar_name: Option<String>,
    pub swatch: Swatch,
    pub is_all_day: bool,
    pub start: Timestamp,
    pub end: Timestamp,
    /// When it begins on the clocks.
    pub begins: civil::DateTime,
    /// When it ends on them, exclusive.
    pub ends: civil::DateTime,
    status: Option<Status>,
    pub is_free: bool,
    /// Whose it is, where it is somebody else's.
    pub owner: Option<String>,
    pub may_write: bool,
}

impl Taken {
    /// As the clocks of a zone show them; of hidden calendars none.
    pub fn seen(self, zone: &TimeZone, calendars: &[Calendar], hidden: &[i64]) -> Vec<Entry> {
        let known: BTreeMap<i64, &Calendar> =
            calendars.iter().map(|calendar| (calendar.id, calendar)).collect();
        let is_shown = |raw: &Raw| raw.calendar.is_none_or(|calendar| !hidden.contains(&calendar));
        self.0.into_iter().filter(is_shown).map(|raw| Entry::of(raw, zone, &known)).collect()
    }
}

impl Entry {
    fn of(raw: Raw, zone: &TimeZone, calendars: &BTreeMap<i64, &Calendar>) -> Self {
        let calendar = raw.calendar.and_then(|id| calendars.get(&id));
        let color = raw.color.as_deref().or_else(|| calendar.and_then(|calendar| calendar.color.as_deref()));
        let by = raw.calendar.or(raw.owner.as_ref().map(|(id, _)| *id)).unwrap_or(0);
        let [start, end] = [raw.start_at, raw.end_at].map(timestamp);
        let (begins, ends) = match raw.days {
            Some(days) => (days.begin(), days.end()),
            None => (zone.to_datetime(start), zone.to_datetime(end)),
        };
        Self {
            id: raw.id,
            occurrence: raw.occurrence,
            title: raw.title,
            location: raw.location,
            calendar_name: calendar.map(|calendar| calendar.name.clone()),
            swatch: Swatch::of(color, by),
            is_all_day: raw.days.is_some(),
            start,
            end,
            begins,
            ends,
            status: raw.status,
            is_free: raw.is_free,
            owner: raw.owner.map(|(_, name)| name),
            may_write: raw.may_write,
        }
    }

    /// The first day that it is on.
    pub fn first(&self) -> Date {
        self.begins.date()
    }

    /// The last day that it is on: one that ends at midnight is not on the day after.
    pub fn last(&self) -> Date {
        let last = match self.ends.time() == civil::Time::midnight() && self.ends > self.begins {
            true => self.ends.date().checked_sub(1.day()).unwrap_or(self.ends.date()),
            false => self.ends.date(),
        };
        last.max(self.first())
    }

    /// Whether it is for several days, or for whole ones.
    pub fn is_bar(&self) -> bool {
        self.is_all_day || self.last() > self.first()
    }

    /// Where its page is.
    pub fn address(&self) -> String {
        match self.occurrence {
            Some(at) => {
                format!("/events/{}?occurrence={}", self.id, at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            }
            None => format!("/events/{}", self.id),
        }
    }

    /// The name of the occurrence, for modules; nothing where it is a single event.
    pub fn occurrence(&self) -> String {
        self.occurrence.map_or_else(String::new, |at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }

    /// When it begins and ends, as fields of a form have it: the first and the last date, where it is for whole days.
    pub fn written(&self) -> (String, String) {
        match self.is_all_day {
            true => (self.first().to_string(), self.last().to_string()),
            false => {
                let [begins, ends] =
                    [self.begins, self.ends].map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string());
                (begins, ends)
            }
        }
    }

    /// What it is of three looks: `tentative`, `cancelled`, or neither.
    pub fn status(&self) -> &'static str {
        match self.status {
            Some(Status::Tentative) => "tentative",
            Some(Status::Cancelled) => "cancelled",
            Some(Status::Confirmed) | None => "",
        }
    }
}
