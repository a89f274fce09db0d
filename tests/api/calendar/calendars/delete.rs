use super::{DELETED, NOT_FOUND, default_calendar, delete, list, new_calendar, new_event_in, placed, read};
use crate::api::support::App;

#[test]
fn a_calendar_goes_with_its_events_and_no_others() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let default = default_calendar(&app, john);
    let [work, home] = ["Work", "Home"].map(|name| new_calendar(&app, john, name));
    let janes = new_calendar(&app, jane, "Work");
    for (user, calendar, uid) in
        [(john, work, "a"), (john, work, "b"), (john, home, "a"), (john, default, "c"), (jane, janes, "a")]
    {
        new_event_in(&app, user, calendar, uid);
    }
    app.new_event(john, "plain", "2025-12-06");
    delete(&app, john, work).is(200, DELETED);
    let left = [format!("a@{home}/1"), format!("c@{default}/1"), format!("a@{janes}/1"), "@/".into()];
    assert_eq!(placed(&app)[..3], left[..3]);
    assert_eq!(app.list_events(john).json().as_array().unwrap().len(), 3);
    for table in ["EVENT_DETAILS", "EVENT_SERIES", "EVENT_EXCEPTIONS"] {
        assert_eq!(app.database.texts(&format!("SELECT COUNT(*) FROM {table}")), ["3"], "{table}");
    }
    assert_eq!(list(&app, john).json().as_array().unwrap().len(), 2);
    for reply in [read(&app, john, work), delete(&app, john, work)] {
        reply.is_error(404, &NOT_FOUND);
    }
}

#[test]
fn its_list_of_changes_goes_along() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let [work, home] = ["Work", "Home"].map(|name| new_calendar(&app, user, name));
    for calendar in [work, home] {
        app.database.execute(&format!("INSERT INTO CALENDAR_LEDGERS (CALENDAR_ID) VALUES ({calendar})"));
        app.database.execute(&format!(
            "INSERT INTO CALENDAR_CHANGES (CALENDAR_ID, EVENT_ID, CHANGE_NUMBER) VALUES ({calendar}, 7, 1)"
        ));
    }
    delete(&app, user, work).is(200, DELETED);
    for table in ["CALENDAR_LEDGERS", "CALENDAR_CHANGES"] {
        assert_eq!(
            app.database.texts(&format!("SELECT CALENDAR_ID FROM {table}")),
            [home.to_string()],
            "{table}"
        );
    }
}
