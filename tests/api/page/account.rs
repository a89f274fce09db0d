use super::browser::Person;
use crate::api::support::App;

const NEW: [(&str, &str); 4] =
    [("email", "a@example.com"), ("name", "A"), ("password", "password"), ("confirm_password", "password")];

#[test]
fn a_registration_logs_in() {
    let app = App::start();
    let person = Person::nobody(&app);
    person
        .get("/register")
        .shows(200, &["<h1>Register</h1>", r#"name="email""#, r#"name="confirm_password""#]);
    person.post("/register", &NEW).leads_to("/");
    person.get("/logout").shows(200, &[r#">A</bdi></summary>"#, "<h1>Log out?</h1>"]);
}

#[test]
fn a_registration_that_is_refused_comes_back_filled_in_but_for_passwords() {
    let app = App::start();
    let person = Person::nobody(&app);
    let fields = [
        ("email", "a\"><b"),
        ("name", "A & B"),
        ("password", "secret words"),
        ("confirm_password", "others"),
    ];
    let page = person.post("/register", &fields);
    page.shows(
        400,
        &[
            r#"name="email" type="email" value="a&#34;&#62;&#60;b""#,
            r#"aria-invalid="true" aria-describedby="email-error" autofocus"#,
            r#"id="email-error" role="alert""#,
            r#"name="name" type="text" value="A &#38; B""#,
            r#"aria-describedby="password-error""#,
        ],
    );
    page.has_none_of(&["secret words", "others", "<b>"]);
    assert_eq!(page.body.matches(" autofocus").count(), 1);
}

#[test]
fn an_address_that_is_taken_is_said_beside_its_field() {
    let app = App::start();
    app.new_user("a@example.com");
    let page = Person::nobody(&app).post("/register", &NEW);
    page.shows(400, &[r#"value="a@example.com""#, r#"id="email-error" role="alert">"#]);
}

#[test]
fn too_many_wrong_passwords_come_back_with_how_long_to_wait() {
    let app = App::start();
    app.new_user("a@example.com");
    let person = Person::nobody(&app);
    let mut tries =
        (0..15).map(|_| person.post("/login", &[("email", "a@example.com"), ("password", "wrong one")]));
    let waits = tries.find(|page| page.status == 429).expect("an account that waits");
    waits.shows(429, &[r#"role="alert""#, r#"name="email" type="email" value="a@example.com""#]);
    assert!(waits.header("retry-after").unwrap().parse::<u64>().unwrap() > 0);
}

#[test]
fn a_login_leads_back_to_where_it_was_asked_for_and_nowhere_else() {
    let app = App::start();
    app.new_user("a@example.com");
    let person = Person::nobody(&app);
    person.get("/calendar/month/2026-11?a=b").leads_to("/login?next=%2Fcalendar%2Fmonth%2F2026-11%3Fa%3Db");
    person
        .get("/login?next=%2Fcalendar%2Fmonth%2F2026-11")
        .shows(200, &[r#"name="next" value="/calendar/month/2026-11""#]);
    let login = |next| [("email", "a@example.com"), ("password", "password"), ("next", next)];
    Person::nobody(&app)
        .post("/login", &login("/calendar/month/2026-11"))
        .leads_to("/calendar/month/2026-11");
    for elsewhere in ["//example.com", "https://example.com/", "/\\example.com", "javascript:alert(1)"] {
        Person::nobody(&app).post("/login", &login(elsewhere)).leads_to("/");
    }
}

#[test]
fn a_wrong_password_is_a_401_with_the_address_still_there() {
    let app = App::start();
    app.new_user("a@example.com");
    let page = Person::nobody(&app).post("/login", &[("email", "a@example.com"), ("password", "wrong one")]);
    page.shows(401, &[r#"value="a@example.com""#, r#"id="email-error" role="alert">Invalid credentials"#]);
    page.has_none_of(&["wrong one", r#"value="true" checked"#]);
}

#[test]
fn who_wants_to_stay_logged_in_has_cookies_that_last() {
    let app = App::start();
    app.new_user("a@example.com");
    let login = [("email", "a@example.com"), ("password", "password")];
    let ends = Person::nobody(&app).post("/login", &login).header("set-cookie").unwrap();
    let lasts = Person::nobody(&app).post("/login", &[&login[..], &[("remember", "true")]].concat());
    assert!(!ends.contains("Max-Age"), "{ends}");
    assert!(lasts.header("set-cookie").unwrap().contains("Max-Age=2592000"));
}

#[test]
fn nobody_is_logged_out_by_a_link_nor_by_a_form_of_elsewhere() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    person.get("/logout").shows(200, &["<h1>Log out?</h1>", r#"name="csrf_token""#]);
    person.post("/logout", &[]).shows(401, &["Missing CSRF token"]);
    person.post("/logout", &[("csrf_token", "0")]).shows(401, &["CSRF double submit tokens do not match"]);
    person.get("/logout").shows(200, &["<h1>Log out?</h1>"]);
    person.submit("/logout", &[]).leads_to("/");
    person.get("/logout").leads_to("/login?next=%2Flogout");
}

#[test]
fn a_page_of_elsewhere_logs_nobody_in() {
    let app = App::start();
    app.new_user("a@example.com");
    let headers = [
        ("Accept", super::browser::HTML),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Sec-Fetch-Site", "cross-site"),
    ];
    let reply = app.send("POST", "/login", &headers, b"email=a%40example.com&password=password");
    reply.shows(403, &["<h1>You may not do this</h1>", "Requests of pages from elsewhere are not taken"]);
    assert_eq!(reply.header("set-cookie"), None);
}
