//! What the API says is wrong with a body, beside the fields of the form that it was made of, in the form's words.

use crate::http::FieldErrors;
use crate::page::filled::Filled;

/// The fields of a form with what is wrong with each.
pub fn told(errors: &FieldErrors, sent: &Filled) -> FieldErrors {
    let has_lines = sent.value("repeats") == "own";
    let mut told = FieldErrors::new();
    for (field, why) in errors {
        let (field, why) = match (*field, numbered(why)) {
            ("start_at", _) => ("start_date", why.clone()),
            ("end_at", _) if why == "Must not be before start_at" => {
                ("end_date", "It would end before it begins".into())
            }
            ("end_at", _) => ("end_date", why.clone()),
            ("recurrence", Some((number, why))) if has_lines => {
                ("recurrence", format!("Line {number}: {why}"))
            }
            ("recurrence", _) if has_lines => ("recurrence", why.clone()),
            ("recurrence", Some((_, why))) if why.starts_with("UNTIL") => {
                ("until", "Must not be before it begins".into())
            }
            ("recurrence", Some((_, why))) => ("repeats", why.to_owned()),
            ("recurrence", None) => ("repeats", why.clone()),
            ("reminders", Some((number, why))) => {
                ("reminders", format!("Number {number}: {}", why.replace("minutes_before", "it")))
            }
            (field, Some((number, why))) => (field, format!("Number {number}: {why}")),
            (field, None) => (field, why.clone()),
        };
        told.entry(field).or_insert(why);
    }
    told
}

/// `recurrence[0]: why`, its number counted from 1.
fn numbered(why: &str) -> Option<(usize, &str)> {
    let (_, rest) = why.split_once('[')?;
    let (number, why) = rest.split_once("]: ")?;
    Some((number.parse::<usize>().ok()? + 1, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_beside_its_field() {
        let own = Filled::default().with("repeats", "own");
        for (field, why, form, beside, said) in [
            ("end_at", "Must not be before start_at", &own, "end_date", "It would end before it begins"),
            ("recurrence", "recurrence[1]: FREQ is missing", &own, "recurrence", "Line 2: FREQ is missing"),
            (
                "recurrence",
                "recurrence[0]: The rule has no occurrence",
                &Filled::default(),
                "repeats",
                "The rule has no occurrence",
            ),
            (
                "categories",
                "categories[0]: Must not be longer",
                &own,
                "categories",
                "Number 1: Must not be longer",
            ),
            ("title", "This field is required", &own, "title", "This field is required"),
        ] {
            let told = told(&FieldErrors::from([(field, why.into())]), form);
            assert_eq!(told, FieldErrors::from([(beside, said.into())]));
        }
    }
}
