//! Indexes on expressions, and the lengths of time that one of them is for.

use oracle_client_stand_in::value::{Timestamp, Value};

use crate::harness::{File, Session, number, text, time};
use crate::schema;

const LENGTH: &str = "CREATE INDEX idx_length ON calendar_events (user_id, end_at - start_at)";

fn events(file: &File) -> Session {
    let mut session = file.application();
    schema::create(&mut session);
    schema::add_user(&mut session, "john@example.com");
    session
}

fn add(session: &mut Session, title: &str, start: Timestamp, end: Timestamp) {
    let sql = "INSERT INTO calendar_events (user_id, title, start_at, end_at) VALUES (1, :title, :a, :b)";
    let binds = [("TITLE", text(title)), ("A", Value::Timestamp(start)), ("B", Value::Timestamp(end))];
    session.with(sql, &binds);
}

#[test]
fn lengths_of_time_are_indexed_and_compared() {
    let file = File::new();
    let mut session = events(&file);
    let noon = time(2025, 6, 1, 12);
    add(&mut session, "before the index", noon, time(2025, 7, 3, 12));
    session.run(LENGTH);
    add(&mut session, "hour", noon, time(2025, 6, 1, 13));
    add(&mut session, "31 days", noon, time(2025, 7, 2, 12));
    // An hour less than its local times have, and a second more.
    let west = Timestamp { offset: -60, ..time(2025, 7, 2, 11) };
    add(&mut session, "31 days elsewhere", noon, west);
    add(&mut session, "a second more", noon, Timestamp { second: 1, ..west });
    add(&mut session, "all of time", time(1, 1, 1, 0), time(9999, 12, 31, 23));
    add(&mut session, "backwards", noon, time(2025, 6, 1, 11));
    let long = "SELECT title FROM calendar_events WHERE user_id = :u AND end_at - start_at > \
                NUMTODSINTERVAL(:days, 'DAY') ORDER BY id";
    let days = |days: Value| [("U", number(1)), ("DAYS", days)];
    let longer = ["before the index", "a second more", "all of time"];
    assert_eq!(session.lines_with(long, &days(number(31))), longer);
    assert_eq!(session.lines_with(long, &days(text("31"))), longer);
    assert_eq!(session.lines_with(long, &days(Value::Number("31.5".into()))), [longer[0], longer[2]]);
    assert_eq!(session.lines_with(long, &days(number(3_652_058))), ["all of time"]);
    assert_eq!(session.lines_with(long, &days(number(3_652_059))), [""; 0]);
    assert_eq!(session.lines_with(long, &days(Value::Null)), [""; 0]);
    assert_eq!(session.error_with(long, &days(number(1_000_000_000))).code, 1873);
    for (condition, expected) in [
        ("end_at - start_at > NUMTODSINTERVAL(31, 'DAY')", 3),
        ("NUMTODSINTERVAL(31, 'DAY') < end_at - start_at", 3),
        ("end_at - start_at <= NUMTODSINTERVAL(31, 'DAY')", 4),
        ("end_at - start_at = NUMTODSINTERVAL(31 * 24, 'HOUR')", 2),
        ("end_at - start_at = INTERVAL '31' DAY", 2),
        ("end_at - start_at BETWEEN INTERVAL '60' MINUTE AND NUMTODSINTERVAL(31, 'DAY')", 3),
        ("end_at - start_at < INTERVAL '0' SECOND", 1),
        ("-(end_at - start_at) = NUMTODSINTERVAL(1, 'HOUR')", 1),
        ("end_at - start_at - INTERVAL '1' DAY + INTERVAL '2' DAY > NUMTODSINTERVAL(32, 'DAY')", 3),
        ("start_at + (end_at - start_at) = end_at", 7),
        ("end_at - (end_at - start_at) = start_at", 7),
        ("end_at - start_at IS NULL", 0),
    ] {
        let sql = format!("SELECT COUNT(*) FROM calendar_events WHERE {condition}");
        assert_eq!(session.lines(&sql), [expected.to_string()], "{condition}");
    }
    let sql = "SELECT e.title FROM calendar_events e JOIN (SELECT user_id, MAX(end_at - start_at) longest \
               FROM calendar_events GROUP BY user_id) m ON m.user_id = e.user_id AND e.end_at - e.start_at = m.longest";
    assert_eq!(session.lines(sql), ["all of time"]);
    let sql = "SELECT title FROM calendar_events ORDER BY end_at - start_at DESC, id FETCH FIRST 2 ROWS ONLY";
    assert_eq!(session.lines(sql), ["all of time", "before the index"]);
    session.run(
        "UPDATE calendar_events SET end_at = start_at + NUMTODSINTERVAL(40, 'DAY') WHERE title = 'hour'",
    );
    assert_eq!(session.lines_with(long, &days(number(39))), ["hour", "all of time"]);
    for (sql, code) in [
        ("SELECT id FROM calendar_events WHERE end_at - start_at > 31", 932),
        ("SELECT id FROM calendar_events WHERE end_at - start_at > start_at", 932),
        ("SELECT id FROM calendar_events WHERE start_at > NUMTODSINTERVAL(1, 'DAY')", 932),
        ("SELECT end_at - start_at FROM calendar_events", 3001),
    ] {
        assert_eq!(session.error(sql).code, code, "{sql}");
    }
}

