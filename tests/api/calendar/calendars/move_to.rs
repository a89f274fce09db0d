use super::{
    CALENDARS, DELETED, NOT_FOUND, default_calendar, delete, list, move_and_delete, new_calendar,
    new_event_in, placed,
};
use crate::api::support::App;
use serde_json::json;

const NONE: [(&str, &str); 1] = [("move_to", "Must be the id of another calendar of one's own")];
const IN_BOTH: [(&str, &str); 1] =
    [("move_to", "An event of this calendar is in the other one, too: nothing was moved or deleted")];

#[test]
fn the_events_are_in_the_other_calendar_then() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let [work, home, third] = ["Work", "Home", "Third"].map(|name| new_calendar(&app, user, name));
    for (calendar, uid) in [(work, "a"), (work, "b"), (home, "c"), (third, "d")] {
        new_event_in(&app, user, calendar, uid);
    }
    move_and_delete(&app, user, work, &home.to_string()).is(200, DELETED);
    let moved =
        [format!("a@{home}/2*"), format!("b@{home}/2*"), format!("c@{home}/1"), format!("d@{third}/1")];
    assert_eq!(placed(&app), moved);
    for table in ["EVENT_SERIES", "EVENT_EXCEPTIONS"] {
        assert_eq!(app.database.texts(&format!("SELECT COUNT(*) FROM {table}")), ["4"], "{table}");
    }
    // To the default one, and once more.
    let default = default_calendar(&app, user);
    move_and_delete(&app, user, home, &default.to_string()).is(200, DELETED);
    let moved = [
        format!("a@{default}/3*"),
        format!("b@{default}/3*"),
        format!("c@{default}/2*"),
        format!("d@{third}/1"),
    ];
    assert_eq!(placed(&app), moved);
    assert_eq!(list(&app, user).json().as_array().unwrap().len(), 2);
    assert_eq!(app.list_events(user).json().as_array().unwrap().len(), 4);
}

#[test]
fn an_event_that_is_in_both_is_a_409_and_nothing_happens() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let [work, home] = ["Work", "Home"].map(|name| new_calendar(&app, user, name));
    for (calendar, uid) in [(work, "a"), (work, "b"), (home, "b")] {
        new_event_in(&app, user, calendar, uid);
    }
    let before = (list(&app, user).body, placed(&app));
    move_and_delete(&app, user, work, &home.to_string()).is_error(409, &IN_BOTH);
    assert_eq!((list(&app, user).body, placed(&app)), before);
    delete(&app, user, work).is(200, DELETED);
    assert_eq!(placed(&app), [format!("b@{home}/1")]);
}

#[test]
fn what_is_no_other_calendar_of_ones_own_is_a_400_and_nothing_happens() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let (work, home) = (new_calendar(&app, john, "Work"), new_calendar(&app, john, "Home"));
    let janes = new_calendar(&app, jane, "Jane's");
    new_event_in(&app, john, work, "a");
    let before = (list(&app, john).body, placed(&app));
    let (itself, theirs) = (work.to_string(), janes.to_string());
    for target in [&itself, &theirs, "987654", "", "0", "-1", "01", "abc", "9223372036854775808"] {
        move_and_delete(&app, john, work, target).is_error(400, &NONE);
    }
    let path = format!("{CALENDARS}/{work}?move_to={home}&move_to={home}");
    app.send_as(john, "DELETE", &path, &json!(null)).is_error(400, &NONE);
    assert_eq!((list(&app, john).body, placed(&app)), before);
    // Who may not see the one learns nothing of the other.
    move_and_delete(&app, jane, work, &theirs).is_error(404, &NOT_FOUND);
}
