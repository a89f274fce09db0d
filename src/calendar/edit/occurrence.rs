use super::whole::changed_values;
use super::{EventPatch, NoSuchOccurrence, Refused};
use crate::calendar::series::{Exception, RecurrenceId, Series};
use crate::calendar::store::StoredEvent;
use crate::calendar::values::{Changes, Values};
use crate::http::{Change, Error};

/// An event whose one occurrence a patch changes.
///
/// # Errors
/// A 404 on `occurrence`; a 400 on what only a whole event can have, or that is wrong of this occurrence.
pub fn change_occurrence(
    event: &StoredEvent,
    id: RecurrenceId,
    patch: &EventPatch,
) -> Result<StoredEvent, Error> {
    let mut changed = event.clone();
    let stored = changed.series.as_mut().ok_or(NoSuchOccurrence)?;
    let series = &mut stored.series;
    let occurrence = series.find(id).ok_or(NoSuchOccurrence)?;
    only_its_own(event, patch)?;
    let before = occurrence.values(&event.values);
    let values = changed_values(&before, patch)?;
    let is_added = occurrence.exception.is_some_and(|exception| exception.is_added);
    let changes = own(&series.given(id).values(&event.values), &values);
    except(series, id, Exception { is_added, is_excluded: false, changes })?;
    let has_moved = (before.start_at, before.end_at, before.is_all_day)
        != (values.start_at, values.end_at, values.is_all_day);
    Ok(touched(changed, has_moved))
}

/// What an occurrence has for itself. Where it begins at another time its end is its own, too: it is what its person saw.
fn own(given: &Values, values: &Values) -> Changes {
    let mut changes = Changes::between(given, values);
    if changes.start_at.is_given() {
        changes.end_at = Change::Set(values.end_at);
    }
    changes
}

/// Puts an exception in its place: nothing is kept of what is as the series has it.
///
/// # Errors
/// There are too many.
pub fn except(series: &mut Series, id: RecurrenceId, exception: Exception) -> Result<(), Refused> {
    if exception.is_none() {
        series.exceptions.remove(&id);
    } else if series.is_full() && !series.exceptions.contains_key(&id) {
        return Err(Refused::of("occurrence", "The series has as many exceptions as there can be"));
    } else {
        series.exceptions.insert(id, exception);
    }
    Ok(())
}

/// Refuses what an occurrence cannot have for itself, but lets pass what it has of its event: a client may send all that it
/// has read. A zone can be that of the times in the body.
fn only_its_own(event: &StoredEvent, patch: &EventPatch) -> Result<(), Refused> {
    let calendar = patch.calendar.value().copied();
    let zone = patch.time_zone.clone().over(event.time_zone().cloned());
    for (field, is_other) in [
        ("recurrence", patch.recurrence.value().is_some()),
        ("calendar_id", calendar.is_some_and(|calendar| Some(calendar) != event.calendar())),
        ("time_zone", zone.as_ref() != event.time_zone() && !patch.changes.has_time()),
    ] {
        if is_other {
            return Err(Refused::of(field, "Is the whole event's: no single occurrence has one"));
        }
    }
    Ok(())
}

/// The event, once more written.
pub fn touched(mut event: StoredEvent, has_moved: bool) -> StoredEvent {
    if let Some(details) = &mut event.details {
        details.revision += 1;
        details.sequence += i64::from(has_moved);
    }
    event
}