#[test]
fn an_index_on_an_expression_can_be_unique() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (id NUMBER, name VARCHAR2(10))");
    session.run("CREATE UNIQUE INDEX ix ON t (LOWER(name))");
    session.run("CREATE UNIQUE INDEX iy ON t (id, UPPER(name) DESC)");
    for (id, name) in [("1", "'a'"), ("2", "NULL"), ("3", "NULL"), ("NULL", "NULL"), ("NULL", "NULL")] {
        session.run(&format!("INSERT INTO t VALUES ({id}, {name})"));
    }
    assert_eq!(
        session.error("INSERT INTO t VALUES (9, 'A')").message,
        "ORA-00001: unique constraint (APP.IX) violated"
    );
    assert_eq!(
        session.error("INSERT INTO t VALUES (2, NULL)").message,
        "ORA-00001: unique constraint (APP.IY) violated"
    );
    session.run("CREATE TABLE u (id NUMBER NOT NULL, name VARCHAR2(10))");
    session.run("CREATE UNIQUE INDEX iu ON u (id, LOWER(name))");
    session.run("INSERT INTO u VALUES (1, NULL)");
    assert_eq!(session.error("INSERT INTO u VALUES (1, NULL)").code, 1);
    // The key moves on all rows at once.
    session.run("INSERT INTO t VALUES (4, 'b')");
    assert_eq!(
        session
            .changed("UPDATE t SET name = CASE name WHEN 'a' THEN 'B' ELSE 'A' END WHERE name IS NOT NULL"),
        2
    );
    assert_eq!(session.error("CREATE UNIQUE INDEX iz ON t (NVL(name, 'x'))").code, 1452);
}

