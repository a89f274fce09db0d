use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::values::{Reminder, ShowAs, Status, Visibility};
use crate::time::{self, IsoTime, ZoneName};

/// An event of the calendar.
#[derive(Clone, Serialize, ToSchema)]
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
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct EventDraft {
    /// At most 255 bytes in UTF-8; blanks around it do not count, and it must not be blank.
    #[schema(min_length = 1, max_length = 255, example = "Team Meeting")]
    title: String,
    /// At most 2,000 bytes in UTF-8; blanks around it do not count.
    #[schema(max_length = 2000, example = "Weekly sync")]
    description: Option<String>,
    start_at: IsoTime,
    /// As `start_at`, and not before it.
    end_at: IsoTime,
    #[schema(default = false, example = false)]
    is_all_day: Option<bool>,
    /// At most 255 bytes in UTF-8; blanks around it do not count.
    #[schema(max_length = 255, example = "Conference Room A")]
    location: Option<String>,
    /// At most 32 bytes in UTF-8; blanks around it do not count.
    #[schema(max_length = 32, example = "#FF5733")]
    color: Option<String>,
    #[serde(flatten)]
    #[schema(inline)]
    more: MoreMembers,
}

/// What is to change of an event: a merge patch ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396)) of its members.
#[derive(ToSchema)]
#[schema(as = EventPatch, example = json!({"title": "Team Meeting", "location": null}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct EventPatchBody {
    /// At most 255 bytes in UTF-8; blanks around it do not count, and it must not be blank.
    #[schema(required = false, nullable = false, min_length = 1, max_length = 255)]
    title: String,
    /// At most 2,000 bytes in UTF-8.
    #[schema(max_length = 2000)]
    description: Option<String>,
    #[schema(required = false, nullable = false)]
    start_at: IsoTime,
    /// Not before `start_at`, as it is or will be.
    #[schema(required = false, nullable = false)]
    end_at: IsoTime,
    is_all_day: Option<bool>,
    /// At most 255 bytes in UTF-8.
    #[schema(max_length = 255)]
    location: Option<String>,
    /// At most 32 bytes in UTF-8.
    #[schema(max_length = 32)]
    color: Option<String>,
    #[serde(flatten)]
    #[schema(inline)]
    more: MoreMembers,
}

/// The members that an event can have beyond the first eight.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct MoreMembers {
    /// One of one's own calendars: the default one where an event that is new names none.
    #[schema(minimum = 1)]
    calendar_id: Option<i64>,
    /// At most 1,000 bytes, of an event that is new: one of our own where it is left out.
    #[schema(max_length = 1000)]
    uid: Option<String>,
    /// The time zone in which the event is meant, and of the times of this body that have no offset.
    time_zone: Option<ZoneName>,
    /// How it repeats: lines of RFC 5545, RRULE (once), RDATE and EXDATE.
    #[schema(example = json!(["RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE:20251215T090000Z"]))]
    recurrence: Option<Vec<String>>,
    status: Option<Status>,
    show_as: Option<ShowAs>,
    visibility: Option<Visibility>,
    /// http or https, at most 2,000 bytes.
    #[schema(max_length = 2000, example = "https://example.com/agenda")]
    url: Option<String>,
    categories: Option<Vec<String>>,
    /// At most 20.
    #[schema(max_items = 20)]
    reminders: Option<Vec<Reminder>>,
}
