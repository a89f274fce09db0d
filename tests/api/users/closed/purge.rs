use serde_json::json;

use super::super::{begin, with_token};
use super::close;
use crate::api::jobs::{PURGE, persony};
use crate::api::support::database::event_row;
use crate::api::support::{App, Engine};

const JOHN: &str = "john@example.com";
const JANE: &str = "jane@example.com";

/// A column, as `TABLE.COLUMN`, of all tables of the account.
fn columns(app: &App, of_texts: bool) -> Vec<(String, String)> {
    let found = app.database.texts(match (crate::ENGINE, of_texts) {
        (Engine::Embedded, true) => {
            "SELECT M.NAME || '.' || P.NAME FROM sqlite_schema M JOIN pragma_table_info(M.NAME) P \
             WHERE M.TYPE = 'table' AND P.TYPE = 'TEXT'"
        }
        (Engine::Embedded, false) => {
            "SELECT M.NAME || '.' || P.NAME FROM sqlite_schema M JOIN pragma_table_info(M.NAME) P \
             WHERE M.TYPE = 'table' AND P.NAME IN ('USER_ID', 'OWNER_ID', 'RECEIVER_ID')"
        }
        (Engine::Oracle, true) => {
            "SELECT TABLE_NAME || '.' || COLUMN_NAME FROM USER_TAB_COLUMNS WHERE DATA_TYPE = 'VARCHAR2'"
        }
        (Engine::Oracle, false) => {
            "SELECT TABLE_NAME || '.' || COLUMN_NAME FROM USER_TAB_COLUMNS \
             WHERE COLUMN_NAME IN ('USER_ID', 'OWNER_ID', 'RECEIVER_ID')"
        }
    });
    let split = |name: String| {
        let (table, column) = name.split_once('.').unwrap();
        (table.to_owned(), column.to_owned())
    };
    found.into_iter().map(split).collect()
}

fn rows(app: &App, table: &str, column: &str, value: &str) -> u64 {
    app.database.texts(&format!("SELECT COUNT(*) FROM {table} WHERE {column} = {value}"))[0].parse().unwrap()
}

/// What can stand beside an event of the calendar that the person has.
fn beside_event(user: i64, event: i64) -> [String; 2] {
    let at = "CURRENT_TIMESTAMP";
    [
        format!(
            "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) \
             SELECT {event}, ID, 'uid', 'name' FROM CALENDARS WHERE USER_ID = {user}"
        ),
        format!(
            "INSERT INTO EVENT_SERIES (EVENT_ID, USER_ID, TIME_ZONE, START_AT, END_AT, IS_ALL_DAY, BEGINS_AT) \
             VALUES ({event}, {user}, 'UTC', {at}, {at}, 0, {at})"
        ),
    ]
}

