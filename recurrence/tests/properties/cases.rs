//! Rules and starts to try, and the text of a rule.

use std::fmt::{Display, Formatter, Result, Write};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use recurrence::Start;

pub const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freq {
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}
use Freq::{Daily, Hourly, Minutely, Monthly, Weekly, Yearly};

/// A rule as plain lists.
#[derive(Clone, Debug)]
pub struct Model {
    pub freq: Freq,
    pub interval: i64,
    pub count: Option<usize>,
    pub until: Option<Timestamp>,
    pub seconds: Vec<i8>,
    pub minutes: Vec<i8>,
    pub hours: Vec<i8>,
    /// Weekdays from Monday, 0, with an ordinal or 0.
    pub days: Vec<(i64, i8)>,
    pub month_days: Vec<i64>,
    pub year_days: Vec<i64>,
    pub weeks: Vec<i64>,
    pub months: Vec<i8>,
    pub positions: Vec<i64>,
    pub week_start: i8,
}

#[derive(Clone, Debug)]
pub struct Case {
    pub start: Start,
    pub rule: Model,
}

impl Model {
    /// How many days are compared.
    pub fn horizon(&self) -> i64 {
        match self.freq {
            Minutely => 4,
            Hourly => 60,
            Daily | Weekly => 600,
            Monthly => 1500,
            Yearly => 4000,
        }
    }
}

impl Display for Model {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(
            f,
            "FREQ={:?};INTERVAL={};WKST={}",
            self.freq, self.interval, WEEKDAYS[self.week_start as usize]
        )?;
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(until) = self.until {
            write!(f, ";UNTIL={}", until.strftime("%Y%m%dT%H%M%SZ"))?;
        }
        list(f, "BYSECOND", &self.seconds)?;
        list(f, "BYMINUTE", &self.minutes)?;
        list(f, "BYHOUR", &self.hours)?;
        let days = self.days.iter().map(|(nth, day)| {
            let nth = if *nth == 0 { String::new() } else { nth.to_string() };
            nth + WEEKDAYS[*day as usize]
        });
        list(f, "BYDAY", &days.collect::<Vec<_>>())?;
        list(f, "BYMONTHDAY", &self.month_days)?;
        list(f, "BYYEARDAY", &self.year_days)?;
        list(f, "BYWEEKNO", &self.weeks)?;
        list(f, "BYMONTH", &self.months)?;
        list(f, "BYSETPOS", &self.positions)
    }
}

fn list(f: &mut Formatter<'_>, name: &str, values: &[impl Display]) -> Result {
    for (index, value) in values.iter().enumerate() {
        if index == 0 {
            write!(f, ";{name}=")?;
        } else {
            f.write_char(',')?;
        }
        write!(f, "{value}")?;
    }
    Ok(())
}

/// One time in so many a list of a few numbers, else none.
fn some<T: Clone + std::fmt::Debug + 'static>(
    one_in: u32,
    all: Vec<T>,
    most: usize,
) -> BoxedStrategy<Vec<T>> {
    let most = most.min(all.len());
    prop_oneof![one_in - 1 => Just(Vec::new()), 1 => subsequence(all, 1..=most)].boxed()
}

fn both_ways(most: i64) -> Vec<i64> {
    (-most..=most).filter(|number| *number != 0).collect()
}

fn days(freq: Freq, with_weeks: bool) -> BoxedStrategy<Vec<(i64, i8)>> {
    let nth = match freq {
        Monthly => both_ways(5),
        Yearly if !with_weeks => both_ways(6).into_iter().chain([-53, -52, 20, 52, 53]).collect(),
        _ => vec![],
    };
    let all = (0..7).flat_map(|day| nth.iter().map(move |nth| (*nth, day)).chain([(0, day)]));
    let all: Vec<_> = all.collect();
    let plain: Vec<_> = (0..7).map(|day| (0, day)).collect();
    prop_oneof![2 => Just(vec![]), 1 => some(2, plain, 7), 1 => some(2, all, 3)].boxed()
}

