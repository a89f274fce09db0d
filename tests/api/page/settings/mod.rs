//! What people see and change of their own account.

mod account;
mod activity;
mod delete;
mod export;
mod preferences;
mod sessions;
mod theme;

use super::browser::Person;
use crate::api::support::App;

/// As if the session had begun so long ago.
fn age_session(app: &App, seconds: u64) {
    let then = app.database.seconds_ago(seconds);
    app.database.execute(&format!("UPDATE USER_SESSIONS SET CREATED_AT = {then}"));
}

#[test]
fn each_page_marks_itself_among_the_others() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    for (path, label, heading) in [
        ("/settings", "General", "Settings"),
        ("/settings/sessions", "Sessions", "Sessions"),
        ("/settings/activity", "Activity", "Activity"),
        ("/settings/export", "Export", "Export"),
        ("/settings/delete", "Delete account", "Delete account"),
    ] {
        let page = person.get(path);
        page.shows(
            200,
            &[
                &format!("<title>{heading} – Persony</title>"),
                r#"<a href="/settings" aria-current="page">Settings</a>"#,
                r#"<nav class="pages" aria-label="Settings">"#,
                &format!(r#"<a href="{path}" aria-current="page">{label}</a>"#),
                &format!("<h1>{heading}</h1>"),
            ],
        );
        assert_eq!(page.body.matches(r#"aria-current="page""#).count(), 2, "{path}");
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
        Person::nobody(&app).get(path).leads_to(&format!("/login?next={}", path.replace('/', "%2F")));
    }
}

#[test]
fn nothing_is_done_for_a_form_that_is_not_ours() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let other = Person::known(&app, "a@example.com");
    let id = app.database.texts("SELECT ID FROM USER_SESSIONS ORDER BY CREATED_AT DESC").remove(0);
    let fields = [
        ("name", "Mallory"),
        ("email", "m@example.com"),
        ("current_password", "password"),
        ("password", "password"),
        ("confirm_password", "password"),
        ("time_zone", "Europe/Berlin"),
        ("has_is_listed", "true"),
        ("is_listed", "true"),
        ("theme", "dark"),
    ];
    for path in [
        "/settings/name",
        "/settings/address",
        "/settings/password",
        "/settings/preferences",
        "/settings/theme",
        &format!("/settings/sessions/{id}/end"),
        "/settings/sessions/end-others",
        "/settings/export",
        "/settings/delete",
    ] {
        let reply = person.post(path, &fields);
        reply.shows(401, &["<h1>You are not logged in any more</h1>", "Missing CSRF token"]);
        assert_eq!(reply.header("set-cookie"), None, "{path}");
        let wrong = [&fields[..], &[("csrf_token", "0")]].concat();
        person.post(path, &wrong).shows(401, &["CSRF double submit tokens do not match"]);
        let nobody = Person::nobody(&app).post(path, &wrong);
        nobody.shows(401, &["<h1>You are not logged in any more</h1>"]);
    }
    assert_eq!(app.database.texts("SELECT COALESCE(NAME, EMAIL) FROM USERS"), ["a@example.com"]);
    assert_eq!(app.database.texts("SELECT IS_LISTED FROM USER_PROFILES"), [""; 0]);
    assert_eq!(app.database.texts("SELECT ID FROM USER_SESSIONS").len(), 2);
    other.get("/settings").shows(200, &[r#"data-theme="system""#]);
}
