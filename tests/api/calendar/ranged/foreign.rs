use serde_json::json;

use super::{add, at_occurrence, set_times, shown};
use crate::api::support::App;

fn weekly(app: &App, user: i64) -> i64 {
    let more = json!({"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]});
    add(app, user, "weekly", ("2025-12-01T10:00:00Z", "2025-12-01T11:00:00Z"), more)
}

/// Whether what is kept of a series is what its event's row says.
fn is_stale(app: &App) -> bool {
    let sql = "SELECT E.ID FROM CALENDAR_EVENTS E JOIN EVENT_SERIES S ON S.EVENT_ID = E.ID \
               WHERE S.START_AT <> E.START_AT OR S.END_AT <> E.END_AT OR S.IS_ALL_DAY <> E.IS_ALL_DAY";
    !app.database.texts(sql).is_empty()
}

#[test]
fn a_series_that_another_writer_moves_is_there_at_once_and_mended() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id = weekly(&app, user);
    at_occurrence(&app, user, "DELETE", id, "2025-12-15T10:00:00Z", &json!(null));
    set_times(&app, "2025-12-01T12:00:00Z", "2025-12-01T14:00:00Z");
    assert!(is_stale(&app));
    // What names the excluded one has moved along.
    let december =
        ["weekly 2025-12-01T12:00:00Z", "weekly 2025-12-08T12:00:00Z", "weekly 2025-12-22T12:00:00Z"];
    assert_eq!(shown(&app, user, "from=2025-12-01&to=2026-01-01"), december);
    assert!(!is_stale(&app));
    assert_eq!(shown(&app, user, "from=2025-12-01&to=2026-01-01"), december);
}

#[test]
fn one_that_another_writer_moves_by_years_is_found_there() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    weekly(&app, user);
    set_times(&app, "2035-06-04T10:00:00Z", "2035-06-04T11:00:00Z");
    let moved = ["weekly 2035-06-04T10:00:00Z", "weekly 2035-06-11T10:00:00Z"];
    assert_eq!(shown(&app, user, "from=2035-06-01&to=2035-06-15"), moved);
    assert!(!is_stale(&app));
    assert_eq!(shown(&app, user, "from=2035-06-01&to=2035-06-15"), moved);
    assert_eq!(shown(&app, user, "from=2025-12-01&to=2026-01-01"), [""; 0]);
}

#[test]
fn one_that_another_writer_makes_of_whole_days_is_of_whole_days() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    weekly(&app, user);
    app.database.execute("UPDATE CALENDAR_EVENTS SET IS_ALL_DAY = 1");
    assert_eq!(
        shown(&app, user, "from=2025-12-08T20:00&to=2025-12-08T21:00"),
        ["weekly 2025-12-08T10:00:00Z"]
    );
    assert!(!is_stale(&app));
    assert_eq!(
        shown(&app, user, "from=2025-12-08T20:00&to=2025-12-08T21:00"),
        ["weekly 2025-12-08T10:00:00Z"]
    );
}

#[test]
fn one_that_another_writer_deletes_is_gone() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    weekly(&app, user);
    app.database.execute("DELETE FROM CALENDAR_EVENTS");
    assert_eq!(shown(&app, user, "from=2025-12-01&to=2026-01-01"), [""; 0]);
}

#[test]
fn one_that_another_writer_gives_to_somebody_else_is_theirs_alone_and_repeats_no_more() {
    let app = App::start();
    let (user, other) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    weekly(&app, user);
    app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET USER_ID = {other}"));
    assert_eq!(shown(&app, user, "from=2025-12-01&to=2026-01-01"), [""; 0]);
    assert_eq!(shown(&app, other, "from=2025-12-01&to=2026-01-01"), ["weekly 2025-12-01T10:00:00Z"]);
}
