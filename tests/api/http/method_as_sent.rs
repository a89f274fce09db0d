//! A form cannot change the method of the request that brings it.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::api::support::{App, Reply, bearer};
use crate::api::watch::line_of;

const FORM: &str = "application/x-www-form-urlencoded";
const EVENT: &str = "/api/calendar/events/1";
const NOT_ALLOWED: &str = r#"{"errors":{"method":"Method not allowed"}}"#;
const NO_OBJECT: &str = r#"{"errors":{"body":"The request body must be a JSON object"}}"#;

/// First fields that Rocket reads as a method, and some that it does not.
const FORMS: [&str; 14] = [
    "_method=delete",
    "_method=DELETE",
    "_method=Put",
    "_method=put&title=T&start_at=2025-12-06&end_at=2025-12-06",
    "&&_method=put",
    "_method[x]=put",
    "_method.x=put",
    "_method=get",
    "_method=head",
    "_method=patch",
    "_method=trace",
    "%5Fmethod=put",
    "_method=%64elete",
    "title=T&_method=put",
];

/// A server on which user 1 has event 1.
fn with_event(variables: &[(&'static str, &str)]) -> App {
    let app = App::with(variables);
    let user = app.new_user("john@example.com");
    assert_eq!((user, app.new_event(user, "T", "2025-12-06")), (1, 1));
    app
}

fn send(app: &App, method: &str, path: &str, content_type: &str, body: &str) -> Reply {
    let authorization = bearer(1);
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", content_type)];
    app.send(method, path, &headers, body.as_bytes())
}

#[track_caller]
fn has_its_event(app: &App) {
    let listed = app.list_events(1).json();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["title"]), (1, &json!("T")), "{listed}");
}

#[test]
fn a_post_with_a_form_stays_a_post() {
    let app = with_event(&[]);
    for content_type in [FORM, "Application/X-WWW-Form-URLEncoded; charset=utf-8"] {
        for form in FORMS {
            let reply = send(&app, "POST", EVENT, content_type, form);
            reply.is(405, NOT_ALLOWED);
            assert_eq!(
                reply.header("allow").as_deref(),
                Some("GET, HEAD, PUT, PATCH, DELETE, OPTIONS"),
                "{form}"
            );
            send(&app, "POST", "/api/calendar/events", content_type, form).is(400, NO_OBJECT);
            send(&app, "POST", "/api/users/login", content_type, form).is(400, NO_OBJECT);
            let reply = send(&app, "POST", "/api/health", content_type, form);
            reply.is(405, NOT_ALLOWED);
            assert_eq!(reply.header("allow").as_deref(), Some("GET, HEAD, OPTIONS"), "{form}");
            send(&app, "POST", "/api/nope", content_type, form).is(404, r#"{"errors":{"path":"Not found"}}"#);
        }
    }
    has_its_event(&app);
}

#[test]
fn so_does_one_whose_body_comes_in_pieces() {
    let app = with_event(&[]);
    let head = format!(
        "POST {EVENT} HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nContent-Type: {FORM}\r\n\
         Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        bearer(1)
    );
    let mut stream = TcpStream::connect(app.host()).unwrap();
    for piece in [head.as_str(), "4\r\n_met\r\n", "9\r\nhod=delet\r\n", "1\r\ne\r\n", "0\r\n\r\n"] {
        stream.write_all(piece.as_bytes()).unwrap();
        stream.flush().unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 405 ") && answer.ends_with(NOT_ALLOWED), "{answer}");
    has_its_event(&app);
}

#[test]
fn the_log_and_the_metrics_tell_of_the_method_that_was_sent() {
    let app = with_event(&[("LOG_FORMAT", "json")]);
    let authorization = bearer(1);
    let headers =
        [("Authorization", authorization.as_str()), ("Content-Type", FORM), ("X-Request-Id", "by-form")];
    app.send("POST", EVENT, &headers, b"_method=delete").is(405, NOT_ALLOWED);
    let line = line_of(&app, "by-form");
    assert_eq!((&line["method"], &line["route"]), (&json!("POST"), &json!("/api/calendar/events/<id>")));
    let metrics = app.get("/metrics").body;
    let label = r#"{method="POST",route="/api/calendar/events/<id>",status="405"} 1"#;
    assert!(metrics.contains(label) && !metrics.contains(r#"method="DELETE""#), "{metrics}");
}

#[test]
fn other_methods_with_the_content_type_of_a_form_stay_what_they_are() {
    let app = with_event(&[]);
    let event = r#"{"title": "New", "start_at": "2025-12-06", "end_at": "2025-12-06"}"#;
    send(&app, "PUT", EVENT, FORM, event).is(200, r#"{"id":1,"message":"Event updated successfully"}"#);
    for form in ["_method=post", "_method=delete", "title=T"] {
        send(&app, "PUT", EVENT, FORM, form).is(400, NO_OBJECT);
    }
    assert_eq!(send(&app, "GET", "/api/calendar/events", FORM, "").status, 200);
    // What says so in another type was never a method.
    send(&app, "POST", EVENT, "text/plain", "_method=delete").is(405, NOT_ALLOWED);
    assert_eq!(app.list_events(1).json()[0]["title"], "New");
    send(&app, "DELETE", EVENT, FORM, "").is(200, r#"{"message":"Event deleted successfully"}"#);
}

#[test]
fn so_does_a_delete_whose_form_says_so_too() {
    let app = with_event(&[]);
    send(&app, "PUT", EVENT, FORM, "_method=put").is(400, NO_OBJECT);
    has_its_event(&app);
    send(&app, "DELETE", EVENT, FORM, "_method=delete")
        .is(200, r#"{"message":"Event deleted successfully"}"#);
}
