//! Changes of a calendar on the embedded engine alone: how its statements find their rows, more differences than a request
//! looks at, and what a writer without foreign keys leaves behind.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::json;

use crate::api::calendar::changes::{default_calendar, details, tells, told, with_calendars};
use crate::api::jobs::persony;
use crate::api::support::App;

fn connect(app: &App) -> Connection {
    Connection::open(app.folder.path().join("persony.db")).unwrap()
}

fn add_events(app: &App, user: i64, count: i64) {
    let sql = format!(
        "WITH RECURSIVE N (N) AS (SELECT 1 UNION ALL SELECT N + 1 FROM N WHERE N < {count}) \
         INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) SELECT {user}, 'event ' || N, N, N FROM N"
    );
    connect(app).execute_batch(&sql).unwrap();
}

#[test]
fn more_differences_than_a_request_looks_at_are_told_of_by_the_next_ones() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let nothing = tells(&app, john, calendar, None, &[]);
    add_events(&app, john, 21_500);
    let (first, mut token, has_more) = told(&app, john, calendar, Some(&nothing));
    assert_eq!((first.len(), has_more), (1000, true));
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM CALENDAR_CHANGES"), ["20000"]);
    let mut seen: BTreeMap<_, _> = first.into_iter().collect();
    for page in 1.. {
        let (changes, next, has_more) = told(&app, john, calendar, Some(&token));
        seen.extend(changes);
        token = next;
        if !has_more {
            assert_eq!(page, 21);
            break;
        }
    }
    assert_eq!(seen.len(), 21_500);
    assert!(seen.values().all(|is_deleted| !is_deleted));
}

#[test]
fn what_has_outlived_its_event_is_ignored_and_swept() {
    let app = App::start();
    let (john, home, work) = with_calendars(&app, "john@example.com");
    let (gone, stays) =
        (app.new_event(john, "gone", "2025-12-06"), app.new_event(john, "stays", "2025-12-06"));
    for event in [gone, stays] {
        details(&app, event, work);
        app.database.execute_all(&[
            format!(
                "INSERT INTO EVENT_SERIES (EVENT_ID, USER_ID, TIME_ZONE, START_AT, END_AT, IS_ALL_DAY, BEGINS_AT) \
                 VALUES ({event}, {john}, 'UTC', 0, 0, 0, 0)"
            ),
            format!(
                "INSERT INTO EVENT_EXCEPTIONS (EVENT_ID, RECURRENCE_ID, IS_ADDED, IS_EXCLUDED, CHANGED) \
                 VALUES ({event}, 1, 1, 0, 0), ({event}, 2, 0, 1, 0)"
            ),
        ]);
    }
    let token = tells(&app, john, work, None, &[(gone, false), (stays, false)]);
    let without_keys = connect(&app);
    without_keys.pragma_update(None, "foreign_keys", false).unwrap();
    without_keys.execute("DELETE FROM CALENDAR_EVENTS WHERE ID = ?", [gone]).unwrap();
    let count = |table: &str| app.database.texts(&format!("SELECT COUNT(*) FROM {table}")).remove(0);
    assert_eq!(["EVENT_DETAILS", "EVENT_SERIES", "EVENT_EXCEPTIONS"].map(count), ["2", "2", "4"]);
    let token = tells(&app, john, work, Some(&token), &[(gone, true)]);
    tells(&app, john, home, None, &[]);
    let (said, log, code) = persony(&*app.database, &["jobs", "run", "sweep_orphans"]);
    assert_eq!((said.as_str(), code), ("sweep_orphans: ok, 4 rows\n", Some(0)), "{log}");
    assert_eq!(["EVENT_DETAILS", "EVENT_SERIES", "EVENT_EXCEPTIONS"].map(count), ["1", "1", "2"]);
    tells(&app, john, work, Some(&token), &[]);
    assert_eq!(app.list_events(john).json().as_array().unwrap().len(), 1);
    assert_eq!(
        app.send_as(john, "DELETE", &format!("/api/calendar/events/{stays}"), &json!(null)).status,
        200
    );
    assert_eq!(["EVENT_DETAILS", "EVENT_SERIES", "EVENT_EXCEPTIONS"].map(count), ["0", "0", "0"]);
}
