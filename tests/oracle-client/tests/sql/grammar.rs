//! SQL that is not Oracle's is refused with Oracle's number.

use crate::harness::{File, number, text};

#[test]
fn what_oracle_does_not_take_is_refused_with_its_number() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (id NUMBER PRIMARY KEY, name VARCHAR2(10), at TIMESTAMP WITH TIME ZONE)");
    let cases = [
        ("SELECT id FROM t LIMIT 1", 933),
        ("SELECT id FROM t ORDER BY id LIMIT 1 OFFSET 2", 933),
        ("SELECT id FROM t;", 933),
        ("SELECT id FROM t AS u", 933),
        ("SELECT 1", 923),
        ("SELECT id name t", 923),
        ("SELECT", 936),
        ("SELECT FROM t", 936),
        ("SELECT *, id FROM t", 923),
        ("SELECT id, * FROM t", 936),
        ("SELECT id = 1 FROM t", 923),
        ("SELECT id FROM t WHERE id", 920),
        ("SELECT id FROM t WHERE id == 1", 936),
        ("SELECT id FROM t WHERE TRUE", 920),
        ("SELECT id FROM t WHERE id = TRUE", 904),
        ("SELECT id FROM t WHERE name = \"john\"", 904),
        ("SELECT id FROM t WHERE id IS 1", 908),
        ("SELECT id FROM t WHERE id IN (1, 2", 907),
        ("SELECT id FROM t WHERE name ILIKE 'a'", 920),
        ("SELECT id FROM t GROUP id", 924),
        ("SELECT id FROM t ORDER id", 924),
        ("SELECT id FROM", 903),
        ("SELECT id FROM t WHERE id = 'a", 1756),
        ("SELECT \"id FROM t", 1740),
        ("SELECT id FROM t WHERE id = ?", 936),
        ("SELECT id FROM t WHERE id = $1", 911),
        ("SELECT `id` FROM t", 911),
        ("SELECT id::text FROM t", 923),
        ("SELECT datetime('now') FROM dual", 904),
        ("SELECT now() FROM dual", 904),
        ("SELECT IFNULL(id, 1) FROM t", 904),
        ("SELECT UPPER(name, name) FROM t", 909),
        ("SELECT SUBSTR(name, 1, 2, 3) FROM t", 939),
        ("SELECT last_insert_rowid() FROM dual", 904),
        ("INSERT INTO t VALUES (1, 'a', NULL), (2, 'b', NULL)", 933),
        ("INSERT INTO t (id) VALUES (1) ON CONFLICT DO NOTHING", 933),
        ("INSERT OR IGNORE INTO t (id) VALUES (1)", 925),
        ("INSERT t (id) VALUES (1)", 925),
        ("INSERT INTO t (id) VALUES (1) RETURNING id", 925),
        ("INSERT INTO t (id) VALUE (1)", 926),
        ("INSERT INTO t DEFAULT VALUES", 926),
        ("INSERT INTO t (id) VALUES (1, 2)", 913),
        ("INSERT INTO t (id, name) VALUES (1)", 947),
        ("INSERT INTO t (id) VALUES (1 2)", 917),
        ("INSERT INTO t (id, id) VALUES (1, 2)", 957),
        ("REPLACE INTO t (id) VALUES (1)", 900),
        ("UPDATE t id = 1", 971),
        ("UPDATE t SET id 1", 927),
        ("UPDATE t SET id = 1, id = 2", 957),
        ("UPDATE t SET id = 1 LIMIT 1", 933),
        ("DELETE FROM t LIMIT 1", 933),
        ("DELETE FROM t;", 933),
        ("PRAGMA table_info(t)", 900),
        ("BEGIN TRANSACTION", 3001),
        ("BEGIN NULL; END;", 3001),
        ("CREATE TABLE IF NOT EXISTS u (id NUMBER)", 922),
        ("CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT)", 907),
        ("CREATE TABLE u (id SERIAL)", 902),
        ("CREATE TABLE u (id TEXT)", 902),
        ("CREATE TABLE u (ok BOOLEAN)", 902),
        ("CREATE TABLE u (id VARCHAR2)", 906),
        ("CREATE TABLE u (id VARCHAR2(4001))", 910),
        ("CREATE TABLE u (id VARCHAR2(0))", 1723),
        ("CREATE TABLE u (id NUMBER(39))", 1727),
        ("CREATE TABLE u (id NUMBER(3, 200))", 1728),
        ("CREATE TABLE u (id NUMBER, id NUMBER)", 957),
        ("CREATE TABLE u (order NUMBER)", 904),
        ("CREATE TABLE select (id NUMBER)", 903),
        ("CREATE TABLE u (id NUMBER);", 911),
        ("CREATE TABLE u (id NUMBER) ENGINE = x", 922),
        ("CREATE TABLE u (id NUMBER NOT NULL DEFAULT 1)", 907),
        ("CREATE TABLE u (a NUMBER DEFAULT b)", 984),
        ("CREATE INDEX IF NOT EXISTS i ON t (name)", 969),
        ("DROP TABLE IF EXISTS t", 922),
        ("ALTER TABLE t ADD COLUMN x NUMBER", 904),
        ("VACUUM", 900),
        ("", 900),
    ];
    for (sql, code) in cases {
        let error = session.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
    let long = format!("SELECT id AS {} FROM t", "x".repeat(129));
    assert_eq!(session.error(&long).code, 972);
}

