use askama::Template;
use askama_web::WebTemplate;

use super::choices::Choices;
use super::next_dates::NextDates;
use super::reminders::{self, Row};
use super::said::color;
use crate::page::color::ColorField;
use crate::page::filled::Filled;
use crate::page::frame::{Frame, Part};
use crate::page::visitor::Visitor;

/// The form of an event.
#[derive(Template, WebTemplate)]
#[template(path = "events/form.html")]
pub struct FormPage {
    pub frame: Frame,
    pub heading: &'static str,
    /// Where it is sent.
    pub action: String,
    pub form: Filled,
    pub color: ColorField,
    pub rows: Vec<Row>,
    pub choices: Choices,
    /// Where it leads back.
    pub next: String,
    pub next_dates: Option<NextDates>,
    /// What there is of an event that is there.
    pub event: Option<Known>,
}

/// What a form says of an event that is there.
pub struct Known {
    pub id: i64,
    /// Which occurrence, as addresses have it; nothing where it is a single event.
    pub occurrence: String,
    /// `?occurrence=…`, or nothing.
    pub query: String,
    /// The tag of what was drawn.
    pub etag: String,
    /// What it is called in the browser's tab.
    pub title: String,
    /// Whose it is, where it is somebody else's, and what its calendar is called.
    pub owner: Option<String>,
    pub calendar: Option<String>,
    /// How it repeats, in words.
    pub repeats: Option<String>,
    /// When it is where its reader is, where that is another zone.
    pub elsewhere: Option<String>,
    /// What somebody else has changed meanwhile: each field with what it has now. `None`: nobody has.
    pub newer: Option<Vec<(&'static str, String)>>,
}

impl FormPage {
    /// Of an event that is to be.
    pub fn new(visitor: &Visitor, form: Filled, choices: Choices, next: &str) -> Self {
        Self::of("New event", "New event", "/events/new".into(), (visitor, form, choices, next))
    }

    /// Of one that is there.
    pub fn known(visitor: &Visitor, form: Filled, choices: Choices, next: &str, event: Known) -> Self {
        let action = format!("/events/{}{}", event.id, event.query);
        let heading = if event.repeats.is_some() { "Series" } else { "Event" };
        let title = event.title.clone();
        Self { event: Some(event), ..Self::of(&title, heading, action, (visitor, form, choices, next)) }
    }

    fn of(
        title: &str,
        heading: &'static str,
        action: String,
        (visitor, form, choices, next): (&Visitor, Filled, Choices, &str),
    ) -> Self {
        let chosen = Some(color(&form)).filter(|color| !color.is_empty());
        Self {
            frame: Frame::new(title, Part::Calendar, visitor),
            heading,
            action,
            color: ColorField::of(chosen),
            rows: reminders::rows(&form),
            form,
            choices,
            next: next.to_owned(),
            next_dates: None,
            event: None,
        }
    }

    /// With the next dates.
    pub fn with_dates(self, dates: NextDates) -> Self {
        Self { next_dates: Some(dates), ..self }
    }

    /// The fields from the first one to the last: the first that something is wrong with has the focus.
    fn order(&self) -> &'static str {
        "title scope is_all_day start_date start_time end_date end_time time_zone calendar_id repeats interval weekday month \
         days_by month_day nth kind ends until count recurrence location url description categories reminders color show_as status \
         visibility"
    }

    /// Whether something is set, or wrong, that is not shown at first.
    fn has_more(&self) -> bool {
        let form = &self.form;
        let is_set = ["url", "categories"].iter().any(|field| !form.value(field).is_empty());
        let kept = ["show_as", "status", "visibility"].iter().zip(["busy", "confirmed", "public"]);
        let is_other = kept.into_iter().any(|(field, default)| form.value(field) != default);
        let fields = ["url", "categories", "reminders", "color", "show_as", "status", "visibility"];
        is_set
            || is_other
            || !color(form).is_empty()
            || self.rows.iter().any(|row| !row.number.is_empty())
            || fields.iter().any(|field| form.error(field).is_some())
    }

    /// Times that have seconds are no multiple of a minute.
    fn step(&self, field: &str) -> &'static str {
        if self.form.value(field).len() > 5 { "any" } else { "60" }
    }

    fn has(&self, field: &str, value: &str) -> bool {
        self.form.has(field, value)
    }
}
