use jiff::civil::Weekday;

use super::repeats::{WEEKDAYS, weekday_in_words};
use crate::calendar::Calendar;
use crate::page::visitor::Visitor;
use crate::page::zones::ZONES;
use crate::time::{WeekStart, ZoneName};

/// What can be chosen in the form of an event.
pub struct Choices {
    /// The calendars that it can be in, by their ids.
    pub calendars: Vec<(String, String)>,
    /// The zones that are proposed.
    pub zones: &'static [ZoneName],
    /// The zone of whoever chooses.
    pub zone: String,
    /// The weekdays in the order of their weeks, by what rules call them.
    pub weekdays: Vec<(&'static str, String)>,
    /// The days of a month.
    pub days: Vec<(String, String)>,
    /// The months of a year.
    pub months: Vec<(String, String)>,
    /// The language of the names.
    pub locale: String,
}

impl Choices {
    /// Those of somebody, of these calendars.
    pub fn new(visitor: &Visitor, calendars: impl Iterator<Item = (i64, String)>) -> Self {
        let words = &visitor.words;
        let first = match visitor.preferences.week_starts_on {
            WeekStart::Sunday => Weekday::Sunday,
            WeekStart::Monday => Weekday::Monday,
            WeekStart::Saturday => Weekday::Saturday,
        };
        let mut weekdays = WEEKDAYS.map(|(name, weekday)| (name, weekday_in_words(weekday, words)));
        weekdays.rotate_left(usize::try_from(first.to_monday_zero_offset()).unwrap_or(0));
        let days = (1..=31).map(|day: i8| (day.to_string(), words.number(day)));
        Self {
            calendars: calendars.map(|(id, name)| (id.to_string(), name)).collect(),
            zones: &ZONES,
            zone: visitor.preferences.time_zone.as_str().to_owned(),
            weekdays: weekdays.into(),
            days: days.chain([("-1".to_owned(), "last".to_owned())]).collect(),
            months: (1..=12).map(|month| (month.to_string(), words.month_name(month))).collect(),
            locale: words.locale().to_owned(),
        }
    }

    /// For an event that is to be: all calendars that somebody may write.
    pub fn of_new(visitor: &Visitor, calendars: &[Calendar]) -> Self {
        let writable = calendars.iter().filter(|calendar| calendar.may_be_written());
        let named = writable.map(|calendar| {
            let owner = calendar.owner.as_ref().map(|owner| format!(" ({})", owner.called()));
            (calendar.id, calendar.name.clone() + &owner.unwrap_or_default())
        });
        Self::new(visitor, named)
    }

    /// For an event of one's own: one's own calendars.
    pub fn of_own(visitor: &Visitor, calendars: &[Calendar]) -> Self {
        let own = calendars.iter().filter(|calendar| calendar.owner.is_none());
        Self::new(visitor, own.map(|calendar| (calendar.id, calendar.name.clone())))
    }
}
