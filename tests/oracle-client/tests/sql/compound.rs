//! UNION ALL.

use oracle_client_stand_in::database::{Column, ColumnType, Database, Outcome};
use oracle_client_stand_in::value::Value;

use crate::harness::{File, Session, number, text, time};

fn lists(file: &File) -> Session {
    let mut session = file.application();
    session.run("CREATE TABLE a (id NUMBER, name VARCHAR2(10), at TIMESTAMP WITH TIME ZONE)");
    session.run("CREATE TABLE b (id NUMBER(5), label VARCHAR2(20) NOT NULL, seen TIMESTAMP WITH TIME ZONE)");
    for (table, id, name, hour) in
        [("a", 1, "x", "12"), ("a", 2, "y", "09"), ("b", 2, "y", "10"), ("b", 3, "", "11")]
    {
        let name = if name.is_empty() { "-" } else { name };
        session.run(&format!(
            "INSERT INTO {table} VALUES ({id}, '{name}', TIMESTAMP '2025-06-01 {hour}:00:00 +00:00')"
        ));
    }
    session
}

#[test]
fn parts_follow_one_another_and_are_sorted_as_a_whole() {
    let file = File::new();
    let mut session = lists(&file);
    let cases = [
        ("SELECT id FROM a UNION ALL SELECT id FROM b ORDER BY id", "1 2 2 3"),
        ("SELECT id FROM a UNION ALL SELECT id FROM b ORDER BY id DESC", "3 2 2 1"),
        ("SELECT id, name FROM a UNION ALL SELECT id, label FROM b ORDER BY 2, 1", "3|- 1|x 2|y 2|y"),
        ("SELECT id AS n FROM a UNION ALL SELECT id FROM b ORDER BY n FETCH FIRST 2 ROWS ONLY", "1 2"),
        (
            "SELECT id FROM a UNION ALL SELECT id FROM b ORDER BY id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY",
            "2 2",
        ),
        (
            "SELECT a.id FROM a UNION ALL SELECT b.id FROM b UNION ALL SELECT 0 FROM dual ORDER BY 1",
            "0 1 2 2 3",
        ),
        (
            "SELECT id FROM a WHERE id = 1 UNION ALL SELECT COUNT(*) FROM b UNION ALL SELECT 9 FROM dual",
            "1 2 9",
        ),
        ("SELECT DISTINCT 1 FROM a UNION ALL SELECT DISTINCT 1 FROM b", "1 1"),
        (
            "SELECT name, COUNT(*) FROM a GROUP BY name UNION ALL SELECT 'b', 7 FROM dual ORDER BY name",
            "b|7 x|1 y|1",
        ),
        // NULL takes the type of the other part, on either side, and is the greatest of all.
        (
            "SELECT id, NULL FROM a UNION ALL SELECT NULL, label FROM b ORDER BY 1, 2",
            "1|NULL 2|NULL NULL|- NULL|y",
        ),
        ("SELECT NULL AS n FROM dual UNION ALL SELECT id FROM b ORDER BY n NULLS FIRST", "NULL 2 3"),
        (
            "SELECT NULL AS n FROM dual UNION ALL SELECT NULL FROM dual UNION ALL SELECT 5 FROM dual ORDER BY 1",
            "5 NULL NULL",
        ),
        ("SELECT id FROM a WHERE id IN (SELECT 1 FROM dual UNION ALL SELECT id FROM b WHERE id > 2)", "1"),
        ("SELECT id FROM a WHERE id NOT IN (SELECT id FROM b UNION ALL SELECT 7 FROM dual)", "1"),
        (
            "SELECT id FROM a WHERE at IN (SELECT seen FROM b UNION ALL SELECT TIMESTAMP '2025-06-01 11:00:00 +02:00' FROM dual)",
            "2",
        ),
        (
            "SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.id = a.id UNION ALL SELECT 1 FROM b WHERE b.id = a.id + 5)",
            "2",
        ),
        (
            "SELECT T.n, COUNT(*) FROM (SELECT id n FROM a UNION ALL SELECT id FROM b) T GROUP BY T.n ORDER BY T.n",
            "1|1 2|2 3|1",
        ),
        (
            "SELECT T.n, a.name FROM (SELECT id n FROM b UNION ALL SELECT 1 FROM dual) T LEFT JOIN a ON a.id = T.n ORDER BY T.n",
            "1|x 2|y 3|NULL",
        ),
        (
            "SELECT n FROM (SELECT id n FROM a UNION ALL SELECT id FROM b ORDER BY n DESC FETCH FIRST 1 ROW ONLY)",
            "3",
        ),
        ("SELECT (SELECT MAX(n) FROM (SELECT id n FROM a UNION ALL SELECT id FROM b)) FROM dual", "3"),
    ];
    for (sql, expected) in cases {
        assert_eq!(session.lines(sql).join(" "), expected, "{sql}");
    }
}

