use jiff::civil::{Date, Weekday};
use recurrence::{MAX_COUNT, MAX_INTERVAL};

use super::{Ends, Every, Kind, On, Repeats, Unit, name_of, weekday_named};
use crate::http::FieldErrors;
use crate::page::events::written;
use crate::page::filled::Filled;

/// The fields of a form that say how an event repeats.
///
/// - `repeats`: `never`, `daily`, `weekly`, `monthly`, `yearly`, or `own`, which is by the lines in `recurrence`;
/// - `interval`: every so many days, weeks, months or years;
/// - `weekday`, each as `MO`: of a week; without any it is that of the beginning;
/// - `days_by`: of a month or a year `start`, which is the day of the beginning, `day` or `nth`;
/// - `month_day`: 1 to 31, or -1, the last one; `nth`: 1 to 5, or -1, of `kind`: `MO` to `SU`, or `workday`;
/// - `month`: 1 to 12, of a year, unless it is the day of the beginning;
/// - `ends`: `never`; `on`, which is `until`, a date; or `after`, which is so often as `count`;
/// - `recurrence`: lines of RFC 5545, RRULE, RDATE and EXDATE;
/// - `week_start`: what weeks begin with.
pub const FIELDS: [&str; 13] = [
    "repeats",
    "interval",
    "weekday",
    "days_by",
    "month_day",
    "nth",
    "kind",
    "month",
    "ends",
    "until",
    "count",
    "recurrence",
    "week_start",
];

/// The fields of a form for an event that repeats so, begins on this day, and has these lines. What does not matter has what would
/// be chosen next.
pub fn drawn(repeats: &Repeats, lines: &[String], first: Date, week_start: Weekday) -> Filled {
    let every = match repeats {
        Repeats::By(every) => Some(every),
        Repeats::Never | Repeats::Own(_) => None,
    };
    let (chosen, weekdays, on, month) = match every.map(|every| &every.unit) {
        None => (if *repeats == Repeats::Never { "never" } else { "own" }, &[][..], None, None),
        Some(Unit::Day) => ("daily", &[][..], None, None),
        Some(Unit::Week(days)) => ("weekly", &days[..], None, None),
        Some(Unit::Month(on)) => ("monthly", &[][..], *on, None),
        Some(Unit::Year(on)) => ("yearly", &[][..], on.map(|(_, on)| on), on.map(|(month, _)| month)),
    };
    let days_by = match on {
        None => "start",
        Some(On::Day(_)) => "day",
        Some(On::Nth(..)) => "nth",
    };
    let day = if let Some(On::Day(day)) = on { day } else { first.day() };
    let (nth, kind) = match on {
        Some(On::Nth(nth, kind)) => (nth, kind),
        _ => ((first.day() - 1) / 7 + 1, Kind::Weekday(first.weekday())),
    };
    let ends = every.map_or(Ends::Never, |every| every.ends);
    let (ends, until, count) = match ends {
        Ends::Never => ("never", String::new(), String::new()),
        Ends::On(date) => ("on", date.to_string(), String::new()),
        Ends::After(count) => ("after", String::new(), count.to_string()),
    };
    let week_start = every.filter(|every| every.has_weeks()).map_or(week_start, |every| every.week_start);
    Filled::default()
        .with("repeats", chosen)
        .with("interval", every.map_or(1, |every| every.interval).to_string())
        .with_all("weekday", weekdays.iter().map(|day| name_of(*day).to_owned()))
        .with("days_by", days_by)
        .with("month_day", day.to_string())
        .with("nth", nth.to_string())
        .with("kind", name_of_kind(kind))
        .with("month", month.unwrap_or(first.month()).to_string())
        .with("ends", ends)
        .with("until", until)
        .with("count", count)
        .with("recurrence", lines.join("\n"))
        .with("week_start", name_of(week_start))
}

/// What a form says of how its event repeats.
///
/// # Errors
/// What is wrong with its fields.
pub fn read(form: &Filled) -> Result<Repeats, FieldErrors> {
    let mut errors = FieldErrors::new();
    let unit = match form.value("repeats") {
        "" | "never" => return Ok(Repeats::Never),
        "own" => return own(form),
        "daily" => Unit::Day,
        "weekly" => Unit::Week(weekdays(form)),
        "monthly" => Unit::Month(on(form, &mut errors)),
        "yearly" => {
            let month = form.value("month").parse().ok().filter(|month| (1..=12).contains(month));
            Unit::Year(on(form, &mut errors).map(|on| (month.unwrap_or(1), on)))
        }
        _ => return Err(FieldErrors::from([("repeats", "Must be one of these".into())])),
    };
    let mut number = |field: &'static str, most: u32| {
        let number = form.value(field).trim().parse().ok().filter(|number| (1..=most).contains(number));
        number.unwrap_or_else(|| {
            errors.insert(field, format!("Must be a whole number from 1 to {most}"));
            1
        })
    };
    let interval = number("interval", MAX_INTERVAL);
    let ends = match form.value("ends") {
        "" | "never" => Ends::Never,
        "after" => Ends::After(number("count", MAX_COUNT)),
        _ => match written::date(form.value("until")) {
            Some(date) => Ends::On(date),
            None => {
                errors.insert("until", "Must be a date".into());
                Ends::Never
            }
        },
    };
    let week_start = weekday_named(form.value("week_start")).unwrap_or(Weekday::Monday);
    match errors.is_empty() {
        true => Ok(Repeats::By(Every { interval, unit, ends, week_start })),
        false => Err(errors),
    }
}

