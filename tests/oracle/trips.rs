//! One request is one round trip, on a pool whose sessions were used lately.

use oracle_client_stand_in::Kind::{Close, Commit, Connect, Execute, ExecuteCommit, Fetch};
use serde_json::json;

use super::OnOracle;
use crate::api::sessions::cookies::Browser;
use crate::api::support::database::event_row;
use crate::api::users::closed::close;
use crate::api::users::{begin, with_token};

const EVENT: &str = r##"{"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06", "color": "#fff"}"##;

const ME: &str = "/api/users/me";

fn event() -> serde_json::Value {
    serde_json::from_str(EVENT).unwrap()
}

#[test]
fn register_and_login_are_one_trip_each() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    assert_eq!(on.trips(), [(ExecuteCommit, 1)]);
    assert_eq!(on.log_in("john@example.com", "password").status, 200);
    assert_eq!(on.trips(), [(Execute, 1)]);
}

#[test]
fn a_wrong_password_is_one_trip_more_and_the_right_one_after_it_two() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    on.trips();
    for email in ["john@example.com", "jack@example.com"] {
        for _ in 0..2 {
            assert_eq!(on.log_in(email, "wrong password").status, 401);
            assert_eq!(on.trips(), [(Execute, 1), (ExecuteCommit, 1)]);
        }
    }
    assert_eq!(on.log_in("john@example.com", "password").status, 200);
    assert_eq!(on.verbs(), "SELECT UPDATE DELETE", "counted as failed first, then forgotten");
    on.database.execute("UPDATE LOGIN_FAILURES SET FAILURES = 15");
    on.trips();
    assert_eq!(on.log_in("jack@example.com", "password").status, 429);
    assert_eq!(on.trips(), [(Execute, 1)]);
}

#[test]
fn a_session_is_begun_and_refreshed_in_two_trips_at_most_and_known_in_none() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    on.trips();
    let login = json!({"email": "john@example.com", "password": "password", "refresh": true});
    let tokens = on.post("/api/users/login", &login).json();
    assert_eq!(on.trips(), [(Execute, 1), (ExecuteCommit, 1)]);
    let refresh = json!({"refresh_token": tokens["refresh_token"]});
    assert_eq!(on.post("/api/users/refresh", &refresh).status, 200);
    assert_eq!(on.trips(), [(ExecuteCommit, 1)]);
    // Again, as if the answer had been lost.
    let next = on.post("/api/users/refresh", &refresh).json();
    assert_eq!(on.trips(), [(ExecuteCommit, 0), (Execute, 1)]);
    let authorization = format!("Bearer {}", next["access_token"].as_str().unwrap());
    let send = |method, path| on.send(method, path, &[("Authorization", &authorization)], b"").status;
    assert_eq!(send("GET", "/api/calendar/events"), 200);
    assert_eq!(on.trips(), [(Execute, 0)]);
    assert_eq!(send("GET", "/api/users/me/sessions"), 200);
    assert_eq!(on.trips(), [(Execute, 1)]);
    // There is no other one: only the end of the unit is left.
    assert_eq!(send("DELETE", "/api/users/me/sessions"), 200);
    assert_eq!(on.trips(), [(Execute, 0), (Commit, 0)]);
    assert_eq!(send("POST", "/api/users/logout"), 200);
    assert_eq!(on.trips(), [(Execute, 1), (Execute, 1), (ExecuteCommit, 1)]);
    assert_eq!(send("POST", "/api/users/logout"), 401);
    assert_eq!(on.trips(), []);
}

