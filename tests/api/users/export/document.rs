//! What is in it, and what is not.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{begin_session, export, exported, get, log_in};
use crate::api::support::{App, Engine};

/// It is not told: whoever has it could use it, or it is the server's own.
const KEPT_BACK: &str = "";

/// It is not told, and is no secret: the server counts by it, or keeps it of an event that is not there any more.
const OF_THE_SERVER: &str = "-";

/// Every column of each table with something of a person, and where the document has it. A calendar's ledger has its events
/// once more.
const COLUMNS: &[(&str, &str)] = &[
    ("AUDIT_LOG.ACT", "/activity/0/act"),
    ("AUDIT_LOG.ACTED_AT", "/activity/0/at"),
    ("AUDIT_LOG.ACTOR", "/activity/0/actor"),
    ("AUDIT_LOG.ADDRESS", "/activity/0/address"),
    ("AUDIT_LOG.ID", "/activity/0/id"),
    ("AUDIT_LOG.SESSION_ID", "/activity/0/session_id"),
    ("AUDIT_LOG.SUBJECT", "/activity/0/subject"),
    ("AUDIT_LOG.USER_ID", "/account/id"),
    ("CALENDARS.COLOR", "/calendars/0/color"),
    ("CALENDARS.CREATED_AT", "/calendars/0/created_at"),
    ("CALENDARS.DEFAULT_OF", "/calendars/0/is_default"),
    ("CALENDARS.DESCRIPTION", "/calendars/0/description"),
    ("CALENDARS.ID", "/calendars/0/id"),
    ("CALENDARS.NAME", "/calendars/0/name"),
    ("CALENDARS.TIME_ZONE", "/calendars/0/time_zone"),
    ("CALENDARS.UPDATED_AT", "/calendars/0/updated_at"),
    ("CALENDARS.USER_ID", "/account/id"),
    ("CALENDAR_CHANGES.CALENDAR_ID", "/calendars/0/id"),
    ("CALENDAR_CHANGES.CHANGE_NUMBER", OF_THE_SERVER),
    ("CALENDAR_CHANGES.COLOR", "/events/0/color"),
    ("CALENDAR_CHANGES.DELETED_AT", OF_THE_SERVER),
    ("CALENDAR_CHANGES.DESCRIPTION", "/events/0/description"),
    ("CALENDAR_CHANGES.END_AT", "/events/0/end_at"),
    ("CALENDAR_CHANGES.EVENT_ID", "/events/0/id"),
    ("CALENDAR_CHANGES.IS_ALL_DAY", "/events/0/is_all_day"),
    ("CALENDAR_CHANGES.LOCATION", "/events/0/location"),
    ("CALENDAR_CHANGES.NAME", OF_THE_SERVER),
    ("CALENDAR_CHANGES.REVISION", OF_THE_SERVER),
    ("CALENDAR_CHANGES.START_AT", "/events/0/start_at"),
    ("CALENDAR_CHANGES.TITLE", "/events/0/title"),
    ("CALENDAR_CHANGES.UID_TEXT", OF_THE_SERVER),
    ("CALENDAR_CHANGES.UPDATED_AT", "/events/0/updated_at"),
    ("CALENDAR_EVENTS.COLOR", "/events/0/color"),
    ("CALENDAR_EVENTS.CREATED_AT", "/events/0/created_at"),
    ("CALENDAR_EVENTS.DESCRIPTION", "/events/0/description"),
    ("CALENDAR_EVENTS.END_AT", "/events/0/end_at"),
    ("CALENDAR_EVENTS.ID", "/events/0/id"),
    ("CALENDAR_EVENTS.IS_ALL_DAY", "/events/0/is_all_day"),
    ("CALENDAR_EVENTS.LOCATION", "/events/0/location"),
    ("CALENDAR_EVENTS.START_AT", "/events/0/start_at"),
    ("CALENDAR_EVENTS.TITLE", "/events/0/title"),
    ("CALENDAR_EVENTS.UPDATED_AT", "/events/0/updated_at"),
    ("CALENDAR_EVENTS.USER_ID", "/account/id"),
    ("CALENDAR_LEDGERS.CALENDAR_ID", "/calendars/0/id"),
    ("CALENDAR_LEDGERS.FORGOTTEN_NUMBER", OF_THE_SERVER),
    ("CALENDAR_LEDGERS.LAST_NUMBER", OF_THE_SERVER),
    ("CLOSED_ACCOUNTS.DEACTIVATED_AT", "/closed_account/deactivated_at"),
    ("CLOSED_ACCOUNTS.ERASED_AT", "/closed_account/erased_at"),
    ("CLOSED_ACCOUNTS.PASSWORD_HASH", KEPT_BACK),
    ("CLOSED_ACCOUNTS.PURGE_AT", "/closed_account/purge_at"),
    ("CLOSED_ACCOUNTS.USER_ID", "/account/id"),
    ("EVENT_DETAILS.CALENDAR_ID", "/events/0/calendar_id"),
    ("EVENT_DETAILS.CATEGORIES", "/events/0/categories"),
    ("EVENT_DETAILS.EVENT_ID", "/events/0/id"),
    ("EVENT_DETAILS.NAME", "/events/0/name"),
    ("EVENT_DETAILS.REMINDERS", "/events/0/reminders"),
    ("EVENT_DETAILS.REVISION", "/events/0/revision"),
    ("EVENT_DETAILS.SEQUENCE_NUMBER", "/events/0/sequence"),
    ("EVENT_DETAILS.SHOW_AS", "/events/0/show_as"),
    ("EVENT_DETAILS.STATUS", "/events/0/status"),
    ("EVENT_DETAILS.TIME_ZONE", "/events/0/time_zone"),
    ("EVENT_DETAILS.UID_TEXT", "/events/0/uid"),
    ("EVENT_DETAILS.URL", "/events/0/url"),
    ("EVENT_DETAILS.VISIBILITY", "/events/0/visibility"),
    ("EVENT_EXCEPTIONS.CATEGORIES", "/event_exceptions/0/changes/categories"),
    ("EVENT_EXCEPTIONS.CHANGED", "/event_exceptions/0/changes"),
    ("EVENT_EXCEPTIONS.COLOR", "/event_exceptions/0/changes/color"),
    ("EVENT_EXCEPTIONS.DESCRIPTION", "/event_exceptions/0/changes/description"),
    ("EVENT_EXCEPTIONS.END_AT", "/event_exceptions/0/changes/end_at"),
    ("EVENT_EXCEPTIONS.EVENT_ID", "/event_exceptions/0/event_id"),
    ("EVENT_EXCEPTIONS.FAR_OF", OF_THE_SERVER),
    ("EVENT_EXCEPTIONS.IS_ADDED", "/event_exceptions/0/is_added"),
    ("EVENT_EXCEPTIONS.IS_ALL_DAY", "/event_exceptions/0/changes/is_all_day"),
    ("EVENT_EXCEPTIONS.IS_EXCLUDED", "/event_exceptions/0/is_excluded"),
    ("EVENT_EXCEPTIONS.LOCATION", "/event_exceptions/0/changes/location"),
    ("EVENT_EXCEPTIONS.RECURRENCE_ID", "/event_exceptions/0/occurrence"),
    ("EVENT_EXCEPTIONS.REMINDERS", "/event_exceptions/0/changes/reminders"),
    ("EVENT_EXCEPTIONS.SHOW_AS", "/event_exceptions/0/changes/show_as"),
    ("EVENT_EXCEPTIONS.START_AT", "/event_exceptions/0/changes/start_at"),
    ("EVENT_EXCEPTIONS.STATUS", "/event_exceptions/0/changes/status"),
    ("EVENT_EXCEPTIONS.TITLE", "/event_exceptions/0/changes/title"),
    ("EVENT_EXCEPTIONS.URL", "/event_exceptions/0/changes/url"),
    ("EVENT_EXCEPTIONS.VISIBILITY", "/event_exceptions/0/changes/visibility"),
    ("EVENT_SERIES.BEGINS_AT", "/events/0/series/begins_at"),
    ("EVENT_SERIES.ENDS_AT", "/events/0/series/ends_at"),
    ("EVENT_SERIES.END_AT", "/events/0/series/end_at"),
    ("EVENT_SERIES.EVENT_ID", "/events/0/id"),
    ("EVENT_SERIES.IS_ALL_DAY", "/events/0/series/is_all_day"),
    ("EVENT_SERIES.LAST_START_AT", "/events/0/series/last_start_at"),
    ("EVENT_SERIES.RULE", "/events/0/series/rule"),
    ("EVENT_SERIES.START_AT", "/events/0/series/start_at"),
    ("EVENT_SERIES.TIME_ZONE", "/events/0/series/time_zone"),
    ("EVENT_SERIES.USER_ID", "/account/id"),
    ("LOGIN_FAILURES.EMAIL_SHA256", "/account/email"),
    ("LOGIN_FAILURES.FAILED_AT", "/login_failures/last_at"),
    ("LOGIN_FAILURES.FAILURES", "/login_failures/count"),
    ("SHARES.ACCESS_LEVEL", "/shares/0/access"),
    ("SHARES.CALENDAR_ID", "/shares/0/calendar_id"),
    ("SHARES.COLOR", "/shared_with_me/0/color"),
    ("SHARES.CREATED_AT", "/shares/0/created_at"),
    ("SHARES.EMAIL", "/shares/0/email"),
    ("SHARES.EVENT_ID", "/shared_with_me/0/event_id"),
    ("SHARES.ID", "/shares/0/id"),
    ("SHARES.NAME", "/shared_with_me/0/name"),
    ("SHARES.OWNER_ID", "/shared_with_me/0/owner"),
    ("SHARES.RECEIVER_ID", "/account/id"),
    ("SHARES.REVISION", OF_THE_SERVER),
    ("SHARES.STATE", "/shares/0/state"),
    ("SHARE_OFFERS.BEGAN_AT", OF_THE_SERVER),
    ("SHARE_OFFERS.OFFERS", OF_THE_SERVER),
    ("SHARE_OFFERS.USER_ID", OF_THE_SERVER),
    ("USERS.CREATED_AT", "/account/created_at"),
    ("USERS.EMAIL", "/account/email"),
    ("USERS.ID", "/account/id"),
    ("USERS.NAME", "/account/name"),
    ("USERS.PASSWORD_HASH", KEPT_BACK),
    ("USER_PROFILES.IS_LISTED", "/account/is_listed"),
    ("USER_PROFILES.LOCALE", "/account/locale"),
    ("USER_PROFILES.TIME_ZONE", "/account/time_zone"),
    ("USER_PROFILES.USER_ID", "/account/id"),
    ("USER_PROFILES.WEEK_STARTS_ON", "/account/week_starts_on"),
    ("USER_SESSIONS.ADDRESS", "/sessions/0/address"),
    ("USER_SESSIONS.CREATED_AT", "/sessions/0/created_at"),
    ("USER_SESSIONS.EXPIRES_AT", "/sessions/0/expires_at"),
    ("USER_SESSIONS.ID", "/sessions/0/id"),
    // The second in which it was last used, once more.
    ("USER_SESSIONS.ISSUED_AT", "/sessions/0/last_used_at"),
    ("USER_SESSIONS.KIND", "/sessions/0/kind"),
    ("USER_SESSIONS.LAST_USED_AT", "/sessions/0/last_used_at"),
    ("USER_SESSIONS.REFRESH_JTI", KEPT_BACK),
    ("USER_SESSIONS.REPLACED_JTI", KEPT_BACK),
    ("USER_SESSIONS.USER_ID", "/account/id"),
    ("USER_SESSIONS.USER_AGENT", "/sessions/0/user_agent"),
];

