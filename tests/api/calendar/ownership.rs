use serde_json::json;

use super::event;
use crate::api::support::App;

const NOT_FOUND: [(&str, &str); 1] = [("id", "Event not found")];

#[test]
fn nobody_reaches_anothers_event_or_learns_that_it_is_there() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let johns = app.new_event(john, "John's", "2025-12-06");
    let before = app.list_events(john).body;
    app.list_events(jane).is(200, "[]");
    for method in ["PUT", "DELETE"] {
        let theirs = app.send_as(jane, method, &format!("/api/calendar/events/{johns}"), &event(json!({})));
        let missing = app.send_as(jane, method, "/api/calendar/events/987654", &event(json!({})));
        theirs.is_error(404, &NOT_FOUND);
        assert_eq!(theirs.body, missing.body);
        let names = |reply: &crate::api::support::Reply| {
            reply.headers.keys().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(names(&theirs), names(&missing));
    }
    assert_eq!(app.list_events(john).body, before);
}

/// The ids are crosswise: Jane, who is user 2, has event 1, and John, user 1, has event 2.
#[test]
fn everybody_changes_and_deletes_their_own_event() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let janes = app.new_event(jane, "Jane's", "2025-12-06");
    let johns = app.new_event(john, "John's", "2025-12-06");
    assert_eq!((john, jane, janes, johns), (1, 2, 1, 2));
    let before = app.list_events(john).body;
    let path = format!("/api/calendar/events/{janes}");
    assert_eq!(app.send_as(jane, "PUT", &path, &event(json!({"title": "changed"}))).status, 200);
    assert_eq!(app.list_events(jane).json()[0]["title"], "changed");
    assert_eq!(app.send_as(jane, "DELETE", &path, &json!(null)).status, 200);
    app.list_events(jane).is(200, "[]");
    assert_eq!(app.list_events(john).body, before);
}

#[test]
fn an_event_belongs_to_the_tokens_user_whatever_the_body_says() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    assert_eq!(app.create_event(jane, &event(json!({"user_id": john, "USER_ID": john}))).status, 201);
    app.list_events(john).is(200, "[]");
    assert_eq!(app.list_events(jane).json().as_array().unwrap().len(), 1);
}

#[test]
fn an_id_that_is_no_positive_integer_is_the_same_404() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    app.new_event(user, "mine", "2025-12-06");
    for id in
        ["0", "-1", "+1", "01", "1.0", "1e0", "abc", "%20", "1%20", "%31x", "9223372036854775808", "null"]
    {
        for method in ["PUT", "DELETE"] {
            let reply = app.send_as(user, method, &format!("/api/calendar/events/{id}"), &event(json!({})));
            reply.is_error(404, &NOT_FOUND);
        }
    }
    assert_eq!(app.list_events(user).json().as_array().unwrap().len(), 1);
}
