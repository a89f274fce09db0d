//! Whatever JSON comes in, the server answers in its own form, and never with a 5xx.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::api::support::{App, bearer};

const FIELDS: [&str; 16] = [
    "email",
    "password",
    "confirm_password",
    "name",
    "title",
    "start_at",
    "end_at",
    "is_all_day",
    "description",
    "location",
    "color",
    "id",
    "time_zone",
    "locale",
    "week_starts_on",
    "is_listed",
];

const ROUTES: [(&str, &str); 9] = [
    ("POST", "/api/users/register"),
    ("POST", "/api/users/login"),
    ("POST", "/api/calendar/events"),
    ("PUT", "/api/calendar/events/1"),
    ("POST", "/api/calendar/calendars"),
    ("PATCH", "/api/calendar/calendars/1"),
    ("PATCH", "/api/users/me"),
    ("PUT", "/api/users/me/password"),
    ("POST", "/api/users/me/erase"),
];

/// Any JSON value, with texts that come near to being right.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        any::<String>(),
        "[a-z]{1,8}@[a-z]{1,8}\\.[a-z]{2,3}",
        "[0-9]{4}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?(Z|[+-][0-2][0-9]:?[0-5][0-9])?)?",
        "é{0,300}",
        "(Europe|america|Etc)/([A-Z][a-z]{4,6}|Berlin|toronto|GMT[+-][0-9]{1,2})",
        "[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-[a-zA-Z]{2})?(-u-[a-z]{2}-[a-z]{3,8})?",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1..8).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn object() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::hash_map(prop::sample::select(&FIELDS[..]), value(), 0..8)
        .prop_map(|members| members.into_iter().map(|(field, value)| (field.to_owned(), value)).collect())
}

#[test]
fn no_json_makes_the_server_fail() {
    let app = App::start();
    let authorization = bearer(app.new_user("john@example.com"));
    let bodies = prop_oneof![4 => object().prop_map(Value::Object), 1 => value()];
    // A login that is in order costs a hash: the password is never one.
    let harmless = bodies.prop_map(|mut body| {
        if let Some(body) = body.as_object_mut() {
            body.insert("password".into(), json!(null));
        }
        body.to_string()
    });
    proptest!(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() }, |(
        body in harmless, (method, path) in prop::sample::select(&ROUTES[..])
    )| {
        let reply = app.send(method, path, &[("Authorization", &authorization)], body.as_bytes());
        prop_assert!([200, 201, 400, 401, 404, 409].contains(&reply.status), "{} {}", reply.status, reply.body);
        if reply.status >= 400 {
            let errors = reply.json();
            let fields = errors["errors"].as_object().unwrap();
            prop_assert!(!fields.is_empty() && fields.values().all(|message| message.is_string()), "{}", reply.body);
        }
    });
    proptest!(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() }, |(
        body in prop::collection::vec(any::<u8>(), 0..200), (method, path) in prop::sample::select(&ROUTES[..])
    )| {
        let reply = app.send(method, path, &[("Authorization", &authorization)], &body);
        prop_assert!([400, 401].contains(&reply.status), "{} {}", reply.status, reply.body);
    });
    // What was taken goes out again.
    let listed = app.send("GET", "/api/calendar/events", &[("Authorization", &authorization)], b"");
    assert_eq!(listed.status, 200, "{}", listed.body);
    assert!(listed.json().is_array());
    let profile = app.send("GET", "/api/users/me", &[("Authorization", &authorization)], b"");
    assert_eq!(profile.status, 200, "{}", profile.body);
}
