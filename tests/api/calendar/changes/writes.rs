use chrono::{TimeDelta, Utc};
use serde_json::json;

use super::{default_calendar, details, tells, with_calendars};
use crate::api::calendar::event;
use crate::api::support::App;
use crate::api::support::database::event_row;

#[test]
fn without_a_token_everything_is_told_and_then_nothing_until_something_changes() {
    let app = App::start();
    let (john, calendar, work) = with_calendars(&app, "john@example.com");
    let nothing = tells(&app, john, calendar, None, &[]);
    assert_eq!(tells(&app, john, calendar, Some(&nothing), &[]), nothing);
    let ours = app.new_event(john, "ours", "2025-12-06");
    app.database.execute(&event_row(john, "theirs"));
    let both = [(ours, false), (ours + 1, false)];
    let token = tells(&app, john, calendar, Some(&nothing), &both);
    assert_eq!(tells(&app, john, calendar, None, &both), token);
    assert_eq!(tells(&app, john, calendar, Some(&token), &[]), token);
    tells(&app, john, work, None, &[]);
    // What was told once is told again to who has not heard it.
    tells(&app, john, calendar, Some(&nothing), &both);
}

#[test]
fn documented_writes_are_changes() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let (one, two) = (app.new_event(john, "one", "2025-12-06"), app.new_event(john, "two", "2025-12-06"));
    let token = tells(&app, john, calendar, None, &[(one, false), (two, false)]);
    let path = format!("/api/calendar/events/{one}");
    assert_eq!(app.send_as(john, "PUT", &path, &event(json!({}))).status, 200);
    let token = tells(&app, john, calendar, Some(&token), &[(one, false)]);
    // There and back: whoever has read it in between has to read it again.
    for title in ["there", "Team Meeting"] {
        assert_eq!(app.send_as(john, "PUT", &path, &event(json!({"title": title}))).status, 200);
    }
    let token = tells(&app, john, calendar, Some(&token), &[(one, false)]);
    assert_eq!(app.send_as(john, "DELETE", &path, &json!(null)).status, 200);
    let token = tells(&app, john, calendar, Some(&token), &[(one, true)]);
    tells(&app, john, calendar, Some(&token), &[]);
    // Who knows nothing needs no deletion.
    tells(&app, john, calendar, None, &[(two, false)]);
}

/// By a statement that touches nothing else, UPDATED_AT neither.
#[test]
fn a_change_of_any_column_by_another_program_is_one_to_null_and_from_it_too() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let (one, two) = (app.new_event(john, "one", "2025-12-06"), app.new_event(john, "two", "2025-12-06"));
    let mut token = tells(&app, john, calendar, None, &[(one, false), (two, false)]);
    let time = app.database.time(Utc::now() - TimeDelta::days(365));
    for (column, values) in [
        ("TITLE", &["'changed'", "'Changed'", "'changed '"][..]),
        ("DESCRIPTION", &["'x'", "'y'", "NULL"]),
        ("START_AT", &[&time]),
        ("END_AT", &[&time]),
        ("IS_ALL_DAY", &["1", "NULL", "0"]),
        ("LOCATION", &["'x'", "'y'", "NULL"]),
        ("COLOR", &["'#fff'", "'#FFF'", "NULL"]),
        ("UPDATED_AT", &[&time, "CURRENT_TIMESTAMP", "NULL"]),
    ] {
        for value in values {
            app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET {column} = {value} WHERE ID = {one}"));
            token = tells(&app, john, calendar, Some(&token), &[(one, false)]);
            tells(&app, john, calendar, Some(&token), &[]);
        }
    }
    app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET CREATED_AT = NULL WHERE ID = {one}"));
    tells(&app, john, calendar, Some(&token), &[]);
}

#[test]
fn what_stands_beside_an_event_counts_by_its_revision() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let one = app.new_event(john, "one", "2025-12-06");
    let mut token = tells(&app, john, calendar, None, &[(one, false)]);
    details(&app, one, calendar);
    token = tells(&app, john, calendar, Some(&token), &[(one, false)]);
    for sql in ["UPDATE EVENT_DETAILS SET REVISION = REVISION + 1", "DELETE FROM EVENT_DETAILS"] {
        app.database.execute(sql);
        token = tells(&app, john, calendar, Some(&token), &[(one, false)]);
    }
    tells(&app, john, calendar, Some(&token), &[]);
}

#[test]
fn what_another_program_deletes_and_brings_back_is_told_of() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let one = app.new_event(john, "one", "2025-12-06");
    let token = tells(&app, john, calendar, None, &[(one, false)]);
    app.database.execute(&format!("DELETE FROM CALENDAR_EVENTS WHERE ID = {one}"));
    let deleted = tells(&app, john, calendar, Some(&token), &[(one, true)]);
    tells(&app, john, calendar, Some(&deleted), &[]);
    let again = "INSERT INTO CALENDAR_EVENTS (ID, USER_ID, TITLE, START_AT, END_AT) VALUES";
    let now = "CURRENT_TIMESTAMP, CURRENT_TIMESTAMP";
    app.database.execute(&format!("{again} ({one}, {john}, 'again', {now})"));
    tells(&app, john, calendar, Some(&deleted), &[(one, false)]);
    tells(&app, john, calendar, Some(&token), &[(one, false)]);
}

#[test]
fn nobody_hears_of_what_others_do() {
    let app = App::start();
    let (john, calendar, _) = with_calendars(&app, "john@example.com");
    let (jane, janes, _) = with_calendars(&app, "jane@example.com");
    let token = tells(&app, john, calendar, None, &[]);
    let event = app.new_event(jane, "Jane's", "2025-12-06");
    tells(&app, john, calendar, Some(&token), &[]);
    tells(&app, jane, janes, None, &[(event, false)]);
    // An event that another program gives to John has left Jane.
    app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET USER_ID = {john} WHERE ID = {event}"));
    let token = tells(&app, john, calendar, Some(&token), &[(event, false)]);
    tells(&app, jane, janes, None, &[]);
    // What stands beside an event and says that it is in somebody else's calendar puts it into none.
    details(&app, event, janes);
    tells(&app, john, calendar, Some(&token), &[(event, true)]);
    tells(&app, jane, janes, None, &[]);
}
