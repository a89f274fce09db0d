use super::NoSuchOccurrence;
use super::following::{cut, is_first};
use super::occurrence::touched;
use crate::calendar::series::{Exception, RecurrenceId};
use crate::calendar::store::StoredEvent;

/// What a deletion leaves of an event.
#[derive(Debug, PartialEq)]
pub enum Deleted {
    /// Nothing.
    All,
    /// This.
    But(Box<StoredEvent>),
}

/// An event without one of its occurrences: without the last one that takes place nothing is left.
///
/// # Errors
/// There is no such occurrence.
pub fn delete_occurrence(event: &StoredEvent, id: RecurrenceId) -> Result<Deleted, NoSuchOccurrence> {
    let mut event = event.clone();
    let stored = event.series.as_mut().ok_or(NoSuchOccurrence)?;
    let series = &mut stored.series;
    series.find(id).ok_or(NoSuchOccurrence)?;
    series.exceptions.remove(&id);
    // One that was added alone is not there any more without it.
    if series.find(id).is_some() {
        series.exceptions.insert(id, Exception { is_excluded: true, ..Exception::default() });
    }
    Ok(left(event))
}

/// An event up to before one of its occurrences.
///
/// # Errors
/// There is no such occurrence.
pub fn delete_following(event: &StoredEvent, id: RecurrenceId) -> Result<Deleted, NoSuchOccurrence> {
    let stored = event.series.as_ref().ok_or(NoSuchOccurrence)?;
    stored.series.find(id).ok_or(NoSuchOccurrence)?;
    match stored.series.split(id, &event.values) {
        Some(halves) if !is_first(&stored.series, id) => Ok(left(cut(event, halves.before))),
        _ => Ok(Deleted::All),
    }
}

fn left(event: StoredEvent) -> Deleted {
    match event.series.as_ref().is_some_and(|stored| stored.series.takes_place()) {
        true => Deleted::But(Box::new(touched(event, true))),
        false => Deleted::All,
    }
}
