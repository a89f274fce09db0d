//! What moves along with a series, and what does not.

use super::*;
use crate::calendar::edit::{Changed, change_following, change_occurrence, change_whole, delete_following};
use crate::calendar::series::MAX_EXCEPTIONS;

fn lines(event: &StoredEvent) -> Vec<String> {
    event.series.as_ref().unwrap().series.lines()
}

fn meeting(lines: &[&str]) -> StoredEvent {
    event(values("2025-03-24T09:00:00Z", "2025-03-24T10:00:00Z", false), "Europe/Berlin", lines)
}

#[test]
fn a_time_of_day_takes_everything_along_across_summer_time() {
    let lines_before =
        ["RRULE:FREQ=WEEKLY;UNTIL=20250421T080000Z", "RDATE:20250402T080000Z", "EXDATE:20250407T080000Z"];
    let before = meeting(&lines_before);
    let after =
        change_whole(&before, &moved("2025-03-24T13:00:00Z", "2025-03-24T14:00:00Z"), "test").unwrap();
    assert_eq!(
        lines(&after),
        ["RRULE:FREQ=WEEKLY;UNTIL=20250421T120000Z", "RDATE:20250402T120000Z", "EXDATE:20250407T120000Z"]
    );
    let details = after.details.unwrap();
    assert_eq!((details.sequence, details.revision), (1, 2));
}

#[test]
fn a_zone_takes_everything_along() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20250407T080000Z"]);
    let patch = EventPatch { time_zone: Change::Set(zone("UTC")), ..EventPatch::default() };
    let after = change_whole(&before, &patch, "test").unwrap();
    assert_eq!(lines(&after), ["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20250407T090000Z"]);
    assert_eq!(starts(&after, "2026-01-01"), ["03-24T09:00", "03-31T09:00", "04-14T09:00"]);
}

#[test]
fn another_day_leaves_exceptions_where_they_are_and_they_count_where_there_is_such_an_occurrence() {
    let before = meeting(&["RRULE:FREQ=DAILY;COUNT=5", "EXDATE:20250326T090000Z,20250324T090000Z"]);
    let after =
        change_whole(&before, &moved("2025-03-25T09:00:00Z", "2025-03-25T10:00:00Z"), "test").unwrap();
    assert_eq!(starts(&after, "2025-03-30"), ["03-25T09:00", "03-27T09:00", "03-28T09:00", "03-29T09:00"]);
}

#[test]
fn hours_that_the_rule_names_stay_and_those_that_it_does_not_move() {
    let named =
        meeting(&["RRULE:FREQ=DAILY;BYHOUR=10,15;COUNT=6", "EXDATE:20250325T090000Z,20250325T140000Z"]);
    let after = change_whole(&named, &moved("2025-03-24T09:30:00Z", "2025-03-24T10:00:00Z"), "test").unwrap();
    assert_eq!(lines(&after)[1], "EXDATE:20250325T093000Z,20250325T143000Z");
    let after = change_whole(&named, &moved("2025-03-24T08:00:00Z", "2025-03-24T10:00:00Z"), "test").unwrap();
    assert_eq!(lines(&after)[1], "EXDATE:20250325T090000Z,20250325T140000Z");
    let hourly = meeting(&["RRULE:FREQ=HOURLY;INTERVAL=5;COUNT=6", "EXDATE:20250324T190000Z"]);
    let after =
        change_whole(&hourly, &moved("2025-03-24T07:00:00Z", "2025-03-24T08:00:00Z"), "test").unwrap();
    assert_eq!(lines(&after)[1], "EXDATE:20250324T170000Z");
}

#[test]
fn a_start_after_until_is_the_last_one() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;UNTIL=20250421T080000Z"]);
    let after =
        change_whole(&before, &moved("2025-05-05T08:00:00Z", "2025-05-05T09:00:00Z"), "test").unwrap();
    assert_eq!(lines(&after), ["RRULE:FREQ=WEEKLY;UNTIL=20250505T080000Z"]);
    assert_eq!(starts(&after, "2026-01-01"), ["05-05T08:00"]);
}

