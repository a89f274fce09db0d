use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::error::Error;
use crate::http::{Body, Bounded};
use crate::time;

/// An event as it goes out.
#[derive(Serialize)]
pub struct Event {
    pub id: i64,
    pub title: String,
    pub description: Option<String>,
    #[serde(serialize_with = "time::serialize")]
    pub start_at: DateTime<Utc>,
    #[serde(serialize_with = "time::serialize")]
    pub end_at: DateTime<Utc>,
    pub is_all_day: bool,
    pub location: Option<String>,
    pub color: Option<String>,
}

/// An event as it comes in, its fields in order. Lengths are the columns'.
pub struct EventDraft {
    pub title: Bounded<255>,
    pub description: Option<Bounded<2000>>,
    pub start_at: DateTime<Utc>,
    pub end_at: DateTime<Utc>,
    pub is_all_day: bool,
    pub location: Option<Bounded<255>>,
    pub color: Option<Bounded<32>>,
}

impl EventDraft {
    /// Reads the body of a POST or PUT.
    ///
    /// # Errors
    /// `Error::Invalid`, with every field that is wrong.
    pub fn read(body: &Body) -> Result<Self, Error> {
        let mut fields = body.fields();
        let title = fields.required("title", Bounded::parse);
        let start_at = fields.required("start_at", |text| time::parse(&text));
        let end_at = fields.required("end_at", |text| time::parse(&text));
        let is_all_day = fields.boolean("is_all_day").unwrap_or(false);
        let description = fields.optional("description", Bounded::parse);
        let location = fields.optional("location", Bounded::parse);
        let color = fields.optional("color", Bounded::parse);
        if let (Some(start_at), Some(end_at)) = (start_at, end_at)
            && end_at < start_at
        {
            fields.refuse("end_at", "Must not be before start_at");
        }
        let built = title.zip(start_at.zip(end_at)).map(|(title, (start_at, end_at))| Self {
            title,
            description,
            start_at,
            end_at,
            is_all_day,
            location,
            color,
        });
        fields.finish(built)
    }
}
