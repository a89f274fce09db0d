use jiff::ToSpan;
use jiff::civil::Date;

use super::address::{Day, Month, first_of_week};
use crate::calendar::Calendar;
use crate::page::color::Swatch;
use crate::page::visitor::Visitor;

/// What stands beside each view: a small month, and which calendars show.
pub struct Side {
    /// The small month's heading.
    pub month: String,
    /// Where it is shown large.
    pub month_address: String,
    /// The month before, and after it.
    pub around: [Option<String>; 2],
    /// The days that weeks have: as they are called, and in short.
    pub weekdays: Vec<(String, String)>,
    /// The weeks of the small month.
    pub weeks: Vec<Vec<SmallDay>>,
    /// The calendars that can be shown.
    pub calendars: Vec<Choice>,
    /// Where the choice leads back to.
    pub here: String,
}

/// A day of the small month.
pub struct SmallDay {
    pub number: String,
    pub address: String,
    /// Its whole date.
    pub name: String,
    pub is_today: bool,
    /// Whether it is among those that are shown.
    pub is_shown: bool,
    /// Whether it belongs to the month before or after.
    pub is_outside: bool,
}

/// A calendar that can be shown.
pub struct Choice {
    pub id: i64,
    pub name: String,
    pub swatch: Swatch,
    /// Whose it is, where it is somebody else's.
    pub owner: Option<String>,
    pub is_shown: bool,
}

impl Side {
    /// Beside a view from one day up to another; the small month is that of `date`.
    pub fn new(
        visitor: &Visitor,
        date: Date,
        shown: (Date, Date),
        calendars: &[Calendar],
        hidden: &[i64],
    ) -> Self {
        let (words, start) = (&visitor.words, visitor.preferences.week_starts_on);
        let month = Month::of(date);
        let today = visitor.today();
        let first = first_of_week(month.0, start);
        let days =
            |from: Date, count: i32| (0..count).filter_map(move |days| from.checked_add(days.days()).ok());
        let small = |day: Date| SmallDay {
            number: words.number(day.day()),
            address: format!("/calendar/day/{}", Day(day)),
            name: words.full_date(day),
            is_today: day == today,
            is_shown: day >= shown.0 && day < shown.1,
            is_outside: Month::of(day) != month,
        };
        let weeks = (0..6).filter_map(|week: i32| first.checked_add((week * 7).days()).ok());
        let weeks = weeks.filter(|begins| Month::of(*begins) == month || *begins < month.0);
        let address = |month: Month| format!("/calendar/month/{month}");
        Self {
            month: words.month(month.0),
            month_address: address(month),
            around: [-1, 1].map(|months| month.later(months).map(address)),
            weekdays: days(first, 7).map(|day| (words.weekday(day), words.narrow_weekday(day))).collect(),
            weeks: weeks.map(|begins| days(begins, 7).map(small).collect()).collect(),
            calendars: calendars.iter().map(|calendar| Choice::new(calendar, hidden)).collect(),
            here: visitor.looks.asked_for.clone(),
        }
    }
}

impl Choice {
    fn new(calendar: &Calendar, hidden: &[i64]) -> Self {
        Self {
            id: calendar.id,
            name: calendar.name.clone(),
            swatch: Swatch::of(calendar.color.as_deref(), calendar.id),
            owner: calendar.owner.as_ref().map(|owner| owner.called().to_owned()),
            is_shown: !hidden.contains(&calendar.id),
        }
    }
}
