//! Other programs write between our requests: the Flask application's statements, and those of whoever knows SQL.

use serde_json::json;

use super::{STARTS, done, get, occurrence, patch, path, recurrence, rows, shown, weekly, with_weekly};
use crate::api::support::App;

fn time(app: &App, text: &str) -> String {
    app.database.time(text.parse().unwrap())
}

/// What the Flask application sends for a PUT, but for its other columns.
fn moved(app: &App, start: &str, end: &str) {
    let (start, end) = (time(app, start), time(app, end));
    app.database.execute(&format!(
        "UPDATE CALENDAR_EVENTS SET TITLE = 'Theirs', START_AT = {start}, END_AT = {end}, UPDATED_AT = CURRENT_TIMESTAMP \
         WHERE ID = 1"
    ));
}

/// Whether what is kept of the series was computed from its event as it is now.
fn is_mended(app: &App) -> bool {
    let sql = "SELECT E.ID FROM CALENDAR_EVENTS E JOIN EVENT_SERIES S ON S.EVENT_ID = E.ID WHERE E.START_AT = S.START_AT \
               AND E.END_AT = S.END_AT AND E.IS_ALL_DAY = S.IS_ALL_DAY";
    app.database.texts(sql).len() == 1
}

fn ids(app: &App) -> Vec<String> {
    let micros = app.database.texts("SELECT RECURRENCE_ID FROM EVENT_EXCEPTIONS ORDER BY RECURRENCE_ID");
    let shown = |micros: &String| {
        let at = chrono::DateTime::from_timestamp_micros(micros.parse().unwrap()).unwrap();
        at.format("%m-%dT%H:%M").to_string()
    };
    micros.iter().map(shown).collect()
}

fn sequence(app: &App) -> Vec<String> {
    app.database.texts("SELECT SEQUENCE_NUMBER FROM EVENT_DETAILS")
}

/// The second is excluded, the third has a name of its own.
fn with_exceptions() -> (App, i64, i64) {
    let lines = json!(["RRULE:FREQ=WEEKLY;UNTIL=20250407T080000Z", "EXDATE:20250324T090000Z"]);
    let (app, john, id) = with_weekly(json!({"recurrence": lines}));
    done(&patch(&app, john, &occurrence(id, STARTS[2]), json!({"title": "Own"})));
    (app, john, id)
}

#[test]
fn a_series_that_others_move_in_its_day_takes_everything_along() {
    let (app, john, id) = with_exceptions();
    let tag = get(&app, john, &path(id)).header("etag");
    let before = sequence(&app);
    moved(&app, "2025-03-17T13:00:00Z", "2025-03-17T13:30:00Z");
    let starts =
        ["2025-03-17T13:00:00Z", "2025-03-24T13:00:00Z", "2025-03-31T12:00:00Z", "2025-04-07T12:00:00Z"];
    let wanted = ["2025-03-17T13:00:00Z Theirs", "2025-03-31T12:00:00Z Own", "2025-04-07T12:00:00Z Theirs"];
    assert_eq!(shown(&app, john, id, &starts), wanted);
    assert_eq!(shown(&app, john, id, &STARTS), [""; 0]);
    let lines = json!(["RRULE:FREQ=WEEKLY;UNTIL=20250407T120000Z", "EXDATE:20250324T130000Z"]);
    assert_eq!(recurrence(&app, john, id), lines);
    assert!(is_mended(&app));
    assert_eq!(ids(&app), ["03-24T13:00", "03-31T12:00"]);
    assert_ne!(get(&app, john, &path(id)).header("etag"), tag);
    let after = sequence(&app)[0].parse::<i64>().unwrap();
    assert_eq!(after, before[0].parse::<i64>().unwrap() + 1);
    // Once, and not with each look.
    get(&app, john, &path(id));
    assert_eq!(sequence(&app), [after.to_string()]);
}

#[test]
fn a_series_that_others_move_to_another_day_keeps_its_exceptions_where_they_are() {
    let (app, john, id) = with_exceptions();
    moved(&app, "2025-03-18T09:00:00Z", "2025-03-18T10:00:00Z");
    let tuesdays =
        ["2025-03-18T09:00:00Z", "2025-03-25T09:00:00Z", "2025-04-01T08:00:00Z", "2025-04-08T08:00:00Z"];
    let wanted =
        ["2025-03-18T09:00:00Z Theirs", "2025-03-25T09:00:00Z Theirs", "2025-04-01T08:00:00Z Theirs"];
    assert_eq!(shown(&app, john, id, &tuesdays), wanted);
    assert!(is_mended(&app));
    assert_eq!(ids(&app), ["03-24T09:00", "03-31T08:00"]);
    // And back again.
    moved(&app, "2025-03-17T09:00:00Z", "2025-03-17T10:00:00Z");
    assert_eq!(shown(&app, john, id, &STARTS).len(), 3);
}

