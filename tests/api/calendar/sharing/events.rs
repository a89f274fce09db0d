use serde_json::{Value, json};

use super::{FORBIDDEN, Two, accept, calendar, created, december, event, new_calendar, offer, titles};

const NOT_FOUND: [(&str, &str); 1] = [("id", "Event not found")];

fn send(two: &Two, user: i64, method: &str, id: i64, body: &Value) -> crate::api::support::Reply {
    two.app.send_as(user, method, &event(id), body)
}

#[test]
fn an_event_of_a_shared_calendar_is_read_with_its_access_and_its_owner() {
    let two = Two::start();
    let share = two.share_work("read");
    let id = two.event(json!({"description": "Weekly sync", "time_zone": "Europe/Berlin"}));
    let name = two.app.database.texts("SELECT NAME FROM PERSONY_DATABASE")[0].clone();
    let expected = json!({
        "id": id, "title": "Team Meeting", "description": "Weekly sync", "start_at": "2025-12-06T10:00:00Z",
        "end_at": "2025-12-06T11:00:00Z", "is_all_day": false, "location": null, "color": null,
        "calendar_id": two.work, "uid": format!("{id}@{name}"), "time_zone": "Europe/Berlin", "access": "read",
        "owner": two.owner(),
    });
    let read = two.get(two.jane, &event(id));
    assert_eq!((read.status, read.json()), (200, expected.clone()));
    assert_eq!(december(&two.app, two.jane, ""), json!([expected]));
    // Tags are of what each reader sees.
    assert_ne!(read.header("etag"), two.get(two.john, &event(id)).header("etag"));
    let path = format!("{}/shares/{share}", calendar(two.work));
    assert_eq!(two.app.send_as(two.john, "DELETE", &path, &json!(null)).status, 200);
    two.get(two.jane, &event(id)).is_error(404, &NOT_FOUND);
    assert_eq!(december(&two.app, two.jane, ""), json!([]));
}

