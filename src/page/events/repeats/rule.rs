use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use recurrence::{Rule, Start};

use super::{Ends, Every, Kind, On, Unit, name_of, weekday_named};

/// What a rule calls the days from Monday to Friday.
const WORKDAYS: &str = "MO,TU,WE,TH,FR";

impl Every {
    /// The rule's text, without its name: `FREQ=WEEKLY;BYDAY=MO`.
    pub fn rule(&self) -> String {
        let mut rule = self.endless();
        match self.ends {
            Ends::Never => {}
            // Also of a series with times: the end of that day in its zone.
            Ends::On(date) => rule += &format!(";UNTIL={}", date.strftime("%Y%m%d")),
            Ends::After(count) => rule += &format!(";COUNT={count}"),
        }
        rule
    }

    fn endless(&self) -> String {
        let Self { interval, unit, .. } = self;
        let (frequency, days) = match unit {
            Unit::Day => ("DAILY", String::new()),
            Unit::Week(days) if days.is_empty() => ("WEEKLY", String::new()),
            Unit::Week(days) => {
                let names: Vec<_> = days.iter().map(|day| name_of(*day)).collect();
                ("WEEKLY", format!(";BYDAY={}", names.join(",")))
            }
            Unit::Month(on) => ("MONTHLY", on.map_or_else(String::new, On::parts)),
            Unit::Year(on) => (
                "YEARLY",
                on.map_or_else(String::new, |(month, on)| format!(";BYMONTH={month}{}", on.parts())),
            ),
        };
        let interval = if *interval > 1 { format!(";INTERVAL={interval}") } else { String::new() };
        let week_start = match self.has_weeks() && self.week_start != Weekday::Monday {
            true => format!(";WKST={}", name_of(self.week_start)),
            false => String::new(),
        };
        format!("FREQ={frequency}{interval}{days}{week_start}")
    }

    /// Whether it matters what weeks begin with.
    pub fn has_weeks(&self) -> bool {
        self.interval > 1 && matches!(&self.unit, Unit::Week(days) if !days.is_empty())
    }

    /// Whether an event that begins on this day begins on one that the rule gives. It is there on that day all the same.
    pub fn gives(&self, first: Date) -> bool {
        match &self.unit {
            Unit::Day | Unit::Month(None) | Unit::Year(None) => true,
            Unit::Week(days) => days.is_empty() || days.contains(&first.weekday()),
            Unit::Month(Some(on)) => on.is(first),
            Unit::Year(Some((month, on))) => *month == first.month() && on.is(first),
        }
    }

    /// What a rule of a series that begins so says, if there are words for all of it.
    pub fn of(rule: &Rule, start: &Start) -> Option<Self> {
        let text = rule.clone().without_end().to_string();
        let parts: BTreeMap<_, _> = text.split(';').filter_map(|part| part.split_once('=')).collect();
        let part = |name: &str| parts.get(name).copied();
        let on = || match (part("BYMONTHDAY"), part("BYDAY"), part("BYSETPOS")) {
            (Some(day), None, None) => day.parse().ok().map(On::Day),
            (None, Some(WORKDAYS), Some(nth)) => Some(On::Nth(nth.parse().ok()?, Kind::Workday)),
            (None, Some(day), None) => {
                let (nth, name) = day.split_at_checked(day.len().checked_sub(2)?)?;
                Some(On::Nth(nth.parse().ok()?, Kind::Weekday(weekday_named(name)?)))
            }
            _ => None,
        };
        let unit = match part("FREQ")? {
            "DAILY" => Unit::Day,
            "WEEKLY" => {
                let names = part("BYDAY").into_iter().flat_map(|days| days.split(','));
                Unit::Week(names.map(weekday_named).collect::<Option<_>>()?)
            }
            "MONTHLY" => Unit::Month(on()),
            "YEARLY" => Unit::Year(part("BYMONTH").and_then(|month| month.parse().ok()).zip(on())),
            _ => return None,
        };
        let week_start = part("WKST").and_then(weekday_named).unwrap_or(Weekday::Monday);
        let every = Self { interval: rule.interval(), unit, ends: ends(rule, start), week_start };
        (every.is_known() && every.says(&text, start)).then_some(every)
    }

    /// Whether a form has all that this names.
    fn is_known(&self) -> bool {
        let on = match &self.unit {
            Unit::Day | Unit::Week(_) => None,
            Unit::Month(on) => *on,
            Unit::Year(on) => on.map(|(_, on)| on),
        };
        match on {
            None => true,
            Some(On::Day(day)) => (-1..=31).contains(&day) && day != 0,
            Some(On::Nth(nth, _)) => (-1..=5).contains(&nth) && nth != 0,
        }
    }

