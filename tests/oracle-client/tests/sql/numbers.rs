//! NUMBER: exact, and ordered as numbers.

use oracle_client_stand_in::value::Value;

use crate::harness::File;

#[test]
fn numbers_are_exact_to_thirty_eight_digits() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (n NUMBER)");
    for number in [
        "0",
        "1",
        "-1",
        "99",
        "100",
        "101",
        "-100",
        "0.1",
        "-0.01",
        "0.001",
        "12.5",
        "1234567890.0987654321",
        "99999999999999999999999999999999999999",
        "-99999999999999999999999999999999999999",
        "9223372036854775807",
        "9223372036854775808",
        "1000000000000000000000000000000000000000000",
    ] {
        session.run("DELETE FROM t");
        session.with("INSERT INTO t VALUES (:n)", &[("N", Value::Number(number.into()))]);
        assert_eq!(session.lines("SELECT n FROM t"), [number]);
        assert_eq!(session.lines("SELECT n + 1 - 1 FROM t WHERE n = '' || n").len(), 1, "{number}");
    }
    assert_eq!(
        session.value("99999999999999999999999999999999999998 + 1"),
        "99999999999999999999999999999999999999"
    );
    assert_eq!(session.value("0.1 + 0.2"), "0.3");
    assert_eq!(session.value("1 / 3"), format!("0.{}", "3".repeat(38)));
    assert_eq!(session.value("1e3"), "1000");
}

#[test]
fn numbers_are_ordered_by_value() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (n NUMBER)");
    let ordered =
        ["-1000", "-100", "-99.5", "-1", "-0.5", "-0.01", "0", "0.001", "0.5", "1", "9", "10", "99", "100.1"];
    for number in ordered.iter().rev() {
        session.with("INSERT INTO t VALUES (:n)", &[("N", Value::Number((*number).into()))]);
    }
    assert_eq!(session.lines("SELECT n FROM t ORDER BY n"), ordered);
    assert_eq!(
        session.lines("SELECT n FROM t WHERE n < -0.01 AND n > -100 ORDER BY n"),
        ["-99.5", "-1", "-0.5"]
    );
    assert_eq!(session.lines("SELECT MIN(n), MAX(n), SUM(n) FROM t"), ["-1000|100.1|-981.409"]);
}

#[test]
fn precision_and_scale_are_kept_to() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (a NUMBER(3), b NUMBER(5,2), c NUMBER(3,-2), d INTEGER)");
    session.run("INSERT INTO t VALUES (99.5, 1.005, 12345, 1.5)");
    assert_eq!(session.lines("SELECT * FROM t"), ["100|1.01|12300|2"]);
    for (column, value) in [("a", "1000"), ("a", "999.5"), ("a", "-1000"), ("b", "999.995"), ("c", "100000")]
    {
        assert_eq!(
            session.error(&format!("UPDATE t SET {column} = {value}")).code,
            1438,
            "{column} = {value}"
        );
    }
}
