//! What sharing costs in round trips, and that these tell of no address whether somebody has it.

use serde_json::json;

use super::OnOracle;

const SHARES: &str = "/api/calendar/calendars/1/shares";
const DECEMBER: &str = "/api/calendar/events?from=2025-12-01&to=2026-01-01";

struct Two {
    on: OnOracle,
    john: i64,
    jane: i64,
}

impl Two {
    /// John has a calendar, and Jane her default one.
    fn start() -> Self {
        let on = OnOracle::start(&[]);
        let (john, jane) = (on.new_user("john@example.com"), on.new_user("jane@example.com"));
        assert_eq!(on.send_as(john, "POST", "/api/calendar/calendars", &json!({"name": "Work"})).status, 201);
        for user in [john, jane] {
            assert_eq!(on.send_as(user, "GET", "/api/calendar/calendars", &json!(null)).status, 200);
            assert_eq!(on.send_as(user, "GET", DECEMBER, &json!(null)).status, 200);
        }
        on.trips();
        Self { on, john, jane }
    }

    fn said(&self, user: i64, method: &str, path: &str, body: serde_json::Value) -> (u16, String) {
        let reply = self.on.send_as(user, method, path, &body);
        (reply.status, self.on.verbs())
    }
}

fn due(status: u16, verbs: &str) -> (u16, String) {
    (status, verbs.to_owned())
}

#[test]
fn an_offer_is_four_trips_whether_somebody_has_the_address_or_not() {
    let two = Two::start();
    let offer = |email: &str| two.said(two.john, "POST", SHARES, json!({"email": email, "access": "write"}));
    // The first one of all begins to count.
    assert_eq!(offer("first@example.com"), due(201, "UPDATE SELECT UPDATE SELECT INSERT INSERT"));
    for email in ["jane@example.com", "jade@example.com"] {
        assert_eq!(offer(email), due(201, "UPDATE SELECT UPDATE INSERT"), "{email}");
        assert_eq!(offer(email), due(201, "UPDATE SELECT UPDATE UPDATE"), "{email}");
    }
    assert_eq!(two.said(two.john, "GET", SHARES, json!(null)), due(200, "SELECT"));
    assert_eq!(
        two.said(two.john, "PATCH", &format!("{SHARES}/2"), json!({"access": "read"})),
        due(200, "UPDATE SELECT")
    );
    assert_eq!(two.said(two.jane, "GET", "/api/calendar/offers", json!(null)), due(200, "SELECT"));
    let answer = |accept| two.said(two.jane, "POST", "/api/calendar/offers/2", json!({ "accept": accept }));
    assert_eq!(answer(false), due(200, "SELECT UPDATE"));
    assert_eq!(offer("jane@example.com").0, 201);
    assert_eq!(answer(true), due(200, "SELECT UPDATE DELETE UPDATE "));
    assert_eq!(answer(true), due(404, "SELECT"));
    assert_eq!(two.said(two.jane, "GET", "/api/users?q=john", json!(null)), due(200, "SELECT SELECT"));
    assert_eq!(two.said(two.john, "DELETE", &format!("{SHARES}/2"), json!(null)), due(200, "DELETE"));
    assert_eq!(two.on.client.national_binds(), [""; 0]);
    assert_eq!(two.on.client.wide_binds(), [""; 0]);
}

#[test]
fn a_range_with_shared_calendars_is_two_trips_and_a_write_one_or_two_more_than_of_ones_own() {
    let two = Two::start();
    assert_eq!(
        two.said(two.john, "POST", SHARES, json!({"email": "jane@example.com", "access": "write"})).0,
        201
    );
    assert_eq!(two.said(two.jane, "POST", "/api/calendar/offers/1", json!({"accept": true})).0, 200);
    let event = json!({"title": "T", "start_at": "2025-12-06T10:00:00Z", "end_at": "2025-12-06T11:00:00Z", "calendar_id": 1});
    let created = two.said(two.john, "POST", "/api/calendar/events", event.clone());
    assert_eq!(created, due(201, "UPDATE INSERT INSERT "));
    // Her share is locked as well.
    let created = two.said(two.jane, "POST", "/api/calendar/events", event.clone());
    assert_eq!(created, due(201, "UPDATE UPDATE INSERT INSERT "));
    assert_eq!(two.said(two.jane, "GET", DECEMBER, json!(null)), due(200, "SELECT SELECT"));
    // What is new in it is written down by whoever sees it first.
    assert_eq!(two.said(two.jane, "GET", "/api/calendar/calendars", json!(null)).0, 200);
    assert_eq!(two.said(two.jane, "GET", "/api/calendar/calendars", json!(null)), due(200, "SELECT SELECT"));
    let path = "/api/calendar/events/1";
    assert_eq!(two.said(two.jane, "GET", path, json!(null)), due(200, "SELECT"));
    let own = two.said(two.john, "PATCH", path, json!({"title": "U"}));
    assert_eq!(own, due(200, "UPDATE SELECT UPDATE UPDATE "));
    let shared = two.said(two.jane, "PATCH", path, json!({"title": "V"}));
    assert_eq!(shared, due(200, "UPDATE UPDATE SELECT UPDATE UPDATE "));
    // What is one's own, or nobody's, is asked for first.
    let mut documented = event;
    documented.as_object_mut().unwrap().remove("calendar_id");
    assert_eq!(two.said(two.john, "PUT", path, documented.clone()), due(200, "UPDATE"));
    assert_eq!(
        two.said(two.jane, "PUT", path, documented.clone()),
        due(200, "UPDATE SELECT UPDATE UPDATE SELECT UPDATE ")
    );
    assert_eq!(two.said(two.jane, "PUT", "/api/calendar/events/99", documented), due(404, "UPDATE SELECT"));
    assert_eq!(
        two.said(two.jane, "DELETE", "/api/calendar/events/99", json!(null)),
        due(404, "DELETE SELECT")
    );
    assert_eq!(
        two.said(two.jane, "DELETE", path, json!(null)),
        due(200, "DELETE SELECT UPDATE UPDATE SELECT DELETE")
    );
    assert_eq!(two.said(two.john, "DELETE", "/api/calendar/events/2", json!(null)), due(200, "DELETE"));
}
