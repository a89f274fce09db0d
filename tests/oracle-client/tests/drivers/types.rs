use chrono::{DateTime, FixedOffset, NaiveDateTime};
use oracle::Connection;
use oracle::sql_type::{OracleType, Timestamp, ToSql};

use crate::support::{alone, connect, oci_code};

fn create(connection: &Connection, column: &str) {
    connection.execute(&format!("CREATE TABLE T (V {column})"), &[]).unwrap();
}

/// What a value is read back as, once it has been a column's.
fn stored<T: oracle::sql_type::FromSql>(connection: &Connection, value: &dyn ToSql) -> T {
    connection.execute("DELETE FROM T", &[]).unwrap();
    connection.execute("INSERT INTO T (V) VALUES (:value)", &[value]).unwrap();
    connection.query_row_as("SELECT V FROM T", &[]).unwrap()
}

#[test]
fn numbers_keep_thirty_eight_digits() {
    alone(|_| {
        let connection = connect();
        create(&connection, "NUMBER");
        for text in [
            "99999999999999999999999999999999999999",
            "-99999999999999999999999999999999999999",
            "-12345678901234567890.123456789012345678",
            "-1",
            "100",
            "0",
            "12.5",
            "-100.01",
        ] {
            let read: String = stored(&connection, &(&text, &OracleType::Varchar2(60)));
            assert_eq!(read, text);
            // As a NUMBER the driver takes no text with more digits than an i64: it overflows.
            if text.len() < 19 {
                let read: String = stored(&connection, &(&text, &OracleType::Number(38, 0)));
                assert_eq!(read, text);
            }
        }
    });
}

#[test]
fn integers_and_floats_come_back() {
    alone(|_| {
        let connection = connect();
        create(&connection, "NUMBER");
        for value in [0, 1, -1, 99, 100, 101, 9_999, 10_000, i64::MAX, i64::MIN] {
            assert_eq!(stored::<i64>(&connection, &value), value);
            assert_eq!(stored::<i64>(&connection, &(&value, &OracleType::Int64)), value);
        }
        assert_eq!(stored::<u64>(&connection, &u64::MAX), u64::MAX);
        for value in [0.5, -0.5, 1e10, -1.25e-5] {
            assert_eq!(stored::<f64>(&connection, &value), value);
            assert_eq!(stored::<f64>(&connection, &(&value, &OracleType::BinaryDouble)), value);
        }
    });
}

#[test]
fn small_numbers_are_described_as_such() {
    alone(|_| {
        let connection = connect();
        create(&connection, "NUMBER(3)");
        assert_eq!(stored::<i32>(&connection, &-999), -999);
        let rows = connection.query("SELECT V FROM T", &[]).unwrap();
        assert_eq!(*rows.column_info()[0].oracle_type(), OracleType::Number(3, 0));
        let wide = connection.execute("INSERT INTO T (V) VALUES (:1)", &[&1000]).unwrap_err();
        assert_eq!(oci_code(&wide), 1438);
    });
}

#[test]
fn texts_come_back_in_utf_8() {
    alone(|_| {
        let connection = connect();
        create(&connection, "VARCHAR2(40)");
        for text in ["plain", "Grüße, Ωmega", "日本語", "🎂", " blanks stay ", "it's"] {
            // As NVARCHAR2, which is what the driver makes of a &str, and as VARCHAR2.
            assert_eq!(stored::<String>(&connection, &text), text);
            assert_eq!(stored::<String>(&connection, &(&text, &OracleType::Varchar2(40))), text);
        }
        let rows = connection.query("SELECT V FROM T", &[]).unwrap();
        assert_eq!(*rows.column_info()[0].oracle_type(), OracleType::Varchar2(40));
        assert_eq!(rows.column_info()[0].name(), "V");
        let long = connection.execute("INSERT INTO T (V) VALUES (:1)", &[&"ü".repeat(21)]).unwrap_err();
        assert_eq!(oci_code(&long), 12899);
    });
}

#[test]
fn an_empty_text_is_null() {
    alone(|_| {
        let connection = connect();
        create(&connection, "VARCHAR2(40)");
        assert_eq!(stored::<Option<String>>(&connection, &""), None);
        assert_eq!(stored::<Option<String>>(&connection, &None::<String>), None);
        assert_eq!(stored::<Option<String>>(&connection, &Some("x")).as_deref(), Some("x"));
        let is_null: i32 = connection.query_row_as("SELECT COUNT(*) FROM T WHERE V IS NULL", &[]).unwrap();
        assert_eq!(is_null, 0);
    });
}

#[test]
fn nulls_of_every_type_come_back() {
    alone(|_| {
        let connection = connect();
        let table = "CREATE TABLE T (N NUMBER, S VARCHAR2(9), D TIMESTAMP WITH TIME ZONE)";
        connection.execute(table, &[]).unwrap();
        let (n, s, d) = (None::<i64>, None::<String>, None::<DateTime<FixedOffset>>);
        connection.execute("INSERT INTO T (N, S, D) VALUES (:1, :2, :3)", &[&n, &s, &d]).unwrap();
        type Row = (Option<i64>, Option<String>, Option<DateTime<FixedOffset>>);
        let row: Row = connection.query_row_as("SELECT N, S, D FROM T", &[]).unwrap();
        assert_eq!(row, (n, s, d));
    });
}

