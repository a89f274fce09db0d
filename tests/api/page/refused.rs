use super::browser::{HTML, Person};
use crate::api::support::App;

#[test]
fn a_person_sees_errors_as_pages_with_the_words_to_find_them_by() {
    let app = App::start();
    let reply = app.send("GET", "/nothing", &[("Accept", HTML), ("X-Request-Id", "asked-1")], b"");
    reply.shows(404, &["<h1>There is nothing here</h1>", "<code>asked-1</code>"]);
    assert_eq!(reply.header("x-request-id").as_deref(), Some("asked-1"));
    let person = Person::new(&app, "a@example.com");
    for path in ["/calendar/month/2026-13", "/calendar/week/2025-W53", "/calendar/day/2026-02-29"] {
        person.get(path).shows(404, &["<h1>There is nothing here</h1>"]);
    }
}

#[test]
fn a_program_sees_them_as_data() {
    let app = App::start();
    for accept in ["application/json", "*/*"] {
        let reply = app.send("GET", "/nothing", &[("Accept", accept)], b"");
        reply.is_error(404, &[("path", "Not found")]);
    }
    app.send("GET", "/calendar", &[], b"")
        .is_error(401, &[("authorization", "Missing Authorization Header")]);
    // Below /api they are data for everybody.
    app.send("GET", "/api/nothing", &[("Accept", HTML)], b"").is_error(404, &[("path", "Not found")]);
}

#[test]
fn a_form_whose_login_has_ended_says_so_and_sends_nobody_away() {
    let app = App::start();
    Person::nobody(&app)
        .post("/calendar/shown", &[("calendar", "1")])
        .shows(401, &["<h1>You are not logged in any more</h1>"]);
}

#[test]
fn what_was_typed_is_on_the_page_that_comes_instead_but_for_passwords() {
    let app = App::start();
    let nobody = Person::nobody(&app);
    let page = nobody.post("/events/new", &[("csrf_token", "x"), ("title", "\"><b>Mine"), ("location", "")]);
    page.shows(
        401,
        &["<h2>What you sent</h2>", "<dt>Title</dt><dd><bdi>&#34;&#62;&#60;b&#62;Mine</bdi></dd>"],
    );
    page.has_none_of(&["<dt>Location", "csrf_token", "Send it again", "<b>", "Authorization"]);
    let page = nobody.post("/settings/password", &[("current_password", "secret"), ("password", "secret")]);
    page.shows(401, &[]);
    page.has_none_of(&["secret", "What you sent"]);
    // It was typed elsewhere.
    let body = b"title=Theirs";
    let of_elsewhere = [
        ("Accept", HTML),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", "https://evil.example"),
    ];
    let page = app.send("POST", "/events/new", &of_elsewhere, body);
    page.shows(401, &[]);
    page.has_none_of(&["Theirs"]);
}

#[test]
fn whoever_is_logged_in_stays_so_on_the_page_of_an_error() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    for (path, status) in [("/nothing", 404), ("/events/1", 404), ("/calendar/month/2026-13", 404)] {
        let page = person.get(path);
        page.shows(status, &["a@example.com</bdi>", r#"action="/logout""#, "<h1>There is nothing here</h1>"]);
        page.has_none_of(&[r#"href="/login""#]);
    }
    Person::nobody(&app).get("/nothing").shows(404, &[r#"href="/login""#]);
}
