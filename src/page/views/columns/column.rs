use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::packed::{Place, places};
use crate::page::views::address::Day;
use crate::page::views::entry::Entry;
use crate::page::views::link::Link;
use crate::page::views::month::{Bar, lanes};
use crate::page::visitor::Visitor;

/// A quarter of an hour, in seconds.
const QUARTER: i64 = 15 * 60;

/// What is shorter is drawn as long as this, in quarters: its title has to be read.
const SHORTEST: usize = 2;

/// A day of the view.
pub struct Column {
    pub date: Day,
    /// `Sat`.
    pub weekday: String,
    pub number: String,
    /// The whole date.
    pub name: String,
    pub is_today: bool,
    /// How long the day is, in quarters of an hour.
    pub quarters: usize,
    /// Its own hours, where clocks are changed on it: in which quarter each begins, and what it is called.
    pub hours: Vec<(usize, String)>,
    /// What is above the columns and begins here.
    pub bars: Vec<Bar>,
    pub placed: Vec<Placed>,
    /// What has no place, as a list.
    pub others: Vec<Placed>,
    /// In which quarter it is now, where that is today.
    pub now: Option<usize>,
}

/// An event within its day.
pub struct Placed {
    pub from: usize,
    pub long: usize,
    pub place: Place,
    /// From when to when.
    pub time: String,
    pub location: Option<String>,
    pub link: Link,
}

/// What is above the columns: whole days, and what takes a day or longer.
pub struct Above<'e> {
    entries: Vec<&'e Entry>,
    lanes: Vec<usize>,
    first: Date,
    last: Date,
}

fn is_above(entry: &Entry) -> bool {
    entry.is_all_day || entry.end.duration_since(entry.start) >= SignedDuration::from_hours(24)
}

fn days_between(first: Date, other: Date) -> usize {
    usize::try_from(first.until(other).map_or(0, |span| span.get_days())).unwrap_or(0)
}

impl<'e> Above<'e> {
    pub fn new(entries: &'e [Entry], first: Date, last: Date, _: &Visitor) -> Self {
        let mut entries: Vec<_> = entries.iter().filter(|entry| is_above(entry)).collect();
        entries.sort_by_key(|entry| (entry.first().max(first), std::cmp::Reverse(entry.last())));
        let days: Vec<_> = entries
            .iter()
            .map(|entry| {
                (days_between(first, entry.first().max(first)), days_between(first, entry.last().min(last)))
            })
            .collect();
        Self { lanes: lanes(&days), entries, first, last }
    }

    /// How many lanes they take.
    pub fn lanes(&self) -> usize {
        self.lanes.iter().max().map_or(0, |lane| lane + 1)
    }

    fn bars(&self, date: Date, visitor: &Visitor) -> Vec<Bar> {
        let here =
            self.entries.iter().zip(&self.lanes).filter(|(entry, _)| entry.first().max(self.first) == date);
        let mut bars: Vec<_> = here
            .map(|(entry, lane)| {
                let span = days_between(date, entry.last().min(self.last)) + 1;
                Bar::new(entry, *lane, span, (self.first, self.last), visitor)
            })
            .collect();
        bars.sort_by_key(|bar| bar.lane);
        bars
    }
}

impl Column {
    pub fn new(date: Date, entries: &[Entry], above: &Above<'_>, room: usize, visitor: &Visitor) -> Self {
        let (words, zone) = (&visitor.words, &visitor.zone);
        let midnight =
            |date: Date| date.to_zoned(zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp());
        let begins = midnight(date);
        let ends = date.checked_add(1.day()).map_or(Timestamp::MAX, midnight);
        let quarters = quarters_of(begins, ends, 0).clamp(1, 104);
        let here = |entry: &&Entry| {
            !is_above(entry) && entry.start < ends && (entry.end > begins || entry.start >= begins)
        };
        let mut here: Vec<_> = entries.iter().filter(here).collect();
        let spans = |entry: &Entry| {
            let from = quarters_of(begins, entry.start.max(begins), 0).min(quarters - 1);
            let to = quarters_of(begins, entry.end.min(ends), QUARTER - 1).min(quarters);
            let from = from.min(quarters.saturating_sub(SHORTEST));
            (from, to.max(from + SHORTEST))
        };
        here.sort_by_key(|entry| (spans(entry).0, std::cmp::Reverse(spans(entry).1)));
        let all: Vec<_> = here.iter().map(|entry| spans(entry)).collect();
        let (mut placed, mut others) = (Vec::new(), Vec::new());
        for ((entry, (from, to)), place) in here.into_iter().zip(&all).zip(places(&all, room)) {
            let put = |place| Placed::new(entry, (*from, to - from), place, date, visitor);
            match place {
                Some(place) => placed.push(put(place)),
                None => others.push(put(Place { index: 0, of: 1 })),
            }
        }
        let now = Timestamp::now();
        let is_even = quarters == 96;
        Self {
            date: Day(date),
            weekday: words.short_weekday(date),
            number: words.number(date.day()),
            name: words.full_date(date),
            is_today: date == visitor.today(),
            quarters,
            hours: if is_even { Vec::new() } else { hours(begins, ends, visitor) },
            bars: above.bars(date, visitor),
            placed,
            others,
            now: (now >= begins && now < ends).then(|| quarters_of(begins, now, 0)),
        }
    }
}

/// How many quarters of an hour there are from one moment to another: begun ones count with `up`.
fn quarters_of(from: Timestamp, to: Timestamp, up: i64) -> usize {
    usize::try_from((to.duration_since(from).as_secs() + up) / QUARTER).unwrap_or(0)
}

/// The hours of a day, as its clocks call them.
fn hours(begins: Timestamp, ends: Timestamp, visitor: &Visitor) -> Vec<(usize, String)> {
    let zone = &visitor.zone;
    let moment = |quarter: i64| begins.checked_add(SignedDuration::from_secs(quarter * QUARTER)).ok();
    let within =
        (0..).map_while(|quarter| Some((quarter, moment(quarter)?))).take_while(|(_, moment)| *moment < ends);
    let whole = within.filter_map(|(quarter, moment)| {
        let time = zone.to_datetime(moment).time();
        (time.minute() == 0).then(|| (usize::try_from(quarter).unwrap_or(0), visitor.words.time(time)))
    });
    whole.collect()
}

impl Placed {
    fn new(entry: &Entry, (from, long): (usize, usize), place: Place, date: Date, visitor: &Visitor) -> Self {
        let words = &visitor.words;
        let [begins, ends] = [entry.begins, entry.ends].map(|at| words.time(at.time()));
        let is_brief = long <= SHORTEST;
        let looks = [(entry.first() < date, "before"), (entry.last() > date, "on"), (is_brief, "brief")];
        let calendar = entry.calendar_name.as_ref().map(|name| format!("in {name}"));
        Self {
            from,
            long,
            place,
            // There is room for one line.
            time: if entry.begins == entry.ends || is_brief {
                begins
            } else {
                format!("{begins} – {ends}")
            },
            location: entry.location.clone(),
            link: Link::new(entry, "placed", &looks, calendar),
        }
    }
}
