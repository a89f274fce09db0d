use chrono::{DateTime, Utc};
use serde_json::json;

use super::drawn::repeats_of;
use super::repeats::{self, Repeats, described, described_roughly};
use super::said::said_of;
use super::scope::Scope;
use super::times::Times;
use super::told::told;
use crate::calendar::{
    DatabaseName, Days, EventPatch, SeenEvent, SeenSeries, Upcoming, preview_change, preview_new,
};
use crate::db::Db;
use crate::http::{Body, Error};
use crate::page::filled::Filled;
use crate::page::visitor::Visitor;
use crate::page::words::Words;
use crate::time::timestamp;

/// How many dates are listed.
pub const LISTED: usize = 5;

/// The next dates of an event as a form has it, which is not written.
pub struct NextDates {
    /// Each with its time, where it has one.
    pub dates: Vec<String>,
    /// Whether there are more.
    pub has_more: bool,
    /// The rule in words.
    pub rule: Option<String>,
    /// Whether the first date is none that the rule gives.
    pub is_aside: bool,
    /// Its lines of RFC 5545.
    pub lines: Vec<String>,
    /// The language of the dates.
    pub locale: String,
}

impl NextDates {
    fn of(upcoming: Option<Upcoming>, repeats: &Repeats, times: &Times, words: &Words) -> Self {
        let locale = words.locale().to_owned();
        let mut all =
            Self { dates: vec![], has_more: false, rule: None, is_aside: false, lines: vec![], locale };
        let Some(upcoming) = upcoming else { return all };
        if let Repeats::By(every) = repeats {
            let first = times.start.date();
            (all.rule, all.is_aside) = (Some(described(every, first, words)), !every.gives(first));
        }
        all.dates = upcoming.times.iter().map(|times| date(*times, &upcoming, words)).collect();
        (all.has_more, all.lines) = (upcoming.has_more, upcoming.lines);
        all
    }
}

fn date((start_at, end_at): (DateTime<Utc>, DateTime<Utc>), upcoming: &Upcoming, words: &Words) -> String {
    let zone = upcoming.zone.rules();
    if upcoming.is_of_days {
        return words.full_date(Days::of(start_at, end_at, &zone).begin().date());
    }
    let begins = zone.to_datetime(timestamp(start_at));
    format!("{}, {}", words.full_date(begins.date()), words.time(begins.time()))
}

/// The next dates of an event that is to be.
///
/// # Errors
/// What is wrong with the form, a 400.
pub fn of_new(sent: &Filled, visitor: &Visitor) -> Result<NextDates, Error> {
    let times = Times::read(sent);
    let repeats = repeats::read(sent);
    let (times, repeats) = match (times, repeats) {
        (Ok(times), Ok(repeats)) => (times, repeats),
        (times, repeats) => {
            let mut errors = times.err().unwrap_or_default();
            errors.extend(repeats.err().unwrap_or_default());
            return Err(Error::of_fields(errors));
        }
    };
    let mut members = times.members();
    match &repeats {
        Repeats::Never => {}
        Repeats::By(every) => {
            members.push(("recurrence", json!([format!("RRULE:{}", every.rule())])));
        }
        Repeats::Own(lines) => members.push(("recurrence", json!(lines))),
    }
    let wrong = |error: Error| Error::of_fields(told(error.fields(), sent));
    let patch = EventPatch::read(&Body::of(members)).map_err(wrong)?;
    let from = patch.changes.start_at.value().copied().unwrap_or_default();
    let upcoming = preview_new(&patch, &visitor.preferences.time_zone, (from, LISTED)).map_err(wrong)?;
    Ok(NextDates::of(upcoming, &repeats, &times, &visitor.words))
}

/// The same of one that the form is to change.
///
/// # Errors
/// What is wrong with the form, a 400; what is wrong with the event now; a 503 where the database does not answer.
pub async fn of_change(
    (db, name): (&Db, &DatabaseName),
    visitor: &Visitor,
    seen: &SeenEvent,
    (drawn, sent): (&Filled, &Filled),
) -> Result<NextDates, Error> {
    // Of one occurrence alone nothing repeats: all that there is to see is what is meant of all.
    let scope = match Scope::read(sent, seen.occurrence) {
        Ok(Scope::Following) => Scope::Following,
        _ => Scope::All,
    };
    let patch = said_of(seen, (drawn, sent), scope).map_err(Error::of_fields)?;
    let patch = patch.unwrap_or_default();
    let times = Times::read(sent).map_err(Error::of_fields)?;
    let from = patch.changes.start_at.value().copied().unwrap_or(seen.values.start_at);
    let target = scope.target(seen.occurrence);
    let upcoming = preview_change(db, name, visitor.user, (seen.id, target), &patch, (from, LISTED)).await;
    let upcoming = upcoming.map_err(|error| match error.status().code {
        400 => Error::of_fields(told(error.fields(), sent)),
        _ => error,
    })?;
    let repeats = repeats::read(sent).map_err(Error::of_fields)?;
    Ok(NextDates::of(upcoming, &repeats, &times, &visitor.words))
}

/// How an event repeats, in words where there are some.
pub fn in_words(series: &SeenSeries, words: &Words) -> String {
    let first = series.start.local().date();
    match (repeats_of(Some(series)).0, &series.rule) {
        (Repeats::By(every), _) => described(&every, first, words),
        (_, Some(rule)) => described_roughly(rule),
        (_, None) => "On dates of its own".into(),
    }
}
