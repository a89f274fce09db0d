use serde_json::json;

use crate::api::page::browser::Person;
use crate::api::support::{App, Reply};

const PATH: &str = "/settings/preferences";

fn me(app: &App, user: i64) -> serde_json::Value {
    app.send_as(user, "GET", "/api/users/me", &json!({})).json()
}

fn with_person(app: &App) -> (i64, Person<'_>) {
    let user = app.new_user("a@example.com");
    (user, Person::known(app, "a@example.com"))
}

#[test]
fn what_was_never_chosen_is_said_to_be_so() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    person.get("/settings").shows(
        200,
        &[
            r#"data-zone="UTC""#,
            r#"<select id="time_zone" name="time_zone">"#,
            r#"<option value="">Not chosen yet (UTC)</option>"#,
            r#"id="locale" name="locale" type="text" value="" list="languages""#,
            r#"<div class="hint" id="locale-hint">Not chosen yet."#,
            r#"<option value="">Not chosen yet (Monday)</option>"#,
        ],
    );
}

#[test]
fn what_a_browser_says_of_its_language_shows_until_one_is_chosen() {
    let app = App::start();
    let person = Person::new(&app, "a@example.com");
    let page = |language: &str| -> Reply {
        let cookie = format!("access_token_cookie={}", person.cookie("access_token_cookie").unwrap());
        let headers = [("Accept", "text/html"), ("Accept-Language", language), ("Cookie", &cookie)];
        app.send("GET", "/settings", &headers, b"")
    };
    page("de-AT,de;q=0.9").shows(
        200,
        &[
            r#"id="locale-hint">Not chosen yet: your browser asks for de-AT."#,
            r#"<bdi class="example" lang="de-AT">"#,
        ],
    );
    person.submit(PATH, &[("locale", "fr-FR")]).leads_to("/settings?done=preferences");
    let chosen = page("de-AT,de;q=0.9");
    chosen
        .shows(200, &[r#"name="locale" type="text" value="fr-FR""#, r#"<bdi class="example" lang="fr-FR">"#]);
    chosen.has_none_of(&["your browser asks for"]);
}

#[test]
fn zone_language_and_week_are_chosen_and_given_up_again() {
    let app = App::start();
    let (user, person) = with_person(&app);
    let fields = [("time_zone", "Europe/Vienna"), ("locale", "DE-at"), ("week_starts_on", "0")];
    person.submit(PATH, &fields).leads_to("/settings?done=preferences");
    let profile = me(&app, user);
    assert_eq!(
        [&profile["time_zone"], &profile["locale"], &profile["week_starts_on"]],
        [&json!("Europe/Vienna"), &json!("de-AT"), &json!(0)]
    );
    person.get("/settings?done=preferences").shows(
        200,
        &[
            r#"role="status">Time and language are saved."#,
            r#"<option value="">None chosen (UTC)</option>"#,
            r#"<optgroup label="Europe">"#,
            r#"<option value="Europe/Vienna" selected>Vienna</option>"#,
            r#"name="locale" type="text" value="de-AT""#,
            r#"<option value="0" selected>Sunday</option>"#,
        ],
    );
    person.submit(PATH, &fields.map(|(name, _)| (name, ""))).leads_to("/settings?done=preferences");
    person
        .get("/settings")
        .shows(200, &["Not chosen yet (UTC)", "Not chosen yet.", "Not chosen yet (Monday)"]);
}

#[test]
fn what_is_not_sent_stays_as_it_is() {
    let app = App::start();
    let (user, person) = with_person(&app);
    let all =
        json!({"time_zone": "UTC", "locale": "de", "week_starts_on": 6, "is_listed": true, "name": "A"});
    app.send_as(user, "PATCH", "/api/users/me", &all);
    person.submit(PATH, &[("time_zone", "Asia/Tokyo")]).leads_to("/settings?done=preferences");
    let mut wanted = all;
    wanted["time_zone"] = json!("Asia/Tokyo");
    let profile = me(&app, user);
    for (name, value) in wanted.as_object().unwrap() {
        assert_eq!(&profile[name], value, "{name}");
    }
    person.submit(PATH, &[]).leads_to("/settings?done=preferences");
    assert_eq!(me(&app, user), profile);
}

#[test]
fn what_is_refused_comes_back_with_the_rest_as_it_was_sent_or_else_as_it_is() {
    let app = App::start();
    let (user, person) = with_person(&app);
    app.send_as(user, "PATCH", "/api/users/me", &json!({"time_zone": "Asia/Tokyo", "week_starts_on": 0}));
    let fields = [("time_zone", "\"><b>"), ("locale", "en_US"), ("week_starts_on", "6")];
    let page = person.submit(PATH, &fields);
    page.shows(
        400,
        &[
            r#"name="time_zone" aria-invalid="true" aria-describedby="time_zone-error" autofocus>"#,
            r#"<option value="&#34;&#62;&#60;b&#62;" selected>&#34;&#62;&#60;b&#62;</option>"#,
            r#"id="time_zone-error" role="alert">Must be a time zone of the tz database"#,
            r#"name="locale" type="text" value="en_US""#,
            r#"aria-invalid="true" aria-describedby="locale-error locale-hint""#,
            r#"id="locale-error" role="alert">Must be a language tag of BCP 47"#,
            r#"<option value="6" selected>Saturday</option>"#,
        ],
    );
    page.has_none_of(&["<b>"]);
    assert_eq!(page.body.matches(" autofocus").count(), 1);
    let page = person.submit(PATH, &[("week_starts_on", "two")]);
    page.shows(
        400,
        &[
            r#"<option value="Asia/Tokyo" selected>Tokyo</option>"#,
            r#"aria-describedby="week_starts_on-error" autofocus"#,
            r#"id="week_starts_on-error" role="alert">"#,
        ],
    );
    assert_eq!(me(&app, user)["time_zone"], "Asia/Tokyo");
}

#[test]
fn who_may_find_one_is_a_box_that_is_not_sent_when_it_is_not_ticked() {
    let app = App::start();
    let (user, person) = with_person(&app);
    let ticked = r#"name="is_listed" value="true" aria-describedby="is_listed-hint" checked"#;
    person.get("/settings").has_none_of(&[ticked]);
    person
        .submit(PATH, &[("has_is_listed", "true"), ("is_listed", "true")])
        .leads_to("/settings?done=listing");
    assert_eq!(me(&app, user)["is_listed"], true);
    person
        .get("/settings?done=listing")
        .shows(200, &[r#"role="status">Who may find you is saved."#, r#"name="has_is_listed""#, ticked]);
    // The other form knows nothing of it.
    person.submit(PATH, &[("locale", "en")]).leads_to("/settings?done=preferences");
    assert_eq!(me(&app, user)["is_listed"], true);
    person.submit(PATH, &[("has_is_listed", "true")]).leads_to("/settings?done=listing");
    assert_eq!(me(&app, user)["is_listed"], false);
}
