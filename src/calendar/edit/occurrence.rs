use super::whole::changed_values;
use super::{EventPatch, NoSuchOccurrence, Refused};
use crate::calendar::series::{Exception, RecurrenceId};
use crate::calendar::store::StoredEvent;
use crate::calendar::values::Changes;
use crate::http::Error;

/// An event whose one occurrence a patch changes.
///
/// # Errors
/// A 404 on `occurrence`; a 400 on what only a whole event can have, or that is wrong of this occurrence.
pub fn change_occurrence(
    event: &StoredEvent,
    id: RecurrenceId,
    patch: &EventPatch,
) -> Result<StoredEvent, Error> {
    for (field, is_given) in
        [("recurrence", patch.recurrence.is_given()), ("calendar_id", patch.calendar.is_some())]
    {
        if is_given {
            return Err(Refused::of(field, "Is the whole event's: no single occurrence has one").into());
        }
    }
    let mut event = event.clone();
    let stored = event.series.as_mut().ok_or(NoSuchOccurrence)?;
    let series = &mut stored.series;
    let occurrence = series.find(id).ok_or(NoSuchOccurrence)?;
    let given = series.given(id).values(&event.values);
    let values = changed_values(&occurrence.values(&event.values), patch)?;
    let is_added = occurrence.exception.is_some_and(|exception| exception.is_added);
    let exception = Exception { is_added, is_excluded: false, changes: Changes::between(&given, &values) };
    match exception.is_none() {
        true => drop(series.exceptions.remove(&id)),
        false => drop(series.exceptions.insert(id, exception)),
    }
    Ok(touched(event, true))
}

/// The event, once more written.
pub fn touched(mut event: StoredEvent, has_moved: bool) -> StoredEvent {
    if let Some(details) = &mut event.details {
        details.revision += 1;
        details.sequence += i64::from(has_moved);
    }
    event
}
