//! The list of changes over the stand-in: its round trips, and a database that goes away in the middle.

use oracle_client_stand_in::KillPoint;
use oracle_client_stand_in::Kind::{Execute, ExecuteCommit};

use super::OnOracle;
use super::faults::is_unavailable;
use crate::api::calendar::changes::{Replica, ask, events_in, tells, told, with_calendars};
use crate::api::support::database::event_row;

#[test]
fn where_nothing_has_changed_it_is_two_trips_whatever_there_is() {
    let on = OnOracle::start(&[]);
    let (john, home, work) = with_calendars(&on, "john@example.com");
    let rows: Vec<_> = (0..300).map(|number| event_row(john, &number.to_string())).collect();
    on.database.execute_all(&rows);
    let (_, token, _) = told(&on, john, home, None);
    on.trips();
    tells(&on, john, home, Some(&token), &[]);
    assert_eq!(on.trips(), [(Execute, 1), (Execute, 2)]);
    // A calendar without a head has had no change.
    tells(&on, john, work, None, &[]);
    assert_eq!(on.trips(), [(Execute, 1), (Execute, 2)]);
    assert_eq!(on.client.national_binds(), [""; 0]);
}

#[test]
fn a_change_is_four_trips_more_and_so_are_a_hundred() {
    let on = OnOracle::start(&[]);
    let (john, home, _) = with_calendars(&on, "john@example.com");
    on.database.execute(&event_row(john, "first"));
    on.trips();
    let token = tells(&on, john, home, None, &[(1, false)]);
    // Nobody has given out a number of this calendar's before.
    assert_eq!(on.verbs(), "SELECT SELECT SELECT UPDATE INSERT INSERT SELECT");
    on.database.execute("UPDATE CALENDAR_EVENTS SET TITLE = 'changed'");
    on.trips();
    let token = tells(&on, john, home, Some(&token), &[(1, false)]);
    let trips = on.trips();
    assert_eq!(
        trips,
        [(Execute, 1), (Execute, 2), (Execute, 1), (Execute, 1), (ExecuteCommit, 1), (Execute, 1)]
    );
    let rows: Vec<_> = (0..100).map(|number| event_row(john, &number.to_string())).collect();
    on.database.execute_all(&rows);
    on.trips();
    assert_eq!(told(&on, john, home, Some(&token)).0.len(), 100);
    assert_eq!(on.verbs(), "SELECT SELECT SELECT UPDATE INSERT SELECT");
    // A whole page that is known already is read, and nothing compared.
    let rows: Vec<_> = (0..1500).map(|number| event_row(john, &number.to_string())).collect();
    on.database.execute_all(&rows);
    let (_, token, _) = told(&on, john, home, None);
    on.database.execute("UPDATE CALENDAR_EVENTS SET TITLE = 'changed'");
    told(&on, john, home, Some(&token));
    on.trips();
    assert_eq!(told(&on, john, home, Some(&token)).0.len(), 1000);
    let trips = on.trips();
    assert_eq!((trips[0], trips.len()), ((Execute, 101), 6), "{trips:?}");
    assert_eq!(on.client.national_binds(), [""; 0]);
    assert_eq!(on.client.wide_binds(), [""; 0]);
}

/// Of one event each that is new, changed, deleted and moved.
const STATEMENTS: u64 = 13;

fn comes_back(on: &OnOracle) {
    on.wait_until(|on| on.get("/api/db-ping").status == 200);
}

#[test]
fn what_was_cut_off_anywhere_is_written_whole_or_not_at_all_and_the_next_call_is_right() {
    for point in [KillPoint::BeforeEffect, KillPoint::AfterEffect] {
        for nth in 1..=STATEMENTS {
            let on = OnOracle::start(&[]);
            let (john, home, work) = with_calendars(&on, "john@example.com");
            let rows = ["changed", "deleted", "moved"].map(|title| event_row(john, title));
            on.database.execute_all(&rows);
            let mut replicas = [home, work].map(|calendar| Replica::new(john, calendar));
            replicas.iter_mut().for_each(|replica| replica.catch_up(&on));
            on.database.execute_all(&[
                "UPDATE CALENDAR_EVENTS SET TITLE = 'Changed' WHERE ID = 1".into(),
                "DELETE FROM CALENDAR_EVENTS WHERE ID = 2".into(),
                format!("INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) VALUES (3, {work}, 'u', 'n')"),
                event_row(john, "new"),
            ]);
            let numbered = "SELECT COUNT(*) FROM CALENDAR_CHANGES L JOIN CALENDAR_LEDGERS H \
                            ON H.CALENDAR_ID = L.CALENDAR_ID WHERE L.CHANGE_NUMBER > H.LAST_NUMBER";
            on.client.kill_in_nth_statement(nth, point);
            let reply = ask(&on, john, home, None);
            if reply.status == 200 {
                // It had fewer statements than that.
                assert!(nth > 8, "{nth}");
                on.client.clear_faults();
            } else {
                is_unavailable(&reply);
            }
            comes_back(&on);
            assert_eq!(on.database.texts(numbered), ["0"]);
            for (calendar, replica) in [home, work].into_iter().zip(&mut replicas) {
                replica.catch_up(&on);
                assert_eq!(replica.events, events_in(&on, john, calendar), "{nth}, {point:?}");
            }
        }
    }
}
