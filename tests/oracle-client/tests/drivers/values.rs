//! Bytes, long texts, and NULL of every kind.

use chrono::{DateTime, FixedOffset};
use oracle::Connection;
use oracle::sql_type::{OracleType, ToSql};
use oracle_client_stand_in::Kind;

use crate::support::{alone, autocommitting, connect, oci_code, trips_of};

fn create(connection: &Connection, columns: &str) {
    connection.execute(&format!("CREATE TABLE T ({columns})"), &[]).unwrap();
}

fn count(connection: &Connection, condition: &str, value: &dyn ToSql) -> i64 {
    connection.query_row_as(&format!("SELECT COUNT(*) FROM T WHERE {condition}"), &[value]).unwrap()
}

#[test]
fn bytes_come_back_as_they_were() {
    alone(|_| {
        let connection = connect();
        create(&connection, "ID NUMBER, V RAW(2000)");
        let all: Vec<u8> = (0..=255).collect();
        let values = [vec![0], vec![0x80], vec![1, 0, 0], all.repeat(7), vec![255; 2000]];
        for (id, value) in values.iter().enumerate() {
            connection.execute("INSERT INTO T VALUES (:1, :2)", &[&id, value]).unwrap();
            assert_eq!(count(&connection, "V = :1", value), 1);
            assert_eq!(count(&connection, "V = :1", &value.as_slice()), 1);
        }
        let rows = connection.query_as::<Vec<u8>>("SELECT V FROM T ORDER BY ID", &[]).unwrap();
        assert_eq!(rows.map(Result::unwrap).collect::<Vec<_>>(), values);
        let rows = connection.query("SELECT V FROM T", &[]).unwrap();
        assert_eq!(*rows.column_info()[0].oracle_type(), OracleType::Raw(2000));
    });
}

#[test]
fn bytes_have_a_length_and_hexadecimal_digits() {
    alone(|_| {
        let connection = connect();
        create(&connection, "V RAW(4)");
        let long = connection.execute("INSERT INTO T VALUES (:1)", &[&vec![0_u8; 5]]).unwrap_err();
        assert_eq!(oci_code(&long), 12899);
        assert!(long.to_string().contains("(actual: 5, maximum: 4)"), "{long}");
        connection.execute("INSERT INTO T VALUES (HEXTORAW('a0FF'))", &[]).unwrap();
        let hex: String = connection.query_row_as("SELECT RAWTOHEX(V) FROM T", &[]).unwrap();
        assert_eq!(hex, "A0FF");
        let number = connection.execute("INSERT INTO T VALUES (:1)", &[&7]).unwrap_err();
        assert_eq!(oci_code(&number), 932);
    });
}

#[test]
fn null_is_bound_as_every_type() {
    alone(|_| {
        let connection = connect();
        create(&connection, "N NUMBER, D TIMESTAMP WITH TIME ZONE, S VARCHAR2(10), B RAW(10), C CLOB");
        let nulls: [&dyn ToSql; 5] = [
            &OracleType::Int64,
            &OracleType::TimestampTZ(6),
            &OracleType::Varchar2(10),
            &OracleType::Raw(10),
            &OracleType::Long,
        ];
        connection.execute("INSERT INTO T VALUES (:1, :2, :3, :4, :5)", &nulls).unwrap();
        let options: [&dyn ToSql; 5] = [
            &None::<i64>,
            &None::<DateTime<FixedOffset>>,
            &None::<String>,
            &None::<Vec<u8>>,
            &None::<String>,
        ];
        connection.execute("INSERT INTO T VALUES (:1, :2, :3, :4, :5)", &options).unwrap();
        // The empty text and no bytes are NULL too.
        connection
            .execute("INSERT INTO T (S, B, C) VALUES (:1, :2, :3)", &[&"", &vec![0_u8; 0], &""])
            .unwrap();
        type Row =
            (Option<i64>, Option<DateTime<FixedOffset>>, Option<String>, Option<Vec<u8>>, Option<String>);
        let rows: Vec<Row> =
            connection.query_as("SELECT N, D, S, B, C FROM T", &[]).unwrap().map(Result::unwrap).collect();
        assert_eq!(
            rows,
            [(None, None, None, None, None), (None, None, None, None, None), (None, None, None, None, None)]
        );
        let all: i64 = connection
            .query_row_as("SELECT COUNT(*) FROM T WHERE S IS NULL AND B IS NULL AND C IS NULL", &[])
            .unwrap();
        assert_eq!(all, 3);
    });
}

/// Texts around the widths at which the driver and the client change their ways.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [1, 4_000, 4_001, 8_191, 32_767, 32_768, 65_536, 65_537, 200_001]
        .map(|bytes| "x".repeat(bytes))
        .into();
    texts.push("Grüße, 日本語 🎂 ".repeat(4_000));
    texts
}

#[test]
fn long_texts_come_back_as_they_were() {
    alone(|_| {
        let connection = connect();
        create(&connection, "ID NUMBER, C CLOB");
        for (id, text) in texts().iter().enumerate() {
            let bytes = text.len() as u32;
            // As the driver binds a String, as VARCHAR2 of its width, and as LONG.
            let binds: [&dyn ToSql; 3] =
                [text, &(text, &OracleType::Varchar2(bytes)), &(text, &OracleType::Long)];
            for bind in binds {
                connection.execute("DELETE FROM T", &[]).unwrap();
                connection.execute("INSERT INTO T VALUES (:1, :2)", &[&id, &"short"]).unwrap();
                connection.execute("UPDATE T SET C = :1", &[bind]).unwrap();
                let read: String = connection.query_row_as("SELECT C FROM T", &[]).unwrap();
                assert!(read == *text, "{} and not {bytes} bytes", read.len());
            }
        }
        let rows = connection.query("SELECT C FROM T", &[]).unwrap();
        assert_eq!(*rows.column_info()[0].oracle_type(), OracleType::CLOB);
    });
}

