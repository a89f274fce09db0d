use serde_json::json;

use super::{create, delete, list, new_calendar, patch, read, set_zone};
use crate::api::support::App;

#[test]
fn the_default_calendar_comes_first_and_the_others_by_id() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let [work, home] = ["Work", "Home"].map(|name| new_calendar(&app, user, name));
    let default = list(&app, user).json()[0]["id"].as_i64().unwrap();
    assert!(default > home, "it was not needed before");
    let late = new_calendar(&app, user, "Another");
    let ids: Vec<_> = list(&app, user)
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|calendar| calendar["id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids, [default, work, home, late]);
}

#[test]
fn of_somebody_new_it_is_the_default_calendar_alone() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let whole = concat!(
        r#"[{"id":1,"name":"Personal","color":null,"description":null,"time_zone":"UTC","is_default":true,"#,
        r#""access":"owner","owner":null,"token":"aQAAAAAAAAABaQAAAAAAAAAAaQAAAAAAAAAA"}]"#
    );
    for _ in 0..2 {
        list(&app, user).is(200, whole);
    }
    read(&app, user, 1).is(200, &whole[1..whole.len() - 1]);
}

/// What somebody else, or a newer program, has put there.
#[test]
fn a_zone_that_is_not_known_counts_as_not_set() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id =
        create(&app, user, json!({"name": "Work", "time_zone": "Asia/Tokyo"})).json()["id"].as_i64().unwrap();
    set_zone(&app, user, "Europe/Berlin");
    app.database.execute("UPDATE CALENDARS SET TIME_ZONE = 'Mars/Olympus'");
    assert_eq!(read(&app, user, id).json()["time_zone"], "Europe/Berlin");
    app.database.execute("UPDATE USER_PROFILES SET TIME_ZONE = 'Mars/Olympus'");
    assert_eq!(list(&app, user).json()[1]["time_zone"], "UTC");
}

#[test]
fn it_shows_what_was_changed_and_not_what_was_deleted() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let [work, home] = ["Work", "Home"].map(|name| new_calendar(&app, user, name));
    let changed = patch(&app, user, work, json!({"name": "Office", "color": "red"}));
    assert_eq!(delete(&app, user, home).status, 200);
    let listed = list(&app, user).json();
    assert_eq!((listed.as_array().unwrap().len(), &listed[1]), (2, &changed.json()));
}
