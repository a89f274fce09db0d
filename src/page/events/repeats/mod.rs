//! How an event repeats, as a form says it in words: values in, values out. What a form cannot say is a rule of its own, which is
//! shown as its text and stays as it is.

mod described;
mod fields;
mod rule;

use jiff::civil::{Date, Weekday};

pub use described::{described, described_roughly, weekday as weekday_in_words};
pub use fields::{FIELDS, drawn, read, without_week_start};

/// What a form says of how an event repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeats {
    /// It is there once.
    Never,
    /// By a rule that the form has words for.
    By(Every),
    /// By these lines of RFC 5545.
    Own(Vec<String>),
}

/// A rule that the form has words for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Every {
    /// Each, each second, each third one, …: 1 to [`recurrence::MAX_INTERVAL`].
    pub interval: u32,
    /// Of what, and on which days of it.
    pub unit: Unit,
    /// Up to when.
    pub ends: Ends,
    /// The day that weeks begin with, which matters where some of them are left out.
    pub week_start: Weekday,
}

/// What comes again, with the days in it. Without any it is the day on which the event begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    Day,
    /// From Monday to Sunday, none twice.
    Week(Vec<Weekday>),
    Month(Option<On>),
    /// In a month from 1 to 12.
    Year(Option<(i8, On)>),
}

/// A day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// 1 to 31; -1 is the last one.
    Day(i8),
    /// The first to the fifth of its kind, or, -1, the last one.
    Nth(i8, Kind),
}

/// A kind of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Weekday(Weekday),
    /// From Monday to Friday.
    Workday,
}

/// Up to when something repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    Never,
    /// This is the last day on which it may begin.
    On(Date),
    /// It is there so often: 1 to [`recurrence::MAX_COUNT`].
    After(u32),
}

/// The weekdays with their names in rules, from Monday on.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

/// What a rule and a form call a weekday.
pub fn name_of(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, one)| *one == weekday).map_or("MO", |(name, _)| name)
}

/// The weekday that a rule or a form names.
pub fn weekday_named(name: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(one, _)| *one == name).map(|(_, weekday)| *weekday)
}
