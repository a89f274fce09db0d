use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::page::views::address::Day;
use crate::page::views::entry::Entry;
use crate::page::visitor::Visitor;

/// A day with what begins on it; on the first one also what goes on from before.
pub struct ListedDay {
    pub date: Day,
    /// The whole date.
    pub name: String,
    pub is_today: bool,
    pub lines: Vec<Line>,
}

/// An event of the list.
pub struct Line {
    pub address: String,
    pub title: String,
    /// From when to when, or that it is for whole days.
    pub time: String,
    pub location: Option<String>,
    pub calendar: Option<String>,
    pub owner: Option<String>,
    pub fill: String,
    pub status: &'static str,
}

/// The days on which something begins, in the order of time.
pub fn by_day(entries: Vec<Entry>, (from, _): (Date, Date), visitor: &Visitor) -> Vec<ListedDay> {
    let mut days: BTreeMap<Date, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        days.entry(entry.first().max(from)).or_default().push(entry);
    }
    let day = |(date, mut entries): (Date, Vec<Entry>)| {
        entries.sort_by_key(|entry| (!entry.is_all_day, entry.begins, entry.id));
        ListedDay {
            date: Day(date),
            name: visitor.words.full_date(date),
            is_today: date == visitor.today(),
            lines: entries.into_iter().map(|entry| Line::new(entry, visitor)).collect(),
        }
    };
    days.into_iter().map(day).collect()
}

impl Line {
    fn new(entry: Entry, visitor: &Visitor) -> Self {
        Self {
            address: entry.address(),
            time: time(&entry, visitor),
            fill: entry.swatch.fill.clone(),
            status: entry.status(),
            title: entry.title,
            location: entry.location,
            calendar: entry.calendar_name,
            owner: entry.owner,
        }
    }
}

fn time(entry: &Entry, visitor: &Visitor) -> String {
    let words = &visitor.words;
    match (entry.is_all_day, entry.first() == entry.last()) {
        (true, true) => "All day".to_owned(),
        (true, false) => format!("All day, until {}", words.day(entry.last())),
        (false, true) if entry.begins == entry.ends => words.time(entry.begins.time()),
        (false, true) => format!("{} – {}", words.time(entry.begins.time()), words.time(entry.ends.time())),
        (false, false) => {
            let until = format!("{}, {}", words.day(entry.ends.date()), words.time(entry.ends.time()));
            format!("{} – {until}", words.time(entry.begins.time()))
        }
    }
}