#[test]
fn a_change_that_comes_before_any_look_finds_what_others_did() {
    for (method, target) in [
        ("PATCH", path(1)),
        ("PATCH", occurrence(1, "2025-04-07T12:00:00Z")),
        ("DELETE", occurrence(1, "2025-04-07T12:00:00Z")),
    ] {
        let (app, john, id) = with_exceptions();
        moved(&app, "2025-03-17T13:00:00Z", "2025-03-17T13:30:00Z");
        assert_eq!(app.send_as(john, method, &target, &json!({"location": "Room"})).status, 200);
        assert!(is_mended(&app));
        let starts = ["2025-03-17T13:00:00Z", "2025-03-24T13:00:00Z", "2025-03-31T12:00:00Z"];
        assert_eq!(
            shown(&app, john, id, &starts),
            ["2025-03-17T13:00:00Z Theirs", "2025-03-31T12:00:00Z Own"]
        );
    }
}

#[test]
fn a_length_a_title_and_whole_days_are_taken_over_at_once() {
    let (app, john, id) = with_exceptions();
    let before = sequence(&app);
    app.database.execute("UPDATE CALENDAR_EVENTS SET TITLE = 'Called'");
    let read = get(&app, john, &occurrence(id, STARTS[3])).json();
    assert_eq!((&read["title"], &sequence(&app)), (&json!("Called"), &before));
    let end = time(&app, "2025-03-17T12:00:00Z");
    app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET END_AT = {end}"));
    assert_eq!(get(&app, john, &occurrence(id, STARTS[3])).json()["end_at"], "2025-04-07T11:00:00Z");
    assert!(is_mended(&app));
    let (start, end) = (time(&app, "2025-03-17T00:00:00Z"), time(&app, "2025-03-18T00:00:00Z"));
    app.database
        .execute(&format!("UPDATE CALENDAR_EVENTS SET START_AT = {start}, END_AT = {end}, IS_ALL_DAY = 1"));
    let lines = json!(["RRULE:FREQ=WEEKLY;UNTIL=20250407", "EXDATE;VALUE=DATE:20250324"]);
    assert_eq!(recurrence(&app, john, id), lines);
    assert!(is_mended(&app));
    assert_eq!(shown(&app, john, id, &["2025-03-31T00:00:00Z", "2025-04-07T00:00:00Z"]).len(), 2);
}

/// What no client of ours could write, others can.
#[test]
fn what_makes_no_sense_any_more_is_read_all_the_same() {
    let (app, john, id) = with_exceptions();
    moved(&app, "2025-05-05T08:00:00Z", "2025-05-05T09:00:00Z");
    for _ in 0..2 {
        assert_eq!(
            shown(&app, john, id, &["2025-05-05T08:00:00Z", "2025-05-12T08:00:00Z"]),
            ["2025-05-05T08:00:00Z Theirs"]
        );
        assert!(is_mended(&app));
    }
    let hourly = done(&app.create_event(john, &weekly(json!({"recurrence": ["RRULE:FREQ=HOURLY;COUNT=3"]}))));
    let (start, end) = (time(&app, "2025-03-17T00:00:00Z"), time(&app, "2025-03-18T00:00:00Z"));
    app.database.execute(&format!(
        "UPDATE CALENDAR_EVENTS SET START_AT = {start}, END_AT = {end}, IS_ALL_DAY = 1 WHERE ID = {hourly}"
    ));
    for _ in 0..2 {
        let read = get(&app, john, &path(hourly)).json();
        assert_eq!(
            (&read["is_all_day"], &read["recurrence"]),
            (&json!(true), &json!(["RRULE:FREQ=HOURLY;COUNT=3"]))
        );
        done(&patch(&app, john, &path(hourly), json!({"title": "Still there"})));
    }
}

#[test]
fn a_documented_put_of_a_series_is_such_a_change() {
    let (app, john, id) = with_exceptions();
    let put = json!({"title": "Put", "start_at": "2025-03-17T14:00:00+01:00", "end_at": "2025-03-17T15:00:00+01:00"});
    app.send_as(john, "PUT", &path(id), &put).is(200, r#"{"id":1,"message":"Event updated successfully"}"#);
    let starts = ["2025-03-24T13:00:00Z", "2025-03-31T12:00:00Z", "2025-04-07T12:00:00Z"];
    assert_eq!(shown(&app, john, id, &starts), ["2025-03-31T12:00:00Z Own", "2025-04-07T12:00:00Z Put"]);
    assert!(is_mended(&app));
}

#[test]
fn a_row_of_others_is_an_event_like_any_and_one_that_they_delete_leaves_nothing() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    app.database.execute(&crate::api::support::database::event_row(john, "Theirs"));
    let read = get(&app, john, &path(1)).json();
    assert_eq!((&read["title"], &read["calendar_id"]), (&json!("Theirs"), &json!(1)));
    done(&patch(&app, john, &path(1), json!({"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]})));
    let start = get(&app, john, &path(1)).json()["start_at"].as_str().unwrap().to_owned();
    assert_eq!(super::delete(&app, john, &occurrence(1, &start)).status, 200);
    assert_eq!(rows(&app), [1, 1, 1, 1]);
    app.database.execute("DELETE FROM CALENDAR_EVENTS WHERE ID = 1");
    get(&app, john, &path(1)).is_error(404, &[("id", "Event not found")]);
    assert_eq!(rows(&app), [0; 4]);
}