/// Tables of the server's own, in which nobody is named; names of tokens, which are forgotten within the hour after
/// those have expired, among them.
const OTHER_TABLES: [&str; 5] =
    ["PERSONY_DATABASE", "PERSONY_JOBS", "PERSONY_MIGRATIONS", "PERSONY_MIGRATION_LOCK", "REVOKED_TOKENS"];

/// Every column of the schema, as the database's own dictionary has it: `USERS.ID`.
fn dictionary(app: &App) -> BTreeSet<String> {
    let sql = match crate::ENGINE {
        Engine::Embedded => {
            "SELECT T.name || '.' || C.name FROM sqlite_schema T, pragma_table_info(T.name) C \
             WHERE T.type = 'table' AND T.name NOT LIKE 'sqlite%'"
        }
        Engine::Oracle => "SELECT TABLE_NAME || '.' || COLUMN_NAME FROM USER_TAB_COLUMNS",
    };
    app.database.texts(sql).into_iter().collect()
}

/// John, of whom there is something in every table, and a token of his.
fn with_john_in_every_table() -> (App, String) {
    let app = App::start();
    assert_eq!(app.new_user("john@example.com"), 1);
    let (token, refresh_token) = begin_session(&app, "john@example.com");
    let refreshed = app.post("/api/users/refresh", &json!({"refresh_token": refresh_token}));
    assert_eq!(refreshed.status, 200, "{}", refreshed.body);
    let send = |method: &str, path: &str, body: Value| {
        let reply = app.send_as(1, method, path, &body);
        assert!(reply.status < 300, "{}", reply.body);
    };
    let settings = json!({"name": "John", "time_zone": "Europe/Berlin", "locale": "de", "week_starts_on": 6});
    send("PATCH", "/api/users/me", settings);
    let event = json!({
        "title": "Team \"Meeting\"", "description": "Weekly\nsync 🗓", "start_at": "2025-12-06T10:00:00.5+01:00",
        "end_at": "2025-12-07", "location": "Room", "color": "#FF5733", "is_all_day": true,
    });
    send("GET", "/api/calendar/calendars", json!(null));
    send("PATCH", "/api/calendar/calendars/1", json!({"color": "red", "description": "John's \"own\""}));
    send("POST", "/api/calendar/calendars", json!({"name": "Work"}));
    send("POST", "/api/calendar/events", event.clone());
    send("PUT", "/api/calendar/events/1", event);
    let all = json!({
        "status": "tentative", "visibility": "private", "url": "https://example.com/", "time_zone": "Europe/Berlin",
        "categories": ["Work"], "reminders": [{"minutes_before": 5, "method": "email"}],
        "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"],
    });
    send("PATCH", "/api/calendar/events/1", all);
    let own = json!({
        "title": "Own", "description": "own", "start_at": "2025-12-07T08:00:00Z", "end_at": "2025-12-07T09:00:00Z",
        "is_all_day": false, "location": "own", "color": "own", "status": "cancelled", "show_as": "free",
        "visibility": "confidential", "url": "https://example.com/own", "categories": ["Own"],
        "reminders": [{"minutes_before": 0, "method": "audio"}],
    });
    send("PATCH", "/api/calendar/events/1?occurrence=2025-12-07T09:00:00.5Z", own);
    send("PATCH", "/api/calendar/events/1", json!({"show_as": "free"}));
    send("GET", "/api/calendar/calendars/1/changes", json!(null));
    send("POST", "/api/calendar/calendars/1/shares", json!({"email": "jane@example.com", "access": "busy"}));
    let jane = app.new_user("jane@example.com");
    let hers = app.new_event(jane, "Jane's", "2025-12-06");
    app.database.execute(&format!(
        "INSERT INTO SHARES (OWNER_ID, EVENT_ID, RECEIVER_ID, STATE, ACCESS_LEVEL, NAME, COLOR) \
         VALUES ({jane}, {hers}, 1, 'accepted', 'read', 'Ours', 'red')"
    ));
    assert_eq!(app.log_in("john@example.com", "wrong password").status, 401);
    let (now, address) = ("CURRENT_TIMESTAMP", "'192.0.2.1'");
    let session = app.database.texts("SELECT ID FROM USER_SESSIONS").remove(0);
    app.database.execute_all(&[
        format!(
            "INSERT INTO CLOSED_ACCOUNTS (USER_ID, PASSWORD_HASH, DEACTIVATED_AT, ERASED_AT, PURGE_AT) \
             VALUES (1, 'the hash of a closed account', {now}, {now}, {now})"
        ),
        // Older than what the requests have written.
        format!(
            "INSERT INTO AUDIT_LOG (ID, USER_ID, ACTED_AT, ACT, ACTOR, ADDRESS, SESSION_ID, SUBJECT) VALUES \
             ('00000000-0000-4000-8000-000000000000', 1, {}, 'email_changed', 'user', {address}, '{session}', \
             'johnny@example.com')",
            app.database.seconds_ago(3600)
        ),
    ]);
    (app, token)
}

