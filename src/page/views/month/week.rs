use std::cmp::Reverse;

use jiff::ToSpan;
use jiff::civil::Date;

use super::lanes::{DAYS, fitting, lanes};
use crate::page::views::address::{self, Day, Month};
use crate::page::views::entry::Entry;
use crate::page::views::link::Link;
use crate::page::visitor::Visitor;

/// So many events are below one another on a day.
const ROOM: usize = 4;

/// A row of the grid.
pub struct Week {
    pub number: String,
    pub address: String,
    pub days: Vec<MonthDay>,
}

/// A field of it.
pub struct MonthDay {
    pub date: Day,
    pub number: String,
    /// The whole date.
    pub name: String,
    /// The month's, where it is the first of one.
    pub month: Option<String>,
    pub is_today: bool,
    pub is_outside: bool,
    pub bars: Vec<Bar>,
    /// How many events have no room.
    pub more: usize,
}

/// An event in the week, from the day on whose field it is.
pub struct Bar {
    pub lane: usize,
    /// On how many days of the week it is.
    pub span: usize,
    /// When it begins, where that is a time of this day.
    pub time: Option<String>,
    pub link: Link,
}

impl Week {
    /// The week that begins with this day.
    pub fn new(start: Date, month: Month, entries: &[Entry], visitor: &Visitor) -> Self {
        let dates: Vec<Date> = (0..7).filter_map(|days: i32| start.checked_add(days.days()).ok()).collect();
        let end = dates.last().copied().unwrap_or(start);
        let mut here: Vec<&Entry> =
            entries.iter().filter(|one| one.first() <= end && one.last() >= start).collect();
        here.sort_by_key(|one| {
            (!one.is_bar(), one.first().max(start), Reverse(one.last().min(end)), one.begins)
        });
        let of_week = |date: Date| dates.iter().position(|one| *one == date);
        let days: Vec<_> = here
            .iter()
            .map(|one| (of_week(one.first()).unwrap_or(0), of_week(one.last()).unwrap_or(DAYS - 1)))
            .collect();
        let lanes = lanes(&days);
        let (is_shown, more) = fitting(&days, &lanes, ROOM);
        let bars_of = |day: usize| {
            let shown = (0..here.len()).filter(|index| is_shown[*index] && days[*index].0 == day);
            let bar = |index: usize| {
                Bar::new(here[index], lanes[index], days[index].1 - day + 1, (start, end), visitor)
            };
            let mut bars: Vec<Bar> = shown.map(bar).collect();
            bars.sort_by_key(|bar| bar.lane);
            bars
        };
        let week = address::Week::of(start, visitor.preferences.week_starts_on);
        let day = |(index, date): (usize, &Date)| MonthDay {
            date: Day(*date),
            number: visitor.words.number(date.day()),
            name: visitor.words.full_date(*date),
            month: (date.day() == 1).then(|| visitor.words.short_month(*date)),
            is_today: *date == visitor.today(),
            is_outside: Month::of(*date) != month,
            bars: bars_of(index),
            more: more[index],
        };
        Self {
            number: visitor.words.number(week.number()),
            address: format!("/calendar/week/{week}"),
            days: dates.iter().enumerate().map(day).collect(),
        }
    }
}

impl Bar {
    /// The event, in a lane, over so many days of those that are shown.
    pub fn new(
        entry: &Entry,
        lane: usize,
        span: usize,
        (start, end): (Date, Date),
        visitor: &Visitor,
    ) -> Self {
        let words = &visitor.words;
        let (goes_before, goes_on) = (entry.first() < start, entry.last() > end);
        let kind = if entry.is_bar() { "bar" } else { "spot" };
        let from = goes_before.then(|| format!("since {}", words.full_date(entry.first())));
        let until =
            (entry.last() > entry.first()).then(|| format!("until {}", words.full_date(entry.last())));
        let looks = [(goes_before, "before"), (goes_on, "on")];
        Self {
            lane,
            span,
            time: (!entry.is_all_day && !goes_before).then(|| words.time(entry.begins.time())),
            link: Link::new(entry, kind, &looks, from.into_iter().chain(until)),
        }
    }
}
