use super::occurrence::touched;
use super::whole::{base, changed_values, repeating};
use super::{EventPatch, NoSuchOccurrence, Refused};
use crate::calendar::series::{RecurrenceId, Series, frame};
use crate::calendar::store::{NewEvent, StoredEvent, StoredSeries};
use crate::http::{Change, Error};

/// What becomes of an event that is changed from an occurrence on.
pub enum Split {
    /// It is the first occurrence: the whole event.
    Whole,
    /// The event up to there, and a new one from there on.
    Two(Box<(StoredEvent, NewEvent)>),
}

/// An event that a patch changes from an occurrence on.
///
/// # Errors
/// A 404 on `occurrence`; a 400 on what is wrong with the patch, where the new event has it.
pub fn change_following(event: &StoredEvent, id: RecurrenceId, patch: &EventPatch) -> Result<Split, Error> {
    let stored = event.series.as_ref().ok_or(NoSuchOccurrence)?;
    let series = &stored.series;
    series.find(id).ok_or(NoSuchOccurrence)?;
    if is_first(series, id) {
        return Ok(Split::Whole);
    }
    let halves = series
        .split(id, &event.values)
        .ok_or_else(|| Refused::of("occurrence", "No series can begin here"))?;
    let given = series.given(id).values(&event.values);
    let values = changed_values(&given, patch)?;
    let time_zone = patch.time_zone.clone().over(event.time_zone().cloned());
    let zone = frame(values.start_at, values.is_all_day, time_zone.as_ref(), &event.owner_zone);
    let mut following = halves.following;
    // What the first one has for itself gives way to what is said of it and all others now.
    if let Some(first) = following.exceptions.get_mut(&id) {
        first.changes = std::mem::take(&mut first.changes).without(&patch.changes);
    }
    following.exceptions.retain(|_, exception| !exception.is_none());
    let moved = following.moved_to(base(&values, zone)?);
    let following = match &patch.recurrence {
        Change::Keep => Some(moved),
        Change::Clear => None,
        Change::Set(lines) => repeating(moved, lines)?,
    };
    let calendar = patch.calendar.or(event.calendar());
    let after = NewEvent { values, time_zone, calendar, uid: None, series: following };
    Ok(Split::Two(Box::new((cut(event, halves.before), after))))
}

/// The event with this series alone.
pub fn cut(event: &StoredEvent, before: Series) -> StoredEvent {
    let series = Some(StoredSeries { series: before, is_stale: false, ends_at: None });
    touched(StoredEvent { series, ..event.clone() }, true)
}

/// Whether no occurrence takes its place in the series before this one.
pub fn is_first(series: &Series, id: RecurrenceId) -> bool {
    id.start() <= crate::time::instant(series.start.instant())
}