/// What weeks begin with does not matter to a rule that a form has not changed, if it does to none.
pub fn without_week_start(repeats: Repeats) -> Repeats {
    match repeats {
        Repeats::By(every) if !every.has_weeks() => {
            Repeats::By(Every { week_start: Weekday::Monday, ..every })
        }
        repeats => repeats,
    }
}

fn own(form: &Filled) -> Result<Repeats, FieldErrors> {
    let lines = form.value("recurrence").lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<_> = lines.map(str::to_owned).collect();
    match lines.is_empty() {
        true => {
            Err(FieldErrors::from([("recurrence", "Write the rule here, such as RRULE:FREQ=DAILY".into())]))
        }
        false => Ok(Repeats::Own(lines)),
    }
}

fn weekdays(form: &Filled) -> Vec<Weekday> {
    super::WEEKDAYS
        .iter()
        .filter(|(name, _)| form.has("weekday", name))
        .map(|(_, weekday)| *weekday)
        .collect()
}

fn on(form: &Filled, errors: &mut FieldErrors) -> Option<On> {
    let mut number = |field: &'static str, most: i8| {
        let number =
            form.value(field).parse().ok().filter(|number| (-1..=most).contains(number) && *number != 0);
        number.unwrap_or_else(|| {
            errors.insert(field, "Must be one of these".into());
            1
        })
    };
    match form.value("days_by") {
        "day" => Some(On::Day(number("month_day", 31))),
        "nth" => {
            let nth = number("nth", 5);
            match kind_named(form.value("kind")) {
                Some(kind) => Some(On::Nth(nth, kind)),
                None => {
                    errors.insert("kind", "Must be one of these".into());
                    None
                }
            }
        }
        _ => None,
    }
}

fn name_of_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Weekday(weekday) => name_of(weekday),
        Kind::Workday => "workday",
    }
}

fn kind_named(name: &str) -> Option<Kind> {
    match name {
        "workday" => Some(Kind::Workday),
        name => weekday_named(name).map(Kind::Weekday),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::rule::tests::every;
    use super::*;

    proptest! {
        #[test]
        fn a_form_says_what_it_was_drawn_of(every in every()) {
            let repeats = Repeats::By(every);
            let drawn = drawn(&repeats, &[], date(2026, 11, 28), Weekday::Sunday);
            prop_assert_eq!(read(&drawn).map(without_week_start), Ok(repeats));
        }

        #[test]
        fn no_text_makes_it_panic(texts in proptest::collection::vec(".{0,12}", FIELDS.len())) {
            let filled = FIELDS.iter().zip(texts);
            let form = filled.fold(Filled::default(), |form, (field, text)| form.with(field, text));
            for repeats in ["own", "weekly", "monthly", "yearly"] {
                let _ = read(&form.clone().with("repeats", repeats));
            }
        }
    }

    #[test]
    fn what_is_drawn_without_a_rule_is_what_would_be_chosen_next() {
        let form = drawn(&Repeats::Never, &[], date(2026, 11, 28), Weekday::Sunday);
        for (field, value) in [
            ("repeats", "never"),
            ("interval", "1"),
            ("month_day", "28"),
            ("nth", "4"),
            ("kind", "SA"),
            ("month", "11"),
            ("week_start", "SU"),
            ("recurrence", ""),
        ] {
            assert_eq!(form.value(field), value, "{field}");
        }
        assert_eq!(read(&form), Ok(Repeats::Never));
        let lines = ["RRULE:FREQ=HOURLY".to_owned(), "EXDATE:20261128T100000Z".to_owned()];
        let form = drawn(&Repeats::Own(lines.to_vec()), &lines, date(2026, 11, 28), Weekday::Monday);
        assert_eq!(form.value("recurrence"), "RRULE:FREQ=HOURLY\nEXDATE:20261128T100000Z");
        // As browsers send it.
        let form = form.with("recurrence", "RRULE:FREQ=HOURLY\r\n\r\n EXDATE:20261128T100000Z \r\n");
        assert_eq!(read(&form), Ok(Repeats::Own(lines.to_vec())));
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_field() {
        let form = drawn(&Repeats::Never, &[], date(2026, 11, 28), Weekday::Monday);
        for (fields, wrong) in [
            (&[("repeats", "daily"), ("interval", "0")][..], &["interval"][..]),
            (
                &[("repeats", "daily"), ("interval", "1.5"), ("ends", "after"), ("count", "")],
                &["count", "interval"],
            ),
            (&[("repeats", "daily"), ("ends", "on")], &["until"]),
            (&[("repeats", "daily"), ("ends", "on"), ("until", "2026-02-30")], &["until"]),
            (&[("repeats", "monthly"), ("days_by", "day"), ("month_day", "0")], &["month_day"]),
            (&[("repeats", "monthly"), ("days_by", "nth"), ("nth", "6"), ("kind", "XX")], &["kind", "nth"]),
            (&[("repeats", "own")], &["recurrence"]),
            (&[("repeats", "hourly")], &["repeats"]),
        ] {
            let form = fields.iter().fold(form.clone(), |form, (field, value)| form.with(field, *value));
            let errors = read(&form).unwrap_err();
            assert_eq!(errors.keys().copied().collect::<Vec<_>>(), wrong, "{fields:?}");
        }
    }
}
