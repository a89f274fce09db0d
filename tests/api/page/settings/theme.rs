use crate::api::page::browser::Person;
use crate::api::support::App;

const PATH: &str = "/settings/theme";

#[test]
fn light_and_dark_are_kept_by_the_browser_for_a_year() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let checked = |theme| format!(r#"name="theme" value="{theme}" checked"#);
    person.get("/settings").shows(200, &[r#"data-theme="system""#, &checked("system")]);
    let reply = person.submit(PATH, &[("theme", "dark")]);
    reply.leads_to("/settings?done=theme");
    assert_eq!(
        reply.header("set-cookie").as_deref(),
        Some("theme=dark; SameSite=Lax; Path=/; Max-Age=31536000")
    );
    person
        .get("/settings?done=theme")
        .shows(200, &[r#"data-theme="dark""#, r#"role="status">"#, &checked("dark")]);
    // On another browser it is as it was, and on this one it stays, whoever is logged in.
    Person::known(&app, "a@example.com").get("/settings").shows(200, &[r#"data-theme="system""#]);
    person.submit("/logout", &[]).leads_to("/");
    person.get("/").shows(200, &[r#"data-theme="dark""#]);
}

#[test]
fn as_the_system_has_it_takes_the_cookie_away() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    person.submit(PATH, &[("theme", "light")]).leads_to("/settings?done=theme");
    person.get("/settings").shows(200, &[r#"data-theme="light""#]);
    person.submit(PATH, &[("theme", "system")]).leads_to("/settings?done=theme");
    assert_eq!(person.cookie("theme"), None);
    person.get("/settings").shows(200, &[r#"data-theme="system""#]);
}

#[test]
fn any_other_is_refused() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let page = person.submit(PATH, &[("theme", "pink")]);
    page.shows(400, &[r#"<fieldset aria-describedby="theme-error">"#, "Must be system, light or dark"]);
    assert_eq!(page.header("set-cookie"), None);
    person.submit(PATH, &[]).shows(400, &["This field is required"]);
}
