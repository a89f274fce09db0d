use chrono::{DateTime, Utc};

use crate::calendar::calendars::CalendarId;
use crate::calendar::series::Along;
use crate::calendar::values::{Categories, Changes, Reminders, ShowAs, Status, Visibility};
use crate::http::{Body, Change, Error, Fields, REQUIRED};
use crate::text::{Bounded, Url};
use crate::time::{self, Time, ZoneName};

/// What is to change of an event: the body of a POST, PUT or PATCH.
#[derive(Debug, Clone, Default)]
pub struct EventPatch {
    /// Of what each occurrence has, too.
    pub changes: Changes,
    /// The zone in which the event is meant.
    pub time_zone: Change<ZoneName>,
    /// Its lines of RFC 5545.
    pub recurrence: Change<Vec<String>>,
    /// The calendar that it is in. There is always one: `Clear` is said of an event that is new alone.
    pub calendar: Change<CalendarId>,
    /// Its UID, which stays as it was when the event was made.
    pub uid: Change<String>,
    /// Its RRULE alone, where no lines are given: RDATE and EXDATE stay. No body says so.
    pub rule: Option<String>,
    /// What moves along with its times. No body says so.
    pub along: Along,
}

impl EventPatch {
    /// Whether the body names a member that the documented ones do not have.
    pub fn names_more(&self) -> bool {
        let Changes { status, show_as, visibility, url, categories, reminders, .. } = &self.changes;
        self.time_zone.is_given()
            || self.recurrence.is_given()
            || self.rule.is_some()
            || self.calendar.is_given()
            || self.uid.is_given()
            || status.is_given()
            || show_as.is_given()
            || visibility.is_given()
            || url.is_given()
            || categories.is_given()
            || reminders.is_given()
    }

    /// Reads the body of a POST or PUT: a documented member that is left out becomes empty, a new one stays.
    ///
    /// # Errors
    /// A 400 on every field that is wrong.
    pub fn read_whole(body: &Body) -> Result<Self, Error> {
        let mut fields = body.fields();
        let mut patch = Self { time_zone: zone(&mut fields), ..Self::default() };
        let title = fields.required("title", Bounded::<255>::parse);
        let start_at = fields.required("start_at", |text| read_time(&text, &patch.time_zone));
        let end_at = fields.required("end_at", |text| read_time(&text, &patch.time_zone));
        let is_all_day = fields.boolean("is_all_day").unwrap_or(false);
        let description = fields.optional("description", Bounded::<2000>::parse);
        let location = fields.optional("location", Bounded::<255>::parse);
        let color = fields.optional("color", Bounded::<32>::parse);
        if let (Some(start_at), Some(end_at)) = (start_at, end_at)
            && end_at < start_at
        {
            fields.refuse("end_at", "Must not be before start_at");
        }
        patch.changes.description = given(description.map(Bounded::into_string));
        patch.changes.location = given(location.map(Bounded::into_string));
        patch.changes.color = given(color.map(Bounded::into_string));
        patch.changes.is_all_day = Change::Set(is_all_day);
        patch.read_more(&mut fields);
        let built = title.zip(start_at.zip(end_at)).map(|(title, (start_at, end_at))| {
            patch.changes.title = Change::Set(title.into_string());
            patch.changes.start_at = Change::Set(start_at);
            patch.changes.end_at = Change::Set(end_at);
            patch
        });
        fields.finish(built)
    }

    /// Reads the body of a PATCH, a merge patch (RFC 7396).
    ///
    /// # Errors
    /// A 400 on every field that is wrong.
    pub fn read(body: &Body) -> Result<Self, Error> {
        let mut fields = body.fields();
        let mut patch = Self { time_zone: zone(&mut fields), ..Self::default() };
        let zone = &patch.time_zone;
        let changes = &mut patch.changes;
        changes.title = fields
            .change("title", |fields, name| fields.optional(name, Bounded::<255>::parse))
            .map(Bounded::into_string);
        changes.start_at =
            fields.change("start_at", |fields, name| fields.optional(name, |text| read_time(&text, zone)));
        changes.end_at =
            fields.change("end_at", |fields, name| fields.optional(name, |text| read_time(&text, zone)));
        for (member, is_cleared) in [
            ("title", changes.title == Change::Clear),
            ("start_at", changes.start_at == Change::Clear),
            ("end_at", changes.end_at == Change::Clear),
        ] {
            if is_cleared {
                fields.refuse(member, REQUIRED);
            }
        }
        if let (Some(start_at), Some(end_at)) = (changes.start_at.value(), changes.end_at.value())
            && end_at < start_at
        {
            fields.refuse("end_at", "Must not be before start_at");
        }
        changes.is_all_day = match fields.change("is_all_day", Fields::boolean) {
            Change::Clear => Change::Set(false),
            change => change,
        };
        changes.description = fields
            .change("description", |fields, name| fields.optional(name, Bounded::<2000>::parse))
            .map(Bounded::into_string);
        changes.location = fields
            .change("location", |fields, name| fields.optional(name, Bounded::<255>::parse))
            .map(Bounded::into_string);
        changes.color = fields
            .change("color", |fields, name| fields.optional(name, Bounded::<32>::parse))
            .map(Bounded::into_string);
        patch.read_more(&mut fields);
        fields.finish(Some(patch))
    }

    /// Reads the members that the documented bodies do not have.
    fn read_more(&mut self, fields: &mut Fields<'_>) {
        let changes = &mut self.changes;
        changes.status = unless_default(
            fields.change("status", |fields, name| fields.optional(name, |text| Status::parse(&text))),
            Status::Confirmed,
        );
        changes.show_as = unless_default(
            fields.change("show_as", |fields, name| fields.optional(name, |text| ShowAs::parse(&text))),
            ShowAs::Busy,
        );
        changes.visibility = unless_default(
            fields
                .change("visibility", |fields, name| fields.optional(name, |text| Visibility::parse(&text))),
            Visibility::Public,
        );
        changes.url =
            fields.change("url", |fields, name| fields.optional(name, Url::parse)).map(Url::into_string);
        changes.categories =
            fields.change("categories", |fields, name| fields.texts(name, Categories::parse).flatten());
        changes.reminders =
            fields.change("reminders", |fields, name| fields.list(name, Reminders::parse).flatten());
        self.recurrence = fields
            .change("recurrence", |fields, name| fields.texts(name, Ok).filter(|lines| !lines.is_empty()));
        self.calendar = fields.change("calendar_id", |fields, name| fields.integer(name, CalendarId::parse));
        self.uid = fields
            .change("uid", |fields, name| fields.optional(name, Bounded::<1000>::parse))
            .map(Bounded::into_string);
    }
}

fn zone(fields: &mut Fields<'_>) -> Change<ZoneName> {
    fields.change("time_zone", |fields, name| fields.optional(name, |text| ZoneName::parse(&text)))
}

/// A time without an offset is one of the zone that the body names, else in UTC.
fn read_time(text: &str, zone: &Change<ZoneName>) -> Result<DateTime<Utc>, String> {
    match (time::parse_local(text)?, zone.value()) {
        (Time::Local(local), Some(zone)) => time::in_zone(local, zone),
        (time, _) => Ok(time.utc()),
    }
}

fn given<T>(value: Option<T>) -> Change<T> {
    value.map_or(Change::Clear, Change::Set)
}

/// What is so by itself is not kept.
fn unless_default<T: PartialEq>(change: Change<T>, default: T) -> Change<T> {
    if change == Change::Set(default) { Change::Clear } else { change }
}
