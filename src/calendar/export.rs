use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use super::event::Event;
use super::store;
use super::values::Changes;
use crate::export::Part;
use crate::http::Change;
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
    /// Where it has anything new.
    #[serde(flatten)]
    pub details: Option<ExportedDetails>,
    /// Where it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<ExportedSeries>,
}

/// A row of EVENT_DETAILS.
#[derive(Serialize)]
pub struct ExportedDetails {
    pub calendar_id: i64,
    pub uid: String,
    pub name: String,
    pub sequence: i64,
    pub revision: i64,
    pub time_zone: Option<String>,
    pub status: Option<String>,
    pub show_as: Option<String>,
    pub visibility: Option<String>,
    pub url: Option<String>,
    pub categories: Option<Value>,
    pub reminders: Option<Value>,
}

/// A row of EVENT_SERIES. It ends with the event where it says nothing of an end.
#[derive(Serialize)]
pub struct ExportedSeries {
    pub rule: Option<String>,
    pub time_zone: String,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub start_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub end_at: Option<DateTime<Utc>>,
    pub is_all_day: bool,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub last_start_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub begins_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "time::serialize_with_offset")]
    pub ends_at: Option<DateTime<Utc>>,
}

/// A row of EVENT_EXCEPTIONS: of `changes` there is what the occurrence has for itself.
#[derive(Serialize)]
pub struct ExportedException {
    pub event_id: i64,
    #[serde(serialize_with = "time::serialize")]
    pub occurrence: DateTime<Utc>,
    pub is_added: bool,
    pub is_excluded: bool,
    pub changes: Map<String, Value>,
}

#[derive(Serialize)]
struct At(#[serde(serialize_with = "time::serialize")] DateTime<Utc>);

/// What is said of each member; `null` of one that was cleared.
pub fn members(changes: &Changes) -> Map<String, Value> {
    fn add<T: Serialize>(members: &mut Map<String, Value>, name: &str, change: &Change<T>) {
        if change.is_given() {
            // Texts, numbers and lists of them are always JSON.
            members.insert(name.to_owned(), serde_json::to_value(change.value()).unwrap_or_default());
        }
    }
    let mut members = Map::new();
    add(&mut members, "title", &changes.title);
    add(&mut members, "description", &changes.description);
    add(&mut members, "start_at", &changes.start_at.clone().map(At));
    add(&mut members, "end_at", &changes.end_at.clone().map(At));
    add(&mut members, "is_all_day", &changes.is_all_day);
    add(&mut members, "location", &changes.location);
    add(&mut members, "color", &changes.color);
    add(&mut members, "status", &changes.status);
    add(&mut members, "show_as", &changes.show_as);
    add(&mut members, "visibility", &changes.visibility);
    add(&mut members, "url", &changes.url);
    add(&mut members, "categories", &changes.categories);
    add(&mut members, "reminders", &changes.reminders);
    members
}

/// What the feature knows of a person. Ids begin with 1.
pub fn parts() -> [Part; 2] {
    [
        Part::list("events", 0, store::export_events),
        Part::list("event_exceptions", (0, i64::MIN), store::export_exceptions),
    ]
}
