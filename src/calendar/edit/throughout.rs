use jiff::civil::Time;
use recurrence::Start;

use super::whole::{change_whole, changed_values};
use super::{EventPatch, NoSuchOccurrence, Refused};
use crate::calendar::series::{Along, RecurrenceId, Series, Span};
use crate::calendar::store::StoredEvent;
use crate::calendar::values::Values;
use crate::http::{Change, Error};
use crate::time::{ZoneName, instant, timestamp};

/// An event, all of whose occurrences are changed as a patch changes one of them: where that one goes to another day all go as
/// many days, where it goes to another time of day all begin then, and where its length changes all are as long. What that one
/// has for itself gives way to what is said of it and all others.
///
/// # Errors
/// A 404 on `occurrence`; a 400 on what is wrong with the patch, where that event has it.
pub fn change_throughout(
    event: &StoredEvent,
    id: RecurrenceId,
    patch: &EventPatch,
    database: &str,
) -> Result<StoredEvent, Error> {
    let mut event = event.clone();
    let stored = event.series.as_mut().ok_or(NoSuchOccurrence)?;
    let before = stored.series.find(id).ok_or(NoSuchOccurrence)?.values(&event.values);
    let series = stored.series.clone();
    if let Some(one) = stored.series.exceptions.get_mut(&id) {
        one.changes = std::mem::take(&mut one.changes).without(&patch.changes);
        stored.series.exceptions.retain(|_, exception| !exception.is_none());
    }
    let after = changed_values(&before, patch)?;
    let time_zone = patch.time_zone.clone().over(event.time_zone().cloned());
    let zone = event.frame(&after, time_zone.as_ref());
    let mut patch = EventPatch { along: Along::Days, ..patch.clone() };
    if patch.changes.has_time() || patch.changes.is_all_day.is_given() {
        let (start_at, end_at) = times(&series, &event.values, (&before, &after), &zone)
            .map_err(|why| Refused::of("start_at", why))?;
        patch.changes.start_at = Change::Set(start_at);
        patch.changes.end_at = Change::Set(end_at);
    }
    Ok(change_whole(&event, &patch, database)?)
}

type Times = (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>);

/// The times of the first occurrence, once another one is `after` in the place of `before`.
fn times(
    series: &Series,
    first: &Values,
    (before, after): (&Values, &Values),
    zone: &ZoneName,
) -> Result<Times, String> {
    let [old, new] = [(before, series.zone.rules()), (after, zone.rules())]
        .map(|(values, rules)| rules.to_datetime(timestamp(values.start_at)));
    let time = match (before.is_all_day, after.is_all_day) {
        (_, true) => Time::midnight(),
        (false, false) if old.time() == new.time() => series.start.local().time(),
        _ => new.time(),
    };
    let later = old.date().until(new.date()).map_err(|why| why.to_string())?;
    let date = series.start.local().date().checked_add(later).map_err(|why| why.to_string())?;
    let begin = Start::new(date.to_datetime(time), zone.rules(), after.is_all_day)?;
    let span = |values: &Values, start: &Start| {
        Span::between(timestamp(values.start_at), timestamp(values.end_at), start)
    };
    let spans = (span(before, &series.start), span(after, &begin));
    let length = match spans.0 == spans.1 {
        true => span(first, &series.start),
        false => spans.1,
    };
    Ok((instant(begin.instant()), instant(length.end(begin.instant(), &begin))))
}
