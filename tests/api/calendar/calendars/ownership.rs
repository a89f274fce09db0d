use serde_json::json;

use super::{CALENDARS, NOT_FOUND, list, new_calendar};
use crate::api::support::{App, Reply};

/// What one may not see is answered as what is not there.
#[test]
fn nobody_reaches_anothers_calendar_or_learns_that_it_is_there() {
    let app = App::start();
    let (john, jane) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let johns = new_calendar(&app, john, "John's");
    let before = list(&app, john).body;
    let default = list(&app, john).json()[0]["id"].as_i64().unwrap();
    let janes = new_calendar(&app, jane, "Jane's");
    for (method, query) in [
        ("GET", String::new()),
        ("PATCH", String::new()),
        ("DELETE", String::new()),
        ("DELETE", format!("?move_to={janes}")),
    ] {
        let ask = |id: i64| -> Reply {
            app.send_as(jane, method, &format!("{CALENDARS}/{id}{query}"), &json!({"name": "Taken"}))
        };
        let missing = ask(987_654);
        missing.is_error(404, &NOT_FOUND);
        for id in [johns, default] {
            let theirs = ask(id);
            assert_eq!((theirs.status, &theirs.body), (missing.status, &missing.body), "{method}{query}");
            let names = |reply: &Reply| reply.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
            assert_eq!(names(&theirs), names(&missing));
        }
    }
    assert_eq!(list(&app, john).body, before);
    assert!(!list(&app, jane).body.contains("John"));
}

#[test]
fn an_id_that_is_no_positive_integer_is_the_same_404() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let before = list(&app, user).body;
    for id in ["0", "-1", "+1", "01", "1.0", "1e0", "abc", "%20", "1%20", "9223372036854775808", "null"] {
        for method in ["GET", "PATCH", "DELETE"] {
            let reply = app.send_as(user, method, &format!("{CALENDARS}/{id}"), &json!({"name": "x"}));
            reply.is_error(404, &NOT_FOUND);
        }
    }
    assert_eq!(list(&app, user).body, before);
}

#[test]
fn nobody_gets_in_without_a_token() {
    let app = App::start();
    let one = format!("{CALENDARS}/1");
    for (method, path) in
        [("GET", CALENDARS), ("POST", CALENDARS), ("GET", &one), ("PATCH", &one), ("DELETE", &one)]
    {
        app.send(method, path, &[], br#"{"name": "x"}"#)
            .is_error(401, &[("authorization", "Missing Authorization Header")]);
    }
}
