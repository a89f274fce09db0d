//! What is known of a statement before it is executed.

use oracle_client_stand_in::database::{Database, StatementKind};

#[test]
fn kinds_are_told_by_the_first_word() {
    let cases = [
        ("SELECT 1 FROM dual", StatementKind::Select),
        ("  /* c */ -- d\n select 1 from dual", StatementKind::Select),
        ("(SELECT 1 FROM dual)", StatementKind::Select),
        ("WITH x AS (SELECT 1 FROM dual) SELECT * FROM x", StatementKind::Select),
        ("insert into t values (1)", StatementKind::Insert),
        ("UPDATE t SET a = 1", StatementKind::Update),
        ("DELETE t", StatementKind::Delete),
        ("CREATE TABLE t (a NUMBER)", StatementKind::Create),
        ("DROP TABLE t", StatementKind::Drop),
        ("ALTER SESSION SET DDL_LOCK_TIMEOUT = 3", StatementKind::Alter),
        ("MERGE INTO t USING dual ON (1 = 1)", StatementKind::Merge),
        ("SELECT 'unfinished", StatementKind::Select),
        ("COMMIT", StatementKind::Other),
        ("BEGIN NULL; END;", StatementKind::Other),
        ("", StatementKind::Other),
    ];
    for (sql, kind) in cases {
        assert_eq!(Database::prepare(sql).kind, kind, "{sql}");
    }
}

#[test]
fn binds_are_found_where_oracle_finds_them() {
    let cases: [(&str, &[&str], &[&str]); 7] = [
        ("SELECT :a, :B, :a FROM dual", &["A", "B", "A"], &[]),
        ("SELECT ':a', q'[:b]', \":c\" /* :d */ FROM dual -- :e", &[], &[]),
        ("SELECT :1 + :2 FROM dual", &["1", "2"], &[]),
        ("INSERT INTO t VALUES (:a) RETURNING id, b INTO :id, :b", &["A", "ID", "B"], &["ID", "B"]),
        ("UPDATE t SET a = :a RETURN id INTO :id", &["A", "ID"], &["ID"]),
        ("INSERT INTO returning VALUES (:a)", &["A"], &[]),
        ("SELECT 'unfinished :a", &[], &[]),
    ];
    for (sql, binds, returning) in cases {
        let statement = Database::prepare(sql);
        assert_eq!(statement.binds, binds, "{sql}");
        assert_eq!(statement.returning, returning, "{sql}");
    }
}
