//! Changes of events, beside a model that keeps lists of occurrences.

mod model;
mod moves;
mod random;
mod throughout;

use super::EventPatch;
use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::calendar::series::{RecurrenceId, Series};
use crate::calendar::store::{Details, StoredEvent, StoredSeries};
use crate::calendar::values::Values;
use crate::http::Change;
use crate::time::{self, ZoneName};

fn zone(name: &str) -> ZoneName {
    ZoneName::parse(name).unwrap()
}

fn at(text: &str) -> chrono::DateTime<chrono::Utc> {
    time::parse(text).unwrap()
}

fn id(text: &str) -> RecurrenceId {
    RecurrenceId::of(at(text))
}

fn values(start_at: &str, end_at: &str, is_all_day: bool) -> Values {
    Values {
        title: "Series".into(),
        description: None,
        start_at: at(start_at),
        end_at: at(end_at),
        is_all_day,
        location: None,
        color: None,
        status: None,
        show_as: None,
        visibility: None,
        url: None,
        categories: None,
        reminders: None,
    }
}

/// A series of this event in a zone, with these lines.
fn event(values: Values, name: &str, lines: &[&str]) -> StoredEvent {
    let mut series = Series::new(&values, zone(name)).unwrap();
    let lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
    assert_eq!(series.take_lines(&lines), Ok(true));
    let calendar = CalendarId(1);
    let time_zone = (!values.is_all_day).then(|| zone(name));
    let (uid, name) = ("1@test".into(), "1.ics".into());
    StoredEvent {
        id: EventId(1),
        user: UserId(1),
        values,
        details: Some(Details { calendar, uid, name, sequence: 0, revision: 1, time_zone }),
        series: Some(StoredSeries { series, is_stale: false, ends_at: None }),
        default_calendar: Some(calendar),
        owner_zone: ZoneName::default(),
        shared: None,
    }
}

/// When the occurrences begin and end that begin before a time.
fn times(event: &StoredEvent, before: &str) -> Vec<(String, String)> {
    let series = &event.series.as_ref().unwrap().series;
    let mut found: Vec<_> = series
        .occurrences_within(at("1000-01-01"), at(before))
        .map(|one| (one.start_at, one.end_at))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(start, end)| (shown(start), shown(end))).collect()
}

fn shown(at: chrono::DateTime<chrono::Utc>) -> String {
    at.format("%m-%dT%H:%M").to_string()
}

fn starts(event: &StoredEvent, before: &str) -> Vec<String> {
    times(event, before).into_iter().map(|(start, _)| start).collect()
}

fn moved(start_at: &str, end_at: &str) -> EventPatch {
    let mut patch = EventPatch::default();
    patch.changes.start_at = Change::Set(at(start_at));
    patch.changes.end_at = Change::Set(at(end_at));
    patch
}
