use persony::auth::UserId;
use persony::preferences::{Preferences, find_preferences};
use persony::text::Locale;
use persony::time::{WeekStart, ZoneName};

use super::support::{Things, alone};

fn user(things: &Things, email: &'static str) -> UserId {
    things
        .unit(move |db| {
            db.insert(
                "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES (:email, 'x')",
                &[("email", email.into())],
                &[persony::db::Returned::Integer("ID")],
                |row| Ok(UserId(row.integer(0)?.unwrap())),
            )
        })
        .unwrap()
}

fn set(things: &Things, user: UserId, values: &str) {
    let insert = format!(
        "INSERT INTO USER_PROFILES (USER_ID, TIME_ZONE, LOCALE, WEEK_STARTS_ON) VALUES (:user_id, {values})"
    );
    things.unit(move |db| db.execute(&insert, &[("user_id", user.0.into())])).unwrap();
}

#[test]
fn preferences_are_what_was_set_and_the_defaults_where_nothing_was() {
    alone(|things| {
        let [all, some, none] =
            ["a@example.com", "b@example.com", "c@example.com"].map(|email| user(things, email));
        set(things, all, "'Europe/Berlin', 'de-AT', 6");
        set(things, some, "NULL, 'de-AT', NULL");
        let preferences = |user| things.read(move |db| find_preferences(db, user)).unwrap();
        let trips = things.trips(|| {
            let set = Preferences {
                time_zone: ZoneName::parse("Europe/Berlin").unwrap(),
                locale: Locale::parse("de-AT".into()).unwrap(),
                week_starts_on: WeekStart::Saturday,
            };
            assert_eq!(preferences(all), set);
        });
        assert!(trips.is_none_or(|trips| trips.len() == 1));
        let locale = Locale::parse("de-AT".into()).unwrap();
        assert_eq!(preferences(some), Preferences { locale, ..Preferences::default() });
        assert_eq!(preferences(none), Preferences::default());
        assert_eq!(preferences(UserId(99)), Preferences::default());
    });
}