#[test]
fn who_may_write_creates_changes_and_deletes_events_that_are_the_owners() {
    let two = Two::start();
    two.share_work("write");
    let mut body = crate::api::calendar::event(json!({"calendar_id": two.work, "title": "By Jane"}));
    let id = created(&two.app.create_event(two.jane, &body));
    let owner = format!("SELECT USER_ID FROM CALENDAR_EVENTS WHERE ID = {id}");
    assert_eq!(two.app.database.texts(&owner), [two.john.to_string()]);
    assert_eq!(titles(&two.app, two.john, ""), ["By Jane"]);
    assert_eq!(two.app.list_events(two.jane).body, "[]");
    body["title"] = json!("Replaced");
    send(&two, two.jane, "PUT", id, &body)
        .is(200, &format!(r#"{{"id":{id},"message":"Event updated successfully"}}"#));
    // The documented body, which names nothing new.
    body.as_object_mut().unwrap().remove("calendar_id");
    assert_eq!(send(&two, two.jane, "PUT", id, &body).status, 200);
    let patched = send(&two, two.jane, "PATCH", id, &json!({"location": "Room A", "status": "tentative"}));
    assert_eq!(patched.status, 200, "{}", patched.body);
    let read = two.get(two.jane, &event(id));
    assert_eq!(patched.header("etag"), read.header("etag"));
    let seen = two.get(two.john, &event(id)).json();
    assert_eq!(
        (&seen["title"], &seen["location"], &seen["status"]),
        (&json!("Replaced"), &json!("Room A"), &json!("tentative"))
    );
    assert_eq!(two.app.database.texts(&owner), [two.john.to_string()]);
    send(&two, two.jane, "DELETE", id, &json!(null)).is(200, r#"{"message":"Event deleted successfully"}"#);
    two.get(two.john, &event(id)).is_error(404, &NOT_FOUND);
}

#[test]
fn who_may_only_see_it_changes_nothing() {
    for access in ["read", "busy"] {
        let two = Two::start();
        two.share_work(access);
        let id = two.event(json!({}));
        let before = two.get(two.john, &event(id)).body;
        let body = crate::api::calendar::event(json!({"title": "x"}));
        for method in ["PUT", "PATCH", "DELETE"] {
            send(&two, two.jane, method, id, &body).is_error(403, &FORBIDDEN);
        }
        let moved = two.app.send_as(
            two.jane,
            "POST",
            &format!("{}/move", event(id)),
            &json!({"calendar_id": two.work}),
        );
        moved.is_error(403, &FORBIDDEN);
        let new = crate::api::calendar::event(json!({"calendar_id": two.work}));
        two.app.create_event(two.jane, &new).is_error(403, &FORBIDDEN);
        assert_eq!(two.get(two.john, &event(id)).body, before);
    }
}

#[test]
fn only_its_owner_moves_an_event() {
    let two = Two::start();
    two.share_work("write");
    let id = two.event(json!({}));
    let mine = new_calendar(&two.app, two.jane, "Mine");
    let other = new_calendar(&two.app, two.john, "Other");
    for to in [mine, other, 987_654] {
        let to = json!({"calendar_id": to});
        two.app.send_as(two.jane, "POST", &format!("{}/move", event(id)), &to).is_error(403, &FORBIDDEN);
        send(&two, two.jane, "PATCH", id, &to).is_error(403, &FORBIDDEN);
    }
    // Where it is, a client may say.
    assert_eq!(
        send(&two, two.jane, "PATCH", id, &json!({"calendar_id": two.work, "title": "x"})).status,
        200
    );
    assert_eq!(
        two.app
            .send_as(two.john, "POST", &format!("{}/move", event(id)), &json!({"calendar_id": other}))
            .status,
        200
    );
    two.get(two.jane, &event(id)).is_error(404, &NOT_FOUND);
    // Nor into a calendar of somebody else's.
    let own = two.app.new_event(two.jane, "Own", "2025-12-06");
    let moved =
        two.app.send_as(two.jane, "POST", &format!("{}/move", event(own)), &json!({"calendar_id": two.work}));
    moved.is_error(400, &[("calendar_id", "Must be the id of a calendar that one may write")]);
}

#[test]
fn a_single_shared_event_comes_without_its_calendar() {
    let two = Two::start();
    let id = two.event(json!({"title": "One"}));
    two.event(json!({"title": "Another"}));
    let share = offer(&two.app, two.john, &event(id), "jane@example.com", "write");
    accept(&two.app, two.jane, share);
    let all = december(&two.app, two.jane, "");
    assert_eq!(all.as_array().unwrap().len(), 1);
    assert_eq!(
        (&all[0]["title"], &all[0]["access"], &all[0]["owner"]),
        (&json!("One"), &json!("write"), &two.owner())
    );
    assert!(all[0].get("calendar_id").is_none(), "{all}");
    assert_eq!(two.get(two.jane, &event(id)).json(), all[0]);
    assert_eq!(titles(&two.app, two.jane, &format!("&calendar={}", two.work)), [""; 0]);
    two.get(two.jane, &calendar(two.work)).is_error(404, &[("id", "Calendar not found")]);
    assert_eq!(two.get(two.jane, super::CALENDARS).json().as_array().unwrap().len(), 1);
    assert_eq!(send(&two, two.jane, "PATCH", id, &json!({"title": "Changed"})).status, 200);
    send(&two, two.jane, "PATCH", id, &json!({"calendar_id": two.work})).is_error(403, &FORBIDDEN);
    assert_eq!(titles(&two.app, two.john, ""), ["Changed", "Another"]);
    // It stays shared wherever its owner moves it.
    let other = new_calendar(&two.app, two.john, "Other");
    assert_eq!(
        two.app
            .send_as(two.john, "POST", &format!("{}/move", event(id)), &json!({"calendar_id": other}))
            .status,
        200
    );
    assert_eq!(titles(&two.app, two.jane, ""), ["Changed"]);
}

#[test]
fn of_two_shares_the_one_counts_that_lets_one_do_more() {
    let two = Two::start();
    two.share_work("busy");
    let id = two.event(json!({"title": "Both"}));
    let share = offer(&two.app, two.john, &event(id), "jane@example.com", "read");
    accept(&two.app, two.jane, share);
    let all = december(&two.app, two.jane, "");
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    assert_eq!(
        (&all[0]["title"], &all[0]["access"], &all[0]["calendar_id"]),
        (&json!("Both"), &json!("read"), &json!(two.work))
    );
    two.app.send_as(two.john, "DELETE", &format!("{}/shares/{share}", event(id)), &json!(null));
    assert_eq!(titles(&two.app, two.jane, ""), ["Busy"]);
}

#[test]
fn if_match_is_compared_with_what_its_sender_sees() {
    let two = Two::start();
    two.share_work("write");
    let id = two.event(json!({}));
    let tag = |user| two.get(user, &event(id)).header("etag").unwrap();
    let patch = |user: i64, tag: &str, title: &str| {
        let headers = [("Authorization", &*crate::api::support::bearer(user)), ("If-Match", tag)];
        two.app.send("PATCH", &event(id), &headers, json!({ "title": title }).to_string().as_bytes()).status
    };
    let janes = tag(two.jane);
    assert_eq!(patch(two.jane, &tag(two.john), "x"), 412);
    assert_eq!(patch(two.jane, &janes, "y"), 200);
    assert_eq!(patch(two.jane, &janes, "z"), 412);
    assert_eq!(two.get(two.john, &event(id)).json()["title"], "y");
}