fn model() -> impl Strategy<Value = Model> {
    let freq = select(vec![Minutely, Hourly, Daily, Weekly, Monthly, Yearly]);
    let parts = (freq, any::<bool>()).prop_flat_map(|(freq, with_weeks)| {
        let with_weeks = with_weeks && freq == Yearly;
        let none = || Just(vec![]).boxed();
        let is_fine = matches!(freq, Minutely | Hourly);
        let days_of = (
            days(freq, with_weeks),
            if freq == Weekly { none() } else { some(3, both_ways(31), 5) },
            if is_fine || freq == Yearly { some(6, both_ways(366), 40) } else { none() },
            if with_weeks { some(1, both_ways(53), 4) } else { none() },
            some(3, (1..=12).collect(), 4),
        );
        let few = if is_fine { 6 } else { 2 };
        let times = (
            some(5, vec![0, 15, 30, 59], 3),
            some(4, vec![0, 1, 15, 20, 30, 45, 59], few),
            some(4, (0..24).collect(), 2 * few),
        );
        (Just(freq), days_of, times)
    });
    let interval = prop_oneof![4 => Just(1), 4 => 2..8_i64, 1 => 8..100_i64, 1 => 100..5000_i64];
    let positions = some(4, [-30, -10, -5, -3, -2, -1, 1, 2, 3, 4, 10, 40].to_vec(), 3);
    let end = prop_oneof![2 => Just((None, None)), 1 => (1..40_usize).prop_map(|count| (Some(count), None)),
        1 => (0.0..1.0_f64).prop_map(|part| (None, Some(part)))];
    (parts, interval, positions, 0..7_i8, end).prop_map(
        |(parts, interval, mut positions, week_start, end)| {
            let (freq, (days, month_days, year_days, weeks, months), (seconds, minutes, hours)) = parts;
            let is_alone =
                days.is_empty() && month_days.is_empty() && year_days.is_empty() && weeks.is_empty();
            if is_alone && months.is_empty() && seconds.is_empty() && minutes.is_empty() && hours.is_empty() {
                positions.clear();
            }
            let mut model = Model {
                freq,
                interval,
                count: end.0,
                until: None,
                seconds,
                minutes,
                hours,
                days,
                month_days,
                year_days,
                weeks,
                months,
                positions,
                week_start,
            };
            // A part of the horizon, made a time once the start is known.
            model.until = end.1.and_then(|part| {
                Timestamp::from_second((part * (model.horizon() * 86_400) as f64) as i64).ok()
            });
            model
        },
    )
}

/// Days around which clocks are set, and the edges of the years.
fn day() -> impl Strategy<Value = Date> {
    let special = vec![
        date(1, 1, 1),
        date(1, 12, 31),
        date(1883, 11, 17),
        date(2011, 12, 29),
        date(2015, 6, 14),
        date(2024, 2, 28),
        date(2024, 3, 30),
        date(2024, 10, 25),
        date(2025, 3, 8),
        date(2025, 4, 4),
        date(2025, 10, 4),
        date(2025, 11, 1),
        date(2026, 2, 14),
        date(2026, 12, 28),
        date(9986, 4, 1),
        date(9999, 11, 20),
        date(9999, 12, 28),
    ];
    let spread =
        |from: Date| (0..4_i32).prop_map(move |days| from.saturating_add(jiff::Span::new().days(days)));
    let ordinary = (1990..2040_i16, 1..=12_i8, 1..=31_i8)
        .prop_filter_map("no such day", |(year, month, day)| Date::new(year, month, day).ok());
    prop_oneof![2 => select(special).prop_flat_map(spread), 1 => ordinary]
}

fn local() -> impl Strategy<Value = DateTime> {
    let second = select(vec![0, 0, 0, 59]);
    let minute = select(vec![0, 0, 15, 30, 59]);
    (day(), 0..24_i8, minute, second, select(vec![0, 0, 250_000_000])).prop_map(
        |(day, hour, minute, second, fraction)| day.to_datetime(time(hour, minute, second, fraction)),
    )
}

pub fn case() -> impl Strategy<Value = Case> {
    let zones = vec![
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Apia",
        "UTC",
    ];
    (model(), local(), select(zones)).prop_filter_map("no such start", |(mut rule, local, zone)| {
        let start = Start::new(local, TimeZone::get(zone).unwrap(), false).ok()?;
        if let Some(part) = rule.until {
            // To the second, so that it ends a series also where it falls on a start.
            let second = start.instant().as_second() + 1 + part.as_second();
            rule.until = Some(Timestamp::from_second(second).ok()?);
        }
        Some(Case { start, rule })
    })
}

/// Text that looks like lines, and is not quite.
pub fn text() -> impl Strategy<Value = String> {
    let words = select(vec![
        "RRULE:",
        "RDATE",
        "EXDATE",
        ";TZID=",
        "Europe/Berlin",
        ";VALUE=",
        "DATE",
        "PERIOD",
        ":",
        ";",
        "=",
        ",",
        "\n",
        "FREQ=",
        "YEARLY",
        "MONTHLY",
        "WEEKLY",
        "DAILY",
        "HOURLY",
        "MINUTELY",
        ";INTERVAL=",
        ";COUNT=",
        ";UNTIL=",
        ";BYSECOND=",
        ";BYMINUTE=",
        ";BYHOUR=",
        ";BYDAY=",
        ";BYMONTHDAY=",
        ";BYYEARDAY=",
        ";BYWEEKNO=",
        ";BYMONTH=",
        ";BYSETPOS=",
        ";WKST=",
        "MO",
        "SU",
        "-",
        "+",
        "0",
        "1",
        "2",
        "31",
        "53",
        "366",
        "999999",
        "20250101",
        "T090000",
        "Z",
        "/",
        "PT1H",
        "P1D",
        "P1W",
        "99991231",
        "00010101",
        "é",
        "\"",
        " ",
        "\u{0}",
    ]);
    let words = prop::collection::vec(words, 0..30).prop_map(|words| words.concat());
    prop_oneof![words, ".{0,60}", model().prop_map(|rule| format!("RRULE:{rule}\nEXDATE:20250101T000000Z"))]
}
