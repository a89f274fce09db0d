use serde_json::{Value, json};

use super::{STARTS, following, get, occurrence, path, with_weekly};
use crate::api::calendar::event;
use crate::api::support::Reply;

const NOT_FOUND: [(&str, &str); 1] = [("id", "Event not found")];

#[test]
fn nobody_reaches_anothers_event_by_any_route_or_learns_that_it_is_there() {
    let (app, john, id) = with_weekly(json!({}));
    let jane = app.new_user("jane@example.com");
    let before = get(&app, john, &path(id)).body;
    let tag = get(&app, john, &path(id)).header("etag").unwrap();
    let janes = get(&app, jane, "/api/calendar/calendars").json()[0]["id"].clone();
    let bodies =
        [event(json!({})), event(json!({"status": "cancelled"})), event(json!({"calendar_id": janes}))];
    let mut requests: Vec<(&str, String, Value)> = vec![];
    for id in [id, 987_654] {
        for path in [path(id), occurrence(id, STARTS[1]), following(id, STARTS[1])] {
            if !path.contains("scope") {
                requests.push(("GET", path.clone(), json!(null)));
            }
            for method in ["PUT", "PATCH", "DELETE"] {
                requests.extend(bodies.iter().map(|body| (method, path.clone(), body.clone())));
            }
        }
        requests.push(("POST", format!("{}/move", path(id)), json!({"calendar_id": janes})));
    }
    let (theirs, missing) = requests.split_at(requests.len() / 2);
    let names = |reply: &Reply| reply.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    for (theirs, missing) in theirs.iter().zip(missing) {
        for headers in [&[][..], &[("If-Match", &*tag)], &[("If-None-Match", &*tag)]] {
            let send = |(method, path, body): &(&str, String, Value)| {
                let authorization = crate::api::support::bearer(jane);
                let all = [&[("Authorization", &*authorization)], headers].concat();
                app.send(method, path, &all, body.to_string().as_bytes())
            };
            let (theirs, missing) = (send(theirs), send(missing));
            theirs.is_error(404, &NOT_FOUND);
            assert_eq!((&theirs.body, names(&theirs)), (&missing.body, names(&missing)));
        }
    }
    assert_eq!(get(&app, john, &path(id)).body, before);
}

#[test]
fn what_is_no_id_is_the_same_404_everywhere() {
    let (app, john, _) = with_weekly(json!({}));
    for id in ["0", "-1", "01", "abc", "9223372036854775808"] {
        for (method, path) in [("GET", ""), ("PATCH", ""), ("POST", "/move")] {
            let path = format!("/api/calendar/events/{id}{path}");
            app.send_as(john, method, &path, &json!({"calendar_id": 1})).is_error(404, &NOT_FOUND);
        }
    }
    for (method, path) in
        [("GET", path(1)), ("PATCH", path(1)), ("POST", "/api/calendar/events/1/move".into())]
    {
        let reply = app.send(method, &path, &[], b"{}");
        reply.is_error(401, &[("authorization", "Missing Authorization Header")]);
    }
}
