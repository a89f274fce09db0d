use serde_json::json;

use super::{CALENDARS, FORBIDDEN, Two, accept, add_user, answer, calendar, event, offer};

#[test]
fn a_share_is_offered_read_changed_and_ended() {
    let two = Two::start();
    let shares = format!("{}/shares", calendar(two.work));
    let body = json!({"email": "jane@example.com", "access": "read"});
    let made = two.app.send_as(two.john, "POST", &shares, &body);
    made.is(201, r#"{"id":1,"email":"jane@example.com","access":"read","state":"offered"}"#);
    two.get(two.john, &shares)
        .is(200, r#"[{"id":1,"email":"jane@example.com","access":"read","state":"offered"}]"#);
    let one = format!("{shares}/1");
    two.get(two.john, &one)
        .is(200, r#"{"id":1,"email":"jane@example.com","access":"read","state":"offered"}"#);
    let changed = two.app.send_as(two.john, "PATCH", &one, &json!({"access": "write"}));
    changed.is(200, r#"{"id":1,"email":"jane@example.com","access":"write","state":"offered"}"#);
    two.app.send_as(two.john, "PATCH", &one, &json!({})).is(200, &changed.body);
    accept(&two.app, two.jane, 1);
    two.get(two.john, &one)
        .is(200, r#"{"id":1,"email":"jane@example.com","access":"write","state":"accepted"}"#);
    two.app
        .send_as(two.john, "DELETE", &one, &json!(null))
        .is(200, r#"{"message":"Share deleted successfully"}"#);
    two.get(two.john, &shares).is(200, "[]");
    two.get(two.john, &one).is_error(404, &[("id", "Share not found")]);
    two.app.send_as(two.john, "DELETE", &one, &json!(null)).is_error(404, &[("id", "Share not found")]);
    two.get(two.jane, &calendar(two.work)).is_error(404, &[("id", "Calendar not found")]);
}

#[test]
fn an_event_is_shared_to_be_read_or_written() {
    let two = Two::start();
    let id = two.event(json!({}));
    let shares = format!("{}/shares", event(id));
    let body = json!({"email": "jane@example.com", "access": "busy"});
    two.app.send_as(two.john, "POST", &shares, &body).is_error(400, &[("access", "Must be read or write")]);
    let share = offer(&two.app, two.john, &event(id), "jane@example.com", "read");
    let one = format!("{shares}/{share}");
    let busy = two.app.send_as(two.john, "PATCH", &one, &json!({"access": "busy"}));
    busy.is_error(400, &[("access", "Must be read or write")]);
    let changed = two.app.send_as(two.john, "PATCH", &one, &json!({"access": "write"}));
    changed.is(
        200,
        &format!(r#"{{"id":{share},"email":"jane@example.com","access":"write","state":"offered"}}"#),
    );
    // It is none of the calendar's.
    two.get(two.john, &format!("{}/shares/{share}", calendar(two.work)))
        .is_error(404, &[("id", "Share not found")]);
    two.get(two.john, &format!("{}/shares", calendar(two.work))).is(200, "[]");
}

#[test]
fn what_is_wrong_is_told_of_each_member() {
    let two = Two::start();
    let shares = format!("{}/shares", calendar(two.work));
    let required = "This field is required";
    for (body, errors) in [
        (json!({}), &[("email", required), ("access", required)][..]),
        (
            json!({"email": "jane", "access": "owner"}),
            &[("email", "Not a valid e-mail address"), ("access", "Must be busy, read or write")],
        ),
        (
            json!({"email": 1, "access": true}),
            &[("email", "Must be a string"), ("access", "Must be a string")],
        ),
        (
            json!({"email": "john@example.com", "access": "read"}),
            &[("email", "Is one's own address: one has it already")],
        ),
    ] {
        two.app.send_as(two.john, "POST", &shares, &body).is_error(400, errors);
    }
    let share = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "read");
    for (value, why) in [(json!(null), required), (json!("all"), "Must be busy, read or write")] {
        let patched =
            two.app.send_as(two.john, "PATCH", &format!("{shares}/{share}"), &json!({"access": value}));
        patched.is_error(400, &[("access", why)]);
    }
    two.get(two.john, &shares).is(
        200,
        &format!(r#"[{{"id":{share},"email":"jane@example.com","access":"read","state":"offered"}}]"#),
    );
}

#[test]
fn who_is_offered_it_twice_has_one_share_as_it_was_offered_last() {
    let two = Two::start();
    let shares = format!("{}/shares", calendar(two.work));
    let share = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "read");
    assert_eq!(offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "busy"), share);
    accept(&two.app, two.jane, share);
    let again =
        two.app.send_as(two.john, "POST", &shares, &json!({"email": "jane@example.com", "access": "write"}));
    again.is(
        201,
        &format!(r#"{{"id":{share},"email":"jane@example.com","access":"write","state":"accepted"}}"#),
    );
    assert_eq!(two.get(two.jane, &calendar(two.work)).json()["access"], "write");
    // Whoever has accepted it is known by the address that is theirs now.
    two.app.database.execute("UPDATE USERS SET EMAIL = 'jane@example.org' WHERE NAME = 'Jane Doe'");
    assert_eq!(offer(&two.app, two.john, &calendar(two.work), "jane@example.org", "read"), share);
    two.get(two.john, &shares).is(
        200,
        &format!(r#"[{{"id":{share},"email":"jane@example.org","access":"read","state":"accepted"}}]"#),
    );
    let another = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "read");
    assert_ne!(another, share);
}

#[test]
fn what_was_declined_is_offered_again_by_another_offer_alone() {
    let two = Two::start();
    let share = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "read");
    let one = format!("{}/shares/{share}", calendar(two.work));
    let declined = answer(&two.app, two.jane, share, false);
    declined.is(
        200,
        &format!(r#"{{"id":{share},"email":"john@example.com","access":"read","state":"declined"}}"#),
    );
    two.get(two.jane, super::OFFERS).is(200, "[]");
    let changed = two.app.send_as(two.john, "PATCH", &one, &json!({"access": "write"}));
    assert_eq!(changed.json()["state"], "declined");
    two.get(two.jane, super::OFFERS).is(200, "[]");
    assert_eq!(offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "busy"), share);
    two.get(two.jane, super::OFFERS).is(
        200,
        &format!(r#"[{{"id":{share},"email":"john@example.com","access":"busy","state":"offered"}}]"#),
    );
}

#[test]
fn a_receiver_sees_and_ends_their_own_share_and_no_other() {
    let two = Two::start();
    let joe = add_user(&two.app, "joe");
    let share = two.share_work("write");
    let joes = offer(&two.app, two.john, &calendar(two.work), "joe@example.com", "read");
    accept(&two.app, joe, joes);
    let shares = format!("{}/shares", calendar(two.work));
    two.get(two.jane, &shares).is(
        200,
        &format!(r#"[{{"id":{share},"email":"john@example.com","access":"write","state":"accepted"}}]"#),
    );
    let (mine, other) = (format!("{shares}/{share}"), format!("{shares}/{joes}"));
    assert_eq!(two.get(two.jane, &mine).json()["email"], "john@example.com");
    two.get(two.jane, &other).is_error(404, &[("id", "Share not found")]);
    two.app.send_as(two.jane, "PATCH", &mine, &json!({"access": "busy"})).is_error(403, &FORBIDDEN);
    two.app
        .send_as(two.jane, "PATCH", &other, &json!({"access": "busy"}))
        .is_error(404, &[("id", "Share not found")]);
    two.app.send_as(two.jane, "DELETE", &other, &json!(null)).is_error(404, &[("id", "Share not found")]);
    let body = json!({"email": "jim@example.com", "access": "read"});
    two.app.send_as(two.jane, "POST", &shares, &body).is_error(403, &FORBIDDEN);
    assert_eq!(two.app.send_as(two.jane, "DELETE", &mine, &json!(null)).status, 200);
    two.get(two.jane, &calendar(two.work)).is_error(404, &[("id", "Calendar not found")]);
    assert_eq!(two.get(joe, &calendar(two.work)).json()["access"], "read");
    assert_eq!(two.get(two.john, &shares).json().as_array().unwrap().len(), 1);
}

#[test]
fn shares_are_listed_in_pages_and_go_with_what_is_shared() {
    let two = Two::start();
    for name in ["a", "b", "c"] {
        offer(&two.app, two.john, &calendar(two.work), &format!("{name}@example.com"), "read");
    }
    let first = two.get(two.john, &format!("{}/shares?limit=2", calendar(two.work)));
    assert_eq!(first.json().as_array().unwrap().len(), 2);
    let link = first.header("link").unwrap();
    let next = link.split(['<', '>']).nth(1).unwrap();
    assert_eq!(two.get(two.john, next).json()[0]["email"], "c@example.com");
    let id = two.event(json!({}));
    offer(&two.app, two.john, &event(id), "a@example.com", "read");
    let count = || two.app.database.texts("SELECT COUNT(*) FROM SHARES")[0].clone();
    assert_eq!(count(), "4");
    assert_eq!(two.app.send_as(two.john, "DELETE", &event(id), &json!(null)).status, 200);
    assert_eq!(count(), "3");
    assert_eq!(two.app.send_as(two.john, "DELETE", &calendar(two.work), &json!(null)).status, 200);
    assert_eq!(count(), "0");
    assert_eq!(two.get(two.john, &format!("{CALENDARS}/{}/shares", two.work)).status, 404);
}
