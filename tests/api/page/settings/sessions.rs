use serde_json::json;

use crate::api::page::browser::Person;
use crate::api::support::{App, Reply};

const PATH: &str = "/settings/sessions";

/// Begins one of a program of this name.
fn begin(app: &App, email: &str, user_agent: &str) -> String {
    let body = json!({"email": email, "password": "password", "refresh": true}).to_string();
    let headers = [("Content-Type", "application/json"), ("User-Agent", user_agent)];
    let reply = app.send("POST", "/api/users/login", &headers, body.as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.body);
    let id = "SELECT ID FROM USER_SESSIONS ORDER BY CREATED_AT DESC";
    app.database.texts(id).remove(0)
}

/// The headings of the list.
fn listed(page: &Reply) -> Vec<&str> {
    let headings = page.body.split("<h2><bdi>").skip(1);
    headings.map(|rest| rest.split("</bdi>").next().unwrap()).collect()
}

#[test]
fn a_list_tells_what_a_person_knows_a_device_by() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0 <i>";
    let id = begin(&app, "a@example.com", firefox);
    app.new_user("b@example.com");
    begin(&app, "b@example.com", "Telescope/1.0");
    let page = person.get(PATH);
    page.shows(
        200,
        &[
            "<h2><bdi>Firefox on Linux</bdi></h2>",
            "<dt>Kind</dt><dd>Program</dd>",
            "<dt>Since</dt><dd><time datetime=\"",
            "<dt>Last used</dt><dd><time datetime=\"",
            "<dt>Address</dt><dd><bdi>127.0.0.1</bdi></dd>",
            &format!(r#"action="/settings/sessions/{id}/end""#),
            "Firefox/133.0 &#60;i&#62;</bdi>",
            r#"<span class="tag">this one</span></h2>"#,
            "<dt>Kind</dt><dd>Browser</dd>",
            r#"<form method="post" action="/logout">"#,
            r#"action="/settings/sessions/end-others""#,
        ],
    );
    assert_eq!(listed(&page).len(), 2, "{}", page.body);
    assert_eq!(page.body.matches("this one").count(), 1);
}

#[test]
fn one_is_ended_and_the_page_says_so() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let other = Person::known(&app, "a@example.com");
    let id = app.database.texts("SELECT ID FROM USER_SESSIONS ORDER BY CREATED_AT DESC").remove(0);
    person.submit(&format!("{PATH}/{id}/end"), &[]).leads_to("/settings/sessions?done=one");
    let page = person.get("/settings/sessions?done=one");
    page.shows(200, &[r#"role="status">The session has ended."#]);
    page.has_none_of(&["/end", "End all other sessions"]);
    other.get(PATH).leads_to("/login?next=%2Fsettings%2Fsessions");
}

#[test]
fn who_ends_the_session_that_they_are_in_is_logged_out() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let id = app.database.texts("SELECT ID FROM USER_SESSIONS").remove(0);
    person.submit(&format!("{PATH}/{id}/end"), &[]).leads_to("/");
    assert_eq!(person.cookie("access_token_cookie"), None);
    person.get("/").shows(200, &["<h1>A calendar to live in</h1>"]);
}

#[test]
fn somebody_elses_is_not_there() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    app.new_user("b@example.com");
    let id = begin(&app, "b@example.com", "Telescope/1.0");
    for id in [&*id, &id.to_uppercase(), "0", "end-others"] {
        let reply = person.submit(&format!("{PATH}/{id}/end"), &[]);
        reply.shows(404, &["<h1>There is nothing here</h1>", "Session not found"]);
    }
    assert_eq!(app.database.texts("SELECT ID FROM USER_SESSIONS").len(), 2);
}

#[test]
fn all_others_are_ended_at_once() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    app.new_user("b@example.com");
    begin(&app, "b@example.com", "Telescope/1.0");
    begin(&app, "a@example.com", "Telescope/1.0");
    let other = Person::known(&app, "a@example.com");
    person.submit("/settings/sessions/end-others", &[]).leads_to("/settings/sessions?done=others");
    let page = person.get("/settings/sessions?done=others");
    page.shows(200, &[r#"role="status">All other sessions have ended."#, "this one"]);
    assert_eq!(listed(&page).len(), 1);
    other.get(PATH).leads_to("/login?next=%2Fsettings%2Fsessions");
    assert_eq!(app.database.texts("SELECT ID FROM USER_SESSIONS").len(), 2);
}
