//! UNIQUE, CHECK and foreign keys.

use crate::harness::{File, Session};

fn family(file: &File, on_delete: &str) -> Session {
    let mut session = file.application();
    session.run("CREATE TABLE parents (id NUMBER CONSTRAINT pk_parents PRIMARY KEY, name VARCHAR2(10))");
    session.run(&format!(
        "CREATE TABLE children (id NUMBER PRIMARY KEY, parent NUMBER CONSTRAINT fk_parent REFERENCES parents {on_delete})"
    ));
    session.run("INSERT INTO parents VALUES (1, 'a')");
    session.run("INSERT INTO parents VALUES (2, 'b')");
    session.run("INSERT INTO children VALUES (10, 1)");
    session.run("INSERT INTO children VALUES (11, NULL)");
    session
}

#[test]
fn foreign_keys_hold_both_ways() {
    let file = File::new();
    let mut session = family(&file, "");
    let absent = "ORA-02291: integrity constraint (APP.FK_PARENT) violated - parent key not found";
    let found = "ORA-02292: integrity constraint (APP.FK_PARENT) violated - child record found";
    for (sql, message) in [
        ("INSERT INTO children VALUES (12, 3)", absent),
        ("UPDATE children SET parent = 3 WHERE id = 11", absent),
        ("DELETE FROM parents WHERE id = 1", found),
        ("DELETE FROM parents", found),
        ("UPDATE parents SET id = 5 WHERE id = 1", found),
    ] {
        assert_eq!(session.error(sql).message, message, "{sql}");
    }
    assert_eq!(session.lines("SELECT COUNT(*) FROM parents"), ["2"]);
    assert_eq!(session.changed("UPDATE parents SET id = 1, name = 'x' WHERE id = 1"), 1);
    assert_eq!(session.changed("DELETE FROM parents WHERE id = 2"), 1);
    assert_eq!(session.error("DROP TABLE parents").code, 2449);
    session.run("DROP TABLE parents CASCADE CONSTRAINTS PURGE");
    session.run("INSERT INTO children VALUES (12, 3)");
}

#[test]
fn children_follow_or_are_set_free() {
    let file = File::new();
    let mut session = family(&file, "ON DELETE CASCADE");
    session.run("CREATE TABLE grandchildren (id NUMBER, child NUMBER REFERENCES children ON DELETE CASCADE)");
    session.run("INSERT INTO grandchildren VALUES (100, 10)");
    assert_eq!(session.changed("DELETE FROM parents WHERE id = 1"), 1);
    assert_eq!(session.lines("SELECT id FROM children"), ["11"]);
    assert_eq!(session.lines("SELECT COUNT(*) FROM grandchildren"), ["0"]);

    let file = File::new();
    let mut session = family(&file, "ON DELETE SET NULL");
    assert_eq!(session.changed("DELETE FROM parents WHERE id = 1"), 1);
    assert_eq!(session.lines("SELECT id, parent FROM children ORDER BY id"), ["10|NULL", "11|NULL"]);
}

#[test]
fn a_table_can_refer_to_itself() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE tree (id NUMBER PRIMARY KEY, up NUMBER CONSTRAINT fk_up REFERENCES tree (id))");
    session.run("INSERT INTO tree VALUES (1, 1)");
    session.run("INSERT INTO tree VALUES (2, 1)");
    assert_eq!(session.error("INSERT INTO tree VALUES (3, 4)").code, 2291);
    assert_eq!(session.error("DELETE FROM tree WHERE id = 1").code, 2292);
    assert_eq!(session.changed("DELETE FROM tree"), 2);
    session.run("DROP TABLE tree");
}

#[test]
fn checks_refuse_what_is_false_and_let_pass_what_is_unknown() {
    let file = File::new();
    let mut session = file.application();
    session.run(
        "CREATE TABLE spans (low NUMBER CHECK (low >= 0), high NUMBER, kind VARCHAR2(5), \
         CONSTRAINT ck_order CHECK (low <= high), CONSTRAINT ck_kind CHECK (kind IN ('a', 'b')))",
    );
    session.run("INSERT INTO spans VALUES (1, 2, 'a')");
    session.run("INSERT INTO spans VALUES (NULL, 2, NULL)");
    for (sql, message) in [
        ("INSERT INTO spans VALUES (-1, 2, 'a')", "ORA-02290: check constraint (APP.SYS_C008101) violated"),
        ("INSERT INTO spans VALUES (3, 2, 'a')", "ORA-02290: check constraint (APP.CK_ORDER) violated"),
        ("UPDATE spans SET kind = 'c'", "ORA-02290: check constraint (APP.CK_KIND) violated"),
        ("UPDATE spans SET high = 0 WHERE low = 1", "ORA-02290: check constraint (APP.CK_ORDER) violated"),
    ] {
        assert_eq!(session.error(sql).message, message, "{sql}");
    }
}

#[test]
fn unique_keys_carry_their_names_and_know_partial_nulls() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (a NUMBER, b VARCHAR2(5), c NUMBER CONSTRAINT uq_c UNIQUE, CONSTRAINT uq_ab UNIQUE (a, b))");
    session.run("CREATE UNIQUE INDEX ix_b ON t (b)");
    session.run("INSERT INTO t VALUES (1, NULL, 1)");
    session.run("INSERT INTO t VALUES (NULL, NULL, NULL)");
    session.run("INSERT INTO t VALUES (NULL, NULL, NULL)");
    for (sql, name) in [
        ("INSERT INTO t VALUES (2, 'x', 1)", "UQ_C"),
        ("INSERT INTO t VALUES (1, NULL, 2)", "UQ_AB"),
        ("INSERT INTO t SELECT 3, 'y', NULL FROM t", "IX_B"),
    ] {
        assert_eq!(
            session.error(sql).message,
            format!("ORA-00001: unique constraint (APP.{name}) violated"),
            "{sql}"
        );
    }
}

#[test]
fn keys_are_looked_at_when_all_rows_are_changed() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (id NUMBER CONSTRAINT pk_t PRIMARY KEY, a NUMBER, b NUMBER, CONSTRAINT uq UNIQUE (a, b))");
    for id in 1..=3 {
        session.run(&format!("INSERT INTO t VALUES ({id}, {id}, NULL)"));
    }
    assert_eq!(session.changed("UPDATE t SET id = id + 1, a = a + 1"), 3);
    assert_eq!(
        session.error("UPDATE t SET id = 7").message,
        "ORA-00001: unique constraint (APP.PK_T) violated"
    );
    assert_eq!(session.error("UPDATE t SET a = 7").message, "ORA-00001: unique constraint (APP.UQ) violated");
    session.run("COMMIT");
    assert_eq!(session.error("UPDATE t SET a = 7").message, "ORA-00001: unique constraint (APP.UQ) violated");
    assert_eq!(session.lines("SELECT id, a FROM t ORDER BY id"), ["2|2", "3|3", "4|4"]);
    assert_eq!(session.error("INSERT INTO t VALUES (4, 9, 9)").code, 1);
}
