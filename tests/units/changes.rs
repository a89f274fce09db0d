use std::collections::BTreeMap;

use persony::auth::UserId;
use persony::calendar::calendars::CalendarId;
use persony::calendar::changes::tokens;
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
fn each_calendar_has_a_token_that_changes_with_it_alone_in_one_trip_for_all() {
    alone(|things| {
        let john = user(things, "john@example.com");
        let (home, work) = (calendar(things, john, Some(john.0)), calendar(things, john, None));
        let jane = user(things, "jane@example.com");
        calendar(things, jane, Some(jane.0));
        let mut now = BTreeMap::new();
        let mut changed = |expected: &[CalendarId]| {
            let tokens = things.runtime().block_on(tokens(&things.db, john)).unwrap();
            let others: Vec<_> = tokens.iter().filter(|(id, token)| now.get(*id) != Some(*token)).collect();
            assert_eq!(others.into_iter().map(|(id, _)| *id).collect::<Vec<_>>(), expected);
            now = tokens;
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
