use std::iter;

use chrono::{DateTime, Utc};

use super::{EventPatch, Refused};
use crate::calendar::calendars::CalendarId;
use crate::calendar::series::{Along, Series, frame};
use crate::calendar::store::{Details, NewEvent, StoredEvent, StoredSeries, resource, uid};
use crate::calendar::values::Values;
use crate::http::Change;
use crate::time::ZoneName;

/// An event that is to be, as its body says.
///
/// # Errors
/// What is wrong with its recurrence.
pub fn new_event(patch: &EventPatch, owner_zone: &ZoneName) -> Result<NewEvent, Refused> {
    let nothing = Values {
        title: String::new(),
        description: None,
        start_at: DateTime::<Utc>::UNIX_EPOCH,
        end_at: DateTime::<Utc>::UNIX_EPOCH,
        is_all_day: false,
        location: None,
        color: None,
        status: None,
        show_as: None,
        visibility: None,
        url: None,
        categories: None,
        reminders: None,
    };
    let values = patch.changes.applied_to(&nothing);
    let time_zone = patch.time_zone.value().cloned();
    let zone = frame(values.start_at, values.is_all_day, time_zone.as_ref(), owner_zone);
    let series = match patch.recurrence.value() {
        Some(lines) => repeating(base(&values, zone)?, lines)?,
        None => None,
    };
    let (calendar, uid) = (patch.calendar.value().copied(), patch.uid.value().cloned());
    Ok(NewEvent { values, time_zone, calendar, uid, series })
}

/// An event, and all occurrences where it repeats, as a patch makes it of what it is.
///
/// # Errors
/// What is wrong with the patch, where that event has it.
pub fn change_whole(event: &StoredEvent, patch: &EventPatch, database: &str) -> Result<StoredEvent, Refused> {
    let values = changed_values(&event.values, patch)?;
    let time_zone = patch.time_zone.clone().over(event.time_zone().cloned());
    let zone = event.frame(&values, time_zone.as_ref());
    let kept = event.series.as_ref().map(|stored| &stored.series);
    let moved = |kept: Option<&Series>, zone| {
        kept.map(|kept| kept.moved_to(&values, zone, patch.along)).transpose().map_err(no_series)
    };
    // The exceptions are there whatever becomes of the rule, and where that moves is nothing to them.
    let without_rule = || kept.map(|kept| Series { rule: None, last_start: None, ..kept.clone() });
    let series = match (&patch.recurrence, &patch.rule) {
        (Change::Clear, _) => None,
        (Change::Keep, None) => moved(kept, zone)?,
        (Change::Keep, Some(rule)) => {
            let kept = moved(without_rule().as_ref(), zone.clone())?;
            let others = kept.as_ref().map(Series::lines).unwrap_or_default();
            let lines: Vec<_> = iter::once(format!("RRULE:{rule}")).chain(others).collect();
            let exceptions = kept.map(|kept| kept.exceptions).unwrap_or_default();
            repeating(Series { exceptions, ..base(&values, zone)? }, &lines)?
        }
        (Change::Set(lines), _) => {
            let kept = match patch.along {
                Along::TimeOfDay => moved(kept, zone.clone())?,
                Along::Days => moved(without_rule().as_ref(), zone.clone())?,
            };
            let exceptions = kept.map(|kept| kept.exceptions).unwrap_or_default();
            repeating(Series { exceptions, ..base(&values, zone)? }, lines)?
        }
    };
    let has_days = values.is_all_day && !event.values.is_all_day;
    if has_days && series.as_ref().is_some_and(|series| !series.start.is_date()) {
        return Err(Refused::of("is_all_day", "The rule of the event is not for whole days"));
    }
    let has_moved = (values.start_at, values.end_at, values.is_all_day)
        != (event.values.start_at, event.values.end_at, event.values.is_all_day)
        || series.as_ref().map(Series::lines) != kept.map(Series::lines)
        || series.as_ref().map(|series| &series.zone) != kept.map(|kept| &kept.zone);
    let calendar = patch.calendar.value().copied();
    let is_beside = event.details.is_some()
        || values.is_beside()
        || time_zone.is_some()
        || series.is_some()
        || calendar.is_some_and(|calendar| Some(calendar) != event.default_calendar);
    let details = match (is_beside, calendar.or(event.calendar())) {
        (true, Some(calendar)) => {
            Some(Details { calendar, time_zone, ..details_of(event, has_moved, database, calendar) })
        }
        _ => None,
    };
    let series = series.map(|series| StoredSeries { series, is_stale: false, ends_at: None });
    Ok(StoredEvent { values, details, series, ..event.clone() })
}

/// The values with a patch applied.
///
/// # Errors
/// Where the end would be before the start.
pub fn changed_values(values: &Values, patch: &EventPatch) -> Result<Values, Refused> {
    let values = patch.changes.applied_to(values);
    match values.end_at < values.start_at {
        true => Err(Refused::of("end_at", "Must not be before start_at")),
        false => Ok(values),
    }
}

fn details_of(event: &StoredEvent, has_moved: bool, database: &str, calendar: CalendarId) -> Details {
    let details = event.details.clone().unwrap_or_else(|| Details {
        calendar,
        uid: uid(event.id, database),
        name: resource(event.id),
        sequence: 0,
        revision: 0,
        time_zone: None,
    });
    let (sequence, revision) = (details.sequence + i64::from(has_moved), details.revision + 1);
    Details { sequence, revision, ..details }
}

/// A series of an event with these values.
///
/// # Errors
/// Where none can begin.
fn base(values: &Values, zone: ZoneName) -> Result<Series, Refused> {
    Series::new(values, zone).map_err(no_series)
}

fn no_series(why: String) -> Refused {
    Refused::of("start_at", why)
}

/// The series with these lines; `None` where they say that it does not repeat.
///
/// # Errors
/// What is wrong with the lines.
fn repeating(mut series: Series, lines: &[String]) -> Result<Option<Series>, Refused> {
    let refused = |why: String| Refused::of("recurrence", why);
    match series.take_lines(lines).map_err(refused)? {
        false => Ok(None),
        true if series.takes_place() => Ok(Some(series)),
        true => Err(refused("There must be an occurrence that takes place".into())),
    }
}
