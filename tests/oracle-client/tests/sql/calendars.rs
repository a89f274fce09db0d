//! The application's tables for calendars, as its own files make them.

use oracle_client_stand_in::value::{Timestamp, Value};

use crate::harness::{File, Session, number, text, time};

const SCHEMA: &str = include_str!("../../../../db/schema.sql");
const CALENDARS: &str = include_str!("../../../../db/migrations/0009_calendars.oracle.sql");

/// The statements of a script, which end with a semicolon at the end of a line.
fn statements(script: &str) -> Vec<String> {
    let lines = script.lines().filter(|line| !line.trim_start().starts_with("--"));
    let code: Vec<&str> = lines.collect();
    let code = code.join("\n") + "\n";
    code.split(";\n").map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

fn migrated(file: &File) -> Session {
    let mut session = file.application();
    for sql in statements(SCHEMA).into_iter().chain(statements(CALENDARS)) {
        session.run(&sql);
    }
    session
}

/// Two users, of whom John has two calendars, four events, and a series with an exception.
fn filled(file: &File) -> Session {
    let mut session = migrated(file);
    for sql in [
        "INSERT INTO PERSONY_DATABASE (ID, NAME) VALUES (1, 'f3b1')",
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('john@example.com', 'x')",
        "INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES ('jane@example.com', 'x')",
        "INSERT INTO CALENDARS (USER_ID, DEFAULT_OF, NAME) VALUES (1, 1, 'Home')",
        "INSERT INTO CALENDARS (USER_ID, NAME, COLOR) VALUES (1, 'Work', '#00f')",
        "INSERT INTO CALENDARS (USER_ID, NAME) VALUES (2, 'Jane''s')",
        "INSERT INTO CALENDAR_LEDGERS (CALENDAR_ID) SELECT ID FROM CALENDARS",
    ] {
        session.run(sql);
    }
    let add = "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) VALUES (1, :title, :a, :b)";
    for (title, start, end) in [
        ("Plain", time(2025, 6, 1, 9), time(2025, 6, 1, 10)),
        ("Café", Timestamp { offset: 120, ..time(2025, 6, 2, 9) }, time(2025, 6, 2, 8)),
        ("Long", time(2025, 1, 1, 0), time(2025, 12, 31, 0)),
        ("Weekly", time(2025, 6, 3, 9), time(2025, 6, 3, 10)),
    ] {
        let binds = [("TITLE", text(title)), ("A", Value::Timestamp(start)), ("B", Value::Timestamp(end))];
        session.with(add, &binds);
    }
    for sql in [
        "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME, STATUS) VALUES (2, 2, 'u2', 'n2', 'tentative')",
        "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) VALUES (4, 2, 'u4', 'n4')",
        "INSERT INTO EVENT_SERIES (EVENT_ID, USER_ID, RULE, TIME_ZONE, START_AT, END_AT, IS_ALL_DAY, BEGINS_AT) \
         SELECT ID, USER_ID, 'FREQ=WEEKLY', 'Europe/Berlin', START_AT, END_AT, COALESCE(IS_ALL_DAY, 0), START_AT \
         FROM CALENDAR_EVENTS WHERE TITLE = 'Weekly'",
        "INSERT INTO EVENT_EXCEPTIONS (EVENT_ID, RECURRENCE_ID, IS_ADDED, IS_EXCLUDED, CHANGED, TITLE) \
         VALUES (4, 1749546000000000, 0, 0, 1, 'Moved')",
        "INSERT INTO EVENT_EXCEPTIONS (EVENT_ID, RECURRENCE_ID, FAR_OF, IS_ADDED, IS_EXCLUDED, CHANGED) \
         VALUES (4, 1750150800000000, 4, 0, 1, 0)",
        "INSERT INTO CALENDAR_CHANGES (CALENDAR_ID, EVENT_ID, CHANGE_NUMBER, REVISION) VALUES (2, 4, 1, 1)",
    ] {
        assert_eq!(session.changed(sql), 1, "{sql}");
    }
    session.database.commit().unwrap();
    session
}

#[test]
fn the_scripts_run_as_they_are() {
    let file = File::new();
    let mut session = migrated(&file);
    assert_eq!(
        session.lines("SELECT table_name FROM user_tables ORDER BY 1").join(" "),
        "CALENDARS CALENDAR_CHANGES CALENDAR_EVENTS CALENDAR_LEDGERS EVENT_DETAILS EVENT_EXCEPTIONS EVENT_SERIES \
         PERSONY_DATABASE USERS"
    );
    let sql =
        "SELECT column_expression FROM user_ind_expressions WHERE index_name = 'IDX_CAL_EVENTS_USER_LENGTH'";
    assert_eq!(session.lines(sql), ["\"END_AT\"-\"START_AT\""]);
}

#[test]
fn the_tables_refuse_what_oracle_would_refuse() {
    let file = File::new();
    let mut session = filled(&file);
    let series =
        "INSERT INTO EVENT_EXCEPTIONS (EVENT_ID, RECURRENCE_ID, IS_ADDED, IS_EXCLUDED, CHANGED) VALUES";
    for (sql, code) in [
        ("INSERT INTO PERSONY_DATABASE (ID, NAME) VALUES (2, 'other')".to_owned(), 2290),
        ("INSERT INTO PERSONY_DATABASE (ID, NAME) VALUES (1, 'other')".to_owned(), 1),
        ("INSERT INTO CALENDARS (USER_ID, DEFAULT_OF, NAME) VALUES (1, 1, 'Other')".to_owned(), 1),
        ("INSERT INTO CALENDARS (USER_ID, NAME) VALUES (9, 'Nobody''s')".to_owned(), 2291),
        (
            "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) VALUES (1, 2, 'u2', 'n')"
                .to_owned(),
            1,
        ),
        (
            "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) VALUES (1, 2, 'u', 'n2')"
                .to_owned(),
            1,
        ),
        (
            "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) VALUES (9, 2, 'u', 'n')"
                .to_owned(),
            2291,
        ),
        ("DELETE FROM CALENDARS WHERE ID = 2".to_owned(), 2292),
        (format!("{series} (4, 1749546000000000, 0, 0, 0)"), 1),
        (format!("{series} (1, 1749546000000000, 0, 0, 0)"), 2291),
        (format!("{series} (4, 1234567890123456789, 0, 0, 0)"), 1438),
        (format!("{series} (4, 1, 10, 0, 0)"), 1438),
        (format!("{series} (4, 1, NULL, 0, 0)"), 1400),
        (format!("{series} (4, NULL, 0, 0, 0)"), 1400),
    ] {
        let error = session.error(&sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
    assert_eq!(session.changed(&format!("{series} (4, 999999999999999999, 0, 0, 999999999)")), 1);
    // NULLs are no duplicates of one another.
    session.run("INSERT INTO CALENDARS (USER_ID, NAME) VALUES (1, 'Third')");
    assert_eq!(session.lines("SELECT COUNT(*) FROM CALENDARS WHERE DEFAULT_OF IS NULL"), ["3"]);
}

#[test]
fn a_deletion_goes_down_the_chains_of_keys() {
    let file = File::new();
    let mut session = filled(&file);
    let count = |session: &mut Session, table: &str| {
        session.lines(&format!("SELECT COUNT(*) FROM {table}")).remove(0)
    };
    assert_eq!(session.changed("DELETE FROM CALENDAR_EVENTS WHERE ID = 4"), 1);
    for (table, left) in
        [("EVENT_DETAILS", "1"), ("EVENT_SERIES", "0"), ("EVENT_EXCEPTIONS", "0"), ("CALENDAR_CHANGES", "1")]
    {
        assert_eq!(count(&mut session, table), left, "{table}");
    }
    session.database.rollback().unwrap();
    assert_eq!(count(&mut session, "EVENT_EXCEPTIONS"), "2");
    session.run("DELETE FROM CALENDAR_EVENTS WHERE USER_ID = 1");
    session.run("DELETE FROM USERS WHERE ID = 1");
    for (table, left) in
        [("CALENDARS", "1"), ("CALENDAR_LEDGERS", "1"), ("CALENDAR_CHANGES", "0"), ("EVENT_DETAILS", "0")]
    {
        assert_eq!(count(&mut session, table), left, "{table}");
    }
}

const IN_RANGE: &str = "SELECT E.ID, E.TITLE, COALESCE(C.ID, M.ID) AS CALENDAR_ID, \
    CASE WHEN S.EVENT_ID IS NULL THEN 0 ELSE 1 END AS REPEATS, NVL(D.STATUS, 'confirmed') \
    FROM CALENDAR_EVENTS E \
    LEFT JOIN EVENT_DETAILS D ON D.EVENT_ID = E.ID \
    LEFT JOIN CALENDARS C ON C.ID = D.CALENDAR_ID AND (C.USER_ID = :user_id OR C.USER_ID IS NULL) \
    LEFT JOIN CALENDARS M ON D.EVENT_ID IS NULL AND M.DEFAULT_OF = E.USER_ID \
    LEFT JOIN EVENT_SERIES S ON S.EVENT_ID = E.ID AND (S.ENDS_AT IS NULL OR S.ENDS_AT > :first_at) \
    WHERE E.USER_ID = :user_id AND E.ID IN ( \
        SELECT ID FROM CALENDAR_EVENTS WHERE USER_ID = :user_id AND START_AT < :last_at \
            AND START_AT > :first_at - NUMTODSINTERVAL(31, 'DAY') AND END_AT > :first_at \
        UNION ALL SELECT ID FROM CALENDAR_EVENTS WHERE USER_ID = :user_id AND END_AT > :first_at \
            AND START_AT < :last_at AND END_AT - START_AT > NUMTODSINTERVAL(31, 'DAY') \
        UNION ALL SELECT EVENT_ID FROM EVENT_SERIES WHERE USER_ID = :user_id AND BEGINS_AT < :last_at \
            AND (ENDS_AT > :first_at OR ENDS_AT IS NULL)) \
    ORDER BY E.START_AT, E.ID FETCH FIRST :most ROWS ONLY";

#[test]
fn a_range_is_found_with_what_the_events_have() {
    let file = File::new();
    let mut session = filled(&file);
    let binds = |first, last, most| {
        [
            ("USER_ID", number(1)),
            ("FIRST_AT", Value::Timestamp(first)),
            ("LAST_AT", Value::Timestamp(last)),
            ("MOST", number(most)),
        ]
    };
    assert_eq!(
        session.lines_with(IN_RANGE, &binds(time(2025, 6, 1, 0), time(2025, 6, 3, 0), 10)),
        ["3|Long|1|0|confirmed", "1|Plain|1|0|confirmed", "2|Café|2|0|tentative"]
    );
    assert_eq!(
        session.lines_with(IN_RANGE, &binds(time(2025, 8, 1, 0), time(2025, 8, 9, 0), 10)),
        ["3|Long|1|0|confirmed", "4|Weekly|2|1|confirmed"]
    );
    assert_eq!(
        session.lines_with(IN_RANGE, &binds(time(2024, 8, 1, 0), time(2026, 8, 9, 0), 2)),
        ["3|Long|1|0|confirmed", "1|Plain|1|0|confirmed"]
    );
}
