use jiff::civil::{Date, Weekday, date};
use recurrence::{Frequency, Rule};

use super::{Ends, Every, Kind, On, Unit};
use crate::page::words::Words;

/// A rule in words, of an event that begins on this day: `Every 2 weeks on Monday and Friday, until Dec 31, 2026`.
pub fn described(every: &Every, first: Date, words: &Words) -> String {
    let days = match &every.unit {
        Unit::Day => String::new(),
        Unit::Week(days) if days.is_empty() => format!(" on {}", words.weekday(first)),
        Unit::Week(days) => {
            let names: Vec<_> = days.iter().map(|day| weekday(*day, words)).collect();
            format!(" on {}", listed(&names))
        }
        Unit::Month(on) => format!(" on {}", day_of(on.unwrap_or(On::Day(first.day())), words)),
        Unit::Year(None) => format!(" on {}", words.day_of_month(first)),
        Unit::Year(Some((month, On::Day(day)))) if *day > 0 => {
            // Of a leap year: the 29th is one of February's.
            let date = Date::new(2024, *month, *day).map(|date| words.day_of_month(date));
            format!(" on {}", date.unwrap_or_else(|_| format!("day {day} of {}", words.month_name(*month))))
        }
        Unit::Year(Some((month, on))) => {
            format!(" on {} of {}", day_of(*on, words), words.month_name(*month))
        }
    };
    let ends = match every.ends {
        Ends::Never => String::new(),
        Ends::On(date) => format!(", until {}", words.date(date)),
        Ends::After(1) => ", once".into(),
        Ends::After(count) => format!(", {count} times"),
    };
    let unit = match every.unit {
        Unit::Day => "day",
        Unit::Week(_) => "week",
        Unit::Month(_) => "month",
        Unit::Year(_) => "year",
    };
    format!("{}{days}{ends}", each(every.interval, unit))
}

/// What can be said of any rule: `Every 3 hours, by a rule of its own`.
pub fn described_roughly(rule: &Rule) -> String {
    let unit = match rule.frequency() {
        Frequency::Minutely => "minute",
        Frequency::Hourly => "hour",
        Frequency::Daily => "day",
        Frequency::Weekly => "week",
        Frequency::Monthly => "month",
        Frequency::Yearly => "year",
    };
    format!("{}, by a rule of its own", each(rule.interval(), unit))
}

fn each(interval: u32, unit: &str) -> String {
    match interval {
        1 => format!("Every {unit}"),
        many => format!("Every {many} {unit}s"),
    }
}

fn day_of(on: On, words: &Words) -> String {
    match on {
        On::Day(-1) => "the last day".into(),
        On::Day(day) => format!("day {day}"),
        On::Nth(nth, Kind::Weekday(day)) => format!("the {} {}", ordinal(nth), weekday(day, words)),
        On::Nth(nth, Kind::Workday) => format!("the {} workday", ordinal(nth)),
    }
}

fn ordinal(nth: i8) -> &'static str {
    match nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ => "last",
    }
}

/// What somebody's language calls a weekday.
pub fn weekday(weekday: Weekday, words: &Words) -> String {
    // A Monday.
    let later = jiff::Span::new().days(weekday.to_monday_zero_offset());
    words.weekday(date(2024, 1, 1).saturating_add(later))
}

fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn rules_are_said_in_words() {
        let words = Words::of(&Locale::parse("en".into()).unwrap());
        let first = date(2026, 11, 28);
        let every = |interval, unit, ends| Every { interval, unit, ends, week_start: Weekday::Monday };
        for (every, text) in [
            (every(1, Unit::Day, Ends::Never), "Every day"),
            (every(3, Unit::Day, Ends::After(5)), "Every 3 days, 5 times"),
            (
                every(1, Unit::Week(vec![]), Ends::On(date(2026, 12, 31))),
                "Every week on Saturday, until Dec 31, 2026",
            ),
            (
                every(2, Unit::Week(vec![Weekday::Monday, Weekday::Wednesday, Weekday::Friday]), Ends::Never),
                "Every 2 weeks on Monday, Wednesday and Friday",
            ),
            (every(1, Unit::Month(None), Ends::Never), "Every month on day 28"),
            (every(1, Unit::Month(Some(On::Day(-1))), Ends::Never), "Every month on the last day"),
            (
                every(1, Unit::Month(Some(On::Nth(-1, Kind::Workday))), Ends::Never),
                "Every month on the last workday",
            ),
            (every(1, Unit::Year(None), Ends::Never), "Every year on November 28"),
            (every(1, Unit::Year(Some((2, On::Day(29)))), Ends::Never), "Every year on February 29"),
            (
                every(4, Unit::Year(Some((2, On::Day(30)))), Ends::Never),
                "Every 4 years on day 30 of February",
            ),
            (
                every(1, Unit::Year(Some((11, On::Nth(4, Kind::Weekday(Weekday::Thursday))))), Ends::Never),
                "Every year on the fourth Thursday of November",
            ),
        ] {
            assert_eq!(described(&every, first, &words), text);
        }
    }
}
