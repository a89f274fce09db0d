use jiff::civil::Date;

use super::address::{Day, Month, Week};
use crate::page::visitor::Visitor;

/// What stands above each view: where one is, and where one can go.
pub struct Toolbar {
    /// What is shown: `November 2026`.
    pub heading: String,
    /// Which view this is: `month`, `week`, `day` or `agenda`.
    pub view: &'static str,
    /// The one before. `None`: there is none.
    pub previous: Option<String>,
    /// The one after it.
    pub next: Option<String>,
    /// The views, as they are called, and where each shows the same time.
    pub views: [(&'static str, &'static str, String); 4],
    /// The day that new events begin on, and from which one jumps.
    pub date: Day,
    /// What was searched for.
    pub query: String,
}

impl Toolbar {
    /// Above a view of this day, or of the time that it stands for.
    pub fn new(view: &'static str, heading: String, date: Date, visitor: &Visitor) -> Self {
        let week = Week::of(date, visitor.preferences.week_starts_on);
        let day = Day(date);
        Self {
            heading,
            view,
            previous: None,
            next: None,
            views: [
                ("month", "Month", format!("/calendar/month/{}", Month::of(date))),
                ("week", "Week", format!("/calendar/week/{week}")),
                ("day", "Day", format!("/calendar/day/{day}")),
                ("agenda", "Agenda", format!("/calendar/agenda?from={day}")),
            ],
            date: day,
            query: String::new(),
        }
    }

    /// With what is before and after it.
    pub fn between(self, previous: Option<String>, next: Option<String>) -> Self {
        Self { previous, next, ..self }
    }

    /// Where the same view shows today.
    pub fn today(&self) -> String {
        format!("/calendar?view={}", self.view)
    }
}
