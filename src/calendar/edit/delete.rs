use super::following::cut;
use super::occurrence::{except, touched};
use super::{NoSuchOccurrence, Refused};
use crate::calendar::series::{Exception, RecurrenceId};
use crate::calendar::store::StoredEvent;
use crate::http::Error;

/// What a deletion leaves of an event.
#[derive(Debug, PartialEq)]
pub enum Deleted {
    /// Nothing.
    All,
    /// This.
    But(Box<StoredEvent>),
}

impl Deleted {
    /// How many private occurrences are left.
    pub fn private_occurrences(&self) -> usize {
        match self {
            Self::All => 0,
            Self::But(event) => event.private_occurrences(),
        }
    }
}

/// An event without one of its occurrences: without the last one that takes place nothing is left.
///
/// # Errors
/// A 404 on `occurrence`; a 400 where there are too many exceptions.
pub fn delete_occurrence(event: &StoredEvent, id: RecurrenceId) -> Result<Deleted, Error> {
    let mut event = event.clone();
    let stored = event.series.as_mut().ok_or(NoSuchOccurrence)?;
    let series = &mut stored.series;
    series.find(id).ok_or(NoSuchOccurrence)?;
    // One that was added alone is not there any more without it.
    let had = series.exceptions.remove(&id);
    if series.find(id).is_some() {
        // There was room for what it had.
        let gone = Exception { is_excluded: true, ..Exception::default() };
        match had {
            Some(_) => drop(series.exceptions.insert(id, gone)),
            None => except(series, id, gone)?,
        }
    }
    Ok(left(touched(event, true)))
}

/// An event up to before one of its occurrences.
///
/// # Errors
/// A 404 on `occurrence`.
pub fn delete_following(event: &StoredEvent, id: RecurrenceId) -> Result<Deleted, Error> {
    let stored = event.series.as_ref().ok_or(NoSuchOccurrence)?;
    stored.series.find(id).ok_or(NoSuchOccurrence)?;
    let halves = stored.series.split(id).map_err(|why| Refused::of("occurrence", why))?;
    Ok(halves.before.map_or(Deleted::All, |before| left(cut(event, before))))
}

fn left(mut event: StoredEvent) -> Deleted {
    match &event.series {
        Some(stored) if !stored.series.takes_place() => Deleted::All,
        Some(stored) if stored.series.rule.is_none() && stored.series.exceptions.is_empty() => {
            event.series = None;
            Deleted::But(Box::new(event))
        }
        _ => Deleted::But(Box::new(event)),
    }
}