#[test]
fn cookies_cost_what_tokens_cost_and_nothing_while_they_are_good() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    on.trips();
    let mut browser = Browser::default();
    let login = json!({"email": "john@example.com", "password": "password"});
    assert_eq!(browser.log_in(&on, &login).status, 200);
    assert_eq!(on.trips(), [(Execute, 1), (ExecuteCommit, 1)]);
    assert_eq!(browser.get(&on, "/api/calendar/events").status, 200);
    assert_eq!(on.trips(), [(Execute, 0)], "its own");
    assert_eq!(browser.page(&on, "POST", "/api/calendar/events", EVENT).status, 201);
    assert_eq!(on.trips(), [(ExecuteCommit, 1)], "its own");
    browser.let_access_expire();
    let stale = browser.clone();
    assert_eq!(browser.get(&on, "/api/calendar/events").status, 200);
    assert_eq!(on.trips(), [(ExecuteCommit, 1), (Execute, 1)]);
    // As if the answer had been lost.
    assert_eq!(stale.clone().get(&on, "/api/calendar/events").status, 200);
    assert_eq!(on.trips(), [(ExecuteCommit, 0), (Execute, 1), (Execute, 1)]);
    assert_eq!(browser.page(&on, "POST", "/api/session/refresh", "").status, 200);
    assert_eq!(on.trips(), [(ExecuteCommit, 1)]);
    // The session that the browser has ends in the same unit.
    assert_eq!(browser.log_in(&on, &login).status, 200);
    assert_eq!(on.trips(), [(Execute, 1), (Execute, 1), (Execute, 1), (Execute, 1), (ExecuteCommit, 1)]);
    let before = browser.clone();
    assert_eq!(browser.page(&on, "DELETE", "/api/session", "").status, 200);
    assert_eq!(on.trips(), [(Execute, 1), (Execute, 1), (ExecuteCommit, 1)]);
    // What was ended is known by heart.
    assert_eq!(before.clone().get(&on, "/api/calendar/events").status, 401);
    assert_eq!(browser.page(&on, "DELETE", "/api/session", "").status, 200);
    assert_eq!(on.trips(), []);
}

#[test]
fn a_change_of_the_password_is_six_trips_and_an_erasing_ten_or_nine() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    let login = begin(&on, "john@example.com", "password");
    begin(&on, "john@example.com", "password");
    on.verbs();
    let body =
        json!({"current_password": "password", "password": "another one", "confirm_password": "another one"});
    assert_eq!(with_token(&on, &login, "PUT", "/api/users/me/password", &body).status, 200);
    assert_eq!(on.verbs(), "SELECT SELECT UPDATE DELETE INSERT INSERT");
    let erase = |login: &serde_json::Value| {
        let body = json!({"password": "another one"});
        with_token(&on, login, "POST", "/api/users/me/erase", &body).status
    };
    assert_eq!(erase(&login), 202);
    // Locked and looked at before it is written.
    let erased = "UPDATE SELECT UPDATE DELETE INSERT UPDATE INSERT INSERT";
    assert_eq!(on.verbs(), format!("SELECT SELECT {erased}"));
    on.new_user("jane@example.com");
    let janes = begin(&on, "jane@example.com", "password");
    on.verbs();
    assert_eq!(with_token(&on, &janes, "DELETE", ME, &json!(null)).status, 204);
    assert_eq!(on.verbs(), format!("SELECT {erased}"));
    assert_eq!(on.client.national_binds(), [""; 0]);
}

#[test]
fn a_login_of_a_closed_account_is_one_trip() {
    let on = OnOracle::start(&[]);
    let john = on.new_user("john@example.com");
    close(&on, john, "DEACTIVATED_AT");
    on.trips();
    assert_eq!(on.log_in("john@example.com", "password").status, 403);
    assert_eq!(on.trips(), [(Execute, 1)]);
}

#[test]
fn a_change_of_the_address_is_seven_trips_with_a_password_and_six_after_a_login() {
    let on = OnOracle::start(&[]);
    let john = on.new_user("john@example.com");
    on.verbs();
    let body = json!({"email": "jack@example.com", "current_password": "password"});
    assert_eq!(on.send_as(john, "PATCH", ME, &body).status, 200);
    assert_eq!(on.verbs(), "SELECT SELECT SELECT UPDATE UPDATE SELECT INSERT");
    let login = begin(&on, "jack@example.com", "password");
    on.verbs();
    let body = json!({"email": "john@example.com"});
    assert_eq!(with_token(&on, &login, "PATCH", ME, &body).status, 200);
    assert_eq!(on.verbs(), "SELECT SELECT UPDATE UPDATE SELECT INSERT");
}

#[test]
fn an_address_that_is_taken_is_looked_up_before_it_is_blamed() {
    let on = OnOracle::start(&[]);
    on.new_user("john@example.com");
    on.trips();
    assert_eq!(on.register("john@example.com", "password").status, 400);
    assert_eq!(on.trips(), [(ExecuteCommit, 0), (Execute, 1)]);
}

