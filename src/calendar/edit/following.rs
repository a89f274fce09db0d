use super::occurrence::touched;
use super::whole::{change_whole, changed_values};
use super::{EventPatch, NoSuchOccurrence, Refused};
use crate::calendar::series::{RecurrenceId, Series};
use crate::calendar::store::{NewEvent, StoredEvent, StoredSeries, private_occurrences};
use crate::http::Error;
use crate::time::instant;

/// What becomes of an event that is changed.
#[derive(Debug)]
pub enum Changed {
    /// It is this now.
    One(Box<StoredEvent>),
    /// It is this up to an occurrence, and from there on there is a new one.
    Two(Box<StoredEvent>, Box<NewEvent>),
}

impl Changed {
    /// How many private occurrences there are then.
    pub fn private_occurrences(&self) -> usize {
        match self {
            Self::One(event) => event.private_occurrences(),
            Self::Two(before, new) => {
                before.private_occurrences() + new.series.as_ref().map_or(0, private_occurrences)
            }
        }
    }
}

/// An event that a patch changes from an occurrence on. Where no occurrence is before that, it stays the same event.
///
/// # Errors
/// A 404 on `occurrence`; a 400 on what is wrong with the patch, where the new event has it.
pub fn change_following(
    event: &StoredEvent,
    id: RecurrenceId,
    patch: &EventPatch,
    database: &str,
) -> Result<Changed, Error> {
    let stored = event.series.as_ref().ok_or(NoSuchOccurrence)?;
    stored.series.find(id).ok_or(NoSuchOccurrence)?;
    let halves = stored.series.split(id).map_err(|why| Refused::of("occurrence", why))?;
    let mut rest = with_times_of(event, halves.following);
    let begins_with_it = rest.values.start_at == id.start();
    let (named, mut patch) = (&patch.changes, patch.clone());
    if !begins_with_it {
        // The rule gives no such start: what would move is none of its.
        let given = stored.series.given(id).values(&event.values);
        let changed = changed_values(&given, &patch)?;
        if (changed.start_at, changed.end_at) != (given.start_at, given.end_at) {
            let why = "An occurrence that was added is moved by itself: the rule does not give it";
            return Err(Refused::of("start_at", why).into());
        }
        (patch.changes.start_at, patch.changes.end_at) = Default::default();
    }
    // What the first one has for itself gives way to what is said of it and all others now.
    if let Some(stored) = &mut rest.series
        && let Some(first) = stored.series.exceptions.get_mut(&id)
    {
        first.changes = std::mem::take(&mut first.changes).without(named);
        stored.series.exceptions.retain(|_, exception| !exception.is_none());
    }
    let mut after = change_whole(&rest, &patch, database)?;
    if let Some(before) = halves.before {
        let calendar = patch.calendar.value().copied().or(event.calendar());
        let time_zone = after.time_zone().cloned();
        let series = after.series.map(|stored| stored.series);
        let new = NewEvent { values: after.values, time_zone, calendar, uid: None, series };
        return Ok(Changed::Two(Box::new(cut(event, before)), Box::new(new)));
    }
    if let (Some(before), Some(after)) = (&event.details, &mut after.details) {
        after.sequence = before.sequence + 1;
    }
    Ok(Changed::One(Box::new(after)))
}

/// The event with its occurrences before another alone.
pub fn cut(event: &StoredEvent, before: Series) -> StoredEvent {
    touched(with_times_of(event, before), true)
}

/// The event with this series, whose first occurrence is its own.
fn with_times_of(event: &StoredEvent, series: Series) -> StoredEvent {
    let mut event = event.clone();
    let begins = series.start.instant();
    if instant(begins) != event.values.start_at {
        event.values.start_at = instant(begins);
        event.values.end_at = instant(series.span.end(begins, &series.start));
    }
    event.series = Some(StoredSeries { series, is_stale: false, ends_at: None });
    event
}
