//! CREATE and DROP.

use crate::harness::File;
use crate::schema;

#[test]
fn definitions_that_oracle_refuses_are_refused() {
    let file = File::new();
    let mut session = file.application();
    schema::create(&mut session);
    for (sql, code) in [
        (schema::USERS, 955),
        ("CREATE INDEX idx_users_email ON users (name)", 955),
        ("CREATE INDEX i ON users (email)", 1408),
        ("CREATE INDEX i ON calendar_events (start_at)", 1408),
        ("CREATE INDEX i ON users (mail)", 904),
        ("CREATE INDEX i ON nobody (mail)", 942),
        ("CREATE UNIQUE INDEX i ON users (id)", 1408),
        ("DROP INDEX idx_users_email", 2429),
        ("DROP INDEX nothing", 1418),
        ("DROP TABLE nothing", 942),
        ("DROP TABLE users", 2449),
        ("CREATE TABLE t (a NUMBER PRIMARY KEY, b NUMBER PRIMARY KEY)", 2260),
        ("CREATE TABLE t (a NUMBER UNIQUE, UNIQUE (a))", 2261),
        ("CREATE TABLE t (a NUMBER REFERENCES nothing (id))", 942),
        ("CREATE TABLE t (a NUMBER REFERENCES users (name))", 2270),
        ("CREATE TABLE t (a VARCHAR2(5) REFERENCES users (id))", 2267),
        ("CREATE TABLE t (a NUMBER, b NUMBER, FOREIGN KEY (a, b) REFERENCES users (id))", 2256),
        ("CREATE TABLE t (a NUMBER, CONSTRAINT fk_cal_events_user CHECK (a > 0))", 2264),
        ("CREATE TABLE t (a TIMESTAMP WITH TIME ZONE UNIQUE)", 2329),
        ("CREATE TABLE t (a CLOB UNIQUE)", 2329),
        ("CREATE TABLE t (a RAW)", 906),
        ("CREATE TABLE t (a RAW(0))", 1723),
        ("CREATE TABLE t (a RAW(2001))", 910),
        ("CREATE TABLE t (a NUMBER, PRIMARY KEY (b))", 904),
        ("CREATE TABLE t (a NUMBER, CHECK (b > 0))", 904),
        ("CREATE TABLE t (a VARCHAR2(5) GENERATED ALWAYS AS IDENTITY)", 30675),
        ("CREATE TABLE t (a NUMBER DEFAULT SYSTIMESTAMP)", 932),
    ] {
        let error = session.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
    assert!(session.lines("SELECT table_name FROM user_tables WHERE table_name = 'T'").is_empty());
}

#[test]
fn tables_come_and_go() {
    let file = File::new();
    let mut session = file.application();
    for _ in 0..2 {
        schema::create(&mut session);
        assert_eq!(schema::add_user(&mut session, "a@b.c"), "1", "a new table counts from the start");
        session.run("DROP INDEX idx_cal_events_start_at");
        session.run("DROP TABLE calendar_events PURGE");
        session.run("DROP TABLE users CASCADE CONSTRAINTS");
    }
    assert_eq!(session.error("SELECT * FROM users").code, 942);
}

#[test]
fn names_fold_to_upper_case_unless_quoted() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE Mixed (Id NUMBER, \"id\" NUMBER)");
    session.run("CREATE TABLE \"Mixed\" (a NUMBER)");
    session.run("INSERT INTO MIXED (ID, \"id\") VALUES (1, 2)");
    assert_eq!(session.lines("SELECT id, \"id\", \"ID\" FROM mixed"), ["1|2|1"]);
    assert_eq!(session.lines("SELECT COUNT(*) FROM \"Mixed\""), ["0"]);
    assert_eq!(session.error("SELECT \"Id\" FROM mixed").message, "ORA-00904: \"Id\": invalid identifier");
}

#[test]
fn a_key_can_use_an_index_made_before() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (a NUMBER, b NUMBER)");
    session.run("CREATE INDEX ix_a ON t (a)");
    session.run("ALTER TABLE t ADD CONSTRAINT uq_a UNIQUE (a) USING INDEX ix_a");
    session.run("INSERT INTO t VALUES (1, 1)");
    assert_eq!(
        session.error("INSERT INTO t VALUES (1, 2)").message,
        "ORA-00001: unique constraint (APP.UQ_A) violated"
    );
    assert_eq!(session.error("ALTER TABLE t ADD UNIQUE (b) USING INDEX ix_a").code, 14196);
    session.run("INSERT INTO t VALUES (2, 1)");
    assert_eq!(
        session.error("ALTER TABLE t ADD CONSTRAINT uq_b UNIQUE (b)").message,
        "ORA-02299: cannot validate (APP.UQ_B) - duplicate keys found"
    );
    assert_eq!(session.error("CREATE UNIQUE INDEX ix_b ON t (b)").code, 1452);
}
