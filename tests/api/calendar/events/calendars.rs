use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use super::{STARTS, done, following, get, patch, path, rows, weekly, with_weekly};
use crate::api::calendar::event;
use crate::api::support::{App, Reply};

const OWN: [(&str, &str); 1] = [("calendar_id", "Must be the id of a calendar that one may write")];

fn new_calendar(app: &App, user: i64) -> i64 {
    let reply = app.send_as(user, "POST", "/api/calendar/calendars", &json!({"name": "Work"}));
    reply.json()["id"].as_i64().unwrap_or_else(|| panic!("{}", reply.body))
}

fn move_to(app: &App, user: i64, id: i64, body: Value) -> Reply {
    app.send_as(user, "POST", &format!("{}/move", path(id)), &body)
}

fn calendar(app: &App, user: i64, id: i64) -> i64 {
    get(app, user, &path(id)).json()["calendar_id"].as_i64().unwrap()
}

#[test]
fn an_event_is_created_in_a_calendar_and_moved_to_another_with_all_that_it_has() {
    let (app, john, id) = with_weekly(json!({}));
    let (default, work) = (calendar(&app, john, id), new_calendar(&app, john));
    let uid = get(&app, john, &path(id)).json()["uid"].clone();
    move_to(&app, john, id, json!({"calendar_id": work}))
        .is(200, r#"{"id":1,"message":"Event moved successfully"}"#);
    let read = get(&app, john, &path(id)).json();
    assert_eq!((&read["calendar_id"], &read["uid"]), (&json!(work), &uid));
    assert_eq!(read["recurrence"], json!(["RRULE:FREQ=WEEKLY;COUNT=4"]));
    done(&patch(&app, john, &path(id), json!({"calendar_id": default})));
    assert_eq!(calendar(&app, john, id), default);
    let single = done(&app.create_event(john, &event(json!({"calendar_id": work}))));
    assert_eq!(calendar(&app, john, single), work);
    // A plain event of the default calendar is moved there and back.
    let plain = done(&app.create_event(john, &event(json!({}))));
    let before = get(&app, john, &path(plain)).body;
    done(&move_to(&app, john, plain, json!({"calendar_id": work})));
    assert_eq!(calendar(&app, john, plain), work);
    done(&move_to(&app, john, plain, json!({"calendar_id": default})));
    assert_eq!(get(&app, john, &path(plain)).body, before);
    // The rest of a series can go elsewhere.
    let rest = done(&patch(&app, john, &following(id, STARTS[2]), json!({"calendar_id": work})));
    assert_eq!((calendar(&app, john, id), calendar(&app, john, rest)), (default, work));
}

#[test]
fn somebody_elses_calendar_is_none() {
    let (app, john, id) = with_weekly(json!({}));
    let jane = app.new_user("jane@example.com");
    let janes = new_calendar(&app, jane);
    let before = get(&app, john, &path(id)).body;
    for calendar in [janes, 987_654] {
        let body = json!({"calendar_id": calendar});
        app.create_event(john, &event(body.clone())).is_error(400, &OWN);
        app.send_as(john, "PUT", &path(id), &event(body.clone())).is_error(400, &OWN);
        patch(&app, john, &path(id), body.clone()).is_error(400, &OWN);
        patch(&app, john, &following(id, STARTS[1]), body.clone()).is_error(400, &OWN);
        move_to(&app, john, id, body).is_error(400, &OWN);
    }
    move_to(&app, john, id, json!({})).is_error(400, &[("calendar_id", "This field is required")]);
    move_to(&app, john, id, json!({"calendar_id": "1"}))
        .is_error(400, &[("calendar_id", "Must be an integer")]);
    assert_eq!(get(&app, john, &path(id)).body, before);
    assert_eq!(rows(&app), [1, 1, 1, 0]);
}

/// One instance deletes a calendar while another adds events to it, moves some in and out, and splits series.
#[test]
fn a_calendar_that_is_deleted_takes_all_along_or_refuses_who_comes_late() {
    let first = App::start();
    let second = first.again();
    let john = first.new_user("john@example.com");
    for _ in 0..6 {
        let work = new_calendar(&first, john);
        let series = done(&first.create_event(john, &weekly(json!({"calendar_id": work}))));
        let out = done(&first.create_event(john, &event(json!({"calendar_id": work}))));
        let into = done(&first.create_event(john, &event(json!({}))));
        let default = calendar(&first, john, into);
        let together = Barrier::new(5);
        let (left, came) = thread::scope(|scope| {
            let (second, together) = (&second, &together);
            scope.spawn(|| {
                together.wait();
                let path = format!("/api/calendar/calendars/{work}");
                assert_eq!(super::delete(&first, john, &path).status, 200);
            });
            scope.spawn(move || {
                together.wait();
                let created = second.create_event(john, &event(json!({"calendar_id": work})));
                assert!(matches!(created.status, 201 | 400), "{}", created.body);
            });
            scope.spawn(move || {
                together.wait();
                let split = patch(second, john, &following(series, STARTS[2]), json!({"title": "Rest"}));
                assert!(matches!(split.status, 200 | 404), "{}", split.body);
            });
            let left = scope.spawn(move || {
                together.wait();
                move_to(second, john, out, json!({"calendar_id": default})).status
            });
            let came = scope.spawn(move || {
                together.wait();
                move_to(second, john, into, json!({"calendar_id": work})).status
            });
            (left.join().unwrap(), came.join().unwrap())
        });
        assert!(matches!(left, 200 | 404) && matches!(came, 200 | 400), "{left} {came}");
        // Who got out is there, who came in too late stayed where it was.
        assert_eq!(get(&first, john, &path(out)).status, left);
        assert_eq!(get(&first, john, &path(into)).status, if came == 200 { 404 } else { 200 });
        let events = "SELECT TITLE FROM CALENDAR_EVENTS WHERE TITLE IN ('Weekly', 'Rest')";
        assert_eq!(first.database.texts(events), [""; 0]);
        let gone = format!("SELECT EVENT_ID FROM EVENT_DETAILS WHERE CALENDAR_ID = {work}");
        assert_eq!(first.database.texts(&gone), [""; 0]);
        assert_eq!(first.database.texts("SELECT EVENT_ID FROM EVENT_SERIES"), [""; 0]);
    }
}