#[test]
fn every_column_of_the_dictionary_is_in_the_document_or_known_to_be_kept_back() {
    let (app, token) = with_john_in_every_table();
    let mut columns = dictionary(&app);
    columns.retain(|column| !OTHER_TABLES.contains(&column.split('.').next().unwrap()));
    assert_eq!(columns, COLUMNS.iter().map(|(column, _)| (*column).to_owned()).collect());
    let document = exported(&app, &token);
    for (column, place) in COLUMNS.iter().filter(|(_, place)| ![KEPT_BACK, OF_THE_SERVER].contains(place)) {
        let value = document.pointer(place);
        assert!(value.is_some_and(|value| !value.is_null()), "{column} is not at {place}: {document:#}");
    }
}

#[test]
fn no_secret_is_in_the_document() {
    let (app, token) = with_john_in_every_table();
    let document = export(&app, &token).body;
    for (column, _) in COLUMNS.iter().filter(|(_, place)| *place == KEPT_BACK) {
        let (table, column) = column.split_once('.').unwrap();
        let values = app.database.texts(&format!("SELECT {column} FROM {table}"));
        assert!(!values.is_empty() && values.iter().all(|value| !value.is_empty()), "{table}.{column}");
        assert!(values.iter().all(|value| !document.contains(value)), "{table}.{column}: {document}");
    }
    assert!(!document.contains(&token));
}

