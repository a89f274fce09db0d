use serde_json::json;

use super::{add, titles};
use crate::api::support::App;

fn day(app: &App, user: i64, title: &str, times: (&str, &str), zone: Option<&str>) -> i64 {
    let mut more = json!({"is_all_day": true});
    if let Some(zone) = zone {
        more["time_zone"] = json!(zone);
    }
    add(app, user, title, times, more)
}

#[test]
fn whole_days_are_the_readers_wherever_they_are() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    day(&app, user, "utc", ("2025-12-06T00:00:00Z", "2025-12-07T00:00:00Z"), None);
    day(&app, user, "tokyo", ("2025-12-06T00:00:00", "2025-12-07T00:00:00"), Some("Asia/Tokyo"));
    day(&app, user, "kiritimati", ("2025-12-06", "2025-12-06"), Some("Pacific/Kiritimati"));
    day(&app, user, "pago", ("2025-12-06", "2025-12-07"), Some("Pacific/Pago_Pago"));
    let all = ["kiritimati", "tokyo", "utc", "pago"];
    for zone in ["UTC", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns"] {
        let of = |from: &str, to: &str| titles(&app, user, &format!("from={from}&to={to}&time_zone={zone}"));
        assert_eq!(of("2025-12-06", "2025-12-07"), all, "{zone}");
        assert_eq!(of("2025-12-06T23:59", "2025-12-07"), all, "{zone}");
        assert_eq!(of("2025-12-01", "2025-12-06T00:00:00.000001"), all, "{zone}");
        assert_eq!(of("2025-12-05", "2025-12-06"), [""; 0], "{zone}");
        assert_eq!(of("2025-12-07", "2025-12-08"), [""; 0], "{zone}");
    }
    // By instants: without a zone the reader's clock is UTC's.
    assert_eq!(titles(&app, user, "from=2025-12-06T23:00-05:00&to=2025-12-07T23:00-05:00"), [""; 0]);
    assert_eq!(titles(&app, user, "from=2025-12-05T23:00-05:00&to=2025-12-06T23:00-05:00"), all);
}

#[test]
fn an_end_at_midnight_is_the_end_and_any_other_is_within_the_last_day() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    day(&app, user, "to midnight", ("2025-12-06T00:00:00Z", "2025-12-08T00:00:00Z"), None);
    day(&app, user, "to a second before", ("2025-12-06T00:00:00Z", "2025-12-07T23:59:59Z"), None);
    day(&app, user, "to noon", ("2025-12-06T10:00:00Z", "2025-12-08T12:00:00Z"), None);
    day(&app, user, "one day", ("2025-12-08T00:00:00Z", "2025-12-08T00:00:00Z"), None);
    day(&app, user, "from the evening", ("2025-12-08T22:00:00Z", "2025-12-08T23:00:00Z"), None);
    let of = |day: u32| titles(&app, user, &format!("from=2025-12-{day:02}&to=2025-12-{:02}", day + 1));
    assert_eq!(of(5), [""; 0]);
    assert_eq!(of(6), ["to midnight", "to a second before", "to noon"]);
    assert_eq!(of(7), ["to midnight", "to a second before", "to noon"]);
    assert_eq!(of(8), ["to noon", "one day", "from the evening"]);
    assert_eq!(of(9), [""; 0]);
    // It takes the whole of its day.
    assert_eq!(titles(&app, user, "from=2025-12-08T23:30&to=2025-12-08T23:40"), of(8));
}

#[test]
fn days_of_an_event_without_a_zone_are_those_of_its_owner_where_it_begins_at_midnight_there() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    day(&app, user, "mine", ("2025-12-05T15:00:00Z", "2025-12-06T15:00:00Z"), None);
    let of = |day: u32| titles(&app, user, &format!("from=2025-12-{day:02}&to=2025-12-{:02}", day + 1));
    assert_eq!((of(5).len(), of(6).len(), of(7).len()), (1, 1, 0), "UTC's, at 15 o'clock");
    let patch = json!({"time_zone": "Asia/Tokyo"});
    assert_eq!(app.send_as(user, "PATCH", "/api/users/me", &patch).status, 200);
    assert_eq!((of(5).len(), of(6).len(), of(7).len()), (0, 1, 0), "Tokyo's");
}

#[test]
fn series_of_whole_days_float_too() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let weekly =
        json!({"is_all_day": true, "time_zone": "Europe/Berlin", "recurrence": ["RRULE:FREQ=WEEKLY"]});
    // Over the end of summer time: the days stay days.
    add(&app, user, "day", ("2025-10-20", "2025-10-21"), weekly);
    for zone in ["UTC", "Asia/Tokyo", "America/Los_Angeles"] {
        for (from, to, count) in [
            ("2025-10-19", "2025-10-20", 0),
            ("2025-10-20", "2025-10-21", 1),
            ("2025-10-21", "2025-10-27", 0),
            ("2025-10-27", "2025-10-28", 1),
            ("2025-10-27T23:59", "2025-11-03T00:01", 2),
            ("2025-11-04", "2025-11-10", 0),
        ] {
            let found = titles(&app, user, &format!("from={from}&to={to}&time_zone={zone}"));
            assert_eq!(found.len(), count, "{from} to {to} in {zone}");
        }
    }
}

#[test]
fn a_single_occurrence_can_be_of_whole_days_and_another_not() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let daily = json!({"recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]});
    let id = add(&app, user, "daily", ("2025-12-06T10:00:00Z", "2025-12-06T11:00:00Z"), daily);
    super::at_occurrence(
        &app,
        user,
        "PATCH",
        id,
        "2025-12-07T10:00:00Z",
        &json!({"title": "off", "is_all_day": true, "start_at": "2025-12-07", "end_at": "2025-12-08"}),
    );
    assert_eq!(titles(&app, user, "from=2025-12-07T20:00&to=2025-12-07T21:00"), ["off"]);
    assert_eq!(titles(&app, user, "from=2025-12-07&to=2025-12-08&time_zone=Asia/Tokyo"), ["off"]);
    assert_eq!(titles(&app, user, "from=2025-12-08&to=2025-12-09&time_zone=Asia/Tokyo"), ["daily"]);
}
