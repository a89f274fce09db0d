use crate::api::page::browser::Person;
use crate::api::support::App;

const PATH: &str = "/settings/delete";

#[test]
fn an_account_is_deleted_by_its_password_and_its_person_is_logged_out() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let other = Person::known(&app, "a@example.com");
    person.get(PATH).shows(
        200,
        &[
            "For 30 days everything is kept.",
            r#"href="/settings/export""#,
            r#"name="password" type="password""#,
        ],
    );
    person.submit(PATH, &[("password", "password")]).leads_to("/goodbye");
    assert_eq!(person.cookie("access_token_cookie"), None);
    person.get("/goodbye").shows(
        200,
        &[
            "<h1>Goodbye</h1>",
            r#"<p role="status">Your account is deleted"#,
            "For 30 days whoever runs this server",
        ],
    );
    other.get(PATH).leads_to("/login?next=%2Fsettings%2Fdelete");
    assert_eq!(app.log_in("a@example.com", "password").status, 403);
}

#[test]
fn a_wrong_password_deletes_nothing() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let page = person.submit(PATH, &[("password", "wrong password")]);
    page.shows(
        400,
        &["<h1>Delete account</h1>", "autofocus", r#"id="password-error" role="alert">Wrong password"#],
    );
    page.has_none_of(&["wrong password"]);
    person.submit(PATH, &[]).shows(400, &["This field is required"]);
    person.get(PATH).shows(200, &["<h1>Delete account</h1>"]);
    // Nobody is told goodbye who has not gone.
    person.get("/goodbye").leads_to("/");
}

#[test]
fn for_how_long_it_is_kept_is_said_as_the_server_is_set() {
    let app = App::with(&[("ACCOUNT_RETENTION_DAYS", "0")]);
    let person = Person::new(&app, "a@example.com");
    let page = person.get(PATH);
    page.shows(200, &["Nothing is kept"]);
    page.has_none_of(&["is kept. Until then"]);
    person.submit(PATH, &[("password", "password")]).leads_to("/goodbye");
    person.get("/goodbye").has_none_of(&["can still restore"]);
    let app = App::with(&[("ACCOUNT_RETENTION_DAYS", "1")]);
    Person::new(&app, "a@example.com").get(PATH).shows(200, &["For 1 day everything"]);
}
