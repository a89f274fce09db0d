use std::collections::{BTreeMap, BTreeSet};

use persony::auth::UserId;
use persony::calendar::calendars::CalendarId;
use persony::calendar::changes::last_numbers;
use persony::db::Returned;

use super::support::{Things, alone};

fn user(things: &Things, email: &'static str) -> UserId {
    let insert = "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES (:email, 'x')";
    let inserted = things.unit(move |db| {
        let binds = [("email", email.into())];
        db.insert(insert, &binds, &[Returned::Integer("ID")], |row| Ok(UserId(row.integer(0)?.unwrap())))
    });
    inserted.unwrap()
}

fn calendar(things: &Things, user: UserId, default: Option<i64>) -> CalendarId {
    let insert =
        "INSERT INTO CALENDARS (USER_ID, DEFAULT_OF, NAME) VALUES (:user_id, :default_of, 'Calendar')";
    let inserted = things.unit(move |db| {
        let binds = [("user_id", user.0.into()), ("default_of", default.into())];
        db.insert(insert, &binds, &[Returned::Integer("ID")], |row| Ok(CalendarId(row.integer(0)?.unwrap())))
    });
    inserted.unwrap()
}

fn execute(things: &Things, sql: &'static str) {
    things.unit(move |db| db.execute(sql, &[])).unwrap();
}

#[test]
fn each_calendar_has_a_number_that_changes_with_it_alone_in_one_trip_for_all() {
    alone(|things| {
        let john = user(things, "john@example.com");
        let (home, work) = (calendar(things, john, Some(john.0)), calendar(things, john, None));
        let jane = user(things, "jane@example.com");
        calendar(things, jane, Some(jane.0));
        let mut now = BTreeMap::<CalendarId, i64>::new();
        let mut changed = |expected: &[CalendarId]| {
            let found = last_numbers(&things.db, BTreeSet::from([john]));
            let numbers = things.runtime().block_on(found).unwrap();
            let others: Vec<_> =
                numbers.iter().filter(|(id, number)| now.get(*id) != Some(*number)).collect();
            assert_eq!(others.into_iter().map(|(id, _)| *id).collect::<Vec<_>>(), expected);
            now = numbers;
        };
        changed(&[home, work]);
        changed(&[]);
        execute(
            things,
            "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) \
             VALUES (1, 'One', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
        );
        changed(&[home]);
        execute(
            things,
            "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) VALUES (1, 2, 'u', 'n')",
        );
        changed(&[home, work]);
        execute(things, "UPDATE CALENDAR_EVENTS SET TITLE = 'Two'");
        changed(&[work]);
        execute(things, "DELETE FROM CALENDAR_EVENTS");
        changed(&[work]);
        let trips = things.trips(|| changed(&[]));
        assert!(trips.is_none_or(|trips| trips.len() == 1));
    });
}