#[test]
fn a_text_too_long_for_varchar2_stays_too_long() {
    alone(|_| {
        let connection = connect();
        create(&connection, "S VARCHAR2(4000)");
        let text = "x".repeat(4_001);
        for bind in [OracleType::Varchar2(4_001), OracleType::Long] {
            let error = connection.execute("INSERT INTO T VALUES (:1)", &[&(&text, &bind)]).unwrap_err();
            assert_eq!(oci_code(&error), 1461);
        }
        create_short(&connection);
        let error = connection.execute("INSERT INTO SHORT VALUES ('four')", &[]).unwrap_err();
        assert_eq!(oci_code(&error), 12899);
    });
}

fn create_short(connection: &Connection) {
    connection.execute("CREATE TABLE SHORT (S VARCHAR2(3))", &[]).unwrap();
}

/// As in Oracle: a query with such a column brings no rows along, and each row is a trip of its own.
#[test]
fn rows_with_a_long_text_are_fetched_one_by_one() {
    alone(|db| {
        let connection = autocommitting();
        create(&connection, "ID NUMBER, C CLOB");
        for id in 0..3 {
            connection.execute("INSERT INTO T VALUES (:1, :2)", &[&id, &"text"]).unwrap();
        }
        let read = |columns: &str| {
            let sql = format!("SELECT {columns} FROM T");
            let mut statement =
                connection.statement(&sql).prefetch_rows(11).fetch_array_size(10).build().unwrap();
            assert_eq!(statement.query(&[]).unwrap().count(), 3);
        };
        assert_eq!(trips_of(db, || read("ID")), [(Kind::Execute, 3)]);
        let one = (Kind::Fetch, 1);
        assert_eq!(trips_of(db, || read("ID, C")), [(Kind::Execute, 0), one, one, one, (Kind::Fetch, 0)]);
    });
}

#[test]
fn a_long_text_is_no_value_to_compare_or_sort_by() {
    alone(|_| {
        let connection = connect();
        create(&connection, "C CLOB, D CLOB");
        for sql in [
            "SELECT 1 FROM T WHERE C = 'x'",
            "SELECT 1 FROM T WHERE C = D",
            "SELECT 1 FROM T WHERE C IN ('x')",
            "SELECT C FROM T ORDER BY C",
            "SELECT C FROM T ORDER BY 1",
            "SELECT DISTINCT C FROM T",
            "SELECT COUNT(*) FROM T GROUP BY C",
            "SELECT MAX(C) FROM T",
        ] {
            let error = connection.query(sql, &[]).err().unwrap_or_else(|| panic!("{sql}"));
            assert_eq!(oci_code(&error), 932, "{sql}");
            assert!(error.to_string().contains("inconsistent datatypes: expected - got CLOB"), "{error}");
        }
        let index = connection.execute("CREATE INDEX I ON T (C)", &[]).unwrap_err();
        assert_eq!(oci_code(&index), 2327);
        assert!(connection.query("SELECT C FROM T WHERE C IS NOT NULL", &[]).is_ok());
    });
}

#[test]
fn a_name_that_stands_in_several_parts_is_bound_once() {
    alone(|_| {
        let connection = connect();
        create(&connection, "ID NUMBER, A TIMESTAMP WITH TIME ZONE, B TIMESTAMP WITH TIME ZONE");
        connection.execute("CREATE INDEX T_LENGTH ON T (ID, B - A)", &[]).unwrap();
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        let rows = [(1, "2025-06-01T12:00:00+02:00"), (2, "2025-08-01T12:00:00+02:00")];
        for (id, end) in rows {
            let start = at("2025-06-01T11:00:00+02:00");
            connection.execute("INSERT INTO T VALUES (:1, :2, :3)", &[&id, &start, &at(end)]).unwrap();
        }
        let sql = "SELECT ID, B AS ENDS, NULL AS NOTE FROM T WHERE B - A > NUMTODSINTERVAL(:days, 'DAY') AND B > :after \
                   UNION ALL SELECT ID + 10, A, :note FROM T WHERE A < :before AND B > :after \
                   ORDER BY ENDS DESC, 1 FETCH FIRST :wanted ROWS ONLY";
        let (after, before) = (at("2025-06-01T09:30:00Z"), at("2025-06-01T10:00:00Z"));
        let found = connection
            .query_as_named::<(i64, DateTime<FixedOffset>, Option<String>)>(
                sql,
                &[("days", &31), ("after", &after), ("note", &"é"), ("before", &before), ("wanted", &2)],
            )
            .unwrap();
        let found: Vec<_> = found.map(Result::unwrap).collect();
        assert_eq!(
            found,
            [
                (2, at("2025-08-01T12:00:00+02:00"), None),
                (11, at("2025-06-01T11:00:00+02:00"), Some("é".to_owned()))
            ]
        );
    });
}
