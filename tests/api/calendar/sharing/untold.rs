//! Nothing tells an address that is registered from one that is not.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Two, calendar, event};

#[test]
fn an_offer_looks_the_same_to_a_registered_address_and_to_any_other() {
    let two = Two::start();
    let id = two.event(json!({}));
    for path in [calendar(two.work), event(id)] {
        let shares = format!("{path}/shares");
        let mut seen = BTreeSet::new();
        for email in ["jane@example.com", "jade@example.com"] {
            let made = two.app.send_as(two.john, "POST", &shares, &json!({"email": email, "access": "read"}));
            let share = made.json()["id"].as_i64().unwrap();
            let one = format!("{shares}/{share}");
            let again =
                two.app.send_as(two.john, "POST", &shares, &json!({"email": email, "access": "write"}));
            let changed = two.app.send_as(two.john, "PATCH", &one, &json!({"access": "read"}));
            let read = two.get(two.john, &one);
            let ended = two.app.send_as(two.john, "DELETE", &one, &json!(null));
            let replies = [made, again, changed, read, ended].map(|reply| {
                let body = reply.body.replace(email, "<email>").replace(&format!(r#""id":{share},"#), "");
                let names: Vec<_> = reply.headers.keys().map(ToString::to_string).collect();
                (reply.status, body, names)
            });
            seen.insert(replies);
        }
        assert_eq!(seen.len(), 1, "{seen:#?}");
        two.get(two.john, &shares).is(200, "[]");
    }
}