#[test]
fn what_is_oracles_but_not_understood_says_so_with_its_text() {
    let file = File::new();
    let mut session = file.application();
    for sql in [
        "WITH x AS (SELECT 1 FROM dual) SELECT * FROM x",
        "SELECT 1 FROM dual UNION SELECT 2 FROM dual",
        "SELECT ROWNUM FROM dual",
        "SELECT 1 FROM dual WHERE (1 = 1 AND 2 = SYSDATE)",
        "SELECT 1 FROM dual WHERE (1, 2) IN ((1, 2))",
        "SELECT 1 FROM dual WHERE 1 = ANY (1, 2)",
        "SELECT SYSDATE FROM dual",
        "SELECT DECODE(1, 1, 2) FROM dual",
        "SELECT TO_CHAR(1) FROM dual",
        "SELECT TRIM('a') FROM dual",
        "SELECT s.NEXTVAL FROM dual",
        "CREATE SEQUENCE s",
        "SAVEPOINT s",
        "ROLLBACK TO s",
        "TRUNCATE TABLE t",
        "REVOKE CREATE TABLE FROM app",
        "GRANT SELECT ON t TO app",
        "ALTER SESSION SET NLS_SORT = BINARY",
        "CREATE VIEW v AS SELECT 1 FROM dual",
        "CREATE TABLE t (d DATE)",
        "BEGIN NULL; END;",
        "EXPLAIN PLAN FOR SELECT 1 FROM dual",
    ] {
        let error = session.error(sql);
        assert_eq!(error.code, 3001, "{sql}: {error}");
        assert!(error.message.contains(sql), "{error}");
    }
}

#[test]
fn binds_are_checked_by_name() {
    let file = File::new();
    let mut session = file.application();
    let sql = "SELECT :a FROM dual";
    assert_eq!(session.error(sql).message, "ORA-01008: not all variables bound");
    let both = [("A", number(1)), ("B", number(2))];
    assert_eq!(session.error_with(sql, &both).message, "ORA-01036: illegal variable name/number");
    for name in ["date", "comment", "uid", "start", "mode", "number", "level", "size", "user"] {
        let sql = format!("SELECT :{name} FROM dual");
        let error = session.error_with(&sql, &[(&name.to_uppercase(), text("x"))]);
        assert_eq!(error.message, "ORA-01745: invalid host/bind variable name");
    }
    assert_eq!(session.error_with("CREATE TABLE :t (a NUMBER)", &[("T", text("x"))]).code, 903);
    let ddl = "CREATE TABLE t (a NUMBER DEFAULT :d)";
    assert_eq!(session.error_with(ddl, &[("D", text("x"))]).code, 1027);
    assert_eq!(session.lines_with("SELECT :a, :a FROM dual", &[("A", text("x"))]), ["x|x"]);
}

#[test]
fn errors_point_into_the_text() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (id NUMBER)");
    for (sql, at) in [
        ("SELECT nme FROM t", "nme"),
        ("SELECT id FROM tt", "tt"),
        ("SELECT id FROM t LIMIT 1", "1"),
        ("INSERT INTO t (idd) VALUES (1)", "idd"),
        ("SELECT id FROM t WHERE id = ", ""),
    ] {
        let expected =
            if at.is_empty() { sql.len() } else { sql.find(&format!(" {at}")).map_or(7, |n| n + 1) };
        let position = session.error(sql).position;
        let found = position == Some(expected) || at == "idd" && position == sql.find("idd");
        assert!(found, "{sql}: {position:?}, not {expected}");
    }
}