#[test]
fn create_update_and_delete_are_one_trip_each() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    on.trips();
    assert_eq!(on.create_event(user, &event()).status, 201);
    assert_eq!(on.trips(), [(ExecuteCommit, 1)]);
    assert_eq!(on.send_as(user, "PUT", "/api/calendar/events/1", &event()).status, 200);
    assert_eq!(on.trips(), [(ExecuteCommit, 1)]);
    assert_eq!(on.send_as(user, "DELETE", "/api/calendar/events/1", &json!(null)).status, 200);
    assert_eq!(on.trips(), [(ExecuteCommit, 1)]);
    assert_eq!(on.send_as(user, "DELETE", "/api/calendar/events/1", &json!(null)).status, 404);
    // Whether somebody else shares it is asked only then.
    assert_eq!(on.trips(), [(ExecuteCommit, 0), (Execute, 0)]);
}

#[test]
fn ones_own_account_is_read_in_one_trip_and_changed_in_two() {
    let on = OnOracle::start(&[]);
    let (john, jane) = (on.new_user("john@example.com"), on.new_user("jane@example.com"));
    on.trips();
    let counted = |user, body: serde_json::Value| {
        let reply = on.send_as(user, "PATCH", ME, &body);
        assert_eq!(reply.status, 200, "{}", reply.body);
        on.trips()
    };
    let read_and_written = [(Execute, 1), (ExecuteCommit, 1)];
    assert_eq!(on.send_as(john, "GET", ME, &json!(null)).status, 200);
    assert_eq!(on.trips(), [(Execute, 1)]);
    assert_eq!(counted(john, json!({"id": "nobody changes it"})), [(Execute, 1)]);
    assert_eq!(counted(john, json!({"name": "John"})), read_and_written);
    assert_eq!(counted(john, json!({"locale": "de"})), read_and_written, "a row for the settings");
    assert_eq!(counted(john, json!({"locale": "fr", "is_listed": true})), read_and_written);
    assert_eq!(counted(john, json!({"name": null, "locale": null})), [(Execute, 1), (ExecuteCommit, 1)]);
    assert_eq!(counted(john, json!({"name": "John"})), read_and_written);
    // The name, and for the first time a row for the settings.
    let first = counted(jane, json!({"name": "Jane", "locale": "de"}));
    assert_eq!(first, [(Execute, 0), (Execute, 1), (ExecuteCommit, 1)]);
    assert_eq!(counted(jane, json!({"name": "Jane", "locale": "de"})), [(Execute, 1), (ExecuteCommit, 1)]);
}

#[test]
fn calendars_are_read_in_two_trips_and_written_in_three_or_four() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    on.trips();
    let send = |method, path: &str, body: serde_json::Value| {
        let reply = on.send_as(user, method, &format!("/api/calendar/calendars{path}"), &body);
        (reply.status, on.verbs())
    };
    let said = |status: u16, verbs: &str| (status, verbs.to_owned());
    assert_eq!(send("GET", "", json!(null)), said(200, "SELECT INSERT SELECT SELECT"), "it is made");
    // The second one is about tokens, here as elsewhere.
    assert_eq!(send("GET", "", json!(null)), said(200, "SELECT SELECT"));
    for name in ["Work", "Home", "Trips"] {
        assert_eq!(send("POST", "", json!({ "name": name })), said(201, "UPDATE SELECT INSERT"));
    }
    assert_eq!(send("GET", "/2", json!(null)), said(200, "SELECT SELECT"));
    assert_eq!(send("PATCH", "/2", json!({})), said(200, "SELECT SELECT"));
    assert_eq!(
        send("PATCH", "/2", json!({"name": "Office", "color": null})),
        said(200, "UPDATE SELECT SELECT")
    );
    assert_eq!(send("PATCH", "/99", json!({"name": "Office"})), said(404, "UPDATE UPDATE"));
    assert_eq!(send("DELETE", "/2?move_to=3", json!(null)), said(200, "UPDATE UPDATE UPDATE DELETE"));
    assert_eq!(send("DELETE", "/3", json!(null)), said(200, "UPDATE DELETE DELETE DELETE"));
    // The end of a unit that has nothing but a lock.
    assert_eq!(send("DELETE", "/1", json!(null)), said(409, "UPDATE "));
    assert_eq!(send("DELETE", "/4?move_to=99", json!(null)), said(400, "UPDATE "));
    let rows = format!("INSERT INTO CALENDARS (USER_ID, NAME) VALUES ({user}, 'Filled')");
    on.database.execute_all(&vec![rows; 98]);
    on.trips();
    assert_eq!(on.send_as(user, "GET", "/api/calendar/calendars", &json!(null)).status, 200);
    assert_eq!(on.trips(), [(Execute, 100), (Execute, 100)]);
    assert_eq!(send("POST", "", json!({"name": "One more"})), said(409, "UPDATE SELECT "));
    assert_eq!(on.client.national_binds(), [""; 0]);
    assert_eq!(on.client.wide_binds(), [""; 0]);
}

