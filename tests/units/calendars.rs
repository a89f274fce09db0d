//! The default calendar, for whichever statement needs one.

use persony::auth::UserId;
use persony::calendar::calendars::{CalendarId, default, lock};
use persony::db::{DbError, Returned, required};

use super::support::{Things, alone};

fn user(things: &Things, email: &'static str) -> UserId {
    let user = things.unit(move |db| {
        db.insert(
            "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES (:email, 'x')",
            &[("email", email.into())],
            &[Returned::Integer("ID")],
            |row| Ok(UserId(required(row.integer(0)?, "ID")?)),
        )
    });
    user.unwrap()
}

#[test]
fn it_is_made_once_and_found_then() {
    alone(|things| {
        let [john, jane] = ["john@example.com", "jane@example.com"].map(|email| user(things, email));
        let find = |user| things.read(move |db| default::find(db, user)).unwrap();
        let make = |user| things.unit(move |db| default::find_or_make(db.last(), user)).unwrap();
        assert_eq!(find(john), None);
        let mut made = None;
        let trips = things.trips(|| made = Some(make(john)));
        assert!(trips.is_none_or(|trips| trips.len() == 2));
        assert_eq!(find(john), made);
        let trips = things.trips(|| assert_eq!(Some(make(john)), made));
        assert!(trips.is_none_or(|trips| trips.len() == 1));
        assert_eq!(find(jane), None);
        assert_ne!(Some(make(jane)), made);
    });
}

#[test]
fn of_many_at_once_all_find_the_same() {
    alone(|things| {
        let john = user(things, "john@example.com");
        let found = things.runtime().block_on(async {
            let asked: Vec<_> = (0..16)
                .map(|_| {
                    let db = things.db.clone();
                    tokio::spawn(
                        async move { db.unit("unit", move |db| default::find_or_make(db, john)).await },
                    )
                })
                .collect();
            let mut found = Vec::new();
            for asked in asked {
                found.push(asked.await.unwrap().unwrap());
            }
            found
        });
        assert!(found.iter().all(|id| *id == found[0]), "{found:?}");
    });
}

#[test]
fn nobody_has_none() {
    alone(|things| {
        let made = things.unit(|db| default::find_or_make(db, UserId(99)));
        assert!(matches!(made, Err(DbError::ForeignKey(_))), "{made:?}");
    });
}

#[test]
fn what_is_anothers_is_not_locked() {
    alone(|things| {
        let [john, jane] = ["john@example.com", "jane@example.com"].map(|email| user(things, email));
        let [johns, janes] =
            [john, jane].map(|user| things.unit(move |db| default::find_or_make(db, user)).unwrap());
        let locked = |calendars: [CalendarId; 2]| things.unit(move |db| lock(db, john, calendars)).unwrap();
        let [found] = locked([johns, janes])[..] else { panic!("one of the two") };
        assert_eq!((found.id, found.is_default), (johns, true));
        assert_eq!(locked([johns, johns]).len(), 1);
        assert_eq!(locked([janes, janes]).len(), 0);
    });
}
