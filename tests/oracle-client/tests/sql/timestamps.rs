//! TIMESTAMP WITH TIME ZONE.

use oracle_client_stand_in::value::{Timestamp, Value};

use crate::harness::{File, time};

fn at(timestamp: Timestamp) -> Value {
    Value::Timestamp(timestamp)
}

#[test]
fn timestamps_are_ordered_and_compared_by_utc() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (id NUMBER, at TIMESTAMP WITH TIME ZONE)");
    session.run("CREATE INDEX ix ON t (at)");
    let noon = time(2025, 6, 1, 12);
    let cases =
        [(1, noon), (2, Timestamp { offset: 120, ..noon }), (3, Timestamp { hour: 14, offset: 120, ..noon })];
    for (id, value) in cases {
        session.with(&format!("INSERT INTO t VALUES ({id}, :at)"), &[("AT", at(value))]);
    }
    assert_eq!(session.lines("SELECT id FROM t ORDER BY at, id"), ["2", "1", "3"]);
    assert_eq!(
        session.lines_with("SELECT id FROM t WHERE at = :at ORDER BY id", &[("AT", at(noon))]),
        ["1", "3"]
    );
    assert_eq!(session.lines("SELECT COUNT(DISTINCT at) FROM t"), ["2"]);
    assert_eq!(session.lines("SELECT DISTINCT at + INTERVAL '1' DAY FROM t").len(), 2);
    assert_eq!(session.lines("SELECT COUNT(*) FROM t GROUP BY at ORDER BY 1"), ["1", "2"]);
    assert_eq!(session.lines("SELECT MIN(at) FROM t"), ["2025-06-01 12:00:00.000000000 +02:00"]);
    let between = "SELECT id FROM t WHERE at BETWEEN :a AND :b";
    let binds = [("A", at(time(2025, 6, 1, 9))), ("B", at(time(2025, 6, 1, 11)))];
    assert_eq!(session.lines_with(between, &binds), ["2"]);
}

#[test]
fn fractions_are_rounded_to_the_columns_digits() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (a TIMESTAMP WITH TIME ZONE, b TIMESTAMP(0) WITH TIME ZONE, c TIMESTAMP(9) WITH TIME ZONE)");
    let value = Timestamp { second: 59, minute: 59, nanosecond: 999_999_500, ..time(2025, 12, 31, 23) };
    session.with("INSERT INTO t VALUES (:v, :v, :v)", &[("V", at(value))]);
    assert_eq!(
        session.lines("SELECT * FROM t"),
        [
            "2026-01-01 00:00:00.000000000 +00:00|2026-01-01 00:00:00.000000000 +00:00|2025-12-31 23:59:59.999999500 +00:00"
        ]
    );
}

#[test]
fn times_that_are_none_are_refused() {
    let file = File::new();
    let mut session = file.application();
    let noon = time(2025, 6, 1, 12);
    let cases = [
        (Timestamp { year: 0, ..noon }, 1841),
        (Timestamp { year: 10_000, ..noon }, 1841),
        (Timestamp { month: 13, ..noon }, 1843),
        (Timestamp { day: 0, ..noon }, 1847),
        (Timestamp { day: 31, ..noon }, 1839),
        (Timestamp { hour: 24, ..noon }, 1850),
        (Timestamp { minute: 60, ..noon }, 1851),
        (Timestamp { second: 60, ..noon }, 1852),
        (Timestamp { offset: 16 * 60, ..noon }, 1874),
    ];
    for (value, code) in cases {
        assert_eq!(session.error_with("SELECT :v FROM dual", &[("V", at(value))]).code, code, "{value:?}");
    }
    for (year, month, day, offset) in [(1, 1, 1, 840), (9999, 12, 31, -720), (1, 1, 1, 0), (9999, 12, 31, 0)]
    {
        let value = Timestamp { offset, ..time(year, month, day, 12) };
        let shown = session.lines_with("SELECT :v FROM dual", &[("V", at(value))]).remove(0);
        assert!(shown.starts_with(&format!("{year:04}-{month:02}-{day:02} 12:00:00")), "{shown}");
    }
}

