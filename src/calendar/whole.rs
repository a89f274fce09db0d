use std::borrow::Cow;

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

use super::event::Event;
use super::event_id::EventId;
use super::series::Occurrence;
use super::sharing::{Access, Person, Shared};
use super::store::{StoredEvent, uid};
use super::values::{Categories, Reminders, ShowAs, Status, Values, Visibility};
use crate::time;

/// An event with all that it has, or one of its occurrences: the documented members, then where it is, then what is set.
#[derive(Clone, Serialize, ToSchema)]
pub struct WholeEvent<'r> {
    #[serde(flatten)]
    #[schema(inline)]
    pub event: Event<'r>,
    /// The calendar that it is in. Left out of an event that was shared without its calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, minimum = 1, example = 1)]
    pub calendar_id: Option<i64>,
    /// Names it in all calendars of the world (RFC 5545, section 3.8.4.7).
    #[schema(value_type = String, example = "1@6f1c2c0e-0f3e-4d53-9e2c-9a1f0c5b7a10")]
    pub uid: Cow<'r, str>,
    /// The time zone in which it is meant, by its name in the tz database. Without one that is UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false, example = "Europe/Berlin")]
    pub time_zone: Option<Cow<'r, str>>,
    /// How it repeats: lines of RFC 5545, RRULE, RDATE and EXDATE. An occurrence has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<String>, required = false, example = json!(["RRULE:FREQ=WEEKLY;BYDAY=MO"]))]
    pub recurrence: Option<Vec<String>>,
    /// Of an occurrence, which one it is: when the series has it begin, whenever it does.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "occurrence")]
    #[schema(value_type = String, required = false, format = DateTime, example = "2025-12-15T09:00:00Z")]
    pub occurrence: Option<DateTime<Utc>>,
    /// Confirmed, where it says nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub status: Option<Status>,
    /// Busy, where it says nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub show_as: Option<ShowAs>,
    /// Public, where it says nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub visibility: Option<Visibility>,
    /// Where there is more of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false, format = "uri", example = "https://example.com/agenda")]
    pub url: Option<Cow<'r, str>>,
    /// What it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<String>, required = false, example = json!(["Work"]))]
    pub categories: Option<Cow<'r, Categories>>,
    /// When to be reminded of it. Nothing rings yet: they are kept and served.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<super::values::Reminder>, required = false)]
    pub reminders: Option<Cow<'r, Reminders>>,
    /// What one may do with it, where it is somebody else's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub access: Option<Access>,
    /// Whose it is, where it is somebody else's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Person, required = false)]
    pub owner: Option<Cow<'r, Person>>,
    /// The zone whose dates it takes, where it takes the whole of its days. Clients tell it by the times.
    #[serde(skip)]
    #[schema(ignore)]
    pub zone_of_days: Option<TimeZone>,
}

fn occurrence<S: serde::Serializer>(
    instant: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => time::serialize(instant, serializer),
        None => serializer.serialize_none(),
    }
}

/// What is the same of an event and of all its occurrences.
#[derive(Clone, Copy)]
pub struct Place<'r> {
    /// CALENDAR_EVENTS.ID.
    pub id: i64,
    /// The calendar that it is in, where its reader sees that.
    pub calendar_id: Option<i64>,
    /// Its UID.
    pub uid: &'r str,
    /// The zone in which it is meant.
    pub time_zone: Option<&'r str>,
}

impl<'r> WholeEvent<'r> {
    /// The event as its reader sees it, who may be another than its owner. What is busy to them shows when time is taken and how
    /// surely (FBTYPE of RFC 5545, section 3.2.9), and nothing else: not even its UID, which others can have given it.
    pub fn seen_by(self, shared: Option<&'r Shared>, database: &str) -> Self {
        let Some(shared) = shared else { return self };
        let seen = self.seen_with(shared.access, database);
        let calendar_id = seen.calendar_id.filter(|_| shared.has_calendar);
        Self { calendar_id, owner: Some(Cow::Borrowed(&shared.owner)), ..seen }
    }

