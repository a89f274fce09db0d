use serde_json::{Value, json};

use super::{create, list, read, set_zone};
use crate::api::support::App;

const ZONE: &str = "Must be a time zone of the tz database such as Europe/Berlin";

#[test]
fn a_created_calendar_is_answered_and_read_as_it_was_sent() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let body = json!({
        "name": " Work ", "color": " #FF5733", "description": "Meetings\nand trips ", "time_zone": " europe/BERLIN ",
        "id": 7, "is_default": true, "access": "read", "owner": {}, "user_id": 7
    });
    let whole = concat!(
        r##"{"id":1,"name":"Work","color":"#FF5733","description":"Meetings\nand trips","##,
        r#""time_zone":"Europe/Berlin","is_default":false,"access":"owner","owner":null,"#,
        r#""token":"aQAAAAAAAAABaQAAAAAAAAAAaQAAAAAAAAAA"}"#
    );
    create(&app, user, body).is(201, whole);
    read(&app, user, 1).is(200, whole);
    assert_eq!(
        list(&app, user).json()[1].to_string(),
        serde_json::from_str::<Value>(whole).unwrap().to_string()
    );
    let row = "SELECT USER_ID || ' ' || NAME || ' ' || TIME_ZONE FROM CALENDARS \
               WHERE DEFAULT_OF IS NULL AND UPDATED_AT IS NULL AND CREATED_AT IS NOT NULL";
    assert_eq!(app.database.texts(row), [format!("{user} Work Europe/Berlin")]);
}

#[test]
fn what_is_left_out_null_or_blank_is_nothing_and_the_zone_the_accounts() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for body in [
        json!({"name": "Work"}),
        json!({"name": "Work", "color": null, "description": null, "time_zone": null}),
        json!({"name": "Work", "color": "", "description": " ", "time_zone": "\t\n"}),
    ] {
        let created = create(&app, user, body);
        assert_eq!(created.status, 201, "{}", created.body);
        let created = created.json();
        assert_eq!((&created["color"], &created["description"]), (&Value::Null, &Value::Null));
        assert_eq!(created["time_zone"], "UTC");
    }
    let nulls =
        "SELECT COUNT(*) FROM CALENDARS WHERE COLOR IS NULL AND DESCRIPTION IS NULL AND TIME_ZONE IS NULL";
    assert_eq!(app.database.texts(nulls), ["3"]);
    set_zone(&app, user, "Asia/Tokyo");
    assert_eq!(read(&app, user, 1).json()["time_zone"], "Asia/Tokyo", "whatever the account's is by now");
    assert_eq!(create(&app, user, json!({"name": "Home"})).json()["time_zone"], "Asia/Tokyo");
}

#[test]
fn everything_that_is_wrong_is_named_together() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let long = |bytes: usize| format!("{}é", "x".repeat(bytes - 1));
    let said = |most: usize| format!("Must not be longer than {most} bytes in UTF-8; this has {}", most + 1);
    create(
        &app,
        user,
        json!({"name": long(255), "color": long(32), "description": long(2000), "time_zone": "CEST"}),
    )
    .is_error(
        400,
        &[("name", &said(255)), ("color", &said(32)), ("description", &said(2000)), ("time_zone", ZONE)],
    );
    create(&app, user, json!({"name": 7, "color": [], "description": {}, "time_zone": false})).is_error(
        400,
        &[
            ("name", "Must be a string"),
            ("color", "Must be a string"),
            ("description", "Must be a string"),
            ("time_zone", "Must be a string"),
        ],
    );
    for name in [json!(null), json!(""), json!(" \t")] {
        create(&app, user, json!({ "name": name })).is_error(400, &[("name", "This field is required")]);
    }
    create(&app, user, json!([])).is_error(400, &[("body", "The request body must be a JSON object")]);
    assert_eq!(app.database.texts("SELECT ID FROM CALENDARS"), [""; 0]);
}

#[test]
fn texts_may_be_as_long_as_their_columns_and_anything_within() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let long = |bytes: usize| "é".repeat(bytes / 2) + &"x".repeat(bytes % 2);
    let body = json!({"name": long(255), "color": long(32), "description": long(2000)});
    let created = create(&app, user, body.clone());
    assert_eq!(created.status, 201, "{}", created.body);
    let odd = "Robert'); DROP TABLE USERS;-- \u{202e} :name ? é🚀\u{0} \"\\";
    let odd = create(&app, user, json!({"name": format!("{odd}x"), "description": odd})).json();
    for calendar in [created.json(), odd] {
        let id = calendar["id"].as_i64().unwrap();
        assert_eq!(read(&app, user, id).json(), calendar);
    }
    for (member, value) in body.as_object().unwrap() {
        assert_eq!(created.json()[member], *value);
    }
}

#[test]
fn calendars_may_share_a_name_and_ids_are_never_given_out_twice() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let [first, second] = [(); 2].map(|()| super::new_calendar(&app, user, "Work"));
    assert_eq!(super::delete(&app, user, second).status, 200);
    let third = super::new_calendar(&app, user, "Work");
    assert!(first < second && second < third);
}
