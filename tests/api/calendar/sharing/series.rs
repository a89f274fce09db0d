use chrono::TimeZone;
use serde_json::json;

use super::{OFFERS, Two, accept, december, event, offer, titles};

const DAILY: &str = "RRULE:FREQ=DAILY;COUNT=4";

fn one(id: i64, day: &str) -> String {
    format!("{}?occurrence=2025-12-{day}T10:00:00Z", event(id))
}

#[test]
fn the_occurrences_of_a_shared_series_are_in_the_range() {
    let two = Two::start();
    two.share_work("read");
    let id = two.event(json!({"title": "Daily", "recurrence": [DAILY]}));
    assert_eq!(two.app.send_as(two.john, "PATCH", &one(id, "07"), &json!({"title": "Other"})).status, 200);
    assert_eq!(two.app.send_as(two.john, "DELETE", &one(id, "08"), &json!(null)).status, 200);
    let all = december(&two.app, two.jane, "");
    let starts: Vec<_> =
        all.as_array().unwrap().iter().map(|one| one["occurrence"].as_str().unwrap()).collect();
    assert_eq!(starts, ["2025-12-06T10:00:00Z", "2025-12-07T10:00:00Z", "2025-12-09T10:00:00Z"]);
    assert_eq!(titles(&two.app, two.jane, ""), ["Daily", "Other", "Daily"]);
    assert!(all.as_array().unwrap().iter().all(|one| one["access"] == "read" && one["owner"] == two.owner()));
    assert_eq!(two.get(two.jane, &one(id, "07")).json(), all[1]);
}

#[test]
fn who_may_write_changes_all_of_it_one_and_from_one_on() {
    let two = Two::start();
    two.share_work("write");
    let id = two.event(json!({"title": "Daily", "recurrence": [DAILY]}));
    let send = |method: &str, path: &str, body| {
        let reply = two.app.send_as(two.jane, method, path, &body);
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply
    };
    send("PATCH", &one(id, "07"), json!({"title": "Other"}));
    let new = send("PATCH", &format!("{}&scope=following", one(id, "08")), json!({"title": "Later"}));
    send("PATCH", &event(id), json!({"location": "Room A"}));
    let new = new.json()["id"].as_i64().unwrap();
    assert_ne!(new, id);
    for user in [two.john, two.jane] {
        assert_eq!(titles(&two.app, user, ""), ["Daily", "Other", "Later", "Later"]);
    }
    assert_eq!(two.get(two.jane, &event(new)).json()["calendar_id"], two.work);
    send("DELETE", &one(id, "07"), json!(null));
    send("DELETE", &format!("{}&scope=following", one(new, "09")), json!(null));
    assert_eq!(titles(&two.app, two.john, ""), ["Daily", "Later"]);
}

#[test]
fn both_halves_of_a_series_stay_shared() {
    let two = Two::start();
    let id = two.event(json!({"title": "Daily", "recurrence": [DAILY]}));
    let share = offer(&two.app, two.john, &event(id), "jane@example.com", "write");
    accept(&two.app, two.jane, share);
    offer(&two.app, two.john, &event(id), "joe@example.com", "read");
    let joe = super::add_user(&two.app, "joe");
    for (user, day) in [(two.john, "08"), (two.jane, "07")] {
        let path = format!("{}&scope=following", one(id, day));
        assert_eq!(two.app.send_as(user, "PATCH", &path, &json!({"title": day})).status, 200);
    }
    assert_eq!(titles(&two.app, two.jane, ""), ["Daily", "07", "08", "08"]);
    assert_eq!(two.get(joe, OFFERS).json().as_array().unwrap().len(), 3);
}

#[test]
fn what_another_program_changes_of_it_is_shown_and_mended() {
    let two = Two::start();
    two.share_work("read");
    let id = two.event(json!({"title": "Daily", "recurrence": [DAILY]}));
    assert_eq!(two.app.send_as(two.john, "PATCH", &one(id, "07"), &json!({"title": "Other"})).status, 200);
    let kept = "SELECT S.EVENT_ID FROM EVENT_SERIES S JOIN CALENDAR_EVENTS E ON E.ID = S.EVENT_ID WHERE S.START_AT = E.START_AT";
    let at =
        |hour: u32| two.app.database.time(chrono::Utc.with_ymd_and_hms(2025, 12, 6, hour, 0, 0).unwrap());
    let later = format!("UPDATE CALENDAR_EVENTS SET START_AT = {}, END_AT = {}", at(11), at(12));
    two.app.database.execute(&later);
    assert_eq!(two.app.database.texts(kept), [""; 0]);
    let all = december(&two.app, two.jane, "");
    assert_eq!(all[1]["start_at"], "2025-12-07T11:00:00Z");
    assert_eq!(titles(&two.app, two.jane, ""), ["Daily", "Other", "Daily", "Daily"]);
    assert_eq!(two.app.database.texts(kept), [id.to_string()]);
}
