use crate::api::page::browser::Person;
use crate::api::support::App;

use super::age_session;

#[test]
fn a_name_is_changed_and_the_page_says_so() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    person
        .get("/settings")
        .shows(200, &[r#">a@example.com</bdi></summary>"#, r#"name="name" type="text" value="""#]);
    person.submit("/settings/name", &[("name", " Ada <L> ")]).leads_to("/settings?done=name");
    let page = person.get("/settings?done=name");
    page.shows(
        200,
        &[
            r#">Ada &#60;L&#62;</bdi></summary>"#,
            r#"<p class="done banner" role="status">Your name is saved.</p>"#,
            r#"name="name" type="text" value="Ada &#60;L&#62;""#,
        ],
    );
    person.submit("/settings/name", &[("name", "")]).leads_to("/settings?done=name");
    assert_eq!(app.database.texts("SELECT COALESCE(NAME, EMAIL) FROM USERS"), ["a@example.com"]);
    // What a later version says, or somebody else.
    person.get("/settings?done=%3Cb%3E").has_none_of(&["<b>", r#"role="status""#]);
}

#[test]
fn a_name_that_is_too_long_comes_back_beside_its_message() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let name = "ä".repeat(128);
    let page = person.submit("/settings/name", &[("name", &name)]);
    page.shows(
        400,
        &[
            "<h1>Settings</h1>",
            &format!(r#"id="name" name="name" type="text" value="{name}""#),
            r#"aria-invalid="true" aria-describedby="name-error name-hint" autofocus"#,
            r#"id="name-error" role="alert">Must not be longer than 255 bytes"#,
            // The rest of the page is as the account has it.
            r#"id="email" name="email" type="email" value="a@example.com""#,
        ],
    );
    assert_eq!(page.body.matches(" autofocus").count(), 1);
    assert_eq!(page.body.matches(r#"role="alert""#).count(), 1);
    // Whoever opens its address anew is led back.
    for form in ["name", "address", "password", "preferences", "theme"] {
        person.get(&format!("/settings/{form}")).leads_to("/settings");
    }
    assert_eq!(person.get("/settings/listing").status, 404);
}

#[test]
fn an_address_is_changed_by_the_password_or_soon_after_a_login() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let change = |email, password: &str| {
        person.submit("/settings/address", &[("email", email), ("current_password", password)])
    };
    change("b@example.com", "").leads_to("/settings?done=address");
    person.get("/settings?done=address").shows(200, &[r#"role="status">Your address is changed."#]);
    age_session(&app, 301);
    let page = change("c@example.com", "");
    page.shows(
        400,
        &[
            r#"name="email" type="email" value="c@example.com""#,
            r#"id="address_password" name="current_password" type="password""#,
            r#"aria-describedby="address_password-error address_password-hint" autofocus"#,
            r#"id="address_password-error" role="alert">This field is required"#,
        ],
    );
    // It is none of the form beside it.
    page.has_none_of(&[r#"id="current_password-error""#]);
    let page = change("c@example.com", "wrong password");
    page.shows(400, &[r#"id="address_password-error" role="alert">Wrong password"#]);
    page.has_none_of(&["wrong password"]);
    assert_eq!(app.database.texts("SELECT EMAIL FROM USERS"), ["b@example.com"]);
    change("c@example.com", "password").leads_to("/settings?done=address");
    assert_eq!(app.database.texts("SELECT EMAIL FROM USERS"), ["c@example.com"]);
    // The same one is no change, and needs no password.
    change("c@example.com", "").leads_to("/settings?done=address");
}

#[test]
fn an_address_that_is_none_or_somebody_elses_is_said_beside_its_field() {
    let app = App::start();
    app.new_user("b@example.com");
    let person = Person::new(&app, "a@example.com");
    for (email, value, why) in [
        ("b@example.com", "b@example.com", "This e-mail address is already registered"),
        ("\"><b>", "&#34;&#62;&#60;b&#62;", "Not a valid e-mail address"),
        ("", "", "This field is required"),
    ] {
        let page = person.submit("/settings/address", &[("email", email), ("current_password", "password")]);
        page.shows(
            400,
            &[
                &format!(r#"name="email" type="email" value="{value}""#),
                r#"aria-describedby="email-error email-hint" autofocus"#,
                &format!(r#"id="email-error" role="alert">{why}"#),
            ],
        );
    }
    assert_eq!(app.database.texts("SELECT EMAIL FROM USERS ORDER BY ID"), ["b@example.com", "a@example.com"]);
}

#[test]
fn a_password_is_changed_and_other_sessions_end() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let other = Person::known(&app, "a@example.com");
    let change = |current, new, again| {
        let fields = [("current_password", current), ("password", new), ("confirm_password", again)];
        person.submit("/settings/password", &fields)
    };
    let page = change("password", "short", "other");
    page.shows(
        400,
        &[
            r#"id="current_password" name="current_password" type="password" autocomplete="current-password" required>"#,
            r#"aria-describedby="password-error password-hint" autofocus"#,
            r#"id="password-error" role="alert">"#,
        ],
    );
    page.has_none_of(&[r#"value="short""#, r#"value="other""#]);
    change("wrong password", "new password", "new password")
        .shows(400, &[r#"id="current_password-error" role="alert">Wrong password"#]);
    other.get("/settings").shows(200, &["<h1>Settings</h1>"]);
    change("password", "new password", "new password").leads_to("/settings?done=password");
    person.get("/settings?done=password").shows(200, &[r#"role="status">Your password is changed."#]);
    other.get("/settings").leads_to("/login?next=%2Fsettings");
    assert_eq!(app.log_in("a@example.com", "password").status, 401);
    assert_eq!(app.log_in("a@example.com", "new password").status, 200);
}

#[test]
fn too_many_wrong_passwords_are_said_above_the_form() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let fields = [
        ("current_password", "wrong one"),
        ("password", "new password"),
        ("confirm_password", "new password"),
    ];
    for _ in 0..5 {
        person.submit("/settings/password", &fields).shows(400, &["Wrong password"]);
    }
    // The first wait is short: on a machine that is busy it can be over, and the next one is longer.
    let mut tries = (0..10).map(|_| person.submit("/settings/password", &fields));
    let waits = tries.find(|page| page.status == 429).expect("an account that waits");
    waits.shows(
        429,
        &[r#"<h2 id="password-heading">Password</h2>"#, r#"<p class="error banner" role="alert">"#],
    );
    assert!(waits.header("retry-after").unwrap().parse::<u64>().unwrap() > 0);
}
