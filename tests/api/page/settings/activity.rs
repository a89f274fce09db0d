use serde_json::json;

use crate::api::audit::comes_to;
use crate::api::page::browser::Person;
use crate::api::support::{App, Reply};

const PATH: &str = "/settings/activity";

fn listed(page: &Reply) -> Vec<&str> {
    let lines = page.body.split(r#"<p class="what">"#).skip(1);
    lines.map(|rest| rest.split("</p>").next().unwrap()).collect()
}

/// The address of the next page.
fn older(page: &Reply) -> Option<String> {
    let (_, rest) = page.body.split_once(r#"rel="next" href=""#)?;
    Some(rest.split('"').next().unwrap().replace("&#38;", "&"))
}

#[test]
fn what_was_done_is_told_in_a_persons_words_the_newest_first() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    comes_to(&app, 1);
    app.log_in("a@example.com", "wrong one");
    comes_to(&app, 2);
    let fields = [("email", "b@example.com"), ("current_password", "password")];
    person.submit("/settings/address", &fields).leads_to("/settings?done=address");
    app.new_user("c@example.com");
    app.log_in("c@example.com", "password");
    comes_to(&app, 4);
    let page = person.get(PATH);
    let changed = "Address changed, before it was <bdi>a@example.com</bdi>";
    assert_eq!(listed(&page), [changed, "A wrong password was tried", "Logged in"]);
    page.shows(200, &[changed, "<time datetime=\"", "from <bdi>127.0.0.1</bdi> · this session", "A wrong"]);
    page.has_none_of(&["rel=\"next\"", "Newest"]);
}

#[test]
fn what_an_operator_did_and_what_a_later_version_knows_are_told_as_such() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    app.database.execute(&format!(
        "INSERT INTO AUDIT_LOG (ID, USER_ID, ACTED_AT, ACT, ACTOR) \
         VALUES ('1', {user}, CURRENT_TIMESTAMP, 'password_reset', 'operator')"
    ));
    app.database.execute(&format!(
        "INSERT INTO AUDIT_LOG (ID, USER_ID, ACTED_AT, ACT, ACTOR) \
         VALUES ('2', {user}, CURRENT_TIMESTAMP, '<b>_told', 'user')"
    ));
    let page = Person::known(&app, "a@example.com").get(PATH);
    page.shows(200, &["Password set anew</p>", "by who runs the server"]);
    assert!(listed(&page).contains(&"&#60;b&#62; told"), "{}", page.body);
}

#[test]
fn older_lines_are_on_further_pages() {
    let app = App::start();
    let user = app.new_user("a@example.com");
    for second in 0..120 {
        let at = app.database.seconds_ago(1000 + second);
        app.database.execute(&format!(
            "INSERT INTO AUDIT_LOG (ID, USER_ID, ACTED_AT, ACT, ACTOR, SUBJECT) \
             VALUES ('{second}', {user}, {at}, 'email_changed', 'user', '{second}@example.com')"
        ));
    }
    let person = Person::known(&app, "a@example.com");
    comes_to(&app, 121);
    let (mut pages, mut path) = (Vec::new(), PATH.to_owned());
    loop {
        let page = person.get(&path);
        pages.push(listed(&page).len());
        let has_newest = page.body.contains(r#"<a class="button" href="/settings/activity">Newest</a>"#);
        assert_eq!(has_newest, pages.len() > 1);
        let last = "119@example.com";
        assert_eq!(page.body.contains(last), pages.len() == 3);
        match older(&page) {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!(pages, [50, 50, 21]);
    person
        .get("/settings/activity?cursor=0")
        .shows(400, &["Must be what the Link of a page of this list names"]);
    let limited = older(&person.get("/settings/activity?limit=2")).unwrap();
    assert_eq!(listed(&person.get(&limited)).len(), 2);
    let nothing = app.send_as(app.new_user("b@example.com"), "GET", "/api/users/me/activity", &json!({}));
    nothing.is(200, "[]");
}