#[test]
fn timestamps_keep_their_offset_and_six_digits() {
    alone(|_| {
        let connection = connect();
        create(&connection, "TIMESTAMP WITH TIME ZONE");
        for text in [
            "2026-03-29T01:59:59.123456+01:00",
            "1999-12-31T23:59:59.999999-03:30",
            "2024-02-29T00:00:00+00:00",
            "0001-01-02T12:00:00+14:00",
            "9999-12-31T11:59:59-12:00",
        ] {
            let value = DateTime::parse_from_rfc3339(text).unwrap();
            let read: DateTime<FixedOffset> = stored(&connection, &value);
            assert_eq!(read, value);
            assert_eq!(read.offset(), value.offset(), "{text}");
        }
    });
}

#[test]
fn nanoseconds_are_rounded() {
    alone(|_| {
        let connection = connect();
        create(&connection, "TIMESTAMP WITH TIME ZONE");
        let value = DateTime::parse_from_rfc3339("2026-03-29T01:59:59.999999600+05:30").unwrap();
        let read: DateTime<FixedOffset> = stored(&connection, &value);
        assert_eq!(read.to_rfc3339(), "2026-03-29T02:00:00+05:30");
    });
}

#[test]
fn the_year_zero_is_refused() {
    alone(|_| {
        let connection = connect();
        create(&connection, "TIMESTAMP WITH TIME ZONE");
        let zero = Timestamp::new(0, 1, 1, 0, 0, 0, 0).unwrap().and_tz_hm_offset(0, 0).unwrap();
        let error = connection.execute("INSERT INTO T (V) VALUES (:1)", &[&zero]).unwrap_err();
        assert_eq!(oci_code(&error), 1841);
    });
}

#[test]
fn a_timestamp_without_an_offset_is_in_the_session_s_zone() {
    alone(|_| {
        let connection = connect();
        create(&connection, "TIMESTAMP WITH TIME ZONE");
        let noon: NaiveDateTime = "2026-03-29T12:00:00".parse().unwrap();
        for kind in [OracleType::Timestamp(6), OracleType::Date] {
            let read: DateTime<FixedOffset> = stored(&connection, &(&noon, &kind));
            assert_eq!(read.to_rfc3339(), "2026-03-29T12:00:00+00:00", "{kind}");
        }
    });
}

#[test]
fn a_bind_may_stand_in_several_places() {
    alone(|_| {
        let connection = connect();
        create(&connection, "NUMBER");
        connection.execute_named("INSERT INTO T (V) VALUES (:a)", &[("a", &5)]).unwrap();
        let found: i64 = connection
            .query_row_as_named("SELECT COUNT(*) FROM T WHERE V = :a OR V > :a", &[("a", &5)])
            .unwrap();
        assert_eq!(found, 1);
        let statement = connection.statement("SELECT V FROM T WHERE V = :a OR V > :a").build().unwrap();
        assert_eq!((statement.bind_count(), statement.bind_names()), (2, vec!["A"]));
    });
}

#[test]
fn a_missing_bind_and_an_unknown_one_are_errors() {
    alone(|_| {
        let connection = connect();
        create(&connection, "NUMBER");
        let missing = connection.execute("INSERT INTO T (V) VALUES (:a)", &[]).unwrap_err();
        assert_eq!(oci_code(&missing), 1008);
        let mut statement = connection.statement("INSERT INTO T (V) VALUES (:a)").build().unwrap();
        assert!(statement.bind("b", &1).is_err());
    });
}

#[test]
fn array_dml_changes_a_row_for_each_set_of_binds() {
    alone(|_| {
        let connection = connect();
        create(&connection, "VARCHAR2(5) NOT NULL");
        let mut batch = connection.batch("INSERT INTO T (V) VALUES (:1)", 10).build().unwrap();
        for value in ["a", "bb", "ccc"] {
            batch.append_row(&[&value]).unwrap();
        }
        batch.execute().unwrap();
        let values = connection.query_as::<String>("SELECT V FROM T ORDER BY V", &[]).unwrap();
        assert_eq!(values.map(|value| value.unwrap()).collect::<Vec<_>>(), ["a", "bb", "ccc"]);
    });
}

#[test]
fn a_boolean_is_none_of_sql_s_types() {
    alone(|_| {
        let connection = connect();
        create(&connection, "NUMBER(1)");
        let error = connection.execute("INSERT INTO T (V) VALUES (:1)", &[&true]).unwrap_err();
        assert_eq!(oci_code(&error), 3115);
    });
}

#[test]
fn times_are_reckoned_by_the_database_s_clock() {
    alone(|_| {
        let connection = connect();
        create(&connection, "TIMESTAMP WITH TIME ZONE");
        for clock in ["SYSTIMESTAMP", "CURRENT_TIMESTAMP"] {
            for seconds in [0, 90, 86_400] {
                connection.execute("DELETE FROM T", &[]).unwrap();
                let sql = format!("INSERT INTO T VALUES ({clock} + NUMTODSINTERVAL(:seconds, 'SECOND'))");
                connection.execute(&sql, &[&seconds]).unwrap();
                let near = format!(
                    "SELECT COUNT(*) FROM T WHERE V > {clock} + NUMTODSINTERVAL(:n, 'SECOND') \
                     - NUMTODSINTERVAL(60, 'SECOND') AND V <= {clock} + NUMTODSINTERVAL(:n, 'SECOND')"
                );
                assert_eq!(
                    connection.query_row_as_named::<i64>(&near, &[("n", &seconds)]).unwrap(),
                    1,
                    "{clock}"
                );
            }
        }
    });
}
