use jiff::civil::Weekday;

use super::repeats::{self, Every, Repeats};
use super::times::{self, Times};
use super::{categories, reminders};
use crate::calendar::{Days, SeenEvent, SeenSeries, ShowAs, Status, Values, Visibility};
use crate::page::filled::Filled;
use crate::preferences::Preferences;
use crate::time::{WeekStart, ZoneName};

/// The fields of one line of text that an event's form has.
pub const LINES: [&str; 3] = ["title", "location", "url"];

/// The fields of which one choice counts.
pub const CHOICES: [&str; 3] = ["show_as", "status", "visibility"];

/// The fields that are of no group.
const OTHERS: [&str; 8] =
    ["description", "color", "other_color", "calendar_id", "categories", "scope", "etag", "next"];

/// All fields of an event's form.
pub fn fields() -> Vec<&'static str> {
    [&LINES[..], &CHOICES, &OTHERS, &times::FIELDS, &repeats::FIELDS, &reminders::FIELDS].concat()
}

/// The form of an event, as it is.
pub fn drawn(seen: &SeenEvent, reader: &Preferences) -> Filled {
    let times = times_of(seen, &reader.time_zone);
    let (repeats, lines) = repeats_of(seen.series.as_ref());
    of_values(&seen.values)
        .and(times.drawn())
        .and(repeats::drawn(&repeats, lines, times.start.date(), weekday(reader.week_starts_on)))
        .with_all("calendar_id", seen.calendar.map(|calendar| calendar.0.to_string()))
}

/// The form of an event that is to be.
pub fn drawn_new(times: &Times, reader: &Preferences) -> Filled {
    Filled::default()
        .with("status", Status::Confirmed.as_str())
        .with("show_as", ShowAs::Busy.as_str())
        .with("visibility", Visibility::Public.as_str())
        .and(times.drawn())
        .and(repeats::drawn(&Repeats::Never, &[], times.start.date(), weekday(reader.week_starts_on)))
}

/// When an event is, as its form shows it: in its own zone, else in its reader's; a series without one is in UTC.
pub fn times_of(seen: &SeenEvent, reader: &ZoneName) -> Times {
    let own = seen.time_zone.as_ref();
    let zone = own.or(seen.series.as_ref().filter(|_| !seen.values.is_all_day).map(|series| &series.zone));
    let zone = zone.unwrap_or(reader);
    let Values { start_at, end_at, .. } = seen.values;
    match seen.values.is_all_day {
        true => Times::of_days(Days::of(start_at, end_at, &seen.zone_of_days.rules()), zone),
        false => Times::of((start_at, end_at), zone),
    }
}

/// How an event repeats, and its lines.
pub fn repeats_of(series: Option<&SeenSeries>) -> (Repeats, &[String]) {
    let Some(series) = series else { return (Repeats::Never, &[]) };
    let every = series.rule.as_ref().and_then(|rule| Every::of(rule, &series.start));
    (every.map_or_else(|| Repeats::Own(series.lines.clone()), Repeats::By), &series.lines)
}

fn of_values(values: &Values) -> Filled {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let names = values.categories.as_ref().map_or(&[][..], |categories| &categories.0);
    let kept = values.reminders.as_ref().map_or(&[][..], |reminders| &reminders.0);
    Filled::default()
        .with("title", values.title.clone())
        .with("location", text(&values.location))
        .with("description", text(&values.description))
        .with("url", text(&values.url))
        .with("color", text(&values.color))
        .with("categories", categories::written(names))
        .with("status", values.status.unwrap_or(Status::Confirmed).as_str())
        .with("show_as", values.show_as.unwrap_or(ShowAs::Busy).as_str())
        .with("visibility", values.visibility.unwrap_or(Visibility::Public).as_str())
        .and(reminders::drawn(kept))
}

fn weekday(start: WeekStart) -> Weekday {
    match start {
        WeekStart::Sunday => Weekday::Sunday,
        WeekStart::Monday => Weekday::Monday,
        WeekStart::Saturday => Weekday::Saturday,
    }
}
