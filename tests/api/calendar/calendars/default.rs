use serde_json::json;

use super::{
    GONE, create, default_calendar, delete, list, move_and_delete, new_calendar, patch, read, set_zone,
};
use crate::api::support::App;

const STAYS: [(&str, &str); 1] =
    [("id", "The default calendar cannot be deleted: it has the events that name no calendar")];

#[test]
fn it_is_in_the_zone_that_the_account_has_when_it_is_made() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    set_zone(&app, user, "Europe/Berlin");
    let id = default_calendar(&app, user);
    set_zone(&app, user, "Asia/Tokyo");
    assert_eq!(read(&app, user, id).json()["time_zone"], "Europe/Berlin");
    // Cleared, it is the account's.
    assert_eq!(patch(&app, user, id, json!({"time_zone": null})).json()["time_zone"], "Asia/Tokyo");
}

#[test]
fn without_a_zone_of_the_accounts_it_is_in_the_one_that_comes() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id = default_calendar(&app, user);
    assert_eq!(read(&app, user, id).json()["time_zone"], "UTC");
    assert_eq!(app.database.texts("SELECT TIME_ZONE FROM CALENDARS"), [""]);
    set_zone(&app, user, "Asia/Tokyo");
    assert_eq!(list(&app, user).json()[0]["time_zone"], "Asia/Tokyo");
}

#[test]
fn it_can_be_called_otherwise_and_stays_the_default() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id = default_calendar(&app, user);
    let changed = patch(&app, user, id, json!({"name": "Mine", "color": "blue", "is_default": false}));
    assert_eq!(changed.status, 200, "{}", changed.body);
    let listed = list(&app, user).json();
    assert_eq!(listed, json!([changed.json()]));
    assert_eq!((&listed[0]["name"], &listed[0]["is_default"]), (&json!("Mine"), &json!(true)));
}

#[test]
fn it_is_not_deleted() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let (id, other) = (default_calendar(&app, user), new_calendar(&app, user, "Work"));
    app.new_event(user, "Event", "2025-12-06");
    let (before, events) = (list(&app, user).body, app.list_events(user).body);
    delete(&app, user, id).is_error(409, &STAYS);
    move_and_delete(&app, user, id, &other.to_string()).is_error(409, &STAYS);
    assert_eq!((list(&app, user).body, app.list_events(user).body), (before, events));
}

#[test]
fn everybody_has_their_own() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    assert_ne!(default_calendar(&app, john), default_calendar(&app, jane));
    assert_eq!(list(&app, john).json().as_array().unwrap().len(), 1);
}

#[test]
fn who_is_gone_has_none_and_gets_none() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id = new_calendar(&app, user, "Work");
    app.database.execute(&format!("DELETE FROM USERS WHERE ID = {user}"));
    assert_eq!(app.database.texts("SELECT ID FROM CALENDARS"), [""; 0], "they go with their person");
    let replies = [list(&app, user), create(&app, user, json!({"name": "Work"}))];
    for reply in replies {
        reply.is_error(401, &GONE);
        assert_eq!(reply.header("www-authenticate").as_deref(), Some("Bearer"));
    }
    for reply in [read(&app, user, id), patch(&app, user, id, json!({"name": "x"})), delete(&app, user, id)] {
        reply.is_error(404, &super::NOT_FOUND);
    }
    assert_eq!(app.database.texts("SELECT ID FROM CALENDARS"), [""; 0]);
}