#[test]
fn times_of_several_parts_are_sorted_by_utc() {
    let file = File::new();
    let mut session = lists(&file);
    session.run("INSERT INTO a VALUES (5, 'z', TIMESTAMP '2025-06-01 12:30:00 +02:00')");
    session.run("INSERT INTO a VALUES (6, 'z', NULL)");
    let sql = "SELECT id, at FROM a UNION ALL SELECT id, seen FROM b ORDER BY at, id";
    let ids: Vec<String> =
        session.lines(sql).iter().map(|line| line.split('|').next().unwrap().to_owned()).collect();
    assert_eq!(ids, ["2", "2", "5", "3", "1", "6"]);
    let sql = "SELECT 2, TIMESTAMP '2025-06-01 10:00:00 +00:00' FROM dual \
               UNION ALL SELECT 1, TIMESTAMP '2025-06-01 12:00:00 +02:00' FROM dual ORDER BY 2, 1";
    assert!(session.lines(sql)[0].starts_with("1|"), "the same time at two offsets");
    let sql = "SELECT at FROM a WHERE id = 5 UNION ALL SELECT NULL FROM dual";
    assert_eq!(session.lines(sql), ["2025-06-01 12:30:00.000000000 +02:00", "NULL"]);
    let sql = "SELECT COUNT(DISTINCT at), MAX(at) FROM (SELECT at FROM a UNION ALL SELECT seen FROM b) \
               WHERE at < TIMESTAMP '2025-06-01 13:00:00 +02:00'";
    assert_eq!(session.lines(sql), ["3|2025-06-01 12:30:00.000000000 +02:00"]);
}

#[test]
fn one_bind_serves_all_parts_that_name_it() {
    let file = File::new();
    let mut session = lists(&file);
    let sql = "SELECT id, name, :kind AS kind FROM a WHERE id >= :least AND at < :before \
               UNION ALL SELECT id, label, :kind FROM b WHERE id >= :least AND seen < :before \
               ORDER BY id, 2 FETCH FIRST :wanted ROWS ONLY";
    let binds = [
        ("KIND", text("k")),
        ("LEAST", number(2)),
        ("BEFORE", Value::Timestamp(time(2025, 6, 1, 12))),
        ("WANTED", number(2)),
    ];
    assert_eq!(session.lines_with(sql, &binds), ["2|y|k", "2|y|k"]);
    assert_eq!(Database::prepare(sql).binds.len(), 7);
    let sql = "SELECT id FROM a WHERE id IN (SELECT :one FROM dual UNION ALL SELECT :other FROM dual)";
    assert_eq!(session.lines_with(sql, &[("ONE", number(2)), ("OTHER", Value::Null)]), ["2"]);
}