    /// Whether it is this rule: nothing of that is left out here, and nothing is added. What weeks begin with is left out where
    /// that does not matter.
    fn says(&self, text: &str, start: &Start) -> bool {
        let Ok(rule) = Rule::parse_known(&self.endless(), start) else { return false };
        let without = |text: &str| match (self.has_weeks(), text.split_once(";WKST=")) {
            (false, Some((before, _))) => before.to_owned(),
            _ => text.to_owned(),
        };
        without(&rule.to_string()) == without(text)
    }
}

impl On {
    fn is(self, date: Date) -> bool {
        let back = date.days_in_month() - date.day();
        match self {
            Self::Day(-1) => back == 0,
            Self::Day(day) => date.day() == day,
            Self::Nth(-1, Kind::Weekday(day)) => date.weekday() == day && back < 7,
            Self::Nth(nth, Kind::Weekday(day)) => date.weekday() == day && (date.day() - 1) / 7 + 1 == nth,
            Self::Nth(nth, Kind::Workday) => {
                let is_workday = |date: &Date| date.weekday().to_monday_zero_offset() < 5;
                let of_month =
                    date.first_of_month().series(1.day()).take_while(|day| day.month() == date.month());
                let workdays: Vec<_> = of_month.filter(is_workday).collect();
                let index =
                    if nth < 0 { workdays.len().checked_sub(1) } else { usize::try_from(nth - 1).ok() };
                index.and_then(|index| workdays.get(index)) == Some(&date)
            }
        }
    }

    fn parts(self) -> String {
        match self {
            Self::Day(day) => format!(";BYMONTHDAY={day}"),
            Self::Nth(nth, Kind::Weekday(day)) => format!(";BYDAY={nth}{}", name_of(day)),
            Self::Nth(nth, Kind::Workday) => format!(";BYDAY={WORKDAYS};BYSETPOS={nth}"),
        }
    }
}

fn ends(rule: &Rule, start: &Start) -> Ends {
    match (rule.count(), last_day(rule, start)) {
        (Some(count), _) => Ends::After(count),
        (None, Some(date)) => Ends::On(date),
        (None, None) => Ends::Never,
    }
}

/// The last day on which an occurrence may begin. An UNTIL earlier in a day than all occurrences begin is the day before.
fn last_day(rule: &Rule, start: &Start) -> Option<Date> {
    if let Some(date) = rule.until_date() {
        return Some(date);
    }
    let until = start.zone().to_datetime(rule.until()?);
    match until.time() < start.local().time() {
        true => until.date().yesterday().ok(),
        false => Some(until.date()),
    }
}