#[test]
fn a_list_of_up_to_100_events_is_one_trip() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    for total in [0_u64, 20, 100] {
        let present = on.list_events(user).json().as_array().unwrap().len() as u64;
        let rows: Vec<_> = (present..total).map(|index| event_row(user, &index.to_string())).collect();
        on.database.execute_all(&rows);
        on.trips();
        assert_eq!(on.list_events(user).json().as_array().unwrap().len() as u64, total);
        assert_eq!(on.trips(), [(Execute, total)]);
    }
}

#[test]
fn a_list_of_10_000_events_comes_in_steps_of_at_most_250() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    let rows: Vec<_> = (0..10_000).map(|index| event_row(user, &index.to_string())).collect();
    on.database.execute_all(&rows);
    on.trips();
    let listed = on.list_events(user).json();
    let titles: Vec<_> =
        listed.as_array().unwrap().iter().map(|event| event["title"].as_str().unwrap()).collect();
    assert_eq!(titles, (0..10_000).map(|index| index.to_string()).collect::<Vec<_>>());
    let trips = on.trips();
    assert_eq!(trips[0], (Execute, 101), "the prefetched rows ride along");
    assert!(trips[1..].iter().all(|(kind, rows)| *kind == Fetch && *rows <= 250), "{trips:?}");
    assert_eq!(trips.len(), 42);
}

const DECEMBER: &str = "/api/calendar/events?from=2025-12-01&to=2026-01-01";

#[test]
fn a_range_is_two_trips_whatever_the_number_of_series() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    let list = || on.send_as(user, "GET", DECEMBER, &json!(null));
    on.trips();
    assert_eq!(list().status, 200);
    // The name of the database is asked for once, and made where there is none.
    assert_eq!(on.trips()[..1], [(Execute, 0)]);
    assert_eq!(list().status, 200);
    assert_eq!(on.trips(), [(Execute, 0), (Execute, 0)]);
    on.create_event(user, &event());
    on.trips();
    assert_eq!(list().status, 200);
    assert_eq!(on.verbs(), "SELECT SELECT SELECT INSERT  SELECT SELECT", "the default calendar is made");
    for _ in 0..40 {
        let mut series = event();
        series["recurrence"] = json!(["RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE-TIME:20251210T000000Z"]);
        assert_eq!(on.create_event(user, &series).status, 201);
    }
    on.trips();
    assert_eq!(list().json().as_array().unwrap().len(), 1 + 40 * 25);
    assert_eq!(on.trips(), [(Execute, 40), (Execute, 1)]);
    assert_eq!(on.client.national_binds(), [""; 0]);
}

#[test]
fn a_long_range_comes_in_steps_of_at_most_250_and_ends_where_its_page_does() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    on.send_as(user, "GET", DECEMBER, &json!(null));
    let rows: Vec<_> = (0..1000).map(|index| event_row(user, &index.to_string())).collect();
    on.database.execute_all(&rows);
    let at = on.database.time("2025-12-06T10:00:00Z".parse().unwrap());
    on.database.execute(&format!("UPDATE CALENDAR_EVENTS SET START_AT = {at}, END_AT = {at}"));
    on.send_as(user, "GET", DECEMBER, &json!(null));
    on.trips();
    let listed = on.send_as(user, "GET", DECEMBER, &json!(null)).json();
    assert_eq!(listed.as_array().unwrap().len(), 1000);
    let trips = on.trips();
    assert_eq!(trips[..2], [(Execute, 0), (Execute, 101)]);
    assert!(trips[2..].iter().all(|(kind, rows)| *kind == Fetch && *rows <= 250), "{trips:?}");
    assert_eq!(trips.len(), 7);
    on.send_as(user, "GET", &format!("{DECEMBER}&limit=50"), &json!(null));
    // The driver fills its array.
    assert_eq!(on.trips(), [(Execute, 0), (Execute, 101), (Fetch, 149)]);
}