/// Every row of theirs, by the columns of the dictionary: of a table that is still to come, too.
#[test]
fn nothing_of_the_person_is_left_in_any_table_and_all_of_others_is() {
    let app = App::start();
    let (john, jane) = (app.new_user(JOHN), app.new_user(JANE));
    let mut texts = vec![JOHN.to_owned(), "Of John".into(), "Berlin, John's".into()];
    for (user, email) in [(john, JOHN), (jane, JANE)] {
        let settings = json!({"name": "Of John", "time_zone": "Europe/Berlin"});
        assert_eq!(app.send_as(user, "PATCH", "/api/users/me", &settings).status, 200);
        let event = json!({"title": "Berlin, John's", "start_at": "2025-12-06", "end_at": "2025-12-06"});
        let created = app.create_event(user, &event);
        assert_eq!(created.status, 201);
        let calendar = json!({"name": "Berlin, John's", "description": "Of John"});
        let made = app.send_as(user, "POST", "/api/calendar/calendars", &calendar);
        assert_eq!(made.status, 201);
        let shares = format!("/api/calendar/calendars/{}/shares", made.json()["id"]);
        let offer = json!({"email": if user == john { JANE } else { JOHN }, "access": "read"});
        assert_eq!(app.send_as(user, "POST", &shares, &offer).status, 201);
        app.database.execute_all(&beside_event(user, created.json()["id"].as_i64().unwrap()));
        let login = begin(&app, email, "password");
        let (logins, ended) = (begin(&app, email, "password"), "/api/users/me/sessions");
        assert_eq!(with_token(&app, &login, "DELETE", ended, &json!(null)).status, 200);
        drop(logins);
        close(&app, user, "ERASED_AT");
        // What is counted against an address is by its SHA-256.
        app.log_in(email, "wrong password").is_error(401, &[("email", "Invalid credentials")]);
    }
    for (owner, receiver) in [(john, jane), (jane, john), (jane, jane)] {
        app.database.execute(&format!(
            "INSERT INTO SHARES (OWNER_ID, RECEIVER_ID, STATE, ACCESS_LEVEL) \
             VALUES ({owner}, {receiver}, 'accepted', 'read')"
        ));
    }
    texts.extend(app.database.texts(&format!("SELECT ID FROM USER_SESSIONS WHERE USER_ID = {john}")));
    texts.extend(
        app.database.texts(&format!("SELECT PASSWORD_HASH FROM CLOSED_ACCOUNTS WHERE USER_ID = {john}")),
    );
    texts.push("855f96e983f1f8e8be944692b6f719fd54329826cb62e98015efee8e2e071dd4".into());
    let of_users = columns(&app, false);
    assert!(of_users.len() >= 5, "{of_users:?}");
    for (table, column) in &of_users {
        assert!(
            rows(&app, table, column, &john.to_string()) > 0,
            "no row of John's in {table}: put one there"
        );
    }
    let of_texts = columns(&app, true);
    let seen = |text: &str| {
        let value = format!("'{}'", text.replace('\'', "''"));
        of_texts
            .iter()
            .filter(|(table, column)| rows(&app, table, column, &value) > 0)
            .cloned()
            .collect::<Vec<_>>()
    };
    for text in &texts {
        assert_ne!(seen(text), [], "{text} is nowhere");
    }
    let (past, ahead) =
        (app.database.seconds_ago(1), app.database.time(chrono::Utc::now() + chrono::TimeDelta::hours(1)));
    app.database.execute(&format!("UPDATE CLOSED_ACCOUNTS SET PURGE_AT = {past} WHERE USER_ID = {john}"));
    app.database.execute(&format!("UPDATE CLOSED_ACCOUNTS SET PURGE_AT = {ahead} WHERE USER_ID = {jane}"));
    // What the two have in common is Jane's then.
    app.database.execute(&format!("UPDATE USERS SET NAME = 'Of Jane' WHERE ID = {jane}"));
    app.database.execute(&format!("UPDATE CALENDAR_EVENTS SET TITLE = 'Of Jane' WHERE USER_ID = {jane}"));
    app.database.execute(&format!(
        "UPDATE CALENDARS SET NAME = 'Of Jane', DESCRIPTION = 'Of Jane' WHERE USER_ID = {jane}"
    ));
    let (said, log, code) = persony(&*app.database, &["jobs", "run", PURGE]);
    assert_eq!(code, Some(0), "{said}{log}");
    for (table, column) in &of_users {
        assert_eq!(rows(&app, table, column, &john.to_string()), 0, "{table}");
        assert!(rows(&app, table, column, &jane.to_string()) > 0, "{table}");
    }
    for text in &texts {
        assert_eq!(seen(text), [], "{text}");
    }
    assert_eq!(app.database.texts("SELECT ID FROM USERS"), [jane.to_string()]);
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM LOGIN_FAILURES"), ["1"]);
    // The address is free.
    app.new_user(JOHN);
}

#[test]
fn an_account_of_thousands_of_events_goes_whole() {
    let app = App::start();
    let john = app.new_user(JOHN);
    let events: Vec<_> = (0..2500).map(|number| event_row(john, &number.to_string())).collect();
    app.database.execute_all(&events);
    close(&app, john, "ERASED_AT");
    app.database.execute(&format!("UPDATE CLOSED_ACCOUNTS SET PURGE_AT = {}", app.database.seconds_ago(1)));
    let (said, log, code) = persony(&*app.database, &["jobs", "run", PURGE]);
    assert_eq!((said.as_str(), code), ("purge_accounts: ok, 2501 rows\n", Some(0)), "{log}");
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM CALENDAR_EVENTS"), ["0"]);
}

#[test]
fn one_that_another_programs_table_holds_keeps_no_other_waiting() {
    let app = App::start();
    let (john, jane) = (app.new_user(JOHN), app.new_user(JANE));
    let key = if crate::ENGINE == Engine::Oracle { "NUMBER" } else { "INTEGER" };
    app.database.execute(&format!("CREATE TABLE KEEPS (KEPT {key} REFERENCES USERS (ID))"));
    app.database.execute(&format!("INSERT INTO KEEPS (KEPT) VALUES ({john})"));
    assert_eq!(
        app.create_event(john, &json!({"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06"}))
            .status,
        201
    );
    for user in [john, jane] {
        close(&app, user, "ERASED_AT");
    }
    app.database.execute(&format!("UPDATE CLOSED_ACCOUNTS SET PURGE_AT = {}", app.database.seconds_ago(1)));
    let (said, log, code) = persony(&*app.database, &["jobs", "run", PURGE]);
    assert!(said.starts_with("purge_accounts: FAILED: ") && code == Some(1), "{said}{log}");
    assert_eq!(app.database.texts("SELECT ID FROM USERS"), [john.to_string()]);
    // Of what it holds, all or nothing.
    assert_eq!(app.database.texts("SELECT COUNT(*) FROM CALENDAR_EVENTS"), ["1"]);
    app.database.execute("DELETE FROM KEEPS");
    let (said, log, code) = persony(&*app.database, &["jobs", "run", PURGE]);
    assert_eq!((said.as_str(), code), ("purge_accounts: ok, 2 rows\n", Some(0)), "{log}");
}
