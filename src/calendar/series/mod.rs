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
use jiff::Timestamp;
use jiff::civil::Time;
use recurrence::{Rule, Start, instant as instant_of};

pub use bounds::{Bounds, SHORT};
pub use exception::{Exception, RecurrenceId};
pub use frame::{frame, frame_kept, is_midnight};
pub use occurrences::Occurrence;
pub use recurrence::MAX_EXCEPTIONS;
pub use shift::Along;
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
        Self::beginning(values, zone, values.is_all_day)
    }

    /// The same with a rule that was read before. What is not for whole days, as what comes each hour, is of times although
    /// the event is all-day by now, for which somebody else has seen.
    ///
    /// # Errors
    /// For a person: where no series can begin, or the rule cannot be read.
    pub fn with_rule(values: &Values, zone: ZoneName, rule: Option<&str>) -> Result<Self, String> {
        let mut series = Self::new(values, zone.clone())?;
        let Some(text) = rule else { return Ok(series) };
        let rule = match Rule::parse_known(text, &series.start) {
            Err(_) if values.is_all_day => {
                series = Self::beginning(values, zone, false)?;
                Rule::parse_known(text, &series.start)
            }
            read => read,
        };
        series.rule = Some(rule?);
        Ok(series)
    }

    fn beginning(values: &Values, zone: ZoneName, is_date: bool) -> Result<Self, String> {
        let at = timestamp(values.start_at);
        // A day that clocks make begin later than at midnight begins at midnight none the less: so do the days after it.
        let time = if is_date { Time::midnight() } else { zone.rules().to_datetime(at).time() };
        let start = start_at(at, time, &zone, is_date)?;
        let span = Span::between(start.instant(), timestamp(values.end_at), &start);
        Ok(Self { zone, start, span, rule: None, last_start: None, exceptions: BTreeMap::new() })
    }

    /// Whether there is room for one exception more.
    pub fn is_full(&self) -> bool {
        self.exceptions.len() >= MAX_EXCEPTIONS
    }
}

/// Where a series begins whose occurrences are at this time of day, also where clocks make this one begin later.
fn start_at(at: Timestamp, time: Time, zone: &ZoneName, is_date: bool) -> Result<Start, String> {
    let rules = zone.rules();
    let local = rules.to_datetime(at).date().to_datetime(time);
    match instant_of(local, &rules) == Ok(at) {
        true => Start::new(local, rules, is_date),
        false => Start::at(at, rules, is_date),
    }
}
