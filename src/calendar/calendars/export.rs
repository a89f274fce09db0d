use chrono::{DateTime, Utc};
use serde::Serialize;

use super::calendar::Calendar;
use super::queries;
use crate::export::Part;
use crate::time;

/// A calendar, as its person takes it along.
#[derive(Serialize)]
pub struct ExportedCalendar {
    #[serde(flatten)]
    pub calendar: Calendar,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub created_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// A person's own calendars. Ids begin with 1.
pub fn part() -> Part {
    Part::list("calendars", 0, queries::export_calendars)
}