#[test]
fn it_is_what_the_routes_show_and_what_none_shows() {
    let (app, token) = with_john_in_every_table();
    let document = exported(&app, &token);
    let members: Vec<_> = document.as_object().unwrap().keys().map(String::as_str).collect();
    let wanted = [
        "account",
        "activity",
        "calendars",
        "closed_account",
        "event_exceptions",
        "events",
        "exported_at",
        "login_failures",
        "sessions",
        "shared_with_me",
        "shares",
    ];
    assert_eq!(members, wanted);
    assert_eq!(document["account"], get(&app, "/api/users/me", &token).json());
    let mut sessions = get(&app, "/api/users/me/sessions", &token).json();
    let shown = sessions[0].as_object_mut().unwrap();
    assert_eq!(shown.remove("is_current"), Some(json!(true)));
    shown.insert("expires_at".into(), document["sessions"][0]["expires_at"].clone());
    assert_eq!(document["sessions"], sessions);
    let mut calendars = get(&app, "/api/calendar/calendars", &token).json();
    for (index, calendar) in calendars.as_array_mut().unwrap().iter_mut().enumerate() {
        assert!(calendar.as_object_mut().unwrap().remove("token").is_some(), "it is the server's own");
        for at in ["created_at", "updated_at"] {
            calendar[at] = document["calendars"][index][at].clone();
        }
        assert!(calendar["created_at"].is_string() && calendar["updated_at"].is_string() == (index == 0));
    }
    assert_eq!((calendars.as_array().unwrap().len(), &document["calendars"]), (2, &calendars));
    let mut events = get(&app, "/api/calendar/events", &token).json();
    // The documented list has eight members of them.
    let exported = document["events"][0].as_object().unwrap();
    let listed = events[0].as_object_mut().unwrap();
    for (member, value) in exported {
        listed.entry(member).or_insert_with(|| value.clone());
    }
    assert_eq!(document["events"], events);
    let mut shares = get(&app, "/api/calendar/calendars/1/shares", &token).json();
    for member in ["calendar_id", "event_id", "owner", "name", "color", "created_at"] {
        shares[0][member] = document["shares"][0][member].clone();
    }
    assert_eq!(document["shares"], shares);
    assert_eq!(document["shared_with_me"][0]["owner"], "jane@example.com");
    assert_eq!(document["shared_with_me"][0]["email"], Value::Null);
    assert_eq!(document["login_failures"]["count"], 1);
    let activity = &document["activity"];
    assert_eq!(activity[0]["act"], "email_changed");
    assert_eq!(activity[0]["subject"], "johnny@example.com");
    let last = &activity[activity.as_array().unwrap().len() - 1];
    assert_eq!(
        (&last["act"], &last["actor"], &last["session_id"]),
        (&json!("exported"), &json!("user"), &sessions[0]["id"]),
        "it tells of itself"
    );
}

