//! Reminders as rows of a form have them: `reminder_number`, `reminder_unit` and `reminder_method`, each as often as there are
//! rows. A row without a number is none.

use serde_json::{Value, json};

use crate::calendar::{Method, Reminder};
use crate::http::FieldErrors;
use crate::page::filled::Filled;

/// The fields of a row.
pub const FIELDS: [&str; 3] = ["reminder_number", "reminder_unit", "reminder_method"];

/// How many rows there are at least, and how many of them are empty.
const ROWS: usize = 3;
const EMPTY: usize = 2;

/// The most reminders of an event.
const MOST: usize = 20;

/// The units with how many minutes each has.
const UNITS: [(&str, u32); 3] = [("minutes", 1), ("hours", 60), ("days", 24 * 60)];

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How many of the unit; nothing where there is no reminder.
    pub number: String,
    /// `minutes`, `hours` or `days`.
    pub unit: String,
    /// `display`, `email` or `audio`.
    pub method: String,
}

/// The fields of a form for these reminders.
pub fn drawn(reminders: &[Reminder]) -> Filled {
    let rows: Vec<_> = reminders.iter().map(row).collect();
    let all = |of: fn(&Row) -> &String| rows.iter().map(move |row| of(row).clone()).collect::<Vec<_>>();
    Filled::default()
        .with_all("reminder_number", all(|row| &row.number))
        .with_all("reminder_unit", all(|row| &row.unit))
        .with_all("reminder_method", all(|row| &row.method))
}

/// The rows of a form, with some that are empty.
pub fn rows(form: &Filled) -> Vec<Row> {
    let [numbers, units, methods] = FIELDS.map(|field| form.all(field));
    let text = |texts: &[String], index: usize, default: &str| {
        texts.get(index).map_or_else(|| default.to_owned(), Clone::clone)
    };
    let row = |(index, number): (usize, &String)| Row {
        number: number.clone(),
        unit: text(units, index, "minutes"),
        method: text(methods, index, "display"),
    };
    let filled = numbers.iter().enumerate().filter(|(_, number)| !number.trim().is_empty());
    let mut rows: Vec<_> = filled.map(row).collect();
    let count = (rows.len() + EMPTY).max(ROWS).min(MOST.max(rows.len()));
    rows.resize_with(count, || Row {
        number: String::new(),
        unit: "minutes".into(),
        method: "display".into(),
    });
    rows
}

/// The member of a body.
///
/// # Errors
/// What is wrong with a row.
pub fn read(form: &Filled) -> Result<Value, FieldErrors> {
    let wrong = |why: &str| FieldErrors::from([("reminders", why.to_owned())]);
    let mut reminders = Vec::new();
    for Row { number, unit, method } in rows(form) {
        if number.is_empty() {
            continue;
        }
        let number: u32 =
            number.trim().parse().map_err(|_| wrong("Each must be a whole number, from 0 on"))?;
        let unit =
            UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(|| wrong("Must be one of these"))?;
        let minutes = number.checked_mul(unit.1).ok_or_else(|| wrong("Each must be within a year before"))?;
        reminders.push(json!({"minutes_before": minutes, "method": method}));
    }
    Ok(json!(reminders))
}

fn row(reminder: &Reminder) -> Row {
    let minutes = reminder.minutes_before;
    let is_whole = |(_, of_unit): &&(&str, u32)| minutes.is_multiple_of(*of_unit) && minutes > 0;
    let (unit, of_unit) = UNITS.iter().rev().find(is_whole).unwrap_or(&UNITS[0]);
    let method = match reminder.method {
        Method::Display => "display",
        Method::Email => "email",
        Method::Audio => "audio",
    };
    Row { number: (minutes / of_unit).to_string(), unit: (*unit).into(), method: method.into() }
}

/// A reminder in words: `2 hours before, by email`.
pub fn described(reminder: &Reminder) -> String {
    let Row { number, unit, .. } = row(reminder);
    let unit = if number == "1" { unit.trim_end_matches('s').to_owned() } else { unit };
    let method = match reminder.method {
        Method::Display => "on the screen",
        Method::Email => "by email",
        Method::Audio => "by a sound",
    };
    format!("{number} {unit} before, {method}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reminder(minutes_before: u32, method: Method) -> Reminder {
        Reminder { minutes_before, method }
    }

    #[test]
    fn they_are_read_as_they_are_drawn_in_the_largest_unit() {
        let reminders = [
            reminder(0, Method::Display),
            reminder(90, Method::Email),
            reminder(120, Method::Audio),
            reminder(2880, Method::Display),
        ];
        let form = drawn(&reminders);
        assert_eq!(form.all("reminder_number"), ["0", "90", "2", "2"]);
        assert_eq!(form.all("reminder_unit"), ["minutes", "minutes", "hours", "days"]);
        assert_eq!(read(&form).unwrap(), json!(reminders));
        assert_eq!(rows(&form).len(), 6);
        assert_eq!(rows(&drawn(&[])).len(), ROWS);
        assert_eq!(described(&reminders[2]), "2 hours before, by a sound");
        assert_eq!(described(&reminder(60, Method::Email)), "1 hour before, by email");
    }

    #[test]
    fn empty_rows_are_none_and_wrong_ones_are_told_of() {
        let form = drawn(&[]).with_all("reminder_number", ["".into(), "15".into(), " ".into()]);
        let form = form.with_all("reminder_unit", ["days".into(), "hours".into(), "days".into()]);
        assert_eq!(read(&form).unwrap(), json!([{"minutes_before": 900, "method": "display"}]));
        for number in ["-1", "x", "1.5", "99999999999"] {
            assert!(read(&form.clone().with("reminder_number", number)).is_err(), "{number}");
        }
    }
}