#[test]
fn an_occurrence_that_was_made_longer_stays_so_and_one_that_was_moved_stays_there() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=3"]);
    let longer = moved("2025-03-31T08:00:00Z", "2025-03-31T10:30:00Z");
    let before = change_occurrence(&before, id("2025-03-31T08:00:00Z"), &longer).unwrap();
    // Its end stays, although only the start was said.
    let mut earlier = EventPatch::default();
    earlier.changes.start_at = Change::Set(at("2025-04-07T07:00:00Z"));
    let before = change_occurrence(&before, id("2025-04-07T08:00:00Z"), &earlier).unwrap();
    let time = |start: &str, end: &str| (start.to_owned(), end.to_owned());
    let (first, moved_one) = (time("03-24T09:00", "03-24T10:00"), time("04-07T07:00", "04-07T09:00"));
    assert_eq!(times(&before, "2026-01-01"), [first, time("03-31T08:00", "03-31T10:30"), moved_one.clone()]);
    let after =
        change_whole(&before, &moved("2025-03-24T15:00:00Z", "2025-03-24T15:45:00Z"), "test").unwrap();
    assert_eq!(
        times(&after, "2026-01-01"),
        [time("03-24T15:00", "03-24T15:45"), time("03-31T14:00", "03-31T16:30"), moved_one]
    );
}

#[test]
fn a_series_of_hours_is_not_made_one_of_days() {
    let before = meeting(&["RRULE:FREQ=HOURLY;COUNT=3"]);
    let mut patch = moved("2025-03-24", "2025-03-25");
    patch.changes.is_all_day = Change::Set(true);
    let refused = change_whole(&before, &patch, "test").unwrap_err();
    assert_eq!(
        refused,
        super::super::Refused::of("is_all_day", "The rule of the event is not for whole days")
    );
    patch.recurrence = Change::Set(vec!["RRULE:FREQ=DAILY;COUNT=2".into()]);
    let after = change_whole(&before, &patch, "test").unwrap();
    assert_eq!(starts(&after, "2026-01-01"), ["03-24T00:00", "03-25T00:00"]);
}

#[test]
fn days_do_not_move_with_anybodys_zone() {
    let days = values("2025-03-13T23:00:00Z", "2025-03-14T23:00:00Z", true);
    let mut before =
        event(days, "Europe/Berlin", &["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20250315"]);
    before.owner_zone = zone("Asia/Tokyo");
    let mut patch = EventPatch::default();
    patch.changes.title = Change::Set("Other".into());
    let after = change_whole(&before, &patch, "test").unwrap();
    assert_eq!(lines(&after), lines(&before));
    let after = change_whole(&after, &moved("2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"), "test").unwrap();
    assert_eq!(starts(&after, "2026-01-01"), ["03-29T23:00", "03-30T22:00", "03-31T22:00"]);
}

#[test]
fn days_begin_at_midnight_though_the_first_one_begins_later() {
    // Clocks in Santiago are put forward at midnight before September 7th.
    let days = values("2025-09-07T04:00:00Z", "2025-09-08T03:00:00Z", true);
    let event = event(days, "America/Santiago", &["RRULE:FREQ=DAILY;COUNT=3"]);
    let time = |start: &str, end: &str| (start.to_owned(), end.to_owned());
    assert_eq!(
        times(&event, "2026-01-01"),
        [
            time("09-07T04:00", "09-08T03:00"),
            time("09-08T03:00", "09-09T03:00"),
            time("09-09T03:00", "09-10T03:00")
        ]
    );
}

#[test]
fn a_split_where_clocks_are_put_forward_keeps_the_time_of_day() {
    let night = values("2025-03-28T01:30:00Z", "2025-03-28T02:00:00Z", false);
    let before = event(night, "Europe/Berlin", &["RRULE:FREQ=DAILY;COUNT=5"]);
    let Changed::Two(before, new) =
        change_following(&before, id("2025-03-30T01:30:00Z"), &EventPatch::default(), "test").unwrap()
    else {
        panic!("not split")
    };
    assert_eq!(starts(&before, "2026-01-01"), ["03-28T01:30", "03-29T01:30"]);
    let series = new.series.unwrap();
    assert_eq!(series.lines(), ["RRULE:FREQ=DAILY;COUNT=3;BYHOUR=2;BYMINUTE=30;BYSECOND=0"]);
}

