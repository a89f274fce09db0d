use super::since::GONE;
use super::{Replica, ask, default_calendar, tells, told};
use crate::api::jobs::{PURGE, persony};
use crate::api::support::App;
use crate::api::support::database::event_row;
use crate::api::users::closed::close;

const DAY: u64 = 24 * 3600;

#[track_caller]
fn run(app: &App, job: &str, rows: u64) {
    let (said, log, code) = persony(&*app.database, &["jobs", "run", job]);
    assert_eq!((said, code), (format!("{job}: ok, {rows} rows\n"), Some(0)), "{log}");
}

/// Deletes an event, as if it had been found so many days ago.
fn delete(app: &App, user: i64, calendar: i64, event: i64, days: u64) {
    app.database.execute(&format!("DELETE FROM CALENDAR_EVENTS WHERE ID = {event}"));
    Replica::new(user, calendar).catch_up(app);
    let then = app.database.seconds_ago(days * DAY);
    app.database
        .execute(&format!("UPDATE CALENDAR_CHANGES SET DELETED_AT = {then} WHERE EVENT_ID = {event}"));
}

#[test]
fn deletions_are_kept_90_days_and_who_has_not_heard_of_them_begins_anew() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let all: Vec<_> = (1..=4).map(|number| app.new_event(john, &number.to_string(), "2025-12-06")).collect();
    let start = tells(&app, john, calendar, None, &[(1, false), (2, false), (3, false), (4, false)]);
    delete(&app, john, calendar, all[0], 91);
    let one = tells(&app, john, calendar, Some(&start), &[(1, true)]);
    delete(&app, john, calendar, all[1], 89);
    run(&app, "forget_deletions", 1);
    ask(&app, john, calendar, Some(&start)).is_error(410, &GONE);
    let two = tells(&app, john, calendar, Some(&one), &[(2, true)]);
    tells(&app, john, calendar, None, &[(3, false), (4, false)]);
    run(&app, "forget_deletions", 0);
    tells(&app, john, calendar, Some(&one), &[(2, true)]);
    tells(&app, john, calendar, Some(&two), &[]);
    // Of a deletion nothing is kept but what the event was called.
    let kept = "SELECT COALESCE(TITLE, '-') FROM CALENDAR_CHANGES WHERE EVENT_ID = 2";
    assert_eq!(app.database.texts(kept), ["-"]);
}

/// Its first page shows what is live alone: what was deleted before concerns nobody who reads on.
#[test]
fn a_first_list_in_pages_goes_on_whatever_old_deletions_are_forgotten_meanwhile() {
    let app = App::start();
    let john = app.new_user("john@example.com");
    let calendar = default_calendar(&app, john);
    let events: Vec<_> = (0..2002).map(|number| event_row(john, &number.to_string())).collect();
    app.database.execute_all(&events);
    let (first, _, has_more) = told(&app, john, calendar, None);
    assert_eq!((first.len(), has_more), (1000, true));
    delete(&app, john, calendar, 2, 91);
    let (first, token, _) = told(&app, john, calendar, None);
    assert_eq!((first.len(), first[1]), (1000, (3, false)));
    run(&app, "forget_deletions", 1);
    let (second, token, has_more) = told(&app, john, calendar, Some(&token));
    assert_eq!((second.len(), has_more), (1000, true));
    let token = tells(&app, john, calendar, Some(&token), &[(2002, false)]);
    // What is deleted later does.
    delete(&app, john, calendar, 1, 91);
    run(&app, "forget_deletions", 1);
    ask(&app, john, calendar, Some(&token)).is_error(410, &GONE);
}

#[test]
fn a_person_who_is_purged_leaves_no_list_behind() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let (calendar, janes) = (default_calendar(&app, john), default_calendar(&app, jane));
    let kept = app.new_event(jane, "Jane's", "2025-12-06");
    tells(&app, jane, janes, None, &[(kept, false)]);
    let events: Vec<_> = (0..1500).map(|number| event_row(john, &number.to_string())).collect();
    app.database.execute_all(&events);
    assert_eq!(told(&app, john, calendar, None).0.len(), 1000);
    app.database.execute(&format!("DELETE FROM CALENDAR_EVENTS WHERE USER_ID = {john}"));
    close(&app, john, "ERASED_AT");
    app.database.execute(&format!("UPDATE CLOSED_ACCOUNTS SET PURGE_AT = {}", app.database.seconds_ago(1)));
    // Those of the ledger, and the account.
    run(&app, PURGE, 1501);
    assert_eq!(app.database.texts("SELECT CALENDAR_ID FROM CALENDAR_LEDGERS"), [janes.to_string()]);
    assert_eq!(app.database.texts("SELECT EVENT_ID FROM CALENDAR_CHANGES"), [kept.to_string()]);
}
