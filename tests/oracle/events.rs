//! Events with all that they have: what they cost, and a database that goes away in the middle of a split.

use oracle_client_stand_in::KillPoint;
use serde_json::{Value, json};

use super::OnOracle;
use super::faults::is_unavailable;
use crate::api::support::bearer;

const EVENTS: &str = "/api/calendar/events";

/// A weekly meeting with an exception on each side of its third occurrence.
fn weekly() -> Value {
    json!({
        "title": "Weekly", "start_at": "2025-03-03T09:00:00Z", "end_at": "2025-03-03T10:00:00Z",
        "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20250310T090000Z,20250324T090000Z"],
    })
}

const THIRD: &str = "/api/calendar/events/1?occurrence=2025-03-17T09:00:00Z";

fn get(on: &OnOracle, path: &str) -> (u16, String) {
    let reply = on.send("GET", path, &[("Authorization", &bearer(1))], b"");
    (reply.status, reply.header("etag").unwrap_or_default())
}

/// The tables of a person's events, as others would read them.
fn kept(on: &OnOracle) -> Vec<Vec<String>> {
    let tables = [
        "SELECT TITLE FROM CALENDAR_EVENTS ORDER BY ID",
        "SELECT REVISION FROM EVENT_DETAILS ORDER BY EVENT_ID",
        "SELECT RULE FROM EVENT_SERIES ORDER BY EVENT_ID",
        "SELECT RECURRENCE_ID FROM EVENT_EXCEPTIONS ORDER BY EVENT_ID, RECURRENCE_ID",
    ];
    tables.map(|sql| on.database.texts(sql)).into()
}

#[test]
fn what_events_with_all_that_they_have_cost() {
    let on = OnOracle::start(&[]);
    let john = on.new_user("john@example.com");
    let plain = json!({"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06"});
    let series = format!("{EVENTS}/1");
    // The name of the database and the default calendar are made once.
    assert_eq!(on.create_event(john, &weekly()).status, 201);
    assert_eq!(on.create_event(john, &plain).status, 201);
    on.verbs();
    let cost = |method: &str, path: &str, body: Value| {
        let reply = on.send_as(john, method, path, &body);
        assert!(reply.status < 300, "{}", reply.body);
        on.verbs()
    };
    let single = format!("{EVENTS}/2");
    let third = |more: &str| format!("{THIRD}{more}");
    let mut found = vec![
        ("a plain event", cost("GET", &single, json!(null))),
        ("a series", cost("GET", &series, json!(null))),
        ("an occurrence", cost("GET", THIRD, json!(null))),
        ("a new series", cost("POST", EVENTS, weekly())),
    ];
    let with_status =
        json!({"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06", "status": "tentative"});
    found.push(("a new event with more", cost("POST", EVENTS, with_status)));
    found.push(("a patch of a plain event", cost("PATCH", &single, json!({"title": "New"}))));
    found.push(("a patch of a series", cost("PATCH", &series, json!({"title": "New"}))));
    found.push(("a patch of an occurrence", cost("PATCH", THIRD, json!({"title": "Own"}))));
    found.push((
        "a deleted occurrence",
        cost("DELETE", &format!("{EVENTS}/1?occurrence=2025-03-31T09:00:00Z"), json!(null)),
    ));
    found.push(("a split", cost("PATCH", &third("&scope=following"), json!({"location": "Room"}))));
    found.push((
        "the last occurrence",
        cost("DELETE", &format!("{EVENTS}/1?occurrence=2025-03-03T09:00:00Z"), json!(null)),
    ));
    let (_, tag) = get(&on, &single);
    on.verbs();
    let refused = [("Authorization", &*bearer(john)), ("If-Match", "\"other\"")];
    assert_eq!(on.send("PATCH", &single, &refused, b"{}").status, 412);
    found.push(("a refused one", on.verbs()));
    let heard = [("Authorization", &*bearer(john)), ("If-Match", &*tag)];
    assert_eq!(on.send("DELETE", &single, &heard, b"").status, 200);
    found.push(("a deletion of what was read", on.verbs()));
    let wanted = [
        ("a plain event", "SELECT"),
        ("a series", "SELECT SELECT"),
        ("an occurrence", "SELECT SELECT"),
        ("a new series", "SELECT SELECT INSERT INSERT INSERT INSERT "),
        ("a new event with more", "SELECT INSERT INSERT "),
        ("a patch of a plain event", "UPDATE SELECT UPDATE "),
        ("a patch of a series", "UPDATE SELECT SELECT UPDATE UPDATE UPDATE "),
        ("a patch of an occurrence", "UPDATE SELECT SELECT UPDATE UPDATE INSERT "),
        ("a deleted occurrence", "UPDATE SELECT SELECT UPDATE UPDATE INSERT "),
        (
            "a split",
            "SELECT UPDATE UPDATE SELECT SELECT UPDATE UPDATE DELETE INSERT INSERT INSERT INSERT INSERT ",
        ),
        ("the last occurrence", "UPDATE SELECT SELECT DELETE"),
        ("a refused one", "UPDATE SELECT "),
        ("a deletion of what was read", "UPDATE SELECT DELETE"),
    ];
    assert_eq!(found, wanted.map(|(what, verbs)| (what, verbs.to_owned())));
    assert_eq!(on.client.national_binds(), [""; 0]);
}

#[test]
fn a_split_that_was_cut_off_anywhere_is_done_again_and_never_half() {
    const STATEMENTS: u64 = 12;
    for nth in 1..=STATEMENTS {
        for point in [KillPoint::BeforeEffect, KillPoint::AfterEffect] {
            let on = OnOracle::start(&[]);
            let john = on.new_user("john@example.com");
            assert_eq!(on.create_event(john, &weekly()).status, 201);
            let before = kept(&on);
            let split = || {
                let body = json!({"title": "Rest"});
                on.send_as(john, "PATCH", &format!("{THIRD}&scope=following"), &body)
            };
            on.client.kill_in_nth_statement(nth, point);
            is_unavailable(&split());
            on.wait_until(|on| on.get("/api/db-ping").status == 200);
            assert_eq!(kept(&on), before, "{nth} {point:?}");
            assert_eq!(split().status, 200);
            let rules = ["FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY;COUNT=3"].map(str::to_owned).to_vec();
            let whole = [vec!["Weekly", "Rest"], vec!["2", "1"]]
                .map(|texts| texts.iter().map(|text| (*text).to_owned()).collect());
            assert_eq!(kept(&on), [&whole[..], &[rules, before[3].clone()]].concat());
        }
    }
}