#[cfg(test)]
pub mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    use super::*;
    use crate::page::events::repeats::WEEKDAYS;

    fn start(is_date: bool) -> Start {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let hour = if is_date { 0 } else { 10 };
        Start::new(date(2026, 11, 28).at(hour, 0, 0, 0), zone, is_date).unwrap()
    }

    fn on() -> impl Strategy<Value = On> {
        let kinds = WEEKDAYS.map(|(_, weekday)| Kind::Weekday(weekday)).into_iter().chain([Kind::Workday]);
        let days: Vec<_> = (1..=31).chain([-1]).map(On::Day).collect();
        let nth = (select(vec![1, 2, 3, 4, 5, -1]), select(kinds.collect::<Vec<_>>()));
        prop_oneof![select(days), nth.prop_map(|(nth, kind)| On::Nth(nth, kind))]
    }

    fn unit() -> impl Strategy<Value = Unit> {
        let weekdays = WEEKDAYS.map(|(_, weekday)| weekday).to_vec();
        prop_oneof![
            Just(Unit::Day),
            subsequence(weekdays, 0..=7).prop_map(Unit::Week),
            proptest::option::of(on()).prop_map(Unit::Month),
            proptest::option::of((1_i8..=12, on())).prop_map(Unit::Year),
        ]
    }

    pub fn every() -> impl Strategy<Value = Every> {
        let ends = prop_oneof![
            Just(Ends::Never),
            (0_i64..4000).prop_map(|days| Ends::On(date(2026, 11, 28) + jiff::Span::new().days(days))),
            (1_u32..1000).prop_map(Ends::After),
        ];
        let week_start = select(vec![Weekday::Monday, Weekday::Sunday, Weekday::Saturday]);
        (1_u32..100, unit(), ends, week_start).prop_map(|(interval, unit, ends, week_start)| {
            let every = Every { interval, unit, ends, week_start };
            // What does not matter is not kept.
            let week_start = if every.has_weeks() { week_start } else { Weekday::Monday };
            Every { week_start, ..every }
        })
    }

    proptest! {
        #[test]
        fn a_rule_says_what_it_was_made_of(every in every(), is_date: bool) {
            let start = start(is_date);
            let rule = Rule::parse_known(&every.rule(), &start).unwrap();
            prop_assert_eq!(Every::of(&rule, &start), Some(every));
        }
    }

    #[test]
    fn rules_are_written_as_their_readers_know_them() {
        let every = |unit, ends| Every { interval: 2, unit, ends, week_start: Weekday::Sunday };
        for (unit, ends, rule) in [
            (Unit::Day, Ends::Never, "FREQ=DAILY;INTERVAL=2"),
            (
                Unit::Week(vec![Weekday::Monday, Weekday::Friday]),
                Ends::After(3),
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU;COUNT=3",
            ),
            (Unit::Month(None), Ends::On(date(2027, 1, 5)), "FREQ=MONTHLY;INTERVAL=2;UNTIL=20270105"),
            (
                Unit::Month(Some(On::Nth(-1, Kind::Workday))),
                Ends::Never,
                "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ),
            (
                Unit::Year(Some((11, On::Nth(4, Kind::Weekday(Weekday::Thursday))))),
                Ends::Never,
                "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=4TH",
            ),
        ] {
            assert_eq!(every(unit, ends).rule(), rule);
        }
    }

    proptest! {
        #[test]
        fn a_day_that_the_rule_gives_is_its_first_one(every in every()) {
            let start = start(true);
            let endless = Every { ends: Ends::Never, ..every };
            let rule = Rule::parse_known(&endless.rule(), &start).unwrap();
            for at in rule.starts(&start).skip(1).take(20) {
                let day = start.zone().to_datetime(at).date();
                prop_assert!(endless.gives(day), "{} on {day}", endless.rule());
                let begun = Start::new(day.tomorrow().unwrap().at(0, 0, 0, 0), start.zone().clone(), true).unwrap();
                // What follows the first occurrence is the rule's own: is the day after among that of the day before?
                let after = rule.starts_from(&start, begun.instant(), None).next() == Some(begun.instant());
                let follows_start = matches!(endless.unit, Unit::Day | Unit::Month(None) | Unit::Year(None))
                    || matches!(&endless.unit, Unit::Week(days) if days.is_empty());
                prop_assert!(follows_start || endless.interval > 1 || after == endless.gives(begun.local().date()));
            }
        }
    }

    #[test]
    fn ends_are_days_however_they_are_written() {
        for (until, date) in [
            ("20261231", "2026-12-31"),
            ("20261231T090000Z", "2026-12-31"),
            // The hour before it would begin.
            ("20261231T080000Z", "2026-12-30"),
            ("20261231T225959Z", "2026-12-31"),
            ("20261231T230000Z", "2026-12-31"),
            ("20270101T085959Z", "2026-12-31"),
        ] {
            let rule = Rule::parse(&format!("FREQ=DAILY;UNTIL={until}"), &start(false)).unwrap();
            let ends = Every::of(&rule, &start(false)).unwrap().ends;
            assert_eq!(ends, Ends::On(date.parse().unwrap()), "{until}");
        }
    }

    #[test]
    fn what_there_are_no_words_for_is_not_said() {
        for text in [
            "FREQ=HOURLY",
            "FREQ=MINUTELY;INTERVAL=15",
            "FREQ=DAILY;BYDAY=MO",
            "FREQ=DAILY;BYMONTH=1",
            "FREQ=DAILY;BYHOUR=9,15",
            "FREQ=WEEKLY;BYHOUR=9",
            "FREQ=WEEKLY;BYMONTH=12",
            "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1",
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
            "FREQ=MONTHLY;BYMONTHDAY=-2",
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
            "FREQ=MONTHLY;BYDAY=MO",
            "FREQ=MONTHLY;BYDAY=1MO,3MO",
            "FREQ=MONTHLY;BYDAY=-2MO",
            "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "FREQ=MONTHLY;BYMONTH=1",
            "FREQ=YEARLY;BYMONTH=1",
            "FREQ=YEARLY;BYMONTHDAY=1",
            "FREQ=YEARLY;BYDAY=1MO",
            "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=1",
            "FREQ=YEARLY;BYYEARDAY=100",
            "FREQ=YEARLY;BYWEEKNO=20",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=TH",
        ] {
            let rule = Rule::parse(text, &start(false)).unwrap();
            assert_eq!(Every::of(&rule, &start(false)), None, "{text}");
        }
        // That weeks begin on Sunday is nothing to a rule of months.
        let rule = Rule::parse("FREQ=MONTHLY;WKST=SU;COUNT=3", &start(false)).unwrap();
        assert!(Every::of(&rule, &start(false)).is_some());
    }
}
