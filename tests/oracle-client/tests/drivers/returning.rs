use chrono::{DateTime, FixedOffset};
use oracle::Connection;
use oracle::sql_type::{OracleType, ToSql};
use oracle_client_stand_in::Kind;

use crate::support::{alone, autocommitting, connect, create_people, insert, trips_of};

fn three_people(connection: &Connection) {
    create_people(connection);
    for name in ["Ada", "Bob", "Cid"] {
        insert(connection, name).unwrap();
    }
}

#[test]
fn an_insert_returns_what_the_database_made() {
    alone(|_| {
        let connection = connect();
        create_people(&connection);
        let sql =
            "INSERT INTO PEOPLE (NAME, AGE) VALUES (:name, :age) RETURNING ID, NAME, AGE INTO :id, :n, :a";
        let mut statement = connection.statement(sql).build().unwrap();
        for (expected, name) in [(1, "Ada"), (2, "Bob")] {
            let (text, number) = (OracleType::Varchar2(20), OracleType::Int64);
            statement
                .execute_named(&[
                    ("name", &name),
                    ("age", &36),
                    ("id", &number),
                    ("n", &text),
                    ("a", &OracleType::Number(0, 0)),
                ])
                .unwrap();
            assert_eq!(statement.returned_values::<_, i64>("id").unwrap(), [expected]);
            assert_eq!(statement.returned_values::<_, String>("n").unwrap(), [name]);
            assert_eq!(statement.returned_values::<_, i32>("a").unwrap(), [36]);
        }
    });
}

#[test]
fn an_update_returns_every_row() {
    alone(|_| {
        let connection = connect();
        three_people(&connection);
        let sql = "UPDATE PEOPLE SET AGE = :age WHERE NAME <> :other RETURNING NAME, AGE INTO :name, :new";
        let mut statement = connection.statement(sql).build().unwrap();
        let (text, number) = (OracleType::Varchar2(20), OracleType::Number(0, 0));
        statement
            .execute_named(&[("age", &7), ("other", &"Bob"), ("name", &text), ("new", &number)])
            .unwrap();
        assert_eq!(statement.row_count().unwrap(), 2);
        let mut names: Vec<String> = statement.returned_values("name").unwrap();
        names.sort();
        assert_eq!(names, ["Ada", "Cid"]);
        assert_eq!(statement.returned_values::<_, i32>("new").unwrap(), [7, 7]);
    });
}

#[test]
fn no_row_returns_nothing() {
    alone(|_| {
        let connection = connect();
        three_people(&connection);
        let sql = "DELETE FROM PEOPLE WHERE NAME = :name RETURNING ID INTO :id";
        let mut statement = connection.statement(sql).build().unwrap();
        statement.execute_named(&[("name", &"Bob"), ("id", &OracleType::Int64)]).unwrap();
        assert_eq!(statement.returned_values::<_, i64>("id").unwrap(), [2]);
        // The same statement again: what it returned before is gone.
        statement.execute_named(&[("name", &"Bob"), ("id", &OracleType::Int64)]).unwrap();
        assert_eq!(statement.row_count().unwrap(), 0);
        assert!(statement.returned_values::<_, i64>("id").unwrap().is_empty());
    });
}

#[test]
fn nulls_and_timestamps_are_returned_too() {
    alone(|_| {
        let connection = connect();
        let table = "CREATE TABLE T (N NUMBER, D TIMESTAMP WITH TIME ZONE)";
        connection.execute(table, &[]).unwrap();
        let when = DateTime::parse_from_rfc3339("2026-03-29T01:59:59.123456-03:30").unwrap();
        let sql = "INSERT INTO T (N, D) VALUES (:n, :d) RETURNING N, D INTO :n2, :d2";
        let mut statement = connection.statement(sql).build().unwrap();
        statement
            .execute_named(&[
                ("n", &None::<i64>),
                ("d", &when),
                ("n2", &OracleType::Int64),
                ("d2", &OracleType::TimestampTZ(6)),
            ])
            .unwrap();
        assert_eq!(statement.returned_values::<_, Option<i64>>("n2").unwrap(), [None]);
        let read: Vec<DateTime<FixedOffset>> = statement.returned_values("d2").unwrap();
        assert_eq!(read[0].to_rfc3339(), when.to_rfc3339());
    });
}

