use chrono::{DateTime, Utc};

use crate::calendar::values::Changes;

/// The start that a series gives to an occurrence, in microseconds since 1970: it names the occurrence, also once that is
/// moved (RECURRENCE-ID: RFC 5545, section 3.8.4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecurrenceId(pub i64);

impl RecurrenceId {
    /// Of the occurrence that is to begin then.
    pub fn of(start: DateTime<Utc>) -> Self {
        Self(start.timestamp_micros())
    }

    /// When the occurrence is to begin.
    pub fn start(self) -> DateTime<Utc> {
        // What was read from a row is a time of chrono's, or of nobody's.
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// An occurrence that is not as the rule has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exception {
    /// The rule does not give it: RDATE.
    pub is_added: bool,
    /// It does not take place: EXDATE.
    pub is_excluded: bool,
    /// What it has for itself. In all else it is as the series, whatever becomes of that.
    pub changes: Changes,
}

impl Exception {
    /// Whether there is nothing exceptional about it.
    pub fn is_none(&self) -> bool {
        !self.is_added && !self.is_excluded && self.changes.is_empty()
    }
}
