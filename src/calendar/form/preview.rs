use chrono::{DateTime, Utc};

use crate::auth::UserId;
use crate::calendar::edit::{
    Changed, EventPatch, change_following, change_throughout, change_whole, new_event,
};
use crate::calendar::event_id::EventId;
use crate::calendar::routes::{Target, find_event};
use crate::calendar::series::Series;
use crate::calendar::store::DatabaseName;
use crate::db::Db;
use crate::http::Error;
use crate::time::ZoneName;

/// The next occurrences of a series that is not written yet.
#[derive(Debug)]
pub struct Upcoming {
    /// When they begin and end.
    pub times: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Whether there are more.
    pub has_more: bool,
    /// The zone of its local times.
    pub zone: ZoneName,
    /// Whether it is of whole days.
    pub is_of_days: bool,
    /// Its lines of RFC 5545.
    pub lines: Vec<String>,
}

/// So many occurrences of an event that is to be, from a time on. `None`: it does not repeat.
///
/// # Errors
/// A 400 on what is wrong with it.
pub fn preview_new(
    patch: &EventPatch,
    owner_zone: &ZoneName,
    (from, most): (DateTime<Utc>, usize),
) -> Result<Option<Upcoming>, Error> {
    let series = new_event(patch, owner_zone)?.series;
    Ok(series.map(|series| upcoming(&series, from, most)))
}

/// The same of an event that a patch is to change.
///
/// # Errors
/// A 404 on `id` or `occurrence`, a 400 on what is wrong with it; a 503 where the database does not answer.
pub async fn preview_change(
    db: &Db,
    name: &DatabaseName,
    user: UserId,
    (id, target): (EventId, Target),
    patch: &EventPatch,
    (from, most): (DateTime<Utc>, usize),
) -> Result<Option<Upcoming>, Error> {
    let database = name.get(db).await?;
    let event = find_event(db, user, id).await?;
    let stored = match target {
        Target::Whole => change_whole(&event, patch, &database)?.series,
        Target::Occurrence(id) | Target::Throughout(id) => {
            change_throughout(&event, id, patch, &database)?.series
        }
        Target::Following(id) => match change_following(&event, id, patch, &database)? {
            Changed::One(event) => event.series,
            Changed::Two(_, new) => return Ok(new.series.map(|series| upcoming(&series, from, most))),
        },
    };
    Ok(stored.map(|stored| upcoming(&stored.series, from, most)))
}

fn upcoming(series: &Series, from: DateTime<Utc>, most: usize) -> Upcoming {
    let mut times = series.upcoming(from, most + 1);
    let has_more = times.len() > most;
    times.truncate(most);
    let is_of_days = series.start.is_date();
    Upcoming { times, has_more, zone: series.zone.clone(), is_of_days, lines: series.lines() }
}
