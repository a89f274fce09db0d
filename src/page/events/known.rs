use chrono::{DateTime, Utc};

use super::drawn::times_of;
use super::form::Known;
use super::next_dates::in_words;
use super::reminders;
use super::times::written;
use crate::calendar::{Calendar, SeenEvent};
use crate::page::filled::Filled;
use crate::page::visitor::Visitor;
use crate::time::timestamp;

impl Known {
    /// Of an event that a person sees, drawn with this tag.
    pub fn of(seen: &SeenEvent, visitor: &Visitor, calendars: &[Calendar], etag: &str) -> Self {
        let occurrence = seen.occurrence.map(written).unwrap_or_default();
        let calendar =
            calendars.iter().find(|one| seen.calendar.is_some_and(|calendar| calendar.0 == one.id));
        Self {
            id: seen.id.0,
            query: query(seen.occurrence),
            occurrence,
            etag: etag.to_owned(),
            title: seen.values.title.clone(),
            owner: seen.owner.as_ref().map(|owner| owner.called().to_owned()),
            calendar: calendar.map(|calendar| calendar.name.clone()),
            repeats: seen.series.as_ref().map(|series| in_words(series, &visitor.words)),
            elsewhere: elsewhere(seen, visitor),
            newer: None,
        }
    }

    /// With what the form that was sent has otherwise than the event has it now.
    pub fn with_newer(self, seen: &SeenEvent, (drawn, sent): (&Filled, &Filled), visitor: &Visitor) -> Self {
        let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        let differs =
            |field: &&str| sent.has_any(field) && plain(sent.value(field)) != plain(drawn.value(field));
        let mut newer: Vec<_> = NAMED
            .iter()
            .filter(|(fields, _)| fields.iter().any(differs))
            .map(|(fields, name)| {
                let values: Vec<_> = fields.iter().map(|field| drawn.value(field)).collect();
                (*name, values.join(" ").trim().to_owned())
            })
            .collect();
        if drawn.has("is_all_day", "true") != sent.has("is_all_day", "true") {
            newer.push(("All day", if seen.values.is_all_day { "yes".into() } else { "no".into() }));
        }
        if reminders::read(sent).ok() != reminders::read(drawn).ok() {
            let kept = seen.values.reminders.iter().flat_map(|reminders| &reminders.0);
            newer.push(("Reminders", kept.map(reminders::described).collect::<Vec<_>>().join("; ")));
        }
        let repeats = ["repeats", "interval", "ends", "until", "count", "days_by", "recurrence"];
        if repeats.iter().any(differs) || sent.all("weekday") != drawn.all("weekday") {
            let words = seen.series.as_ref().map(|series| in_words(series, &visitor.words));
            newer.push(("Repeats", words.unwrap_or_else(|| "never".into())));
        }
        Self { newer: Some(newer), ..self }
    }
}

/// Fields that are told of as they are, by what they are called.
const NAMED: [(&[&str], &str); 10] = [
    (&["title"], "Title"),
    (&["start_date", "start_time"], "Begins"),
    (&["end_date", "end_time"], "Ends"),
    (&["time_zone"], "Time zone"),
    (&["location"], "Location"),
    (&["url"], "Link"),
    (&["description"], "Description"),
    (&["categories"], "Categories"),
    (&["color"], "Colour"),
    (&["status", "show_as", "visibility"], "Status, shown as, seen by"),
];

/// What an address says of an occurrence.
pub fn query(occurrence: Option<DateTime<Utc>>) -> String {
    occurrence.map_or_else(String::new, |at| format!("?occurrence={}", written(at)))
}

/// When an event is in its reader's zone, where its form has another one.
fn elsewhere(seen: &SeenEvent, visitor: &Visitor) -> Option<String> {
    let zone = &visitor.preferences.time_zone;
    let shown = times_of(seen, zone);
    let is_elsewhere = !shown.is_all_day && shown.zone != *zone;
    let [begins, ends] =
        [seen.values.start_at, seen.values.end_at].map(|at| zone.rules().to_datetime(timestamp(at)));
    is_elsewhere.then(|| match begins.date() == ends.date() {
        true => format!("{} – {}", visitor.words.moment(begins), visitor.words.time(ends.time())),
        false => format!("{} – {}", visitor.words.moment(begins), visitor.words.moment(ends)),
    })
}