#[test]
fn functions_of_time_give_what_oracle_gives() {
    let file = File::new();
    let mut session = file.application();
    let cases = [
        ("TIMESTAMP '2025-12-06 12:00:00.5 +02:00'", "2025-12-06 12:00:00.500000000 +02:00"),
        ("TIMESTAMP '2025-12-06 12:00:00' + INTERVAL '90' MINUTE", "2025-12-06 13:30:00.000000000 +00:00"),
        ("TIMESTAMP '2025-12-06 12:00:00' - INTERVAL '0.5' SECOND", "2025-12-06 11:59:59.500000000 +00:00"),
        (
            "TIMESTAMP '2025-12-06 12:00:00' - INTERVAL '1 02:00:00' DAY TO SECOND",
            "2025-12-05 10:00:00.000000000 +00:00",
        ),
        (
            "TIMESTAMP '2025-12-06 12:00:00' + NUMTODSINTERVAL(1.5, 'HOUR')",
            "2025-12-06 13:30:00.000000000 +00:00",
        ),
        ("TIMESTAMP '2025-12-31 00:00:00' - INTERVAL '365' DAY(3)", "2024-12-31 00:00:00.000000000 +00:00"),
        (
            "TIMESTAMP '2025-12-31 00:00:00' + INTERVAL '100 00:00:00.5' DAY(3) TO SECOND(1)",
            "2026-04-10 00:00:00.500000000 +00:00",
        ),
        (
            "NUMTODSINTERVAL(1, 'day') + TIMESTAMP '2025-12-31 00:00:00'",
            "2026-01-01 00:00:00.000000000 +00:00",
        ),
        (
            "GREATEST(TIMESTAMP '2025-01-01 00:00:00', TIMESTAMP '2025-01-01 00:30:00 +01:00')",
            "2025-01-01 00:00:00.000000000 +00:00",
        ),
        (
            "CASE WHEN TIMESTAMP '2025-01-02 00:00:00' - TIMESTAMP '2025-01-01 00:00:00' = INTERVAL '1' DAY THEN 'y' END",
            "y",
        ),
    ];
    for (expr, expected) in cases {
        assert_eq!(session.value(expr), expected, "{expr}");
    }
    for (expr, code) in [
        ("TIMESTAMP '2025-13-06 12:00:00'", 1843),
        ("TIMESTAMP '2025-12-06'", 1861),
        ("TIMESTAMP '2025-02-30 00:00:00'", 1839),
        ("TIMESTAMP '2025/02/03 00:00:00'", 1861),
        ("TIMESTAMP '2025-02-03 00:00:00 Mars'", 1882),
        ("SYSTIMESTAMP || ''", 3001),
        ("SYSTIMESTAMP + INTERVAL '100' DAY", 1873),
        ("SYSTIMESTAMP + INTERVAL '-100' MINUTE", 1873),
        ("SYSTIMESTAMP + INTERVAL '100.5' SECOND", 1873),
        ("SYSTIMESTAMP + INTERVAL '1000' HOUR(3)", 1873),
        ("SYSTIMESTAMP + INTERVAL '100 00:00:00' DAY TO SECOND", 1873),
        ("TIMESTAMP '9999-12-31 23:00:00' + INTERVAL '2' HOUR", 1841),
    ] {
        let error = session.error(&format!("SELECT {expr} FROM dual"));
        assert_eq!(error.code, code, "{expr}: {error}");
    }
}

#[test]
fn the_time_is_one_throughout_a_statement() {
    let file = File::new();
    let mut session = file.application();
    session.run("CREATE TABLE t (id NUMBER, a TIMESTAMP WITH TIME ZONE DEFAULT SYSTIMESTAMP)");
    session.run("INSERT INTO t (id) VALUES (1)");
    session.run("INSERT INTO t (id) SELECT 2 FROM t");
    session.run("INSERT INTO t (id) SELECT id + 2 FROM t");
    assert_eq!(session.lines("SELECT COUNT(DISTINCT a) FROM t WHERE id > 2"), ["1"]);
    assert_eq!(session.lines("SELECT COUNT(DISTINCT a) FROM t"), ["3"]);
}