#[test]
fn a_split_at_an_added_occurrence_leaves_the_rule_in_step() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=4", "RDATE:20250402T080000Z"]);
    let mut patch = EventPatch::default();
    patch.changes.title = Change::Set("Other".into());
    let added = id("2025-04-02T08:00:00Z");
    let Changed::Two(first, new) = change_following(&before, added, &patch, "test").unwrap() else {
        panic!("not split")
    };
    assert_eq!(lines(&first), ["RRULE:FREQ=WEEKLY;COUNT=2"]);
    assert_eq!(new.series.unwrap().lines(), ["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20250402T080000Z"]);
    assert_eq!(shown(new.values.start_at), "04-07T08:00");
    let by_hours = moved("2025-04-02T09:00:00Z", "2025-04-02T10:00:00Z");
    assert!(change_following(&before, added, &by_hours, "test").is_err());
}

#[test]
fn what_is_before_the_first_that_takes_place_is_nothing() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20250324T090000Z"]);
    let from = id("2025-03-31T08:00:00Z");
    let patch = moved("2025-03-31T09:00:00Z", "2025-03-31T10:00:00Z");
    let Changed::One(after) = change_following(&before, from, &patch, "test").unwrap() else {
        panic!("split")
    };
    assert_eq!(lines(&after), ["RRULE:FREQ=WEEKLY;COUNT=3"]);
    assert_eq!(starts(&after, "2026-01-01"), ["03-31T09:00", "04-07T09:00", "04-14T09:00"]);
    assert_eq!(delete_following(&before, from).unwrap(), super::super::Deleted::All);
    // What was added before the first one stays.
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=4", "RDATE:20250320T090000Z"]);
    let super::super::Deleted::But(after) = delete_following(&before, id("2025-03-24T09:00:00Z")).unwrap()
    else {
        panic!("deleted")
    };
    assert_eq!((shown(after.values.start_at), &after.series), ("03-20T09:00".to_owned(), &None));
}

#[test]
fn there_are_no_more_exceptions_than_there_can_be() {
    let full: Vec<_> = (0..MAX_EXCEPTIONS)
        .map(|day| {
            (at("2025-03-25T09:00:00Z") + chrono::TimeDelta::days(day as i64)).format("%Y%m%d").to_string()
        })
        .collect();
    let full = format!("EXDATE;VALUE=DATE:{}", full.join(","));
    let before = meeting(&["RRULE:FREQ=DAILY", &full]);
    let mut patch = EventPatch::default();
    patch.changes.title = Change::Set("Other".into());
    assert!(change_occurrence(&before, id("2025-03-24T09:00:00Z"), &patch).is_err());
    assert!(super::super::delete_occurrence(&before, id("2025-03-24T09:00:00Z")).is_err());
}

/// RDATE is none of the rule's starts: the new event begins with the next one.
#[test]
fn an_added_occurrence_has_the_length_of_its_series_once_that_is_said_of_it_and_all_after_it() {
    let before = meeting(&["RRULE:FREQ=WEEKLY;COUNT=3", "RDATE:20250326T080000Z"]);
    let added = RecurrenceId::of(at("2025-03-26T08:00:00Z"));
    let longer = moved("2025-03-26T08:00:00Z", "2025-03-26T09:30:00Z");
    let before = change_occurrence(&before, added, &longer).unwrap();
    assert_eq!(times(&before, "2025-03-27")[1], ("03-26T08:00".into(), "03-26T09:30".into()));
    let as_all = moved("2025-03-26T08:00:00Z", "2025-03-26T09:00:00Z");
    let Changed::Two(_, new) = change_following(&before, added, &as_all, "test").unwrap() else { panic!() };
    assert!(new.series.unwrap().exceptions[&added].changes.is_empty());
}
