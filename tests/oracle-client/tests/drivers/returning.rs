use chrono::{DateTime, FixedOffset};
use oracle::Connection;
use oracle::sql_type::OracleType;
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
