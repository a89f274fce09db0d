//! Rights change while others read and write.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use serde_json::json;

use super::{Two, calendar, december, event};

/// Requests that each reader and writer makes before the share is taken away.
const BEFORE: usize = 5;

#[test]
fn after_the_owner_is_answered_nothing_more_is_read_or_written() {
    let two = Two::start();
    let second = two.app.again();
    let share = two.share_work("write");
    let id = two.event(json!({"title": "Weekly", "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}));
    let (ended, made, refused) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let state = || {
        let of = |sql: &str| two.app.database.texts(sql);
        (
            of("SELECT TITLE FROM CALENDAR_EVENTS ORDER BY ID"),
            of("SELECT REVISION FROM EVENT_DETAILS ORDER BY EVENT_ID"),
        )
    };
    let kept = thread::scope(|scope| {
        for worker in 0..8 {
            let (app, ended, made, refused, two) =
                (if worker % 2 == 0 { &two.app } else { &second }, &ended, &made, &refused, &two);
            scope.spawn(move || {
                for number in 0.. {
                    // Whoever begins after the answer is refused; who began before may have been in time.
                    let was_ended = ended.load(Ordering::SeqCst);
                    let is_seen = match (worker / 2 + number) % 4 {
                        0 => december(app, two.jane, "") != json!([]),
                        1 => super::get(app, two.jane, &event(id)).status == 200,
                        2 => {
                            let body = json!({"title": format!("{worker} {number}")});
                            app.send_as(two.jane, "PATCH", &event(id), &body).status == 200
                        }
                        _ => {
                            let body = crate::api::calendar::event(json!({"calendar_id": two.work}));
                            app.create_event(two.jane, &body).status == 201
                        }
                    };
                    made.fetch_add(1, Ordering::SeqCst);
                    assert!(!(was_ended && is_seen), "{worker}, {number}");
                    if was_ended && refused.fetch_add(1, Ordering::SeqCst) >= 8 * 4 {
                        return;
                    }
                }
            });
        }
        while made.load(Ordering::SeqCst) < 8 * BEFORE {
            thread::yield_now();
        }
        let path = format!("{}/shares/{share}", calendar(two.work));
        assert_eq!(two.app.send_as(two.john, "DELETE", &path, &json!(null)).status, 200);
        let kept = state();
        ended.store(true, Ordering::SeqCst);
        kept
    });
    assert!(kept.0.len() > 1, "nothing was written before");
    assert_eq!(state(), kept);
}
