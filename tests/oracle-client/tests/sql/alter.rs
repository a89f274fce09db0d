//! ALTER TABLE.

use crate::harness::{File, Session};

fn table(file: &File) -> Session {
    let mut session = file.application();
    session.run("CREATE TABLE t (id NUMBER CONSTRAINT pk_t PRIMARY KEY, name VARCHAR2(10), n NUMBER(3))");
    session.run("INSERT INTO t VALUES (1, 'abcdef', 5)");
    session
}

#[test]
fn columns_and_constraints_are_added_and_dropped() {
    let file = File::new();
    let mut session = table(&file);
    session.run("ALTER TABLE t ADD (at TIMESTAMP WITH TIME ZONE, kind VARCHAR2(5) DEFAULT 'x' NOT NULL)");
    session.run("ALTER TABLE t ADD extra NUMBER");
    assert_eq!(session.lines("SELECT * FROM t"), ["1|abcdef|5|NULL|x|NULL"]);
    session.run("ALTER TABLE t ADD CONSTRAINT ck_n CHECK (n < 10)");
    assert_eq!(session.error("UPDATE t SET n = 10").code, 2290);
    session.run("ALTER TABLE t DROP CONSTRAINT ck_n");
    session.run("UPDATE t SET n = 10");
    session.run("ALTER TABLE t DROP COLUMN extra");
    session.run("ALTER TABLE t DROP (at, kind)");
    session.run("ALTER TABLE t RENAME COLUMN n TO amount");
    session.run("ALTER TABLE t RENAME TO u");
    assert_eq!(session.lines("SELECT amount, name FROM u"), ["10|abcdef"]);
}

#[test]
fn columns_are_modified_as_far_as_their_rows_allow() {
    let file = File::new();
    let mut session = table(&file);
    assert_eq!(session.error("ALTER TABLE t MODIFY name VARCHAR2(5)").code, 1441);
    session.run("ALTER TABLE t MODIFY (name VARCHAR2(6) NOT NULL, n NUMBER(5,1) DEFAULT 2)");
    assert_eq!(session.error("INSERT INTO t (id, name) VALUES (2, '1234567')").code, 12899);
    assert_eq!(session.error("INSERT INTO t (id) VALUES (2)").code, 1400);
    session.run("INSERT INTO t (id, name) VALUES (2, 'b')");
    assert_eq!(session.lines("SELECT n FROM t WHERE id = 2"), ["2"]);
    session.run("ALTER TABLE t MODIFY name NULL");
    session.run("INSERT INTO t (id) VALUES (3)");
}

#[test]
fn alterations_that_oracle_refuses_are_refused() {
    let file = File::new();
    let mut session = table(&file);
    session.run("CREATE TABLE c (id NUMBER, CONSTRAINT fk_c FOREIGN KEY (id) REFERENCES t)");
    session.run("INSERT INTO t VALUES (2, NULL, 50)");
    for (sql, code) in [
        ("ALTER TABLE t ADD name VARCHAR2(5)", 1430),
        ("ALTER TABLE t ADD must NUMBER NOT NULL", 1758),
        ("ALTER TABLE t ADD PRIMARY KEY (name)", 2260),
        ("ALTER TABLE t ADD CONSTRAINT fk_x FOREIGN KEY (n) REFERENCES t (id)", 2298),
        ("ALTER TABLE t ADD CONSTRAINT ck_x CHECK (n < 10)", 2293),
        ("ALTER TABLE c ADD FOREIGN KEY (id) REFERENCES t (id)", 2275),
        ("ALTER TABLE t DROP CONSTRAINT nothing", 2443),
        ("ALTER TABLE t DROP CONSTRAINT pk_t", 2273),
        ("ALTER TABLE t DROP PRIMARY KEY", 2273),
        ("ALTER TABLE t DROP COLUMN id", 12992),
        ("ALTER TABLE t DROP COLUMN nothing", 904),
        ("ALTER TABLE t MODIFY nothing NUMBER", 904),
        ("ALTER TABLE t MODIFY n NUMBER(2)", 1440),
        ("ALTER TABLE t MODIFY n VARCHAR2(2)", 1439),
        ("ALTER TABLE t MODIFY name NOT NULL", 2296),
        ("ALTER TABLE t MODIFY id NOT NULL", 1442),
        ("ALTER TABLE t MODIFY name NULL", 1451),
        ("ALTER TABLE t RENAME COLUMN n TO name", 957),
        ("ALTER TABLE t RENAME TO c", 955),
        ("ALTER TABLE nothing ADD x NUMBER", 942),
        ("ALTER TABLE t", 1735),
    ] {
        let error = session.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
    assert_eq!(session.lines("SELECT * FROM t ORDER BY id"), ["1|abcdef|5", "2|NULL|50"]);
    session.run("ALTER TABLE t DROP PRIMARY KEY CASCADE");
    session.run("INSERT INTO c VALUES (99)");
}
