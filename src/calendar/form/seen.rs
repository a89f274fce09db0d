use chrono::{DateTime, Utc};
use recurrence::{Rule, Start};

use crate::auth::UserId;
use crate::calendar::calendars::CalendarId;
use crate::calendar::event_id::EventId;
use crate::calendar::routes::{both, find_event, find_occurrence};
use crate::calendar::series::RecurrenceId;
use crate::calendar::sharing::{Access, Person};
use crate::calendar::shown::tag;
use crate::calendar::store::{DatabaseName, StoredEvent};
use crate::calendar::values::Values;
use crate::db::Db;
use crate::http::Error;
use crate::time::ZoneName;

/// An event, or one of its occurrences, as its reader sees it.
#[derive(Debug)]
pub struct SeenEvent {
    /// Which event.
    pub id: EventId,
    /// Which occurrence: when the series has it begin.
    pub occurrence: Option<DateTime<Utc>>,
    /// What it says of itself: its times alone, where the reader may know no more.
    pub values: Values,
    /// The zone in which it is meant, if it was given one.
    pub time_zone: Option<ZoneName>,
    /// The zone of the days that it takes, where it takes the whole of them.
    pub zone_of_days: ZoneName,
    /// How it repeats.
    pub series: Option<SeenSeries>,
    /// The calendar that it is in, where its reader sees that.
    pub calendar: Option<CalendarId>,
    /// What its reader may do with it; `None`: everything, it is theirs.
    pub access: Option<Access>,
    /// Whose it is, where it is somebody else's.
    pub owner: Option<Person>,
    /// The tag of the event and of the occurrence, together.
    pub tag: String,
}

/// How an event repeats.
#[derive(Debug)]
pub struct SeenSeries {
    /// Its first occurrence.
    pub start: Start,
    /// The zone of its local times.
    pub zone: ZoneName,
    /// `None`: it has added occurrences alone.
    pub rule: Option<Rule>,
    /// Its lines of RFC 5545.
    pub lines: Vec<String>,
    /// How many of a counted rule's occurrences are left, from the one that is seen on.
    pub left: Option<u32>,
}

/// Reads an event that a person sees, or one of its occurrences.
///
/// # Errors
/// A 404 on `id` or `occurrence`; a 503 where the database does not answer.
pub async fn find_seen(
    db: &Db,
    name: &DatabaseName,
    user: UserId,
    id: EventId,
    occurrence: Option<RecurrenceId>,
) -> Result<SeenEvent, Error> {
    let database = name.get(db).await?;
    let event = find_event(db, user, id).await?;
    let found = occurrence.map(|occurrence| find_occurrence(&event, occurrence)).transpose()?;
    let tag = tag(&both(&event, found.as_ref(), &database)?);
    let values = found.map_or_else(|| event.values.clone(), |found| found.values(&event.values));
    let access = event.shared.as_ref().map(|shared| shared.access.to(values.visibility));
    let is_busy = access == Some(Access::Busy);
    Ok(SeenEvent {
        id,
        occurrence: occurrence.map(RecurrenceId::start),
        zone_of_days: zone_of_days(&event, &values),
        time_zone: event.time_zone().filter(|_| !is_busy).cloned(),
        series: if is_busy { None } else { series(&event, occurrence) },
        calendar: event.seen_calendar(),
        access,
        owner: event.shared.map(|shared| shared.owner),
        values: if is_busy { busy(values) } else { values },
        tag,
    })
}

fn zone_of_days(event: &StoredEvent, values: &Values) -> ZoneName {
    match &event.series {
        Some(stored) if values.is_all_day && event.values.is_all_day => stored.series.zone.clone(),
        _ => event.frame(values, event.time_zone()),
    }
}

fn series(event: &StoredEvent, occurrence: Option<RecurrenceId>) -> Option<SeenSeries> {
    let series = &event.series.as_ref()?.series;
    let following = occurrence.and_then(|occurrence| series.split(occurrence).ok());
    let left = match following {
        Some(halves) => halves.following.rule.and_then(|rule| rule.count()),
        None => series.rule.as_ref().and_then(Rule::count),
    };
    let lines = series.lines();
    Some(SeenSeries {
        start: series.start.clone(),
        zone: series.zone.clone(),
        rule: series.rule.clone(),
        lines,
        left,
    })
}

/// When time is taken, and how surely.
fn busy(values: Values) -> Values {
    Values {
        title: "Busy".into(),
        description: None,
        location: None,
        color: None,
        visibility: None,
        url: None,
        categories: None,
        reminders: None,
        ..values
    }
}
