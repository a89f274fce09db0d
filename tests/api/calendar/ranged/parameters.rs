use super::{list, shown, titles};
use crate::api::support::App;

const REQUIRED: &str = "This field is required";
const TIME: &str = "Must be a date and time such as 2025-12-06T10:00:00Z";
const ZONE: &str = "Must be a time zone of the tz database such as Europe/Berlin";
const IDS: &str = "Must be ids of calendars, with commas between them";
const STATUS: &str = "Must be confirmed or tentative or cancelled";
const LIMIT: &str = "Must be an integer from 1 to 10000";
const CURSOR: &str = "Must be what the Link of a page of this list names";
const ONCE: &str = "Must be given once";

#[test]
fn without_parameters_the_documented_list_is_there_to_the_letter() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let id = app.new_event(user, "Tea", "2025-12-06T10:00:00Z");
    let body = format!(
        r#"[{{"id":{id},"title":"Tea","description":null,"start_at":"2025-12-06T10:00:00Z","end_at":"2025-12-06T10:00:00Z","is_all_day":false,"location":null,"color":null}}]"#
    );
    app.list_events(user).is(200, &body);
    list(&app, user, "").is(200, &body);
    list(&app, user, "view=month").is(200, &body);
    assert_eq!(app.list_events(user).header("link"), None);
}

#[test]
fn from_and_to_go_together_and_nothing_goes_without_them() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    list(&app, user, "from=2025-12-01").is_error(400, &[("to", REQUIRED)]);
    list(&app, user, "to=2025-12-01").is_error(400, &[("from", REQUIRED)]);
    for query in ["calendar=1", "q=tea", "q=", "status=confirmed", "limit=1", "time_zone=UTC"] {
        list(&app, user, query).is_error(400, &[("from", REQUIRED), ("to", REQUIRED)]);
    }
    list(&app, user, "cursor=x").is_error(400, &[("cursor", CURSOR), ("from", REQUIRED), ("to", REQUIRED)]);
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    list(&app, user, "from=x&to=2025-12-06T25:00&time_zone=Mars&calendar=a&status=x&limit=0&cursor=!")
        .is_error(
            400,
            &[
                ("from", TIME),
                ("to", TIME),
                ("time_zone", ZONE),
                ("calendar", IDS),
                ("status", STATUS),
                ("limit", LIMIT),
                ("cursor", CURSOR),
            ],
        );
    let twice =
        ["from=2025-12-01", "to=2026-01-01", "time_zone=UTC", "calendar=1", "q=a", "status=confirmed"];
    let once: Vec<_> =
        ["from", "to", "time_zone", "calendar", "q", "status"].iter().map(|name| (*name, ONCE)).collect();
    let query = format!("{0}&{0}&limit=1&limit=1&cursor=x&cursor=x", twice.join("&"));
    list(&app, user, &query).is_error(400, &[&once[..], &[("limit", LIMIT), ("cursor", CURSOR)]].concat());
    let range = "from=2025-12-01&to=2026-01-01";
    for calendar in ["", "0", "-1", "1,", ",1", "1,,2", "01", "1, 2", "9223372036854775808"] {
        list(&app, user, &format!("{range}&calendar={}", calendar.replace(' ', "%20")))
            .is_error(400, &[("calendar", IDS)]);
    }
    for status in ["", "Confirmed", "confirmed,", "confirmed%20"] {
        list(&app, user, &format!("{range}&status={status}")).is_error(400, &[("status", STATUS)]);
    }
    for limit in ["", "0", "10001", "-1", "1.0", "x"] {
        list(&app, user, &format!("{range}&limit={limit}")).is_error(400, &[("limit", LIMIT)]);
    }
    list(&app, user, &format!("{range}&limit=10000")).is(200, "[]");
}

#[test]
fn a_range_goes_forward_for_ten_years_at_most() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for to in ["2025-12-01", "2025-11-30", "2025-11-30T23:59:59.999999"] {
        list(&app, user, &format!("from=2025-12-01&to={to}")).is_error(400, &[("to", "Must be after from")]);
    }
    list(&app, user, "from=2025-12-01&to=2035-12-01").is(200, "[]");
    // In Berlin's time the range is ten years, and an hour more by the world's clock.
    list(&app, user, "from=2025-06-01&to=2035-06-01&time_zone=Europe/Berlin").is(200, "[]");
    let too_long = [("to", "Must be at most 10 years after from")];
    list(&app, user, "from=2025-12-01&to=2035-12-01T00:00:00.000001").is_error(400, &too_long);
    list(&app, user, "from=0001-01-01&to=9999-12-31").is_error(400, &too_long);
    list(&app, user, "from=0001-01-01&to=0001-01-02").is(200, "[]");
    list(&app, user, "from=9995-01-01&to=9999-12-31T23:59:59.999999").is(200, "[]");
    let years = "Must be within the years 1 to 9999 (UTC)";
    list(&app, user, "from=0000-12-31&to=0001-01-02").is_error(400, &[("from", years)]);
    list(&app, user, "from=0001-01-01&to=0001-01-02&time_zone=Asia/Tokyo").is_error(400, &[("from", years)]);
}

#[test]
fn times_without_an_offset_are_in_the_zone_that_is_named() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    for hour in ["22:30", "23:30", "00:30"] {
        let day = if hour == "00:30" { "2025-12-06" } else { "2025-12-05" };
        app.new_event(user, hour, &format!("{day}T{hour}:00Z"));
    }
    let day = "from=2025-12-06&to=2025-12-07";
    assert_eq!(titles(&app, user, day), ["00:30"]);
    assert_eq!(titles(&app, user, &format!("{day}&time_zone=Europe/Berlin")), ["23:30", "00:30"]);
    assert_eq!(titles(&app, user, &format!("{day}&time_zone=europe/berlin")), ["23:30", "00:30"]);
    let named = "from=2025-12-06T00:00%2B02:00&to=2025-12-06T00:31Z&time_zone=Asia/Tokyo";
    assert_eq!(
        shown(&app, user, named),
        ["22:30 2025-12-05T22:30:00Z", "23:30 2025-12-05T23:30:00Z", "00:30 2025-12-06T00:30:00Z"]
    );
}

#[test]
fn whoever_does_not_say_who_they_are_is_told_nothing_else() {
    let app = App::start();
    let missing = [("authorization", "Missing Authorization Header")];
    app.get("/api/calendar/events?from=x").is_error(401, &missing);
    app.get("/api/calendar/events?from=2025-12-01&to=2026-01-01").is_error(401, &missing);
}
