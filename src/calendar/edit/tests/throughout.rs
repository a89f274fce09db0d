//! What is said of one occurrence, and meant of all.

use super::*;
use crate::calendar::edit::{change_occurrence, change_throughout};

fn lines(event: &StoredEvent) -> Vec<String> {
    event.series.as_ref().unwrap().series.lines()
}

/// On Mondays at ten in Berlin; summer time begins on March 30th.
fn meeting(lines: &[&str]) -> StoredEvent {
    event(values("2025-03-24T09:00:00Z", "2025-03-24T10:00:00Z", false), "Europe/Berlin", lines)
}

fn throughout(event: &StoredEvent, occurrence: &str, patch: &EventPatch) -> StoredEvent {
    change_throughout(event, id(occurrence), patch, "test").unwrap()
}

#[test]
fn another_day_takes_all_days_along() {
    let before = meeting(&[
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20250428T080000Z",
        "RDATE:20250402T080000Z",
        "EXDATE:20250414T080000Z",
    ]);
    let named = {
        let mut patch = EventPatch::default();
        patch.changes.title = Change::Set("Other".into());
        change_occurrence(&before, id("2025-04-21T08:00:00Z"), &patch).unwrap()
    };
    // The third one, from Monday to Wednesday.
    let to_wednesday = moved("2025-04-09T08:00:00Z", "2025-04-09T09:00:00Z");
    let after = throughout(&named, "2025-04-07T08:00:00Z", &to_wednesday);
    assert_eq!(
        lines(&after),
        [
            "RRULE:FREQ=WEEKLY;UNTIL=20250430T080000Z;BYDAY=WE",
            "RDATE:20250404T080000Z",
            "EXDATE:20250416T080000Z"
        ]
    );
    assert_eq!(
        starts(&after, "2026-01-01"),
        ["03-26T09:00", "04-02T08:00", "04-04T08:00", "04-09T08:00", "04-23T08:00", "04-30T08:00"]
    );
    let series = after.series.unwrap().series;
    assert_eq!(series.find(id("2025-04-23T08:00:00Z")).unwrap().values(&after.values).title, "Other");
}

#[test]
fn another_time_of_day_is_that_of_all_days() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20250414T080000Z"]);
    let later = moved("2025-04-07T12:30:00Z", "2025-04-07T13:30:00Z");
    let after = throughout(&before, "2025-04-07T08:00:00Z", &later);
    assert_eq!(starts(&after, "2026-01-01"), ["03-24T13:30", "03-31T12:30", "04-07T12:30"]);
    assert_eq!(lines(&after), ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20250414T123000Z"]);
}

#[test]
fn another_length_is_that_of_all() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=2"]);
    let mut longer = EventPatch::default();
    longer.changes.end_at = Change::Set(at("2025-03-31T10:15:00Z"));
    let after = throughout(&before, "2025-03-31T08:00:00Z", &longer);
    let time = |start: &str, end: &str| (start.to_owned(), end.to_owned());
    assert_eq!(
        times(&after, "2026-01-01"),
        [time("03-24T09:00", "03-24T11:15"), time("03-31T08:00", "03-31T10:15")]
    );
}

#[test]
fn what_the_occurrence_has_for_itself_gives_way() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=3"]);
    let own = moved("2025-03-31T14:00:00Z", "2025-03-31T15:00:00Z");
    let before = change_occurrence(&before, id("2025-03-31T08:00:00Z"), &own).unwrap();
    // From four to half past four: all begin then.
    let half = moved("2025-03-31T14:30:00Z", "2025-03-31T15:30:00Z");
    let after = throughout(&before, "2025-03-31T08:00:00Z", &half);
    assert_eq!(starts(&after, "2026-01-01"), ["03-24T15:30", "03-31T14:30", "04-07T14:30"]);
    // Only called otherwise it stays where it is, and so do the others.
    let mut patch = EventPatch::default();
    patch.changes.title = Change::Set("Other".into());
    let after = throughout(&before, "2025-03-31T08:00:00Z", &patch);
    assert_eq!(starts(&after, "2026-01-01"), ["03-24T09:00", "03-31T14:00", "04-07T08:00"]);
    assert_eq!(after.values.title, "Other");
}

#[test]
fn another_zone_has_the_same_time_of_day() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20250324T090000Z"]);
    let mut patch = moved("2025-03-31T14:00:00Z", "2025-03-31T15:00:00Z");
    patch.time_zone = Change::Set(zone("America/New_York"));
    let after = throughout(&before, "2025-03-31T08:00:00Z", &patch);
    assert_eq!(shown(after.values.start_at), "03-24T14:00");
    assert_eq!(starts(&after, "2026-01-01"), ["03-31T14:00"]);
}

#[test]
fn it_becomes_one_of_days_on_the_days_that_it_has() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20250407T080000Z"]);
    let mut patch = moved("2025-03-31", "2025-04-02");
    patch.changes.is_all_day = Change::Set(true);
    let after = throughout(&before, "2025-03-31T08:00:00Z", &patch);
    assert!(after.values.is_all_day);
    let time = |start: &str, end: &str| (start.to_owned(), end.to_owned());
    assert_eq!(
        times(&after, "2026-01-01"),
        [time("03-24T00:00", "03-26T00:00"), time("03-31T00:00", "04-02T00:00")]
    );
}

#[test]
fn a_rule_in_the_place_of_the_one_that_there_is_leaves_exceptions() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=4", "RDATE:20250402T080000Z", "EXDATE:20250407T080000Z"]);
    let mut patch = moved("2025-03-31T12:00:00Z", "2025-03-31T13:00:00Z");
    patch.rule = Some("FREQ=WEEKLY;COUNT=5".into());
    let after = throughout(&before, "2025-03-31T08:00:00Z", &patch);
    assert_eq!(
        lines(&after),
        ["RRULE:FREQ=WEEKLY;COUNT=5", "RDATE:20250402T120000Z", "EXDATE:20250407T120000Z"]
    );
    let single = event_without_series();
    let patch = EventPatch { rule: Some("FREQ=DAILY;COUNT=2".into()), ..EventPatch::default() };
    let after = crate::calendar::edit::change_whole(&single, &patch, "test").unwrap();
    assert_eq!(lines(&after), ["RRULE:FREQ=DAILY;COUNT=2"]);
}

fn event_without_series() -> StoredEvent {
    StoredEvent { series: None, ..meeting(&["RRULE:FREQ=DAILY"]) }
}

#[test]
fn days_that_cannot_move_along_are_told_of() {
    let before = meeting(&["RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=4"]);
    let patch = moved("2025-03-25T09:00:00Z", "2025-03-25T10:00:00Z");
    let refused = change_throughout(&before, id("2025-03-24T09:00:00Z"), &patch, "test").unwrap_err();
    assert_eq!(refused.fields().keys().collect::<Vec<_>>(), [&"start_at"]);
    // The time of day can.
    let patch = moved("2025-03-24T10:00:00Z", "2025-03-24T11:00:00Z");
    assert!(change_throughout(&before, id("2025-03-24T09:00:00Z"), &patch, "test").is_ok());
    // And so can the days, where a rule is said.
    let mut patch = moved("2025-03-25T09:00:00Z", "2025-03-25T10:00:00Z");
    patch.rule = Some("FREQ=WEEKLY;COUNT=2".into());
    let after = change_throughout(&before, id("2025-03-24T09:00:00Z"), &patch, "test").unwrap();
    assert_eq!(starts(&after, "2026-01-01"), ["03-25T09:00", "04-01T08:00"]);
    assert!(change_throughout(&before, id("2025-03-25T08:00:00Z"), &patch, "test").is_err());
}
