use chrono::{DateTime, TimeDelta, Utc};
use recurrence::Last;

use super::Series;
use crate::time::instant;

/// Between which times a series lies, moved occurrences too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// None begins earlier.
    pub begins_at: DateTime<Utc>,
    /// None ends later; `None`: it goes on for ever.
    pub ends_at: Option<DateTime<Utc>>,
    /// The last start that the rule gives; `None`: it goes on for ever, or there is no rule.
    pub last_start: Option<DateTime<Utc>>,
}

/// Ranges read events up to this length by their start.
pub const SHORT: TimeDelta = TimeDelta::days(31);

impl Series {
    /// Computes them: of a rule with COUNT it takes as long as to count.
    pub fn bounds(&self) -> Bounds {
        let last = match &self.rule {
            None => Some(self.start.instant()),
            Some(rule) => match rule.last(&self.start) {
                Last::At(last) => Some(last),
                Last::Open => None,
                Last::Nothing => Some(self.start.instant()),
            },
        };
        let own = last.map(|last| instant(self.span.end(last, &self.start)));
        let moved = self.exceptions.iter().map(|(id, exception)| self.exceptional(*id, exception));
        let (mut begins_at, mut ends_at) = (instant(self.start.instant()), own);
        for one in moved {
            begins_at = begins_at.min(one.start_at);
            ends_at = ends_at.map(|ends_at| ends_at.max(one.end_at));
        }
        let last_start = last.filter(|_| self.rule.is_some()).map(instant);
        Bounds { begins_at, ends_at, last_start }
    }

    /// Whether an exception is to be looked for apart from its recurrence id: its own time is further away, or longer, than ranges
    /// look for by it.
    pub fn is_far(&self, id: super::RecurrenceId, exception: &super::Exception) -> bool {
        if !exception.changes.start_at.is_given() && !exception.changes.end_at.is_given() {
            return false;
        }
        let one = self.exceptional(id, exception);
        let given = id.start();
        let away = (one.start_at - given).abs().max((one.end_at - given).abs());
        away > SHORT
    }
}
