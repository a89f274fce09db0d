use askama::Template;
use askama_web::WebTemplate;

use super::drawn::times_of;
use super::next_dates::in_words;
use super::reminders;
use crate::calendar::{Access, Calendar, SeenEvent, ShowAs, Status, Values};
use crate::page::color::Swatch;
use crate::page::frame::{Frame, Part};
use crate::page::visitor::Visitor;
use crate::page::words::Words;
use crate::time::timestamp;

/// Somebody else's event, for who may not change it.
#[derive(Template, WebTemplate)]
#[template(path = "events/shown.html")]
pub struct ShownPage {
    frame: Frame,
    title: String,
    owner: String,
    is_busy: bool,
    fill: String,
    when: String,
    locale: String,
    /// Where its day is shown.
    day: String,
    repeats: Option<String>,
    /// What else there is, by what it is called.
    others: Vec<(&'static str, String)>,
    url: Option<String>,
}

impl ShownPage {
    /// As a person sees it.
    pub fn new(seen: &SeenEvent, visitor: &Visitor, calendars: &[Calendar]) -> Self {
        let zone = &visitor.preferences.time_zone;
        let values = &seen.values;
        let calendar =
            calendars.iter().find(|one| seen.calendar.is_some_and(|calendar| calendar.0 == one.id));
        let owner = seen.owner.as_ref();
        let color =
            values.color.as_deref().or_else(|| calendar.and_then(|calendar| calendar.color.as_deref()));
        let by = calendar.map(|calendar| calendar.id).or(owner.map(|owner| owner.id)).unwrap_or(0);
        let mut others: Vec<_> =
            calendar.map(|calendar| ("Calendar", calendar.name.clone())).into_iter().collect();
        others.extend(more(values));
        Self {
            frame: Frame::new(&values.title, Part::Calendar, visitor),
            title: values.title.clone(),
            owner: owner.map_or_else(String::new, |owner| owner.called().to_owned()),
            is_busy: seen.access == Some(Access::Busy),
            fill: Swatch::of(color, by).fill,
            when: when(seen, visitor),
            locale: visitor.words.locale().to_owned(),
            day: super::back::day_address(times_of(seen, zone).day_in(zone)),
            repeats: seen.series.as_ref().map(|series| in_words(series, &visitor.words)),
            others,
            url: values.url.clone(),
        }
    }
}

/// What is set, by what it is called.
fn more(values: &Values) -> Vec<(&'static str, String)> {
    let status = values.status.and_then(|status| match status {
        Status::Tentative => Some("Tentative"),
        Status::Cancelled => Some("Cancelled"),
        Status::Confirmed => None,
    });
    let free = values.show_as.filter(|show_as| *show_as == ShowAs::Free).map(|_| "Free");
    let categories = values.categories.as_ref().map(|categories| categories.0.join(", "));
    let kept = values.reminders.as_ref();
    let reminders = kept.map(|kept| kept.0.iter().map(reminders::described).collect::<Vec<_>>().join("; "));
    let all = [
        ("Location", values.location.clone()),
        ("Status", status.map(str::to_owned)),
        ("Shown as", free.map(str::to_owned)),
        ("Categories", categories),
        ("Reminders", reminders),
        ("Description", values.description.clone()),
    ];
    all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
}

/// When an event is, where its reader is: `Saturday, November 28, 2026, 10:00 – 11:00`.
pub fn when(seen: &SeenEvent, visitor: &Visitor) -> String {
    let zone = &visitor.preferences.time_zone;
    let words = &visitor.words;
    let times = times_of(seen, zone);
    if times.is_all_day {
        let last = times.end.date().yesterday().unwrap_or(times.end.date()).max(times.start.date());
        return span(words.full_date(times.start.date()), words.full_date(last));
    }
    let rules = zone.rules();
    let [begins, ends] =
        [seen.values.start_at, seen.values.end_at].map(|at| rules.to_datetime(timestamp(at)));
    let moment = |at: jiff::civil::DateTime, words: &Words| {
        format!("{}, {}", words.full_date(at.date()), words.time(at.time()))
    };
    match begins.date() == ends.date() {
        true if begins == ends => moment(begins, words),
        true => format!("{} – {}", moment(begins, words), words.time(ends.time())),
        false => span(moment(begins, words), moment(ends, words)),
    }
}

fn span(begin: String, end: String) -> String {
    if begin == end { begin } else { format!("{begin} – {end}") }
}