/// Rows of every kind: texts up to the widest VARCHAR2 and beyond, bytes, and NULL.
fn rows_of_every_kind(connection: &Connection, rows: i64) {
    let table = "CREATE TABLE T (ID NUMBER, S VARCHAR2(4000), B RAW(2000), C CLOB)";
    connection.execute(table, &[]).unwrap();
    for id in 0..rows {
        let (text, bytes, long) = row_of(id);
        connection.execute("INSERT INTO T VALUES (:1, :2, :3, :4)", &[&id, &text, &bytes, &long]).unwrap();
    }
}

/// Every third row is empty.
fn row_of(id: i64) -> (Option<String>, Option<Vec<u8>>, Option<String>) {
    let size = id as usize;
    match id % 3 {
        0 => (None, None, None),
        1 => (Some("ü".repeat(2_000)), Some(vec![id as u8; 2_000]), Some("é".repeat(40_000))),
        _ => (Some("x".repeat(size)), Some(vec![0; size]), Some("y".repeat(4_000 + size))),
    }
}

#[test]
fn updates_and_deletes_return_texts_bytes_and_nulls_of_many_rows() {
    alone(|db| {
        let connection = autocommitting();
        rows_of_every_kind(&connection, 100);
        let expected: Vec<_> = (50..100).map(|id| (id, row_of(id))).collect();
        let types: [(&str, &dyn ToSql); 5] = [
            ("first", &50),
            ("i", &OracleType::Int64),
            ("s", &OracleType::Varchar2(4_000)),
            ("b", &OracleType::Raw(2_000)),
            ("c", &OracleType::Long),
        ];
        for verb in ["UPDATE T SET ID = ID", "DELETE FROM T"] {
            let sql = format!("{verb} WHERE ID >= :first RETURNING ID, S, B, C INTO :i, :s, :b, :c");
            let mut statement = connection.statement(&sql).build().unwrap();
            let trips = trips_of(db, || statement.execute_named(&types).unwrap());
            assert_eq!(trips, [(Kind::ExecuteCommit, 50)]);
            let ids: Vec<i64> = statement.returned_values("i").unwrap();
            let texts: Vec<Option<String>> = statement.returned_values("s").unwrap();
            let bytes: Vec<Option<Vec<u8>>> = statement.returned_values("b").unwrap();
            let longs: Vec<Option<String>> = statement.returned_values("c").unwrap();
            let rows = ids.into_iter().zip(texts).zip(bytes).zip(longs);
            let mut rows: Vec<_> =
                rows.map(|(((id, text), bytes), long)| (id, (text, bytes, long))).collect();
            rows.sort();
            assert!(rows == expected, "{verb}");
        }
        let left: i64 = connection.query_row_as("SELECT COUNT(*) FROM T", &[]).unwrap();
        assert_eq!(left, 50);
    });
}

#[test]
fn a_statement_that_is_used_again_returns_more_rows_and_then_fewer() {
    alone(|_| {
        let connection = connect();
        rows_of_every_kind(&connection, 9);
        let sql = "UPDATE T SET S = S WHERE ID < :below RETURNING C INTO :c";
        let mut statement = connection.statement(sql).build().unwrap();
        for below in [2, 9, 0, 1] {
            statement.execute_named(&[("below", &below), ("c", &OracleType::Long)]).unwrap();
            let longs: Vec<Option<String>> = statement.returned_values("c").unwrap();
            assert!(longs == (0..below).map(|id| row_of(id).2).collect::<Vec<_>>(), "{below}");
        }
    });
}

#[test]
fn an_autocommitted_write_with_returning_is_one_round_trip() {
    alone(|db| {
        let connection = autocommitting();
        create_people(&connection);
        let trips = trips_of(db, || {
            let sql = "INSERT INTO PEOPLE (NAME) VALUES (:name) RETURNING ID INTO :id";
            let mut statement = connection.statement(sql).build().unwrap();
            statement.execute_named(&[("name", &"Ada"), ("id", &OracleType::Int64)]).unwrap();
        });
        assert_eq!(trips, [(Kind::ExecuteCommit, 1)]);
    });
}
