use chrono::{DateTime, SecondsFormat, Utc};
use jiff::civil::{self, Date, Time};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::written as fields;
use crate::calendar::Days;
use crate::http::{FieldErrors, REQUIRED};
use crate::page::filled::Filled;
use crate::time::{ZoneName, in_zone, parse_local, timestamp};

/// The fields of a form that say when an event is: `is_all_day`, which is `true` where it is for whole days, `start_date`,
/// `start_time`, `end_date`, the last one where it is for whole days, `end_time`, and `time_zone`.
pub const FIELDS: [&str; 6] = ["is_all_day", "start_date", "start_time", "end_date", "end_time", "time_zone"];

/// What is proposed in the place of whole days.
const MORNING: [&str; 2] = ["09:00", "10:00"];

/// When an event is, on the clocks of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// Whether it takes the whole of its days.
    pub is_all_day: bool,
    /// When it begins.
    pub start: civil::DateTime,
    /// When it ends. Of whole days the midnight after the last one.
    pub end: civil::DateTime,
    /// Where clocks show that.
    pub zone: ZoneName,
}

impl Times {
    /// Those of these instants.
    pub fn of((start_at, end_at): (DateTime<Utc>, DateTime<Utc>), zone: &ZoneName) -> Self {
        let rules = zone.rules();
        let [start, end] = [start_at, end_at].map(|at| rules.to_datetime(timestamp(at)));
        Self { is_all_day: false, start, end, zone: zone.clone() }
    }

    /// Those of whole days; `zone` is for when they are not any more.
    pub fn of_days(days: Days, zone: &ZoneName) -> Self {
        Self { is_all_day: true, start: days.begin(), end: days.end(), zone: zone.clone() }
    }

    /// The hour from the next full one on.
    pub fn next_hour(now: Timestamp, zone: &ZoneName) -> Self {
        let local = zone.rules().to_datetime(now);
        let hour = local.date().at(local.hour(), 0, 0, 0);
        let start = hour.saturating_add(1.hour());
        Self { is_all_day: false, start, end: start.saturating_add(1.hour()), zone: zone.clone() }
    }

    /// What a form has in its fields.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(form: &Filled) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let times = Self::parse(form, &mut errors);
        if let Some(Self { is_all_day, start, end, .. }) = &times
            && end < start
        {
            let field = if *is_all_day || end.date() < start.date() { "end_date" } else { "end_time" };
            errors.insert(field, "It would end before it begins".into());
        }
        times.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// The same of what was drawn: who else writes events may have one end before it begins.
    pub fn read_drawn(form: &Filled) -> Option<Self> {
        Self::parse(form, &mut FieldErrors::new())
    }

    fn parse(form: &Filled, errors: &mut FieldErrors) -> Option<Self> {
        let is_all_day = form.has("is_all_day", "true");
        let zone = match ZoneName::parse(form.value("time_zone").trim()) {
            Ok(zone) => zone,
            Err(_) if is_all_day => ZoneName::default(),
            Err(why) => {
                errors.insert("time_zone", why);
                ZoneName::default()
            }
        };
        let start = Field { date: "start_date", time: "start_time" }.read(form, is_all_day, errors);
        let end = match form.value("end_date").trim() {
            // On the day on which it begins.
            "" => Field { date: "start_date", time: "end_time" }.read(form, is_all_day, errors),
            _ => Field { date: "end_date", time: "end_time" }.read(form, is_all_day, errors),
        };
        let (start, end) = start.zip(end)?;
        // Of the last one of whole days an earlier one is none.
        let end = if is_all_day && end >= start { end.saturating_add(1.day()) } else { end };
        Some(Self { is_all_day, start, end, zone })
    }

