//! TIMESTAMP WITH TIME ZONE keeps the offset that it was written at; the Flask application and the
//! database's own clock need not write in UTC.

use serde_json::json;

use crate::api::support::App;

#[test]
fn times_that_others_wrote_at_an_offset_go_out_in_utc() {
    let on = App::start();
    let user = on.new_user("john@example.com");
    for (title, start_at, end_at) in [
        ("late", "2025-12-06 23:30:00.5 -05:30", "2025-12-07 05:00:01 +00:00"),
        ("early", "2025-12-06 10:00:00 +07:00", "2025-12-06 12:00:00 +07:00"),
    ] {
        on.database.execute(&format!(
            "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) \
             VALUES ({user}, '{title}', TIMESTAMP '{start_at}', TIMESTAMP '{end_at}')"
        ));
    }
    let listed = on.list_events(user).json();
    let times: Vec<_> = (0..2)
        .map(|index| (&listed[index]["title"], &listed[index]["start_at"], &listed[index]["end_at"]))
        .collect();
    assert_eq!(
        times,
        [
            (&json!("early"), &json!("2025-12-06T03:00:00Z"), &json!("2025-12-06T05:00:00Z")),
            (&json!("late"), &json!("2025-12-07T05:00:00.500000Z"), &json!("2025-12-07T05:00:01Z")),
        ]
    );
}

#[test]
fn created_at_comes_back_in_utc_from_a_database_whose_clock_is_not() {
    let on = App::start();
    on.database
        .execute("ALTER TABLE USERS MODIFY (CREATED_AT DEFAULT TIMESTAMP '2025-12-06 10:00:00.25 +07:00')");
    let reply = on.register("john@example.com", "password");
    assert_eq!(reply.json()["created_at"], "2025-12-06T03:00:00.250000+00:00", "{}", reply.body);
}
