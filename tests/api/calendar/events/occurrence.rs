use serde_json::json;

use super::{STARTS, delete, done, get, occurrence, patch, path, recurrence, rows, shown, with_weekly};

#[test]
fn one_occurrence_is_changed_and_the_others_are_not() {
    let (app, john, id) = with_weekly(json!({"status": "tentative"}));
    let second = occurrence(id, STARTS[1]);
    patch(&app, john, &second, json!({"title": "Moved", "start_at": "2025-03-25T12:00:00Z", "end_at": "2025-03-25T12:30:00Z", "status": "confirmed"}))
        .is(200, r#"{"id":1,"message":"Event updated successfully"}"#);
    let read = get(&app, john, &second).json();
    let members =
        ["title", "start_at", "end_at", "occurrence"].map(|name| read[name].as_str().unwrap().to_owned());
    assert_eq!(members, ["Moved", "2025-03-25T12:00:00Z", "2025-03-25T12:30:00Z", STARTS[1]]);
    assert_eq!(read.get("status"), None);
    let first = "2025-03-17T09:00:00Z Weekly";
    assert_eq!(
        shown(&app, john, id, &STARTS),
        [first, "2025-03-25T12:00:00Z Moved", "2025-03-31T08:00:00Z Weekly", "2025-04-07T08:00:00Z Weekly"]
    );
    assert_eq!(recurrence(&app, john, id), json!(["RRULE:FREQ=WEEKLY;COUNT=4"]));
    // What it did not change follows the series; what it did stays.
    done(&patch(&app, john, &path(id), json!({"title": "All", "location": "Room"})));
    let read = get(&app, john, &second).json();
    assert_eq!((&read["title"], &read["location"]), (&json!("Moved"), &json!("Room")));
    // As the series has it: nothing is kept any more.
    let back = json!({"title": "All", "start_at": STARTS[1], "end_at": "2025-03-24T10:00:00Z", "status": "tentative"});
    done(&patch(&app, john, &second, back));
    assert_eq!(rows(&app), [1, 1, 1, 0]);
}

#[test]
fn an_end_stays_where_only_the_start_is_moved() {
    let (app, john, id) = with_weekly(json!({}));
    let second = occurrence(id, STARTS[1]);
    done(&patch(&app, john, &second, json!({"start_at": "2025-03-24T08:00:00Z"})));
    let read = get(&app, john, &second).json();
    assert_eq!(
        (&read["start_at"], &read["end_at"]),
        (&json!("2025-03-24T08:00:00Z"), &json!("2025-03-24T10:00:00Z"))
    );
}

#[test]
fn what_was_read_of_an_occurrence_can_be_put_back() {
    let (app, john, id) = with_weekly(json!({"categories": ["Work"]}));
    let second = occurrence(id, STARTS[1]);
    let mut read = get(&app, john, &second).json();
    done(&app.send_as(john, "PUT", &second, &read));
    assert_eq!(rows(&app), [1, 1, 1, 0], "nothing is changed");
    read["description"] = json!("Now with a text");
    done(&app.send_as(john, "PUT", &second, &read));
    assert_eq!(get(&app, john, &second).json(), read);
    assert_eq!(rows(&app), [1, 1, 1, 1]);
}

#[test]
fn what_only_a_whole_event_has_is_refused() {
    let (app, john, id) = with_weekly(json!({}));
    let work =
        app.send_as(john, "POST", "/api/calendar/calendars", &json!({"name": "Work"})).json()["id"].clone();
    let why = "Is the whole event's: no single occurrence has one";
    for (field, body) in [
        ("recurrence", json!({"recurrence": ["RRULE:FREQ=DAILY"]})),
        ("calendar_id", json!({"calendar_id": work})),
        ("time_zone", json!({"time_zone": "Asia/Tokyo"})),
        ("time_zone", json!({"time_zone": null})),
    ] {
        patch(&app, john, &occurrence(id, STARTS[1]), body).is_error(400, &[(field, why)]);
    }
    // But a zone can name the times of the body.
    let tokyo =
        json!({"time_zone": "Asia/Tokyo", "start_at": "2025-03-24T18:30", "end_at": "2025-03-24T19:00"});
    done(&patch(&app, john, &occurrence(id, STARTS[1]), tokyo));
    let read = get(&app, john, &occurrence(id, STARTS[1])).json();
    assert_eq!(
        (&read["start_at"], &read["time_zone"]),
        (&json!("2025-03-24T09:30:00Z"), &json!("Europe/Berlin"))
    );
}

#[test]
fn an_occurrence_is_deleted_and_with_the_last_one_the_event() {
    let (app, john, id) = with_weekly(json!({}));
    done(&patch(&app, john, &occurrence(id, STARTS[1]), json!({"title": "Changed"})));
    for (index, start) in STARTS.iter().enumerate() {
        delete(&app, john, &occurrence(id, start)).is(200, r#"{"message":"Event deleted successfully"}"#);
        let gone = delete(&app, john, &occurrence(id, start));
        match index {
            3 => gone.is_error(404, &[("id", "Event not found")]),
            _ => gone.is_error(404, &[("occurrence", "Occurrence not found")]),
        }
        let left = shown(&app, john, id, &STARTS);
        assert_eq!(left.len(), 3 - index, "{left:?}");
        if index == 0 {
            assert_eq!(
                recurrence(&app, john, id),
                json!(["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20250317T090000Z"])
            );
            // The documented list shows the first one, which counts though it is excluded.
            assert_eq!(app.list_events(john).json()[0]["start_at"], STARTS[0]);
        }
    }
    assert_eq!(rows(&app), [0; 4]);
}

#[test]
fn added_occurrences_are_named_and_deleted_like_others() {
    let lines = json!(["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;VALUE=PERIOD:20250320T120000Z/PT3H"]);
    let (app, john, id) = with_weekly(json!({"recurrence": lines}));
    let added = occurrence(id, "2025-03-20T12:00:00Z");
    assert_eq!(get(&app, john, &added).json()["end_at"], "2025-03-20T15:00:00Z");
    let canonical =
        json!(["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;VALUE=PERIOD:20250320T120000Z/20250320T150000Z"]);
    assert_eq!(recurrence(&app, john, id), canonical);
    done(&patch(&app, john, &added, json!({"title": "Added"})));
    // Put back as it was read, with another end.
    let longer =
        json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;VALUE=PERIOD:20250320T120000Z/PT4H"]});
    done(&patch(&app, john, &path(id), longer));
    let read = get(&app, john, &added).json();
    assert_eq!((&read["title"], &read["end_at"]), (&json!("Added"), &json!("2025-03-20T16:00:00Z")));
    assert_eq!(delete(&app, john, &added).status, 200);
    assert_eq!(recurrence(&app, john, id), json!(["RRULE:FREQ=WEEKLY;COUNT=2"]));
    assert_eq!(rows(&app), [1, 1, 1, 0]);
}