    /// The fields of a form.
    pub fn drawn(&self) -> Filled {
        let last = if self.is_all_day { self.end.saturating_sub(1.day()) } else { self.end };
        // Of whole days for when it is not for those any more.
        let [start_time, end_time] = match self.is_all_day {
            true => MORNING.map(str::to_owned),
            false => [self.start, self.end].map(|at| fields::of_time(at.time())),
        };
        Filled::default()
            .with_all("is_all_day", self.is_all_day.then(|| "true".to_owned()))
            .with("start_date", self.start.date().to_string())
            .with("start_time", start_time)
            .with("end_date", last.date().max(self.start.date()).to_string())
            .with("end_time", end_time)
            .with("time_zone", self.zone.as_str())
    }

    /// As the body of a new event has them.
    pub fn members(&self) -> Vec<(&'static str, Value)> {
        let mut members = vec![("is_all_day", json!(self.is_all_day))];
        members.extend(self.start_at(&ZoneName::default()));
        members.extend(self.end_at(&ZoneName::default()));
        members.extend(self.zone_of_times());
        members
    }

    /// When it begins: a local time, or, of whole days, when they begin in this zone.
    pub fn start_at(&self, days: &ZoneName) -> Option<(&'static str, Value)> {
        self.text(self.start, days).map(|text| ("start_at", text))
    }

    /// When it ends, likewise.
    pub fn end_at(&self, days: &ZoneName) -> Option<(&'static str, Value)> {
        self.text(self.end, days).map(|text| ("end_at", text))
    }

    /// The zone of local times. Whole days have none.
    pub fn zone_of_times(&self) -> Option<(&'static str, Value)> {
        (!self.is_all_day).then(|| ("time_zone", json!(self.zone.as_str())))
    }

    fn text(&self, at: civil::DateTime, days: &ZoneName) -> Option<Value> {
        let local = at.strftime("%Y-%m-%dT%H:%M:%S%.f").to_string();
        match self.is_all_day {
            false => Some(json!(local)),
            true => Some(json!(written(at_on(at, days)?))),
        }
    }

    /// When it begins and ends; whole days as they are in this zone. `None`: beyond the years 1 to 9999.
    pub fn instants(&self, days: &ZoneName) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let zone = if self.is_all_day { days } else { &self.zone };
        Some((at_on(self.start, zone)?, at_on(self.end, zone)?))
    }

    /// Moved so that it begins then; it stays as long.
    pub fn beginning(&self, start: civil::DateTime) -> Self {
        let end = match self.end.duration_since(self.start) {
            length if length.is_negative() => start,
            length => start.saturating_add(length),
        };
        Self { start, end, ..self.clone() }
    }

    /// The day on which it begins for somebody in another zone.
    pub fn day_in(&self, zone: &ZoneName) -> Date {
        match at_on(self.start, &self.zone) {
            Some(at) if !self.is_all_day => zone.rules().to_datetime(timestamp(at)).date(),
            _ => self.start.date(),
        }
    }
}

/// When clocks of a zone show this, as the API reads it.
fn at_on(local: civil::DateTime, zone: &ZoneName) -> Option<DateTime<Utc>> {
    let read = parse_local(&local.strftime("%Y-%m-%dT%H:%M:%S%.f").to_string()).ok()?;
    in_zone(read.utc().naive_utc(), zone).ok()
}

/// An instant as bodies have it.
pub fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The two fields of a time.
struct Field {
    date: &'static str,
    time: &'static str,
}

