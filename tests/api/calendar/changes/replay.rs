//! A client that replays the changes from nothing ends with what the list shows, whatever was written by whom.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use super::{Replica, events, events_in, with_calendars};
use crate::api::calendar::event;
use crate::api::support::App;
use crate::api::support::database::event_row;

/// Something that somebody does. Events are named by their place among those that are there.
#[derive(Debug, Clone)]
enum Step {
    /// By the API of one of two instances.
    Create(bool),
    Replace(bool, usize, u8),
    Delete(bool, usize),
    /// By statements of another program.
    Insert,
    Set(usize, &'static str, u8),
    Erase(usize),
    /// Into the default calendar, with a row beside it, or into the other one.
    Move(usize, bool),
    /// What stands beside it is written, or is not there any more.
    Revise(usize),
    Strip(usize),
    /// A client of one of two calendars asks one of two instances.
    CatchUp(bool, bool),
}

fn step() -> impl Strategy<Value = Step> {
    let column = prop::sample::select(&["TITLE", "DESCRIPTION", "LOCATION", "COLOR", "IS_ALL_DAY"][..]);
    prop_oneof![
        1 => any::<bool>().prop_map(Step::Create),
        1 => (any::<bool>(), 0..9_usize, 0..3_u8).prop_map(|(by, which, value)| Step::Replace(by, which, value)),
        1 => (any::<bool>(), 0..9_usize).prop_map(|(by, which)| Step::Delete(by, which)),
        2 => Just(Step::Insert),
        2 => (0..9_usize, column, 0..3_u8).prop_map(|(which, column, value)| Step::Set(which, column, value)),
        1 => (0..9_usize).prop_map(Step::Erase),
        2 => (0..9_usize, any::<bool>()).prop_map(|(which, other)| Step::Move(which, other)),
        1 => (0..9_usize).prop_map(Step::Revise),
        1 => (0..9_usize).prop_map(Step::Strip),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(other, by)| Step::CatchUp(other, by)),
    ]
}

struct World<'a> {
    apps: [&'a App; 2],
    user: i64,
    calendars: [i64; 2],
    replicas: [Replica; 2],
}

impl World<'_> {
    fn take(&mut self, step: &Step) {
        let app = |by: &bool| self.apps[usize::from(*by)];
        let send = |by, method, id, body| {
            let path = format!("/api/calendar/events/{id}");
            assert_eq!(app(by).send_as(self.user, method, &path, &body).status, 200);
        };
        match step {
            Step::Create(by) => assert!(app(by).new_event(self.user, "ours", "2025-12-06") > 0),
            Step::Insert => self.execute(&event_row(self.user, "theirs")),
            Step::CatchUp(other, by) => {
                let app = app(by);
                self.replicas[usize::from(*other)].catch_up(app);
            }
            Step::Replace(by, which, value) => {
                if let Some(id) = self.id(*which) {
                    send(by, "PUT", id, event(json!({"title": format!("title {value}")})));
                }
            }
            Step::Delete(by, which) => {
                if let Some(id) = self.id(*which) {
                    send(by, "DELETE", id, json!(null));
                }
            }
            Step::Set(which, column, value) => {
                let value = match (*column, *value) {
                    ("IS_ALL_DAY", value) => value.to_string(),
                    ("TITLE", value) => format!("'{value}'"),
                    (_, 0) => "NULL".into(),
                    (_, value) => format!("'{value}'"),
                };
                self.of(*which, |id| {
                    format!("UPDATE CALENDAR_EVENTS SET {column} = {value} WHERE ID = {id}")
                });
            }
            Step::Erase(which) => {
                self.of(*which, |id| format!("DELETE FROM CALENDAR_EVENTS WHERE ID = {id}"))
            }
            Step::Move(which, other) => {
                let calendar = self.calendars[usize::from(*other)];
                let count = |id| format!("SELECT COUNT(*) FROM EVENT_DETAILS WHERE EVENT_ID = {id}");
                let has = |id| self.apps[0].database.texts(&count(id)) == ["1"];
                self.of(*which, |id| match has(id) {
                    true => {
                        format!("UPDATE EVENT_DETAILS SET CALENDAR_ID = {calendar} WHERE EVENT_ID = {id}")
                    }
                    false => format!(
                        "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) \
                         VALUES ({id}, {calendar}, '{id}@example.com', '{id}.ics')"
                    ),
                });
            }
            Step::Revise(which) => self.of(*which, |id| {
                format!("UPDATE EVENT_DETAILS SET REVISION = REVISION + 1 WHERE EVENT_ID = {id}")
            }),
            Step::Strip(which) => {
                self.of(*which, |id| format!("DELETE FROM EVENT_DETAILS WHERE EVENT_ID = {id}"))
            }
        }
    }

    fn id(&self, which: usize) -> Option<i64> {
        let ids: Vec<_> = events(self.apps[0], self.user).into_keys().collect();
        (!ids.is_empty()).then(|| ids[which % ids.len()])
    }

    fn of(&self, which: usize, sql: impl FnOnce(i64) -> String) {
        if let Some(id) = self.id(which) {
            self.execute(&sql(id));
        }
    }

    fn execute(&self, sql: &str) {
        self.apps[0].database.execute(sql);
    }
}

#[test]
fn a_client_that_replays_changes_ends_with_what_the_list_shows() {
    let first = App::start();
    let second = first.again();
    let mut number = 0;
    // Each case is a person of its own.
    let mut cases = TestRunner::new(Config { cases: 24, max_shrink_iters: 200, ..Config::default() });
    let number = std::cell::RefCell::new(&mut number);
    let passed = cases.run(&prop::collection::vec(step(), 1..40), |steps| {
        **number.borrow_mut() += 1;
        let (user, home, work) = with_calendars(&first, &format!("john{}@example.com", number.borrow()));
        let replicas = [Replica::new(user, home), Replica::new(user, work)];
        let mut world = World { apps: [&first, &second], user, calendars: [home, work], replicas };
        for step in &steps {
            world.take(step);
        }
        for (calendar, replica) in [home, work].into_iter().zip(&mut world.replicas) {
            replica.catch_up(&second);
            let expected = events_in(&first, user, calendar);
            prop_assert_eq!(&replica.events, &expected);
            let mut fresh = Replica::new(user, calendar);
            fresh.catch_up(&first);
            prop_assert_eq!(&fresh.events, &expected);
        }
        Ok(())
    });
    passed.unwrap_or_else(|failed| panic!("{failed}"));
}