#[test]
fn the_dictionary_shows_expressions_as_hidden_columns() {
    let file = File::new();
    let mut session = events(&file);
    session.run(LENGTH);
    session.run("CREATE INDEX idx_odd ON calendar_events (LOWER(title), (is_all_day + 1) * 2 - -user_id, color || 'it''s' DESC, id - (user_id - 1))");
    let sql = "SELECT c.column_position, c.column_name, c.descend, e.column_expression, i.index_type FROM user_indexes i \
               JOIN user_ind_columns c ON c.index_name = i.index_name LEFT JOIN user_ind_expressions e \
               ON e.index_name = c.index_name AND e.column_position = c.column_position \
               WHERE i.index_name = :name ORDER BY 1";
    assert_eq!(
        session.lines_with(sql, &[("NAME", text("IDX_LENGTH"))]),
        [
            "1|USER_ID|ASC|NULL|FUNCTION-BASED NORMAL",
            "2|SYS_NC00013$|ASC|\"END_AT\"-\"START_AT\"|FUNCTION-BASED NORMAL"
        ]
    );
    assert_eq!(
        session.lines_with(sql, &[("NAME", text("IDX_ODD"))]),
        [
            "1|SYS_NC00014$|ASC|LOWER(\"TITLE\")|FUNCTION-BASED NORMAL",
            "2|SYS_NC00015$|ASC|(\"IS_ALL_DAY\"+1)*2-(-\"USER_ID\")|FUNCTION-BASED NORMAL",
            "3|SYS_NC00016$|DESC|\"COLOR\"||'it''s'|FUNCTION-BASED NORMAL",
            "4|SYS_NC00017$|ASC|\"ID\"-(\"USER_ID\"-1)|FUNCTION-BASED NORMAL",
        ]
    );
    session.run("DROP INDEX idx_length");
    session.run(LENGTH);
}

#[test]
fn expressions_that_are_no_index_are_refused() {
    let file = File::new();
    let mut session = events(&file);
    session.run("CREATE TABLE t (id NUMBER, body CLOB, at TIMESTAMP WITH TIME ZONE)");
    session.run(LENGTH);
    for (sql, code) in [
        (LENGTH, 955),
        ("CREATE INDEX i ON calendar_events (user_id, end_at-start_at)", 1408),
        ("CREATE INDEX i ON calendar_events (end_at - begin_at)", 904),
        ("CREATE INDEX i ON calendar_events (calendar_events.user_id)", 1748),
        ("CREATE INDEX i ON calendar_events (end_at - calendar_events.start_at)", 1748),
        ("CREATE INDEX i ON calendar_events (end_at - SYSTIMESTAMP)", 1743),
        ("CREATE INDEX i ON calendar_events (CURRENT_TIMESTAMP - end_at)", 1743),
        ("CREATE INDEX i ON calendar_events (USER || title)", 1743),
        ("CREATE INDEX i ON calendar_events (title + start_at)", 932),
        ("CREATE INDEX i ON calendar_events (MAX(id))", 934),
        ("CREATE INDEX i ON calendar_events (NOWHERE(id))", 904),
        ("CREATE INDEX i ON calendar_events (end_at - )", 936),
        ("CREATE INDEX i ON calendar_events (end_at - start_at", 907),
        ("CREATE INDEX i ON calendar_events (id > 1)", 907),
        ("CREATE INDEX i ON calendar_events (id, id)", 957),
        ("CREATE INDEX i ON t (NVL(body, body))", 2327),
        ("CREATE INDEX i ON t (NVL(at, at))", 3001),
        ("CREATE INDEX i ON t (CASE WHEN id = 1 THEN id END)", 3001),
        ("CREATE INDEX i ON t ((SELECT 1 FROM dual))", 3001),
        ("CREATE INDEX i ON t (TO_CHAR(id))", 3001),
        ("ALTER TABLE calendar_events MODIFY (start_at TIMESTAMP(9) WITH TIME ZONE)", 30556),
        ("ALTER TABLE calendar_events DROP COLUMN start_at", 3001),
        ("ALTER TABLE calendar_events RENAME COLUMN start_at TO begin_at", 3001),
    ] {
        let error = session.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
    assert_eq!(session.error_with("CREATE INDEX i ON t (id + :n)", &[("N", number(1))]).code, 1027);
    session.run("CREATE INDEX i ON t ((id))");
    assert_eq!(session.error("CREATE INDEX j ON t (id)").code, 1408, "a column in parentheses is a column");
    session.run("DROP INDEX idx_length");
    session.run("ALTER TABLE calendar_events RENAME COLUMN start_at TO begin_at");
}
