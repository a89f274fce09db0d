use utoipa::ToSchema;

use crate::calendar::event::Event;
use crate::calendar::sharing::{Access, Person};
use crate::calendar::values::{Reminder, ShowAs, Status, Visibility};

/// An event as a list shows it. What comes behind its first eight members is there in a list by `from` and `to` alone:
/// `calendar_id` and `uid` always, the rest where it is set.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct ListedEvent {
    #[serde(flatten)]
    event: Event<'static>,
    /// The calendar that it is in. Left out of an event that was shared without its calendar.
    #[schema(required = false, nullable = false, minimum = 1, example = 1)]
    calendar_id: i64,
    /// Names it in all calendars of the world (RFC 5545, section 3.8.4.7).
    #[schema(required = false, nullable = false, example = "1@6f1c2c0e-0f3e-4d53-9e2c-9a1f0c5b7a10")]
    uid: String,
    /// The time zone in which it is meant, by its name in the tz database.
    #[schema(required = false, nullable = false, example = "Europe/Berlin")]
    time_zone: String,
    /// Of an occurrence of a series, which one it is: when the series has it begin, whenever it does.
    #[schema(required = false, nullable = false, format = DateTime, example = "2025-12-15T09:00:00Z")]
    occurrence: String,
    /// Confirmed, where it says nothing else.
    #[schema(required = false, nullable = false)]
    status: Status,
    /// Busy, where it says nothing else.
    #[schema(required = false, nullable = false)]
    show_as: ShowAs,
    /// Public, where it says nothing else.
    #[schema(required = false, nullable = false)]
    visibility: Visibility,
    /// Where there is more of it.
    #[schema(required = false, nullable = false, format = "uri", example = "https://example.com/agenda")]
    url: String,
    /// What it belongs to.
    #[schema(required = false, nullable = false, example = json!(["Work"]))]
    categories: Vec<String>,
    /// When to be reminded of it. Nothing rings yet: they are kept and served.
    #[schema(required = false, nullable = false)]
    reminders: Vec<Reminder>,
    /// What one may do with it, where it is somebody else's.
    #[schema(required = false, nullable = false)]
    access: Access,
    /// Whose it is, where it is somebody else's.
    #[schema(required = false, nullable = false)]
    owner: Person,
}
