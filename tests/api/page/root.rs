use super::browser::Person;
use crate::api::support::App;

#[test]
fn whoever_is_not_logged_in_learns_what_persony_is() {
    let app = App::start();
    let page = Person::nobody(&app).get("/");
    page.shows(200, &["<h1>A calendar to live in</h1>", r#"href="/register""#, r#"href="/login""#]);
    assert_eq!(page.header("cache-control").as_deref(), Some("no-store"));
    assert_eq!(page.header("referrer-policy").as_deref(), Some("same-origin"));
    assert_eq!(
        page.header("content-security-policy").as_deref(),
        Some(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
        )
    );
}

#[test]
fn whoever_is_logged_in_sees_today() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    person.get("/").leads_to("/calendar");
    let today = person.get("/calendar");
    assert_eq!(today.status, 303);
    let month = today.header("location").unwrap();
    assert!(month.starts_with("/calendar/month/"), "{month}");
    person.get(&month).shows(200, &[r#"aria-current="date""#]);
}
