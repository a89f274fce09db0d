use serde_json::json;

use super::{ask, default_calendar, tells, with_calendars};
use crate::api::support::App;

const NO_TOKEN: [(&str, &str); 1] = [("since", "Must be the token of an answer about this calendar")];
pub const GONE: [(&str, &str); 1] = [("since", "Is not good any more: read everything again")];

#[test]
fn a_calendar_that_is_not_there_or_not_ones_own_is_the_same_404() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let janes = default_calendar(&app, jane);
    let token = tells(&app, jane, janes, None, &[]);
    let not_found = [("id", "Calendar not found")];
    ask(&app, john, janes, None).is_error(404, &not_found);
    ask(&app, john, janes, Some(&token)).is_error(404, &not_found);
    ask(&app, john, 1234, None).is_error(404, &not_found);
    for id in ["0", "-1", "01", "abc", "9223372036854775808"] {
        let path = format!("/api/calendar/calendars/{id}/changes");
        app.send_as(john, "GET", &path, &json!(null)).is_error(404, &not_found);
    }
    app.get(&format!("/api/calendar/calendars/{janes}/changes"))
        .is_error(401, &[("authorization", "Missing Authorization Header")]);
}

#[test]
fn what_is_no_token_or_another_calendars_is_a_400_on_since() {
    let app = App::start();
    let (john, home, work) = with_calendars(&app, "john@example.com");
    let at_home = tells(&app, john, home, None, &[]);
    let at_work = tells(&app, john, work, None, &[]);
    assert_ne!(at_home, at_work);
    let cut = &at_home[1..];
    let twice = format!("{at_home}&since={at_home}");
    for since in ["", "x", "%00", "1", cut, &format!("{at_home}A"), &format!("{at_home}="), &twice, &at_work]
    {
        ask(&app, john, home, Some(since)).is_error(400, &NO_TOKEN);
    }
    tells(&app, john, home, Some(&at_home), &[]);
}

#[test]
fn a_token_that_is_ahead_of_the_ledger_is_a_410() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let nothing = tells(&app, john, calendar, None, &[]);
    let one = app.new_event(john, "one", "2025-12-06");
    let token = tells(&app, john, calendar, None, &[(one, false)]);
    // As a copy of the database from before has it.
    app.database.execute("DELETE FROM CALENDAR_LEDGERS");
    app.database.execute("DELETE FROM CALENDAR_EVENTS");
    ask(&app, john, calendar, Some(&token)).is_error(410, &GONE);
    tells(&app, john, calendar, Some(&nothing), &[]);
    tells(&app, john, calendar, None, &[]);
}
