//! What a form says: of an event that is to be all that it has, of one that is there what somebody has changed in the form, and
//! nothing else. What the form does not show stays as it is.

use serde_json::{Value, json};

use super::drawn::{CHOICES, LINES, repeats_of};
use super::repeats::{self, Ends, Every, Repeats};
use super::scope::Scope;
use super::times::{self, Times};
use super::told::told;
use super::{categories, reminders};
use crate::calendar::{Along, EventPatch, SeenEvent};
use crate::http::{Body, Error, FieldErrors};
use crate::page::color::Rgb;
use crate::page::filled::Filled;

/// The members of a body.
type Members = Vec<(&'static str, Value)>;

/// What is said of an event that is to be.
///
/// # Errors
/// What is wrong with the form.
pub fn said_of_new(sent: &Filled) -> Result<EventPatch, FieldErrors> {
    let mut errors = FieldErrors::new();
    let mut members = texts(sent, &Filled::default());
    let mut take = |said: Result<Members, FieldErrors>| match said {
        Ok(said) => members.extend(said),
        Err(wrong) => errors.extend(wrong),
    };
    take(Times::read(sent).map(|times| times.members()));
    take(reminders::read(sent).map(|value| vec![("reminders", value)]));
    take(repeats::read(sent).map(|repeats| match repeats {
        Repeats::Never => vec![],
        Repeats::By(every) => vec![("recurrence", json!([format!("RRULE:{}", every.rule())]))],
        Repeats::Own(lines) => vec![("recurrence", json!(lines))],
    }));
    take(no_lines_aside(sent, &Filled::default()).map(|()| vec![]));
    both(EventPatch::read_whole(&Body::of(members)), errors, sent)
}

/// What was changed in the form of an event. `None`: nothing.
///
/// # Errors
/// What is wrong with the form.
pub fn said_of(
    seen: &SeenEvent,
    (drawn, sent): (&Filled, &Filled),
    scope: Scope,
) -> Result<Option<EventPatch>, FieldErrors> {
    let mut errors = FieldErrors::new();
    let mut members = texts(sent, drawn);
    let times = Times::read(sent).or_else(|errors| moved_whole(drawn, sent).ok_or(errors));
    let (mut rule, mut becomes_series) = (None, false);
    match &times {
        Ok(times) => members.extend(changed_times(seen, Times::read_drawn(drawn).as_ref(), times)),
        Err(wrong) => errors.extend(wrong.clone()),
    }
    match (reminders::read(sent), reminders::read(drawn)) {
        (Ok(sent), Ok(drawn)) if sent != drawn => members.push(("reminders", sent)),
        (Err(wrong), _) => errors.extend(wrong),
        _ => {}
    }
    match no_lines_aside(sent, drawn).and_then(|()| changed_repeats(seen, (drawn, sent), scope)) {
        Ok(Rule::Stays) => {}
        Ok(Rule::Is(every)) => {
            becomes_series = seen.series.is_none();
            rule = Some(every.rule());
        }
        Ok(Rule::Lines(lines)) => {
            becomes_series = seen.series.is_none();
            members.push(("recurrence", lines.map_or(Value::Null, |lines| json!(lines))));
        }
        Err(wrong) => errors.extend(wrong),
    }
    // Its days and times are those of this zone from then on.
    if let (true, Ok(times), None) = (becomes_series, &times, &seen.time_zone) {
        members.extend(times.zone_of_times());
    }
    if scope == Scope::This && members.iter().any(|(name, _)| *name == "calendar_id") {
        errors.insert("calendar_id", "One alone cannot be in another calendar".into());
    }
    let is_unchanged = members.is_empty() && rule.is_none();
    let patch = both(EventPatch::read(&Body::of(members)), errors, sent)?;
    Ok((!is_unchanged).then_some(EventPatch { rule, along: Along::Days, ..patch }))
}

/// What is wrong with either, beside the fields of the form.
fn both(
    patch: Result<EventPatch, Error>,
    mut errors: FieldErrors,
    sent: &Filled,
) -> Result<EventPatch, FieldErrors> {
    let wrong = match patch {
        Ok(patch) if errors.is_empty() => return Ok(patch),
        Ok(_) => return Err(errors),
        Err(wrong) => wrong,
    };
    // A time that could not be read is not there, either.
    let is_known =
        |field: &str| TIMES.contains(&field) && errors.keys().any(|field| times::FIELDS.contains(field));
    let wrong = wrong.fields().iter().filter(|(field, _)| !is_known(field));
    let wrong = wrong.map(|(field, why)| (*field, why.clone())).collect();
    errors.extend(told(&wrong, sent));
    Err(errors)
}

/// The members of a body that are made of several fields.
const TIMES: [&str; 2] = ["start_at", "end_at"];

/// What is in one field each.
fn texts(sent: &Filled, drawn: &Filled) -> Members {
    let one_line = |text: &str| text.replace(['\r', '\n'], "");
    let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let differs = |field: &str, read: &dyn Fn(&str) -> String| {
        sent.has_any(field) && (!drawn.has_any(field) || read(sent.value(field)) != read(drawn.value(field)))
    };
    let mut members = Members::new();
    for field in LINES.into_iter().filter(|field| differs(field, &one_line)) {
        members.push((field, json!(sent.value(field))));
    }
    if differs("description", &lines) {
        members.push(("description", json!(lines(sent.value("description")))));
    }
    for field in CHOICES.into_iter().filter(|field| differs(field, &str::to_owned)) {
        members.push((field, json!(sent.value(field))));
    }
    if differs("categories", &one_line) {
        members.push(("categories", json!(categories::read(sent.value("categories")))));
    }
    if differs("calendar_id", &str::to_owned) {
        let id: Option<i64> = sent.value("calendar_id").parse().ok();
        members.push(("calendar_id", id.map_or(json!(0), |id| json!(id))));
    }
    if sent.has_any("color") && !is_same_color(color(sent), color(drawn)) {
        members.push(("color", json!(color(sent))));
    }
    members
}

/// The colour that a form has chosen; nothing, where it is the calendar's.
pub fn color(form: &Filled) -> &str {
    match form.value("color") {
        "other" => form.value("other_color"),
        color => color,
    }
}

fn is_same_color(one: &str, other: &str) -> bool {
    match (Rgb::parse(one), Rgb::parse(other)) {
        (None, None) => one == other,
        (one, other) => one == other,
    }
}

/// When an event is whose beginning alone was changed, to after its end: it stays as long.
fn moved_whole(drawn: &Filled, sent: &Filled) -> Option<Times> {
    let (before, after) = (Times::read_drawn(drawn)?, Times::read_drawn(sent)?);
    let stays = |field: &&str| drawn.value(field) == sent.value(field);
    let is_so = ["end_date", "end_time", "is_all_day"].iter().all(stays) && after.end < after.start;
    is_so.then(|| Times { zone: after.zone, ..before.beginning(after.start) })
}

fn changed_times(seen: &SeenEvent, before: Option<&Times>, after: &Times) -> Members {
    let Some(before) = before else { return after.members() };
    let is_other = after.is_all_day != before.is_all_day || !after.is_all_day && after.zone != before.zone;
    // What is made one of days is one of UTC's: they are no zone's.
    let days = if before.is_all_day { seen.zone_of_days.clone() } else { Default::default() };
    let mut members = Members::new();
    if after.is_all_day != before.is_all_day {
        members.push(("is_all_day", json!(after.is_all_day)));
    }
    members.extend(after.start_at(&days).filter(|_| is_other || after.start != before.start));
    members.extend(after.end_at(&days).filter(|_| is_other || after.end != before.end));
    if !members.is_empty() {
        members.extend(after.zone_of_times());
    }
    members
}

/// What becomes of how an event repeats.
enum Rule {
    Stays,
    /// This; exceptions stay.
    Is(Every),
    /// These lines, or none.
    Lines(Option<Vec<String>>),
}

fn changed_repeats(
    seen: &SeenEvent,
    (drawn, sent): (&Filled, &Filled),
    scope: Scope,
) -> Result<Rule, FieldErrors> {
    let after = repeats::read(sent)?;
    let (before, lines) = repeats_of(seen.series.as_ref());
    let known = repeats::without_week_start;
    let is_same = match &after {
        Repeats::Own(after) => after == lines,
        // As the form shows it: a day before which a rule ends can be written in many ways.
        _ => repeats::read(drawn).is_ok_and(|before| known(before) == known(after.clone())),
    };
    if is_same {
        return Ok(Rule::Stays);
    }
    if scope == Scope::This {
        return Err(FieldErrors::from([(
            "repeats",
            "One alone cannot repeat otherwise than the others".into(),
        )]));
    }
    Ok(match (after, before) {
        (Repeats::Never, _) => Rule::Lines(None),
        (Repeats::Own(lines), _) => Rule::Lines(Some(lines)),
        (Repeats::By(after), Repeats::By(before)) if after.ends == before.ends => {
            Rule::Is(Every { ends: left(seen, after.ends, scope), ..after })
        }
        (Repeats::By(after), _) => Rule::Is(after),
    })
}

/// So often as it says all of them are there: some are before the one that is seen.
fn left(seen: &SeenEvent, ends: Ends, scope: Scope) -> Ends {
    let left = seen.series.as_ref().and_then(|series| series.left).filter(|_| scope == Scope::Following);
    match (ends, left) {
        (Ends::After(_), Some(left)) => Ends::After(left),
        (ends, _) => ends,
    }
}

/// Lines that were typed are not left out silently.
fn no_lines_aside(sent: &Filled, drawn: &Filled) -> Result<(), FieldErrors> {
    let lines = |form: &Filled| {
        let lines = form.value("recurrence").lines().map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    let is_aside = sent.has_any("recurrence") && sent.value("repeats") != "own";
    match is_aside && lines(sent) != lines(drawn) {
        true => {
            let why = "These lines count where “By its own rule” is chosen above";
            Err(FieldErrors::from([("recurrence", why.into())]))
        }
        false => Ok(()),
    }
}
