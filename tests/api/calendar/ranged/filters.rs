use serde_json::json;

use super::{add, at_occurrence, default_calendar, titles};
use crate::api::support::App;

const RANGE: &str = "from=2025-12-01&to=2026-01-01";
const HOUR: (&str, &str) = ("2025-12-06T10:00:00Z", "2025-12-06T11:00:00Z");

#[test]
fn calendars_are_named_by_their_ids() {
    let app = App::start();
    let (user, other) = (app.new_user("john@example.com"), app.new_user("jane@example.com"));
    let work =
        app.send_as(user, "POST", "/api/calendar/calendars", &json!({"name": "Work"})).json()["id"].clone();
    add(&app, user, "private", HOUR, json!({}));
    add(&app, user, "work", HOUR, json!({"calendar_id": work}));
    add(
        &app,
        user,
        "weekly",
        HOUR,
        json!({"calendar_id": work, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]}),
    );
    add(&app, other, "hers", HOUR, json!({"status": "tentative"}));
    assert_eq!(titles(&app, user, RANGE).len(), 4);
    let of = |calendars: &str| titles(&app, user, &format!("{RANGE}&calendar={calendars}"));
    let (personal, hers) = (default_calendar(&app, user), default_calendar(&app, other));
    assert_eq!(of(&personal.to_string()), ["private"]);
    assert_eq!(of(&work.to_string()), ["work", "weekly", "weekly"]);
    assert_eq!(of(&format!("{personal},{work}")), ["private", "work", "weekly", "weekly"]);
    // Somebody else's is the same as none.
    assert_eq!(of(&hers.to_string()), [""; 0]);
    assert_eq!(of("999999"), [""; 0]);
    assert_eq!(of(&format!("{hers},{personal}")), ["private"]);
}

#[test]
fn a_text_is_found_in_upper_and_lower_case_of_any_script() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    add(&app, user, "Ärztin", HOUR, json!({}));
    add(&app, user, "b", HOUR, json!({"description": "Beim ZAHNARZT, 50%_off"}));
    add(&app, user, "c", HOUR, json!({"location": "Οδυσσεύς"}));
    add(&app, user, "d", HOUR, json!({"description": "daily", "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]}));
    for (q, found) in [
        ("ärzt", &["Ärztin"][..]),
        ("%C3%84RZT", &["Ärztin"]),
        ("zahnarzt", &["b"]),
        ("arzt", &["b"]),
        ("%25_", &["b"]),
        ("%25%25", &[]),
        ("ΟΔΥΣΣΕΎΣ", &["c"]),
        ("DAIL", &["d", "d"]),
        ("%20daily%20", &["d", "d"]),
        ("nothing", &[]),
        ("", &["Ärztin", "b", "c", "d", "d"]),
    ] {
        let q: String = q.chars().map(|c| if c.is_ascii() { c.to_string() } else { encoded(c) }).collect();
        assert_eq!(titles(&app, user, &format!("{RANGE}&q={q}")), found, "{q}");
    }
}

fn encoded(character: char) -> String {
    character.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn single_occurrences_are_filtered_by_what_they_say_themselves() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id = add(&app, user, "tea", HOUR, json!({"recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}));
    at_occurrence(
        &app,
        user,
        "PATCH",
        id,
        "2025-12-07T10:00:00Z",
        &json!({"title": "coffee", "status": "cancelled"}),
    );
    assert_eq!(titles(&app, user, &format!("{RANGE}&q=tea")), ["tea", "tea"]);
    assert_eq!(titles(&app, user, &format!("{RANGE}&q=coffee")), ["coffee"]);
    assert_eq!(titles(&app, user, &format!("{RANGE}&status=confirmed")), ["tea", "tea"]);
    assert_eq!(titles(&app, user, &format!("{RANGE}&status=cancelled&q=COFF")), ["coffee"]);
}

#[test]
fn confirmed_is_what_says_nothing_else() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for status in ["confirmed", "tentative", "cancelled"] {
        add(&app, user, status, HOUR, json!({"status": status}));
    }
    add(&app, user, "none", HOUR, json!({}));
    let of = |status: &str| titles(&app, user, &format!("{RANGE}&status={status}"));
    assert_eq!(of("confirmed"), ["confirmed", "none"]);
    assert_eq!(of("tentative"), ["tentative"]);
    assert_eq!(of("cancelled"), ["cancelled"]);
    assert_eq!(of("tentative,cancelled"), ["tentative", "cancelled"]);
}
