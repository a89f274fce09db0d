use chrono::{DateTime, Utc};
use serde::Serialize;

use super::event::Event;
use super::queries;
use crate::export::Part;
use crate::time;

/// An event, as its person takes it along.
#[derive(Serialize)]
pub struct ExportedEvent<'r> {
    #[serde(flatten)]
    pub event: Event<'r>,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub created_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// What the feature knows of a person. Ids begin with 1.
pub fn part() -> Part {
    Part::list("events", 0, queries::export_events)
}
