use serde_json::{Value, json};

use super::{FORBIDDEN, Two, accept, december, event, offer, titles};

/// All that an event can say.
fn telling() -> Value {
    json!({
        "title": "Layoffs", "description": "Whom", "location": "Room 9", "color": "#FF0000", "uid": "layoffs@example.org",
        "time_zone": "Europe/Berlin", "url": "https://example.com/secret", "categories": ["Personnel"],
        "reminders": [{"minutes_before": 15, "method": "display"}],
    })
}

fn busy(two: &Two, id: i64, more: Value) -> Value {
    let name = two.app.database.texts("SELECT NAME FROM PERSONY_DATABASE")[0].clone();
    let mut busy = json!({
        "id": id, "title": "Busy", "description": null, "start_at": "2025-12-06T10:00:00Z",
        "end_at": "2025-12-06T11:00:00Z", "is_all_day": false, "location": null, "color": null,
        "calendar_id": two.work, "uid": format!("{id}@{name}"), "access": "busy", "owner": two.owner(),
    });
    busy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    busy
}

#[test]
fn busy_shows_times_alone() {
    let two = Two::start();
    two.share_work("busy");
    let id = two.event(telling());
    assert_eq!(december(&two.app, two.jane, ""), json!([busy(&two, id, json!({}))]));
    assert_eq!(two.get(two.jane, &event(id)).json(), busy(&two, id, json!({})));
}

#[test]
fn what_is_private_or_confidential_is_busy_to_everybody_but_its_owner() {
    for visibility in ["private", "confidential"] {
        for access in ["read", "write"] {
            let two = Two::start();
            two.share_work(access);
            let mut telling = telling();
            telling["visibility"] = json!(visibility);
            let id = two.event(telling);
            assert_eq!(two.get(two.jane, &event(id)).json(), busy(&two, id, json!({})));
            assert_eq!(december(&two.app, two.jane, ""), json!([busy(&two, id, json!({}))]));
            for method in ["PUT", "PATCH", "DELETE"] {
                let body = crate::api::calendar::event(json!({"visibility": null}));
                two.app.send_as(two.jane, method, &event(id), &body).is_error(403, &FORBIDDEN);
            }
            assert_eq!(two.get(two.john, &event(id)).json()["title"], "Layoffs");
            // Also where it was shared by itself.
            let share = offer(&two.app, two.john, &event(id), "jane@example.com", "write");
            accept(&two.app, two.jane, share);
            assert_eq!(two.get(two.jane, &event(id)).json(), busy(&two, id, json!({})));
        }
    }
}

#[test]
fn no_search_finds_what_is_not_shown() {
    let two = Two::start();
    two.share_work("busy");
    two.event(telling());
    let mut series = telling();
    series["uid"] = json!("more@example.org");
    series["recurrence"] = json!(["RRULE:FREQ=DAILY;COUNT=2"]);
    let id = two.event(series);
    let own = json!({"title": "Dismissals"});
    let changed =
        two.app.send_as(two.john, "PATCH", &format!("{}?occurrence=2025-12-07T10:00:00Z", event(id)), &own);
    assert_eq!(changed.status, 200, "{}", changed.body);
    for text in ["Layoffs", "Whom", "Room", "Dismissals"] {
        assert_eq!(titles(&two.app, two.jane, &format!("&q={text}")), [""; 0], "{text}");
        assert!(!titles(&two.app, two.john, &format!("&q={text}")).is_empty(), "{text}");
    }
    assert_eq!(titles(&two.app, two.jane, "&q=busy"), ["Busy"; 3]);
}

#[test]
fn whether_time_is_taken_and_how_surely_is_shown() {
    let two = Two::start();
    two.share_work("busy");
    let free = two.event(json!({"show_as": "free"}));
    let maybe = two.event(
        json!({"status": "tentative", "start_at": "2025-12-06T12:00:00Z", "end_at": "2025-12-06T13:00:00Z"}),
    );
    let times =
        json!({"status": "tentative", "start_at": "2025-12-06T12:00:00Z", "end_at": "2025-12-06T13:00:00Z"});
    assert_eq!(
        december(&two.app, two.jane, ""),
        json!([busy(&two, free, json!({"show_as": "free"})), busy(&two, maybe, times)])
    );
    assert_eq!(december(&two.app, two.jane, "&status=tentative").as_array().unwrap().len(), 1);
}

#[test]
fn an_occurrence_is_as_private_as_it_says_itself() {
    let two = Two::start();
    two.share_work("write");
    let id = two.event(json!({"title": "Weekly", "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}));
    let one = |day: &str| format!("{}?occurrence=2025-12-{day}T10:00:00Z", event(id));
    let hidden = json!({"title": "Doctor", "visibility": "private"});
    assert_eq!(two.app.send_as(two.john, "PATCH", &one("13"), &hidden).status, 200);
    assert_eq!(titles(&two.app, two.jane, ""), ["Weekly", "Busy", "Weekly"]);
    assert_eq!(two.get(two.jane, &one("13")).json()["title"], "Busy");
    assert_eq!(two.get(two.jane, &one("20")).json()["title"], "Weekly");
    let body = json!({"location": "Room A"});
    two.app.send_as(two.jane, "PATCH", &one("13"), &body).is_error(403, &FORBIDDEN);
    two.app
        .send_as(two.jane, "DELETE", &format!("{}&scope=following", one("13")), &body)
        .is_error(403, &FORBIDDEN);
    assert_eq!(two.app.send_as(two.jane, "PATCH", &one("20"), &body).status, 200);
    // Nor is it lost with what is around it.
    for (method, path) in [
        ("DELETE", event(id)),
        ("DELETE", format!("{}&scope=following", one("06"))),
        ("PATCH", format!("{}&scope=following", one("06"))),
        ("PATCH", event(id)),
    ] {
        let body = json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20251213T100000Z"]});
        two.app.send_as(two.jane, method, &path, &body).is_error(403, &FORBIDDEN);
    }
    assert_eq!(two.app.send_as(two.jane, "PATCH", &event(id), &body).status, 200);
    assert_eq!(titles(&two.app, two.john, ""), ["Weekly", "Doctor", "Weekly"]);
    // A private series with an occurrence that everybody may see.
    assert_eq!(two.app.send_as(two.john, "PATCH", &event(id), &json!({"visibility": "private"})).status, 200);
    assert_eq!(two.app.send_as(two.john, "PATCH", &one("20"), &json!({"visibility": "public"})).status, 200);
    assert_eq!(titles(&two.app, two.jane, ""), ["Busy", "Busy", "Weekly"]);
    assert!(two.get(two.jane, &event(id)).json().get("recurrence").is_none());
    two.app.send_as(two.jane, "PATCH", &event(id), &body).is_error(403, &FORBIDDEN);
    assert_eq!(two.app.send_as(two.jane, "PATCH", &one("20"), &json!({"location": "Room B"})).status, 200);
}
