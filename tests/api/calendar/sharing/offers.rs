use serde_json::json;

use super::{OFFERS, Two, accept, add_user, answer, calendar, december, event, new_calendar, offer};

const NO_OFFER: [(&str, &str); 1] = [("id", "Offer not found")];

#[test]
fn until_it_is_accepted_each_sees_the_others_address_alone() {
    let two = Two::start();
    let id = two.event(json!({"title": "Secret plans"}));
    let of_calendar = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "write");
    let of_event = offer(&two.app, two.john, &event(id), "jane@example.com", "read");
    two.get(two.jane, OFFERS).is(
        200,
        &format!(
            r#"[{{"id":{of_calendar},"email":"john@example.com","access":"write","state":"offered"}},{{"id":{of_event},"email":"john@example.com","access":"read","state":"offered"}}]"#
        ),
    );
    two.get(two.jane, &calendar(two.work)).is_error(404, &[("id", "Calendar not found")]);
    two.get(two.jane, &event(id)).is_error(404, &[("id", "Event not found")]);
    assert_eq!(december(&two.app, two.jane, ""), json!([]));
    two.get(two.john, OFFERS).is(200, "[]");
}

#[test]
fn what_is_accepted_is_no_offer_any_more_and_neither_is_what_was_declined() {
    let two = Two::start();
    let one = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "read");
    let accepted = answer(&two.app, two.jane, one, true);
    accepted
        .is(200, &format!(r#"{{"id":{one},"email":"john@example.com","access":"read","state":"accepted"}}"#));
    two.get(two.jane, OFFERS).is(200, "[]");
    for accept in [true, false] {
        answer(&two.app, two.jane, one, accept).is_error(404, &NO_OFFER);
    }
    assert_eq!(two.get(two.jane, &calendar(two.work)).status, 200);
}

#[test]
fn nobody_answers_what_is_offered_to_another() {
    let two = Two::start();
    let joe = add_user(&two.app, "joe");
    let share = offer(&two.app, two.john, &calendar(two.work), "jane@example.com", "read");
    for (user, id) in [
        (joe, share.to_string()),
        (two.john, share.to_string()),
        (two.jane, "987654".into()),
        (two.jane, "x".into()),
    ] {
        let reply = two.app.send_as(user, "POST", &format!("{OFFERS}/{id}"), &json!({"accept": true}));
        reply.is_error(404, &NO_OFFER);
    }
    for body in [json!({}), json!({"accept": null})] {
        let reply = two.app.send_as(two.jane, "POST", &format!("{OFFERS}/{share}"), &body);
        reply.is_error(400, &[("accept", "This field is required")]);
    }
    let reply = two.app.send_as(two.jane, "POST", &format!("{OFFERS}/{share}"), &json!({"accept": "yes"}));
    reply.is_error(400, &[("accept", "Must be true or false")]);
    accept(&two.app, two.jane, share);
}

#[test]
fn an_offer_waits_for_who_has_the_address_when_it_is_looked_at() {
    let two = Two::start();
    let share = offer(&two.app, two.john, &calendar(two.work), "new@example.com", "read");
    two.get(two.jane, OFFERS).is(200, "[]");
    let new = two.app.new_user("new@example.com");
    assert_eq!(two.get(new, OFFERS).json()[0]["id"], share);
    // The address is another's now, and so is the offer.
    two.app.database.execute("UPDATE USERS SET EMAIL = 'old@example.com' WHERE EMAIL = 'new@example.com'");
    two.get(new, OFFERS).is(200, "[]");
    answer(&two.app, new, share, true).is_error(404, &NO_OFFER);
    two.app.database.execute("UPDATE USERS SET EMAIL = 'new@example.com' WHERE NAME = 'Jane Doe'");
    accept(&two.app, two.jane, share);
    // What was accepted stays theirs, whatever their address.
    two.app.database.execute("UPDATE USERS SET EMAIL = 'jane@example.org' WHERE NAME = 'Jane Doe'");
    assert_eq!(two.get(two.jane, &calendar(two.work)).status, 200);
    let shares = two.get(two.john, &format!("{}/shares", calendar(two.work)));
    assert_eq!(shares.json()[0]["email"], "jane@example.org");
}

#[test]
fn one_is_offered_nothing_of_ones_own() {
    let two = Two::start();
    let share = offer(&two.app, two.john, &calendar(two.work), "other@example.com", "read");
    two.app.database.execute("UPDATE USERS SET EMAIL = 'other@example.com' WHERE NAME = 'John Doe'");
    two.get(two.john, OFFERS).is(200, "[]");
    answer(&two.app, two.john, share, true).is_error(404, &NO_OFFER);
}

#[test]
fn the_same_by_two_addresses_is_one_share_the_one_accepted_last() {
    let two = Two::start();
    let first = two.share_work("read");
    let second = offer(&two.app, two.john, &calendar(two.work), "jane@example.org", "write");
    two.app.database.execute("UPDATE USERS SET EMAIL = 'jane@example.org' WHERE NAME = 'Jane Doe'");
    accept(&two.app, two.jane, second);
    let shares = two.get(two.john, &format!("{}/shares", calendar(two.work))).json();
    assert_eq!(shares.as_array().unwrap().len(), 1);
    assert_eq!((&shares[0]["id"], &shares[0]["access"]), (&json!(second), &json!("write")));
    assert_ne!(first, second);
    two.event(json!({"title": "Once"}));
    assert_eq!(super::titles(&two.app, two.jane, ""), ["Once"]);
}

#[test]
fn what_is_gone_is_offered_no_more() {
    let two = Two::start();
    let other = new_calendar(&two.app, two.john, "Other");
    let of_calendar = offer(&two.app, two.john, &calendar(other), "jane@example.com", "read");
    let id = two.event(json!({}));
    let of_event = offer(&two.app, two.john, &event(id), "jane@example.com", "read");
    assert_eq!(two.app.send_as(two.john, "DELETE", &calendar(other), &json!(null)).status, 200);
    // Another program's statement.
    two.app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET USER_ID = {} WHERE ID = {id}", two.jane));
    two.get(two.jane, OFFERS).is(200, "[]");
    for share in [of_calendar, of_event] {
        answer(&two.app, two.jane, share, true).is_error(404, &NO_OFFER);
    }
}

#[test]
fn offers_are_listed_in_pages() {
    let two = Two::start();
    for name in ["One", "Two", "Three"] {
        let other = new_calendar(&two.app, two.john, name);
        offer(&two.app, two.john, &calendar(other), "jane@example.com", "busy");
    }
    let first = two.get(two.jane, &format!("{OFFERS}?limit=2"));
    assert_eq!(first.json().as_array().unwrap().len(), 2);
    let link = first.header("link").unwrap();
    let next = two.get(two.jane, link.split(['<', '>']).nth(1).unwrap());
    assert_eq!(next.json().as_array().unwrap().len(), 1);
    assert_eq!(next.header("link"), None);
}
