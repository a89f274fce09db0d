use serde_json::json;

use super::{add_user, calendar, new_calendar, offer};
use crate::api::support::App;

#[test]
fn fifty_offers_an_hour_are_made_over_all_instances() {
    let first = App::start();
    let second = first.again();
    let john = add_user(&first, "john");
    let work = new_calendar(&first, john, "Work");
    let other = new_calendar(&first, john, "Other");
    let body = |number: usize| json!({"email": format!("{number}@example.com"), "access": "read"});
    for number in 0..50 {
        let app = if number % 2 == 0 { &first } else { &second };
        offer(
            app,
            john,
            &calendar(if number % 3 == 0 { work } else { other }),
            &format!("{number}@example.com"),
            "read",
        );
    }
    let shares = format!("{}/shares", calendar(work));
    for app in [&first, &second] {
        // An address that has the offer already counts like any other.
        for number in [0, 50] {
            let refused = app.send_as(john, "POST", &shares, &body(number));
            refused.is_error(429, &[("rate_limit", "Too many attempts, please try again later")]);
            let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
            assert!((3000..=3600).contains(&wait), "{wait}");
        }
    }
    // What is wrong by itself is told, and counts for nothing.
    first
        .send_as(john, "POST", &shares, &json!({"email": "x"}))
        .is_error(400, &[("email", "Not a valid e-mail address"), ("access", "This field is required")]);
    let jane = add_user(&first, "jane");
    let hers = new_calendar(&first, jane, "Hers");
    offer(&first, jane, &calendar(hers), "john@example.com", "read");
    // The hour is over.
    let ago = first.database.seconds_ago(3601);
    first.database.execute(&format!("UPDATE SHARE_OFFERS SET BEGAN_AT = {ago}"));
    offer(&second, john, &calendar(work), "new@example.com", "read");
    assert_eq!(
        first.database.texts(&format!("SELECT OFFERS FROM SHARE_OFFERS WHERE USER_ID = {john}")),
        ["1"]
    );
}
