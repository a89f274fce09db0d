//! However much there is, each row is in it once.

use serde_json::{Value, json};

use super::{exported, get, log_in};
use crate::api::support::App;
use crate::api::support::database::event_row;

/// As the list of events shows them, in the order of their ids.
fn listed(app: &App, token: &str) -> Vec<Value> {
    let mut events = get(app, "/api/calendar/events", token).json().as_array().unwrap().clone();
    events.sort_by_key(|event| event["id"].as_i64());
    events
}

/// The events of the document as the list shows them.
fn taken_along(app: &App, token: &str) -> Vec<Value> {
    let mut events = exported(app, token)["events"].as_array().unwrap().clone();
    for event in &mut events {
        let event = event.as_object_mut().unwrap();
        assert!(event.remove("created_at").is_some_and(|at| at.is_string()));
        assert_eq!(event.remove("updated_at"), Some(json!(null)));
    }
    events
}

#[test]
fn an_export_of_10_000_events_is_what_the_list_shows() {
    let app = App::start();
    let [john, jane] = ["john@example.com", "jane@example.com"].map(|email| app.new_user(email));
    let rows: Vec<_> = (0..10_100)
        .map(|index| event_row(if index % 101 == 0 { jane } else { john }, &index.to_string()))
        .collect();
    app.database.execute_all(&rows);
    for (email, total) in [("john@example.com", 10_000), ("jane@example.com", 100)] {
        let token = log_in(&app, email);
        let events = taken_along(&app, &token);
        assert_eq!(events.len(), total);
        assert!(events == listed(&app, &token), "{email}");
    }
}

#[test]
fn where_a_page_ends_nothing_is_lost_or_twice() {
    let app = App::start();
    for total in [1, 498, 499, 500, 998, 999] {
        let email = format!("{total}@example.com");
        let user = app.new_user(&email);
        let rows: Vec<_> = (0..total).map(|index| event_row(user, &index.to_string())).collect();
        app.database.execute_all(&rows);
        let token = log_in(&app, &email);
        let events = taken_along(&app, &token);
        assert!(events == listed(&app, &token) && events.len() == total, "{total}");
    }
}

#[test]
fn sessions_and_activity_come_page_by_page_too() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let token = log_in(&app, "john@example.com");
    let now = "CURRENT_TIMESTAMP";
    let id = |index: i32| format!("{:08x}-0000-4000-8000-000000000000", index * 7919 % 1000);
    let rows: Vec<_> = (0..1000_i32)
        .flat_map(|index| {
            // Many at one moment: then the id says which comes first.
            let at = app.database.seconds_ago((index / 300).unsigned_abs().into());
            [
                format!(
                    "INSERT INTO USER_SESSIONS (ID, USER_ID, KIND, REFRESH_JTI, ISSUED_AT, CREATED_AT, \
                     LAST_USED_AT, EXPIRES_AT, ADDRESS) VALUES ('{}', {user}, 'token', '{index}', 0, {now}, \
                     {now}, {now}, '192.0.2.1')",
                    id(index)
                ),
                format!(
                    "INSERT INTO AUDIT_LOG (ID, USER_ID, ACTED_AT, ACT, ACTOR) \
                     VALUES ('{}', {user}, {at}, 'login', 'user')",
                    id(index)
                ),
            ]
        })
        .collect();
    app.database.execute_all(&rows);
    let document = exported(&app, &token);
    let mut wanted: Vec<_> = (0..1000).map(id).collect();
    wanted.sort();
    let ids = |member: &str| {
        let rows = document[member].as_array().unwrap().iter();
        let seeded = rows
            .filter(|row| member == "sessions" || row["session_id"].is_null() && row["address"].is_null());
        seeded.map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("sessions"), wanted, "those that have expired, too");
    let mut found = ids("activity");
    assert_eq!(found.len(), 1000);
    found.sort();
    assert_eq!(found, wanted);
}

/// Pages end within a series, and with one.
#[test]
fn exceptions_come_page_by_page_too() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let days = |count: i64| {
        let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let day = |day| (first + chrono::TimeDelta::days(day)).format("%Y%m%d").to_string();
        format!("EXDATE;VALUE=DATE:{}", (0..count).map(day).collect::<Vec<_>>().join(","))
    };
    for (user, count) in [(john, 300), (jane, 1), (john, 199), (john, 600)] {
        let event = json!({
            "title": "T", "start_at": "2025-12-06", "end_at": "2025-12-07", "is_all_day": true,
            "recurrence": ["RRULE:FREQ=DAILY", days(count)],
        });
        assert_eq!(app.create_event(user, &event).status, 201);
    }
    let document = exported(&app, &log_in(&app, "john@example.com"));
    let exceptions = document["event_exceptions"].as_array().unwrap();
    let key = |exception: &Value| {
        (exception["event_id"].as_i64().unwrap(), exception["occurrence"].as_str().unwrap().to_owned())
    };
    let keys: Vec<_> = exceptions.iter().map(key).collect();
    assert!(keys.is_sorted_by(|one, next| one < next));
    let of = |event| keys.iter().filter(|(id, _)| *id == event).count();
    assert_eq!((of(1), of(3), of(4), keys.len()), (300, 199, 600, 1099));
}
