use serde_json::{Value, json};

use super::{create, list, new_calendar, patch, read};
use crate::api::support::App;

const ZONE: &str = "Must be a time zone of the tz database such as Europe/Berlin";

/// A calendar that has everything.
fn whole(app: &App, user: i64) -> Value {
    let all =
        json!({"name": "Work", "color": "red", "description": "Meetings", "time_zone": "Europe/Berlin"});
    let reply = create(app, user, all);
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.json()
}

/// Asserts that a patch of a whole calendar is answered with it as it was but for these members, and that this is what is
/// read then.
#[track_caller]
fn changes(app: &App, user: i64, body: Value, changed: Value) {
    let mut expected = whole(app, user);
    let id = expected["id"].as_i64().unwrap();
    expected.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    let reply = patch(app, user, id, body);
    assert_eq!((reply.status, reply.json()), (200, expected));
    assert_eq!(read(app, user, id).body, reply.body);
}

#[test]
fn what_is_left_out_stays_as_it_is() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for member in [
        json!({}),
        json!({"name": "Office"}),
        json!({"color": "blue"}),
        json!({"description": "Trips"}),
        json!({"time_zone": "Asia/Tokyo"}),
        json!({"name": "Office", "time_zone": "Asia/Tokyo"}),
    ] {
        changes(&app, user, member.clone(), member);
    }
    changes(
        &app,
        user,
        json!({"name": " Office ", "time_zone": "asia/tokyo"}),
        json!({"name": "Office", "time_zone": "Asia/Tokyo"}),
    );
    changes(&app, user, json!({"id": 7, "is_default": true, "access": "read", "owner": 7}), json!({}));
}

#[test]
fn null_and_a_blank_text_leave_nothing() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for nothing in [json!(null), json!(""), json!("  ")] {
        changes(&app, user, json!({ "color": nothing }), json!({"color": null}));
        changes(&app, user, json!({ "description": nothing }), json!({"description": null}));
        changes(&app, user, json!({ "time_zone": nothing }), json!({"time_zone": "UTC"}));
    }
}

#[test]
fn what_is_wrong_is_named_together_and_changes_nothing() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let calendar = whole(&app, user);
    let id = calendar["id"].as_i64().unwrap();
    for name in [json!(null), json!(" ")] {
        patch(&app, user, id, json!({"name": name, "color": "blue"}))
            .is_error(400, &[("name", "This field is required")]);
    }
    patch(
        &app,
        user,
        id,
        json!({"name": 7, "color": "x".repeat(33), "description": false, "time_zone": "Berlin"}),
    )
    .is_error(
        400,
        &[
            ("name", "Must be a string"),
            ("color", "Must not be longer than 32 bytes in UTF-8; this has 33"),
            ("description", "Must be a string"),
            ("time_zone", ZONE),
        ],
    );
    patch(&app, user, id, json!("text")).is_error(400, &[("body", "The request body must be a JSON object")]);
    assert_eq!(read(&app, user, id).json(), calendar);
}

#[test]
fn no_other_calendar_is_touched_and_the_time_of_the_change_is_kept() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let [work, home] = ["Work", "Home"].map(|name| new_calendar(&app, john, name));
    let others = [read(&app, john, home).body, list(&app, jane).body];
    assert_eq!(patch(&app, john, work, json!({})).status, 200);
    assert_eq!(app.database.texts("SELECT ID FROM CALENDARS WHERE UPDATED_AT IS NOT NULL"), [""; 0]);
    assert_eq!(patch(&app, john, work, json!({"name": "Office"})).status, 200);
    assert_eq!([read(&app, john, home).body, list(&app, jane).body], others);
    let changed = "SELECT ID FROM CALENDARS WHERE UPDATED_AT >= CREATED_AT";
    assert_eq!(app.database.texts(changed), [work.to_string()]);
}