impl Field {
    fn read(&self, form: &Filled, is_all_day: bool, errors: &mut FieldErrors) -> Option<civil::DateTime> {
        let mut wrong = |field, what: &str| {
            let why = if form.value(field).trim().is_empty() { REQUIRED.to_owned() } else { what.to_owned() };
            errors.entry(field).or_insert(why);
        };
        let date = fields::date(form.value(self.date));
        if date.is_none() {
            wrong(self.date, "Must be a date of the years 1 to 9999, such as 2026-11-28");
        }
        if is_all_day {
            return date.map(|date| date.to_datetime(Time::midnight()));
        }
        let time = fields::time(form.value(self.time));
        if time.is_none() {
            wrong(self.time, "Must be a time such as 10:30");
        }
        date.zip(time).map(|(date, time)| date.to_datetime(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&'static str, &str)]) -> Filled {
        fields.iter().fold(Filled::default(), |form, (field, value)| form.with(field, *value))
    }

    const HOUR: [(&str, &str); 5] = [
        ("start_date", "2026-11-28"),
        ("start_time", "10:00"),
        ("end_date", "2026-11-28"),
        ("end_time", "11:00"),
        ("time_zone", "Europe/Berlin"),
    ];

    #[test]
    fn times_are_read_as_they_are_drawn() {
        let times = Times::read(&form(&HOUR)).unwrap();
        assert_eq!(Times::read(&times.drawn()), Ok(times.clone()));
        assert_eq!(
            times.members(),
            [
                ("is_all_day", json!(false)),
                ("start_at", json!("2026-11-28T10:00:00")),
                ("end_at", json!("2026-11-28T11:00:00")),
                ("time_zone", json!("Europe/Berlin")),
            ]
        );
    }

    #[test]
    fn the_last_of_whole_days_is_shown_and_the_one_after_is_sent() {
        let days = form(&HOUR).with("is_all_day", "true").with("end_date", "2026-11-30");
        let times = Times::read(&days).unwrap();
        assert_eq!(times.drawn().value("end_date"), "2026-11-30");
        assert_eq!(Times::read(&times.drawn()), Ok(times.clone()));
        assert_eq!(
            times.members(),
            [
                ("is_all_day", json!(true)),
                ("start_at", json!("2026-11-28T00:00:00Z")),
                ("end_at", json!("2026-12-01T00:00:00Z")),
            ]
        );
        let berlin = ZoneName::parse("Europe/Berlin").unwrap();
        assert_eq!(times.start_at(&berlin), Some(("start_at", json!("2026-11-27T23:00:00Z"))));
        // Without a last day it is the first.
        let times = Times::read(&days.with("end_date", "")).unwrap();
        assert_eq!(times.end, civil::date(2026, 11, 29).at(0, 0, 0, 0));
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_field() {
        for (changes, wrong) in [
            (&[("start_date", "")][..], &["start_date"][..]),
            (&[("start_date", "28.11.2026"), ("end_time", "noon")], &["end_time", "start_date"]),
            (&[("start_time", "12:00")], &["end_time"]),
            (&[("start_date", "2026-11-29")], &["end_date"]),
            (&[("time_zone", "Berlin")], &["time_zone"]),
            (&[("is_all_day", "true"), ("end_date", "2026-11-27")], &["end_date"]),
        ] {
            let form = changes.iter().fold(form(&HOUR), |form, (field, value)| form.with(field, *value));
            let errors = Times::read(&form).unwrap_err();
            assert_eq!(errors.keys().copied().collect::<Vec<_>>(), wrong, "{changes:?}");
        }
    }

    #[test]
    fn it_stays_as_long_where_it_is_moved() {
        let times = Times::read(&form(&HOUR)).unwrap();
        let later = times.beginning(civil::date(2026, 12, 1).at(23, 30, 0, 0));
        assert_eq!(later.end, civil::date(2026, 12, 2).at(0, 30, 0, 0));
    }

    #[test]
    fn it_begins_on_another_day_elsewhere() {
        let times = Times::read(&form(&HOUR).into_evening()).unwrap();
        assert_eq!(times.day_in(&ZoneName::parse("Asia/Tokyo").unwrap()), civil::date(2026, 11, 29));
        assert_eq!(times.day_in(&ZoneName::parse("Europe/Berlin").unwrap()), civil::date(2026, 11, 28));
    }

    impl Filled {
        fn into_evening(self) -> Self {
            self.with("start_time", "22:00").with("end_time", "23:00")
        }
    }

    #[test]
    fn without_anything_it_is_the_next_hour() {
        let zone = ZoneName::parse("Europe/Berlin").unwrap();
        let times = Times::next_hour("2026-11-28T22:40:00Z".parse().unwrap(), &zone);
        assert_eq!(times.start, civil::date(2026, 11, 29).at(0, 0, 0, 0));
        assert_eq!(times.end, civil::date(2026, 11, 29).at(1, 0, 0, 0));
    }
}