/// Where events start together, SQLite gives them by id in any case, and Oracle need not.
#[test]
fn what_is_asked_is_what_is_promised() {
    let on = OnOracle::start(&[]);
    on.get("/api/db-ping").is(200, r#"{"database":"OK"}"#);
    on.list_events(1).is(200, "[]");
    let trips = on.client.trips();
    let [ping, list] = &trips[..] else { panic!("{trips:#?}") };
    assert_eq!(ping.statement, "SELECT 'OK' FROM DUAL");
    assert!(list.statement.ends_with(" ORDER BY START_AT, ID"), "{}", list.statement);
}

#[test]
fn a_request_that_is_refused_is_no_trip() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    on.trips();
    assert_eq!(on.register("no address", "password").status, 400);
    assert_eq!(on.log_in("", "password").status, 400);
    assert_eq!(on.create_event(user, &json!({})).status, 400);
    assert_eq!(on.send_as(user, "PUT", "/api/calendar/events/1", &json!({})).status, 400);
    assert_eq!(on.send_as(user, "DELETE", "/api/calendar/events/abc", &json!(null)).status, 404);
    assert_eq!(on.send_as(user, "PATCH", ME, &json!({"name": "John", "locale": 7})).status, 400);
    let calendars = "/api/calendar/calendars";
    assert_eq!(on.send_as(user, "POST", calendars, &json!({})).status, 400);
    for (method, id, status) in [
        ("GET", "abc", 404),
        ("PATCH", "1", 400),
        ("DELETE", "1?move_to=", 400),
        ("DELETE", "1?move_to=1", 400),
    ] {
        let reply = on.send_as(user, method, &format!("{calendars}/{id}"), &json!({"name": 7}));
        assert_eq!(reply.status, status, "{}", reply.body);
    }
    assert_eq!(on.send("GET", ME, &[], b"").status, 401);
    assert_eq!(on.send("GET", "/api/calendar/events", &[], b"").status, 401);
    assert_eq!(on.get("/api/health").status, 200);
    assert_eq!(on.log_in(&format!("{}@example.com", "x".repeat(300)), "password").status, 401);
    assert_eq!(on.trips(), []);
}

#[test]
fn a_start_is_a_handful_of_trips() {
    let first = OnOracle::start(&[]);
    first.client.clear_trips();
    let second = first.again();
    second.list_events(1).is(200, "[]");
    let trips = first.client.trips();
    let count = |kind| trips.iter().filter(|trip| trip.kind == kind).count();
    // A session looks at the character set, the schema and what was revoked. A request has been one of the
    // executions.
    // The schema has more columns than come with the answer to what they are.
    assert_eq!((count(Execute), count(Fetch), count(Close)), (5, 1, 0), "{trips:#?}");
    // A logon is two trips. Whoever finds no session idle has the pool open one more, up to its five: how often
    // that is depends on who comes first.
    assert!((2..=10).contains(&count(Connect)), "{trips:#?}");
    assert_eq!(count(Execute) + count(Fetch) + count(Connect), trips.len(), "{trips:#?}");
}

#[test]
fn no_text_that_a_varchar2_holds_is_bound_as_one_that_it_may_not_hold() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    for description in [130, 2000] {
        let mut event = event();
        event["description"] = "é".repeat(description / 2).into();
        assert_eq!(on.create_event(user, &event).status, 201);
    }
    assert_eq!(on.client.wide_binds(), [""; 0]);
}

#[test]
fn no_statement_binds_nvarchar2() {
    let on = OnOracle::start(&[]);
    let user = on.new_user("john@example.com");
    assert_eq!(on.log_in("john@example.com", "password").status, 200);
    assert_eq!(on.create_event(user, &event()).status, 201);
    assert_eq!(on.send_as(user, "PUT", "/api/calendar/events/1", &event()).status, 200);
    for _ in 0..2 {
        assert_eq!(on.send_as(user, "PATCH", ME, &json!({"name": "John", "locale": "de"})).status, 200);
    }
    assert_eq!(on.client.national_binds(), [""; 0]);
}
