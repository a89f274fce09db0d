use chrono::{DateTime, Utc};

use crate::page::visitor::Visitor;
use crate::time::timestamp;

/// When something was.
pub struct Moment {
    /// As its person's clock and language have it.
    pub text: String,
    /// For programs.
    pub at: String,
}

impl Moment {
    /// As this visitor sees it.
    pub fn new(at: DateTime<Utc>, visitor: &Visitor) -> Self {
        let at = timestamp(at);
        let local = visitor.preferences.time_zone.rules().to_datetime(at);
        Self { text: visitor.words.moment(local), at: at.to_string() }
    }
}
