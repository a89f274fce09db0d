//! Events that repeat: what they are, apart from where they are kept.

mod bounds;
mod exception;
mod frame;
mod lines;
mod occurrences;
mod shift;
mod span;
mod split;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use recurrence::{Rule, Start};

pub use bounds::{Bounds, SHORT};
pub use exception::{Exception, RecurrenceId};
pub use frame::{frame, is_midnight};
pub use occurrences::Occurrence;
pub use span::Span;

use super::values::Values;
use crate::time::{ZoneName, timestamp};

/// An event that repeats: its first occurrence, the rule, and the occurrences that are not as the rule has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The zone of its local times.
    pub zone: ZoneName,
    /// Its first occurrence (DTSTART), which counts even where it is excluded.
    pub start: Start,
    /// How long each occurrence is that says nothing else.
    pub span: Span,
    /// `None`: there are only the first and those that were added.
    pub rule: Option<Rule>,
    /// The rule's last start, where that is known: then a rule with COUNT need not be counted.
    pub last_start: Option<DateTime<Utc>>,
    /// Those that are added, excluded or changed.
    pub exceptions: BTreeMap<RecurrenceId, Exception>,
}

impl Series {
    /// That of an event with these times, in this zone, without a rule or exceptions.
    ///
    /// # Errors
    /// For a person: where no series can begin.
    pub fn new(values: &Values, zone: ZoneName) -> Result<Self, String> {
        let start = Start::at(timestamp(values.start_at), zone.rules(), values.is_all_day)?;
        let span = Span::of(values, &start);
        Ok(Self { zone, start, span, rule: None, last_start: None, exceptions: BTreeMap::new() })
    }
}
