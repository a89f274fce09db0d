use serde_json::json;

use super::{
    STARTS, delete, done, following, get, occurrence, patch, path, recurrence, rows, shown, with_weekly,
};

#[test]
fn a_change_from_an_occurrence_on_splits_the_series() {
    let (app, john, id) = with_weekly(json!({"reminders": [{"minutes_before": 5, "method": "audio"}]}));
    done(&patch(&app, john, &occurrence(id, STARTS[1]), json!({"title": "Before"})));
    done(&patch(&app, john, &occurrence(id, STARTS[3]), json!({"title": "After"})));
    let body =
        json!({"location": "Room", "start_at": "2025-03-31T09:00:00Z", "end_at": "2025-03-31T09:30:00Z"});
    let reply = patch(&app, john, &following(id, STARTS[2]), body);
    reply.is(200, r#"{"id":2,"message":"Event updated successfully"}"#);
    assert_eq!(recurrence(&app, john, id), json!(["RRULE:FREQ=WEEKLY;COUNT=2"]));
    assert_eq!(
        shown(&app, john, id, &STARTS),
        ["2025-03-17T09:00:00Z Weekly", "2025-03-24T09:00:00Z Before"]
    );
    let new = get(&app, john, &path(2)).json();
    assert_eq!(new["recurrence"], json!(["RRULE:FREQ=WEEKLY;COUNT=2"]));
    assert_eq!((&new["location"], &new["time_zone"]), (&json!("Room"), &json!("Europe/Berlin")));
    assert_eq!(new["reminders"], get(&app, john, &path(id)).json()["reminders"]);
    assert_ne!(new["uid"], get(&app, john, &path(id)).json()["uid"]);
    let starts = ["2025-03-31T09:00:00Z", "2025-04-07T09:00:00Z"];
    assert_eq!(shown(&app, john, 2, &starts), ["2025-03-31T09:00:00Z Weekly", "2025-04-07T09:00:00Z After"]);
    assert_eq!(rows(&app), [2, 2, 2, 2]);
}

#[test]
fn from_the_first_occurrence_on_it_is_the_whole_event() {
    let (app, john, id) = with_weekly(json!({}));
    patch(&app, john, &following(id, STARTS[0]), json!({"title": "All"}))
        .is(200, r#"{"id":1,"message":"Event updated successfully"}"#);
    assert_eq!(shown(&app, john, id, &STARTS).len(), 4);
    // The first that takes place, where the first of all does not.
    assert_eq!(delete(&app, john, &occurrence(id, STARTS[0])).status, 200);
    let uid = get(&app, john, &path(id)).json()["uid"].clone();
    assert_eq!(done(&patch(&app, john, &following(id, STARTS[1]), json!({"title": "Rest"}))), id);
    assert_eq!(get(&app, john, &path(id)).json()["uid"], uid);
    assert_eq!(recurrence(&app, john, id), json!(["RRULE:FREQ=WEEKLY;COUNT=3"]));
    assert_eq!(app.list_events(john).json()[0]["start_at"], STARTS[1]);
    assert_eq!(delete(&app, john, &following(id, STARTS[1])).status, 200);
    assert_eq!(rows(&app), [0; 4]);
}

#[test]
fn a_series_with_until_ends_before_and_goes_on_to_it() {
    let (app, john, id) = with_weekly(
        json!({"recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20250407T080000Z", "EXDATE:20250407T080000Z"]}),
    );
    let new = done(&app.send_as(
        john,
        "PUT",
        &following(id, STARTS[2]),
        &json!({
            "title": "Rest", "start_at": STARTS[2], "end_at": "2025-03-31T09:00:00Z",
        }),
    ));
    assert_eq!(recurrence(&app, john, id), json!(["RRULE:FREQ=WEEKLY;UNTIL=20250331T075959Z"]));
    assert_eq!(
        recurrence(&app, john, new),
        json!(["RRULE:FREQ=WEEKLY;UNTIL=20250407T080000Z", "EXDATE:20250407T080000Z"])
    );
    delete(&app, john, &following(id, STARTS[1])).is(200, r#"{"message":"Event deleted successfully"}"#);
    assert_eq!(shown(&app, john, id, &STARTS), ["2025-03-17T09:00:00Z Weekly"]);
    assert_eq!(shown(&app, john, new, &STARTS), ["2025-03-31T08:00:00Z Rest"]);
}

#[test]
fn the_rest_can_be_a_single_event_or_repeat_otherwise() {
    let (app, john, id) = with_weekly(json!({}));
    let rest = done(&patch(
        &app,
        john,
        &following(id, STARTS[2]),
        json!({"recurrence": ["RRULE:FREQ=DAILY;COUNT=5"]}),
    ));
    assert_eq!(recurrence(&app, john, rest), json!(["RRULE:FREQ=DAILY;COUNT=5"]));
    let single = done(&patch(&app, john, &following(id, STARTS[1]), json!({"recurrence": null})));
    assert_eq!(recurrence(&app, john, single), json!(null));
    assert_eq!(rows(&app), [3, 3, 2, 0]);
}

#[test]
fn what_is_refused_of_the_rest_splits_nothing() {
    let (app, john, id) = with_weekly(json!({}));
    let before = get(&app, john, &path(id)).body;
    let from = following(id, STARTS[2]);
    patch(&app, john, &from, json!({"end_at": "2025-03-31T07:00:00Z"}))
        .is_error(400, &[("end_at", "Must not be before start_at")]);
    patch(&app, john, &from, json!({"recurrence": ["RRULE:FREQ=DAILY;UNTIL=20250330T000000Z"]}))
        .is_error(400, &[("recurrence", "recurrence[0]: UNTIL must not be before the start")]);
    patch(&app, john, &from, json!({"calendar_id": 987_654}))
        .is_error(400, &[("calendar_id", "Must be the id of a calendar that one may write")]);
    patch(&app, john, &following(id, "2025-03-31T08:00:01Z"), json!({"title": "x"}))
        .is_error(404, &[("occurrence", "Occurrence not found")]);
    assert_eq!(get(&app, john, &path(id)).body, before);
    assert_eq!(rows(&app), [1, 1, 1, 0]);
}