#[test]
fn what_the_parts_return_can_be_inserted() {
    let file = File::new();
    let mut session = lists(&file);
    let sql = "INSERT INTO a (id, name) SELECT id + 10, name FROM a UNION ALL SELECT id + 20, NULL FROM b";
    assert_eq!(session.changed(sql), 4);
    assert_eq!(
        session.lines("SELECT id, name FROM a WHERE id > 9 ORDER BY id"),
        ["11|x", "12|y", "22|NULL", "23|NULL"]
    );
    let sql = "DELETE FROM a WHERE id IN (SELECT id FROM b UNION ALL SELECT id + 20 FROM b)";
    assert_eq!(session.changed(sql), 3);
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let file = File::new();
    let mut session = lists(&file);
    session.run("CREATE TABLE c (id NUMBER, body CLOB)");
    for (sql, code) in [
        ("SELECT id FROM a UNION ALL SELECT id, label FROM b", 1789),
        ("SELECT id, name FROM a UNION ALL SELECT id, label FROM b UNION ALL SELECT id FROM b", 1789),
        ("SELECT id FROM a UNION ALL SELECT label FROM b", 1790),
        ("SELECT at FROM a UNION ALL SELECT id FROM b", 1790),
        ("SELECT NULL FROM dual UNION ALL SELECT id FROM a UNION ALL SELECT label FROM b", 1790),
        ("SELECT name FROM a UNION ALL SELECT body FROM c", 1790),
        ("SELECT id FROM a ORDER BY id UNION ALL SELECT id FROM b", 933),
        ("SELECT id FROM a FETCH FIRST 1 ROWS ONLY UNION ALL SELECT id FROM b", 933),
        ("SELECT id FROM a WHERE id IN (SELECT id FROM b ORDER BY id UNION ALL SELECT 1 FROM dual)", 907),
        ("SELECT id AS x FROM a UNION ALL SELECT id AS y FROM b ORDER BY y", 904),
        ("SELECT id AS x FROM a UNION ALL SELECT id FROM b ORDER BY id", 904),
        ("SELECT id FROM a UNION ALL SELECT id FROM b ORDER BY name", 904),
        ("SELECT a.id FROM a UNION ALL SELECT id FROM b ORDER BY a.id", 904),
        ("SELECT id FROM a UNION ALL SELECT id FROM b ORDER BY id + 1", 1785),
        ("SELECT name FROM a UNION ALL SELECT label FROM b ORDER BY UPPER(name)", 1785),
        ("SELECT id FROM a UNION ALL SELECT id FROM b ORDER BY COUNT(*)", 1785),
        ("SELECT id FROM a UNION ALL SELECT id FROM b ORDER BY 2", 1785),
        ("SELECT id, id FROM a UNION ALL SELECT id, id FROM b ORDER BY id", 960),
        ("SELECT body FROM c UNION ALL SELECT body FROM c ORDER BY body", 932),
        ("SELECT id FROM a UNION ALL SELECT id FROM b FOR UPDATE", 1786),
        ("SELECT id FROM a UNION ALL", 928),
        ("SELECT id FROM a UNION SELECT id FROM b", 3001),
        ("SELECT id FROM a UNION ALL SELECT id FROM b MINUS SELECT 1 FROM dual", 3001),
        ("SELECT id FROM a UNION ALL (SELECT id FROM b ORDER BY id)", 3001),
    ] {
        let error = session.error(sql);
        assert_eq!(error.code, code, "{sql}: {error}");
    }
    let sql = "SELECT body FROM c UNION ALL SELECT NULL FROM dual";
    assert_eq!(session.lines(sql), ["NULL"], "a CLOB passes through UNION ALL");
    let error = session.error("SELECT id FROM a WHERE 1 = (SELECT 1 FROM dual UNION ALL SELECT 2 FROM dual)");
    assert_eq!(error.code, 1427);
}

#[test]
fn the_first_part_names_the_columns_and_all_describe_them() {
    let file = File::new();
    let mut session = lists(&file);
    let sql = "SELECT NULL AS none, 1 n, name, at FROM a WHERE id = :id \
               UNION ALL SELECT 5, id, label, NULL FROM b WHERE id = :id";
    let column = |name: &str, kind, nullable| Column { name: name.into(), kind, nullable };
    let number_type = ColumnType::Number { precision: None, scale: -127 };
    let expected = [
        column("NONE", number_type, true),
        column("N", number_type, true),
        column("NAME", ColumnType::Varchar2(20), true),
        column("AT", ColumnType::TimestampTz { fraction: 6 }, true),
    ];
    assert_eq!(session.database.describe(&Database::prepare(sql)).unwrap(), expected);
    let Outcome::Rows { columns, rows } = session.with(sql, &[("ID", number(2))]) else { panic!("no rows") };
    assert_eq!(columns, expected);
    assert_eq!(rows[0][0], Value::Null);
    assert_eq!(rows[1][0], number(5));
}
