use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{Body, Error};
use crate::text::Bounded;
use crate::time::{self, IsoTime};

/// An event of the calendar.
#[derive(Serialize, ToSchema)]
pub struct Event<'r> {
    /// Names it among all events, and is never given to another.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// Without blanks around it.
    #[schema(value_type = String, example = "Team Meeting")]
    pub title: Cow<'r, str>,
    /// What it is about.
    #[schema(required, value_type = Option<String>, example = "Weekly sync")]
    pub description: Option<Cow<'r, str>>,
    /// In UTC; six fractional digits where they are not zero.
    #[schema(value_type = String, format = DateTime, example = "2025-12-06T10:00:00Z")]
    #[serde(serialize_with = "time::serialize")]
    pub start_at: DateTime<Utc>,
    /// In UTC; six fractional digits where they are not zero.
    #[schema(value_type = String, format = DateTime, example = "2025-12-06T11:00:00Z")]
    #[serde(serialize_with = "time::serialize")]
    pub end_at: DateTime<Utc>,
    /// Whether it takes the whole of its days.
    #[schema(example = false)]
    pub is_all_day: bool,
    /// Where it is.
    #[schema(required, value_type = Option<String>, example = "Conference Room A")]
    pub location: Option<Cow<'r, str>>,
    /// As the client that wrote it spells colours.
    #[schema(required, value_type = Option<String>, example = "#FF5733")]
    pub color: Option<Cow<'r, str>>,
}

/// An event to add, or to put into another's place. Its lengths are the columns'.
#[derive(ToSchema)]
#[schema(example = json!({
    "title": "Team Meeting",
    "description": "Weekly sync",
    "start_at": "2025-12-06T10:00:00Z",
    "end_at": "2025-12-06T11:00:00Z",
    "is_all_day": false,
    "location": "Conference Room A",
    "color": "#FF5733",
}))]
pub struct EventDraft {
    /// At most 255 bytes in UTF-8; blanks around it do not count, and it must not be blank.
    #[schema(value_type = String, min_length = 1, max_length = 255, example = "Team Meeting")]
    pub title: Bounded<255>,
    /// At most 2,000 bytes in UTF-8; blanks around it do not count.
    #[schema(value_type = Option<String>, max_length = 2000, example = "Weekly sync")]
    pub description: Option<Bounded<2000>>,
    #[schema(value_type = IsoTime)]
    pub start_at: DateTime<Utc>,
    /// As `start_at`, and not before it.
    #[schema(value_type = IsoTime)]
    pub end_at: DateTime<Utc>,
    #[schema(value_type = Option<bool>, default = false, example = false)]
    pub is_all_day: bool,
    /// At most 255 bytes in UTF-8; blanks around it do not count.
    #[schema(value_type = Option<String>, max_length = 255, example = "Conference Room A")]
    pub location: Option<Bounded<255>>,
    /// At most 32 bytes in UTF-8; blanks around it do not count.
    #[schema(value_type = Option<String>, max_length = 32, example = "#FF5733")]
    pub color: Option<Bounded<32>>,
}

impl EventDraft {
    /// Reads the body of a POST or PUT.
    ///
    /// # Errors
    /// A 400 on every field that is wrong.
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
