use super::age_session;
use crate::api::page::browser::Person;
use crate::api::support::{App, Reply};

const PATH: &str = "/settings/export";

#[track_caller]
fn is_file(reply: &Reply) {
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.header("content-type").as_deref(), Some("application/json"));
    assert_eq!(
        reply.header("content-disposition").as_deref(),
        Some(r#"attachment; filename="persony-export.json""#)
    );
    assert_eq!(reply.header("cache-control").as_deref(), Some("no-store"));
    assert_eq!(reply.json()["account"]["email"], "a@example.com");
}

#[test]
fn soon_after_a_login_a_button_is_enough() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let page = person.get(PATH);
    page.shows(200, &[r#"<form method="post" action="/settings/export">"#, "Download my data"]);
    page.has_none_of(&["current_password"]);
    is_file(&person.submit(PATH, &[]));
    assert_eq!(app.database.texts("SELECT ACT FROM AUDIT_LOG WHERE ACT = 'exported'").len(), 1);
}

#[test]
fn later_it_needs_the_password() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    age_session(&app, 301);
    person.get(PATH).shows(200, &[r#"name="current_password" type="password""#, "required>"]);
    // The page may have been open since before.
    let error = |why: &str| format!(r#"id="current_password-error" role="alert">{why}"#);
    person.submit(PATH, &[]).shows(400, &["autofocus", &error("This field is required")]);
    let page = person.submit(PATH, &[("current_password", "wrong password")]);
    page.shows(400, &["<h1>Export</h1>", &error("Wrong password")]);
    page.has_none_of(&["wrong password"]);
    assert_eq!(app.database.texts("SELECT ACT FROM AUDIT_LOG WHERE ACT = 'exported'").len(), 0);
    is_file(&person.submit(PATH, &[("current_password", "password")]));
}
