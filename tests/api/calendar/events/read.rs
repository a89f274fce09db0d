use serde_json::json;

use super::{STARTS, done, get, occurrence, patch, path, weekly, with_weekly};
use crate::api::calendar::event;
use crate::api::support::{App, bearer};

#[test]
fn an_event_has_a_strong_tag_of_what_is_seen_and_is_not_sent_twice() {
    let app = App::with(&[("CORS_ORIGINS", "https://example.com")]);
    let john = app.new_user("john@example.com");
    let id = done(&app.create_event(john, &event(json!({}))));
    let first = get(&app, john, &path(id));
    let tag = first.header("etag").unwrap();
    assert!(tag.len() == 34 && tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    assert_eq!(first.header("cache-control").as_deref(), Some("private, no-cache"));
    assert_eq!(first.header("vary").as_deref(), Some("Authorization, Cookie, Origin"));
    assert_eq!(first.header("content-type").as_deref(), Some("application/json"));
    for (known, status) in [(tag.as_str(), 304), ("*", 304), ("\"x\"", 200), (&format!("W/{tag}"), 304)] {
        let headers = [("Authorization", &*bearer(john)), ("If-None-Match", known)];
        let reply = app.send("GET", &path(id), &headers, b"");
        assert_eq!((reply.status, reply.body.is_empty()), (status, status == 304), "{known}");
        assert_eq!(reply.header("etag").as_deref(), Some(&*tag));
        assert_eq!(reply.header("cache-control").as_deref(), Some("private, no-cache"));
    }
    // Of a page of another origin, too.
    for (origin, vary) in
        [("https://example.com", "Authorization, Cookie"), ("https://other.com", "Authorization, Cookie")]
    {
        let reply = app.send("GET", &path(id), &[("Authorization", &bearer(john)), ("Origin", origin)], b"");
        let found = reply.header("vary").unwrap();
        assert!(found.contains(vary) && found.contains("Origin"), "{origin}: {found}");
    }
    let head = app.send("HEAD", &path(id), &[("Authorization", &bearer(john))], b"");
    assert_eq!((head.status, head.body.as_str(), head.header("etag").as_deref()), (200, "", Some(&*tag)));
    // Another writer changes it.
    app.database.execute("UPDATE CALENDAR_EVENTS SET TITLE = 'Theirs'");
    assert_ne!(get(&app, john, &path(id)).header("etag").as_deref(), Some(&*tag));
    app.database.execute("UPDATE CALENDAR_EVENTS SET TITLE = 'Team Meeting'");
    assert_eq!(get(&app, john, &path(id)).header("etag").as_deref(), Some(&*tag), "it is what is seen");
}

#[test]
fn an_occurrence_is_shown_as_its_own_event() {
    let (app, john, id) = with_weekly(json!({"reminders": [{"minutes_before": 5, "method": "audio"}]}));
    let whole = get(&app, john, &path(id));
    assert_eq!(whole.json()["recurrence"], json!(["RRULE:FREQ=WEEKLY;COUNT=4"]));
    let uid = whole.json()["uid"].as_str().unwrap().to_owned();
    let third = get(&app, john, &occurrence(id, STARTS[2]));
    third.is(
        200,
        &format!(
            concat!(
                r#"{{"id":1,"title":"Weekly","description":null,"start_at":"2025-03-31T08:00:00Z","#,
                r#""end_at":"2025-03-31T09:00:00Z","is_all_day":false,"location":null,"color":null,"calendar_id":1,"#,
                r#""uid":"{}","time_zone":"Europe/Berlin","occurrence":"2025-03-31T08:00:00Z","#,
                r#""reminders":[{{"minutes_before":5,"method":"audio"}}]}}"#
            ),
            uid
        ),
    );
    assert_ne!(third.header("etag"), whole.header("etag"));
    // The same time in other words.
    get(&app, john, &occurrence(id, "2025-03-31T10:00:00%2B02:00")).is(200, &third.body);
    let no = [("occurrence", "Occurrence not found")];
    get(&app, john, &occurrence(id, "2025-03-31T09:00:00Z")).is_error(404, &no);
    get(&app, john, &occurrence(id, "2025-04-14T08:00:00Z")).is_error(404, &no);
    let must = "Must be a date and time such as 2025-12-06T10:00:00Z";
    get(&app, john, &occurrence(id, "tomorrow")).is_error(400, &[("occurrence", must)]);
    get(&app, john, &format!("{}&occurrence=2025-03-31", occurrence(id, STARTS[0])))
        .is_error(400, &[("occurrence", "Must be given once")]);
    get(&app, john, &super::following(id, STARTS[0])).is_error(400, &[("scope", "Is for changes")]);
    get(&app, john, &format!("{}?scope=following", path(id)))
        .is_error(400, &[("occurrence", "Must say from which occurrence on")]);
    get(&app, john, &format!("{}&scope=all", occurrence(id, STARTS[0])))
        .is_error(400, &[("scope", "Must be following")]);
    // A single event has none.
    let single = done(&app.create_event(john, &event(json!({}))));
    get(&app, john, &occurrence(single, "2025-12-06T10:00:00Z")).is_error(404, &no);
}

#[test]
fn the_tag_of_a_change_is_that_of_what_is_read_then() {
    let (app, john, id) = with_weekly(json!({}));
    for path in [path(id), occurrence(id, STARTS[1])] {
        for body in [
            json!({"title": "New", "url": "https://example.com/"}),
            json!({"start_at": "2025-03-17T08:30:00Z"}),
        ] {
            if path.contains('?') && body.get("start_at").is_some() {
                continue;
            }
            let changed = patch(&app, john, &path, body);
            assert_eq!(changed.status, 200, "{}", changed.body);
            assert_eq!(changed.header("etag"), get(&app, john, &path).header("etag"));
        }
        let path = occurrence(id, STARTS[1]);
        let back = weekly(json!({"recurrence": null, "title": "Back"}));
        let mut back = back.as_object().unwrap().clone();
        back.remove("recurrence");
        back.insert("start_at".into(), json!("2025-03-17T10:00"));
        done(&app.send_as(john, "PUT", &super::path(id), &json!(back)));
        assert_eq!(get(&app, john, &path).json()["start_at"], STARTS[1]);
    }
}
