use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use super::{Replica, details, events_in, with_calendars};
use crate::api::calendar::event;
use crate::api::support::App;

/// Events that each writer writes.
const EVENTS: usize = 30;

/// Clients of both calendars ask both instances all the while that three write: two by the API, one by statements, who
/// changes, moves and deletes some. Nobody may miss anything, and no number may be given out twice.
#[test]
fn while_everybody_writes_and_asks_nothing_is_skipped() {
    let first = App::start();
    let second = first.again();
    let (user, home, work) = with_calendars(&first, "john@example.com");
    let (at_home, at_work) =
        (first.new_event(user, "home", "2025-12-06"), first.new_event(user, "work", "2025-12-06"));
    details(&first, at_work, work);
    assert!(at_home < at_work);
    let (writing, together) = (AtomicUsize::new(3), Barrier::new(7));
    let replicas = thread::scope(|scope| {
        for app in [&first, &second] {
            scope.spawn(|| {
                together.wait();
                for number in 0..EVENTS {
                    let id = app.new_event(user, &format!("event {number}"), "2025-12-06");
                    let path = format!("/api/calendar/events/{id}");
                    if number % 3 == 0 {
                        let changed = event(json!({"title": format!("changed {number}")}));
                        // The other program can have deleted it.
                        assert!([200, 404].contains(&app.send_as(user, "PUT", &path, &changed).status));
                    }
                }
                writing.fetch_sub(1, Ordering::SeqCst);
            });
        }
        scope.spawn(|| {
            together.wait();
            for number in 0..EVENTS {
                let which = format!("ID IN (SELECT MAX(ID) FROM CALENDAR_EVENTS WHERE USER_ID = {user} AND ID > {at_work})");
                first.database.execute(&match number % 3 {
                    0 => format!("UPDATE CALENDAR_EVENTS SET TITLE = 'theirs {number}' WHERE {which}"),
                    1 => format!("DELETE FROM CALENDAR_EVENTS WHERE {which}"),
                    _ => format!(
                        "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) \
                         SELECT E.ID, {work}, 'u{number}', 'n{number}' FROM CALENDAR_EVENTS E WHERE E.{which} \
                         AND NOT EXISTS (SELECT D.EVENT_ID FROM EVENT_DETAILS D WHERE D.EVENT_ID = E.ID)"
                    ),
                });
            }
            writing.fetch_sub(1, Ordering::SeqCst);
        });
        let asking =
            [(&first, home), (&second, home), (&first, work), (&second, work)].map(|(app, calendar)| {
                let (at_home, at_work) = (
                    first.new_event(user, "home", "2025-12-06"),
                    first.new_event(user, "work", "2025-12-06"),
                );
                details(&first, at_work, work);
                assert!(at_home < at_work);
                let (writing, together) = (&writing, &together);
                scope.spawn(move || {
                    let mut replica = Replica::new(user, calendar);
                    together.wait();
                    while writing.load(Ordering::SeqCst) > 0 {
                        replica.catch_up(app);
                    }
                    replica.catch_up(app);
                    (calendar, replica)
                })
            });
        asking.map(|asked| asked.join().unwrap())
    });
    for (calendar, replica) in replicas {
        let expected = events_in(&first, user, calendar);
        assert!(expected.contains_key(if calendar == home { &at_home } else { &at_work }));
        assert_eq!(replica.events, expected);
    }
    let numbers =
        "SELECT COUNT(*) FROM CALENDAR_CHANGES GROUP BY CALENDAR_ID, CHANGE_NUMBER HAVING COUNT(*) > 1";
    assert_eq!(first.database.texts(numbers), [""; 0]);
}