    /// The event as whoever has it shared so sees it.
    pub fn seen_with(self, access: Access, database: &str) -> Self {
        let access = access.to(self.visibility);
        if access != Access::Busy {
            return Self { access: Some(access), ..self };
        }
        let Self { event, .. } = self;
        Self {
            event: Event {
                title: Cow::Borrowed("Busy"),
                description: None,
                location: None,
                color: None,
                ..event
            },
            uid: uid(EventId(event.id), database).into(),
            time_zone: None,
            recurrence: None,
            visibility: None,
            url: None,
            categories: None,
            reminders: None,
            access: Some(access),
            ..self
        }
    }

    /// An event as it is kept; of a series its first occurrence.
    pub fn of_stored(stored: &'r StoredEvent, database: &str) -> Self {
        let own = stored.details.as_ref().map(|details| Cow::Borrowed(&*details.uid));
        let uid = own.unwrap_or_else(|| uid(stored.id, database).into());
        let frame = stored.frame(&stored.values, stored.time_zone());
        Self {
            zone_of_days: stored.values.is_all_day.then(|| frame.rules()),
            uid,
            ..Self::of(
                &stored.values,
                Place {
                    id: stored.id.0,
                    calendar_id: stored.calendar().map(|calendar| calendar.0),
                    uid: "",
                    time_zone: stored.time_zone().map(|zone| zone.as_str()),
                },
            )
        }
    }

    /// An event that says this of itself, at this place.
    pub fn of(values: &'r Values, place: Place<'r>) -> Self {
        Self {
            event: Event {
                id: place.id,
                title: Cow::Borrowed(&values.title),
                description: values.description.as_deref().map(Cow::Borrowed),
                start_at: values.start_at,
                end_at: values.end_at,
                is_all_day: values.is_all_day,
                location: values.location.as_deref().map(Cow::Borrowed),
                color: values.color.as_deref().map(Cow::Borrowed),
            },
            calendar_id: place.calendar_id,
            uid: Cow::Borrowed(place.uid),
            time_zone: place.time_zone.map(Cow::Borrowed),
            recurrence: None,
            occurrence: None,
            status: values.status,
            show_as: values.show_as,
            visibility: values.visibility,
            url: values.url.as_deref().map(Cow::Borrowed),
            categories: values.categories.as_ref().map(Cow::Borrowed),
            reminders: values.reminders.as_ref().map(Cow::Borrowed),
            access: None,
            owner: None,
            zone_of_days: None,
        }
    }
}

/// The text of an event, or of one of its occurrences, as its reader sees it. `None`: it is in a default calendar of theirs
/// that is yet to be made.
///
/// # Errors
/// The serializer's own, which no event gives.
pub fn text_of(
    stored: &StoredEvent,
    occurrence: Option<&Occurrence<'_>>,
    database: &str,
) -> Result<Option<String>, serde_json::Error> {
    let calendar = stored.calendar().map(|calendar| calendar.0);
    let shared = stored.shared.as_ref();
    if calendar.is_none() && shared.is_none() {
        return Ok(None);
    }
    let own = stored.details.as_ref().map(|details| Cow::Borrowed(&*details.uid));
    let uid = own.unwrap_or_else(|| uid(stored.id, database).into());
    let place = Place {
        id: stored.id.0,
        calendar_id: calendar,
        uid: &uid,
        time_zone: stored.time_zone().map(|zone| zone.as_str()),
    };
    let text = match occurrence {
        None => {
            let lines = stored.series.as_ref().map(|stored| stored.series.lines());
            let recurrence = lines.filter(|lines| !lines.is_empty());
            let whole = WholeEvent { recurrence, ..WholeEvent::of(&stored.values, place) };
            serde_json::to_string(&whole.seen_by(shared, database))
        }
        Some(occurrence) => {
            let values = occurrence.values(&stored.values);
            let occurrence = Some(occurrence.id.start());
            let whole = WholeEvent { occurrence, ..WholeEvent::of(&values, place) };
            serde_json::to_string(&whole.seen_by(shared, database))
        }
    };
    text.map(Some)
}
