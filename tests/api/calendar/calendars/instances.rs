//! Two instances, at once.

use std::sync::Barrier;
use std::thread;

use serde_json::json;

use super::{delete, list, move_and_delete, new_calendar, new_event_in, patch, placed, read};
use crate::api::support::{App, Reply};

/// A second server, which has answered.
fn second(first: &App) -> App {
    let second = first.again();
    second.list_events(1).is(200, "[]");
    second
}

/// What is answered to these, all asked at the same moment.
fn at_once<const N: usize>(asks: [&(dyn Fn() -> Reply + Sync); N]) -> [Reply; N] {
    let together = Barrier::new(N);
    thread::scope(|scope| {
        let together = &together;
        let asked = asks.map(|ask| {
            scope.spawn(move || {
                together.wait();
                ask()
            })
        });
        asked.map(|asked| asked.join().unwrap())
    })
}

#[test]
fn all_agree_on_one_default_calendar() {
    let first = App::start();
    let second = second(&first);
    for round in 0..10 {
        let user = first.new_user(&format!("john{round}@example.com"));
        let (one, other) = (|| list(&first, user), || list(&second, user));
        let replies = at_once([&one, &other, &one, &other, &one, &other, &one, &other]);
        for reply in &replies {
            reply.is(200, &replies[0].body);
        }
        assert_eq!(replies[0].json().as_array().unwrap().len(), 1);
        assert_eq!(total(&first, user), "1");
    }
}

fn total(app: &App, user: i64) -> String {
    app.database.texts(&format!("SELECT COUNT(*) FROM CALENDARS WHERE USER_ID = {user}")).remove(0)
}

#[test]
fn patches_of_different_members_are_all_heard() {
    let first = App::start();
    let second = second(&first);
    let user = first.new_user("john@example.com");
    for _ in 0..10 {
        let id = new_calendar(&first, user, "Work");
        let replies = at_once([
            &|| patch(&first, user, id, json!({"name": "Office"})),
            &|| patch(&second, user, id, json!({"color": "red"})),
            &|| patch(&first, user, id, json!({"description": "Meetings"})),
            &|| patch(&second, user, id, json!({"time_zone": "Asia/Tokyo"})),
        ]);
        assert_eq!(replies.map(|reply| reply.status), [200; 4]);
        let after = read(&second, user, id).json();
        let expected =
            json!({"name": "Office", "color": "red", "description": "Meetings", "time_zone": "Asia/Tokyo"});
        for (member, value) in expected.as_object().unwrap() {
            assert_eq!(after[member], *value, "{after}");
        }
    }
}

/// Each of the two is to have the other one's events.
#[test]
fn of_two_that_move_into_each_other_one_is_left_with_all_events() {
    let first = App::start();
    let second = second(&first);
    let user = first.new_user("john@example.com");
    for _ in 0..10 {
        first.database.execute("DELETE FROM CALENDAR_EVENTS");
        let [one, other] = ["One", "Other"].map(|name| new_calendar(&first, user, name));
        new_event_in(&first, user, one, "a");
        new_event_in(&first, user, other, "b");
        let replies = at_once([&|| move_and_delete(&first, user, one, &other.to_string()), &|| {
            move_and_delete(&second, user, other, &one.to_string())
        }]);
        let statuses = replies.each_ref().map(|reply| reply.status);
        let left = match statuses {
            // The second one does not find the calendar that it is about: its own is gone.
            [200, 404] => other,
            [404, 200] => one,
            // Or the one that it moves to.
            [200, 400] => other,
            [400, 200] => one,
            statuses => panic!("{statuses:?}: {replies:?}"),
        };
        let events: Vec<_> =
            placed(&first).iter().map(|event| event.split('/').next().unwrap().to_owned()).collect();
        assert_eq!(events, [format!("a@{left}"), format!("b@{left}")]);
    }
}

#[test]
fn a_calendar_that_goes_gets_no_events_of_another() {
    let first = App::start();
    let second = second(&first);
    let user = first.new_user("john@example.com");
    for _ in 0..10 {
        first.database.execute("DELETE FROM CALENDAR_EVENTS");
        let [one, other] = ["One", "Other"].map(|name| new_calendar(&first, user, name));
        new_event_in(&first, user, one, "a");
        new_event_in(&first, user, other, "b");
        let replies = at_once([&|| move_and_delete(&first, user, one, &other.to_string()), &|| {
            delete(&second, user, other)
        }]);
        let statuses = replies.each_ref().map(|reply| reply.status);
        let left: &[String] = match statuses {
            [200, 200] => &[],
            [400, 200] => &[format!("a@{one}/1")],
            statuses => panic!("{statuses:?}: {replies:?}"),
        };
        assert_eq!(placed(&first), left);
    }
}

#[test]
fn of_many_that_delete_one_calendar_one_does() {
    let first = App::start();
    let second = second(&first);
    let user = first.new_user("john@example.com");
    for _ in 0..10 {
        let id = new_calendar(&first, user, "Work");
        new_event_in(&first, user, id, "a");
        let (one, other) = (|| delete(&first, user, id), || delete(&second, user, id));
        let mut statuses = at_once([&one, &other, &one, &other]).map(|reply| reply.status);
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404, 404, 404]);
        assert_eq!(first.list_events(user).body, "[]");
    }
}