#[test]
fn of_somebody_without_anything_it_is_whole_and_short() {
    let app = App::start();
    app.new_user("jane@example.com");
    let john = app.new_user("john@example.com");
    app.new_event(john, "Somebody else's", "2025-12-06");
    assert_eq!(app.log_in("john@example.com", "wrong password").status, 401);
    let token = log_in(&app, "jane@example.com");
    let reply = export(&app, &token);
    assert_eq!(reply.header("content-type").as_deref(), Some("application/json"));
    assert_eq!(reply.header("cache-control").as_deref(), Some("no-store"));
    let disposition = reply.header("content-disposition");
    assert_eq!(disposition.as_deref(), Some(r#"attachment; filename="persony-export.json""#));
    let mut document = reply.json();
    let document = document.as_object_mut().unwrap();
    assert!(document.remove("exported_at").is_some() && document.remove("account").is_some());
    let activity = document.remove("activity").unwrap();
    assert!(activity.as_array().unwrap().iter().any(|entry| entry["act"] == "exported"), "{activity}");
    assert_eq!(
        Value::from_iter(document.clone()),
        json!({"closed_account": null, "login_failures": null, "sessions": [], "calendars": [], "events": [], "event_exceptions": [], "shares": [], "shared_with_me": []})
    );
}

#[test]
fn a_person_who_is_gone_gets_a_401_and_leaves_nothing_behind() {
    let app = App::start();
    let user = app.new_user("john@example.com");
    let token = log_in(&app, "john@example.com");
    app.database.execute(&format!("DELETE FROM USERS WHERE ID = {user}"));
    export(&app, &token).is_error(401, &[("authorization", "User not found")]);
    app.send("GET", super::EXPORT, &[], b"")
        .is_error(401, &[("authorization", "Missing Authorization Header")]);
}
