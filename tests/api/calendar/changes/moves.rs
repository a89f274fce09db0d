use serde_json::json;

use super::{ask, details, tells, with_calendars};
use crate::api::support::App;

#[test]
fn a_move_is_a_deletion_in_one_calendar_and_a_change_in_the_other() {
    let app = App::start();
    let (john, home, work) = with_calendars(&app, "john@example.com");
    let one = app.new_event(john, "one", "2025-12-06");
    let mut at_home = tells(&app, john, home, None, &[(one, false)]);
    let mut at_work = tells(&app, john, work, None, &[]);
    details(&app, one, work);
    at_home = tells(&app, john, home, Some(&at_home), &[(one, true)]);
    at_work = tells(&app, john, work, Some(&at_work), &[(one, false)]);
    app.database.execute(&format!("UPDATE EVENT_DETAILS SET CALENDAR_ID = {home}"));
    at_work = tells(&app, john, work, Some(&at_work), &[(one, true)]);
    at_home = tells(&app, john, home, Some(&at_home), &[(one, false)]);
    app.database.execute(&format!("UPDATE EVENT_DETAILS SET CALENDAR_ID = {work}"));
    // There and back again, unseen.
    app.database.execute(&format!("UPDATE EVENT_DETAILS SET CALENDAR_ID = {home}"));
    tells(&app, john, home, Some(&at_home), &[]);
    tells(&app, john, work, Some(&at_work), &[]);
}

#[test]
fn a_calendar_that_is_deleted_takes_its_list_along_and_its_events_are_new_elsewhere() {
    let app = App::start();
    let (john, home, work) = with_calendars(&app, "john@example.com");
    let (one, two) = (app.new_event(john, "one", "2025-12-06"), app.new_event(john, "two", "2025-12-06"));
    details(&app, one, work);
    let at_home = tells(&app, john, home, None, &[(two, false)]);
    tells(&app, john, work, None, &[(one, false)]);
    let path = format!("/api/calendar/calendars/{work}?move_to={home}");
    assert_eq!(app.send_as(john, "DELETE", &path, &json!(null)).status, 200);
    ask(&app, john, work, None).is_error(404, &[("id", "Calendar not found")]);
    tells(&app, john, home, Some(&at_home), &[(one, false)]);
    let left = "SELECT CALENDAR_ID FROM CALENDAR_LEDGERS UNION ALL SELECT CALENDAR_ID FROM CALENDAR_CHANGES";
    assert!(!app.database.texts(left).contains(&work.to_string()));
}
