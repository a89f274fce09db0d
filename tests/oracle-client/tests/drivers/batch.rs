//! Array DML: one round trip for many rows.

use oracle::sql_type::{OracleType, ToSql};
use oracle::{Batch, Connection, Error, ErrorKind};
use oracle_client_stand_in::Kind;

use crate::support::{alone, autocommitting, connect, count, create_people, insert, oci_code, trips_of};

const INSERT: &str = "INSERT INTO PEOPLE (NAME, AGE) VALUES (:name, :age)";

/// A batch of names, each with an age that is too long for its column where it is above 999.
fn people<'a>(connection: &'a Connection, rows: &[(&str, i64)], errors: bool) -> Batch<'a> {
    let mut builder = connection.batch(INSERT, rows.len().max(1));
    if errors {
        builder.with_batch_errors();
    }
    let mut batch = builder.with_row_counts().build().unwrap();
    batch.set_type("name", &OracleType::Varchar2(100)).unwrap();
    for (name, age) in rows {
        let row: [(&str, &dyn ToSql); 2] = [("name", name), ("age", age)];
        batch.append_row_named(&row).unwrap();
    }
    batch
}

/// The rows that failed, and why.
fn failures(error: &Error) -> Vec<(u32, i32)> {
    assert_eq!(error.kind(), ErrorKind::BatchErrors);
    error.batch_errors().unwrap().iter().map(|error| (error.offset(), error.code())).collect()
}

#[test]
fn many_rows_are_one_round_trip_with_their_commit() {
    alone(|db| {
        let connection = autocommitting();
        create_people(&connection);
        let names: Vec<String> = (0..500).map(|number| format!("person {number}")).collect();
        let rows: Vec<(&str, i64)> = names.iter().map(|name| (name.as_str(), 7)).collect();
        let mut batch = people(&connection, &rows, true);
        let trips = trips_of(db, || batch.execute().unwrap());
        // The last row that fills a batch without batch errors would have executed it already.
        assert_eq!(trips, [(Kind::ExecuteCommit, 500)]);
        assert_eq!(batch.row_counts().unwrap(), [1; 500]);
        assert_eq!(count(&connect()), 500);
    });
}

#[test]
fn rows_that_fail_are_named_and_leave_their_neighbours_alone() {
    alone(|db| {
        let connection = connect();
        create_people(&connection);
        let rows =
            [("Ada", 1), ("Ada", 2), ("Bob", 3), ("Cid", 1_000), ("a name of twenty-one", 5), ("Dot", 6)];
        let mut batch = people(&connection, &rows, true);
        let mut error = None;
        let trips = trips_of(db, || error = batch.execute().err());
        assert_eq!(trips, [(Kind::Execute, 4)]);
        assert_eq!(failures(&error.unwrap()), [(1, 1), (3, 1438)]);
        assert_eq!(batch.row_counts().unwrap(), [1, 0, 1, 0, 1, 1]);
        assert_eq!(count(&connection), 4);
        // The same batch again, and what failed before is not told a second time.
        batch.append_row(&[&"Eve", &7]).unwrap();
        batch.execute().unwrap();
        assert_eq!(count(&connection), 5);
        connection.rollback().unwrap();
        assert_eq!(count(&connection), 0);
    });
}

#[test]
fn each_error_has_its_own_text() {
    alone(|_| {
        let connection = connect();
        create_people(&connection);
        let long = "twenty-one characters";
        let mut batch = people(&connection, &[("", 1), (long, 2), ("Ada", 3)], true);
        let error = batch.execute().unwrap_err();
        assert_eq!(failures(&error), [(0, 1400), (1, 12899)]);
        let texts: Vec<&str> = error.batch_errors().unwrap().iter().map(|error| error.message()).collect();
        assert!(texts[0].contains("\"PEOPLE\".\"NAME\""), "{texts:?}");
        assert!(texts[1].contains("actual: 21, maximum: 20"), "{texts:?}");
    });
}

/// As Oracle does it: what to do with the rows beside those that failed is the caller's choice.
#[test]
fn with_rows_that_fail_nothing_is_committed_by_itself() {
    alone(|_| {
        let (connection, other) = (autocommitting(), connect());
        create_people(&connection);
        people(&connection, &[("Ada", 1), ("Ada", 2)], true).execute().unwrap_err();
        assert_eq!(count(&other), 0);
        connection.commit().unwrap();
        assert_eq!(count(&other), 1);
        people(&connection, &[("Bob", 1), ("Cid", 2)], true).execute().unwrap();
        assert_eq!(count(&other), 3);
    });
}

#[test]
fn without_batch_errors_the_first_failure_ends_the_batch() {
    alone(|_| {
        let connection = connect();
        create_people(&connection);
        let mut batch = connection.batch(INSERT, 10).build().unwrap();
        for (name, age) in [("Ada", 1), ("Ada", 2), ("Bob", 3)] {
            batch.append_row(&[&name, &age]).unwrap();
        }
        assert_eq!(oci_code(&batch.execute().unwrap_err()), 1);
        assert_eq!(count(&connection), 1);
    });
}

#[test]
fn a_statement_that_is_wrong_by_itself_fails_as_a_whole() {
    alone(|_| {
        let connection = connect();
        let mut batch = people(&connection, &[("Ada", 1), ("Bob", 2)], true);
        assert_eq!(oci_code(&batch.execute().unwrap_err()), 942);
    });
}

#[test]
fn updates_deletes_and_merges_count_the_rows_that_each_row_of_the_batch_met() {
    alone(|db| {
        let connection = connect();
        create_people(&connection);
        for name in ["Ada", "Bob", "Cid"] {
            insert(&connection, name).unwrap();
        }
        let run = |sql: &str, rows: &[(&str, i64)]| {
            let mut builder = connection.batch(sql, rows.len());
            let mut batch = builder.with_batch_errors().with_row_counts().build().unwrap();
            for (name, age) in rows {
                batch.append_row(&[name, age]).unwrap();
            }
            batch.execute().unwrap();
            batch.row_counts().unwrap()
        };
        let update = "UPDATE PEOPLE SET NAME = :name WHERE NAME = 'Cid' AND :age = 3";
        let merge = "MERGE INTO PEOPLE p USING (SELECT :name AS NAME, :age AS AGE FROM DUAL) s
                     ON (p.NAME = s.NAME)
                     WHEN MATCHED THEN UPDATE SET p.AGE = s.AGE
                     WHEN NOT MATCHED THEN INSERT (NAME, AGE) VALUES (s.NAME, s.AGE)";
        let delete = "DELETE FROM PEOPLE WHERE NAME = :name OR AGE = :age";
        let trips = trips_of(db, || {
            assert_eq!(run(merge, &[("Ada", 1), ("Dot", 1), ("Bob", 2)]), [1, 1, 1]);
            assert_eq!(run(update, &[("Eve", 2), ("Eve", 3), ("Fay", 3)]), [0, 1, 0]);
            assert_eq!(run(delete, &[("nobody", 1), ("Bob", 9), ("Bob", 9)]), [2, 1, 0]);
        });
        assert_eq!(trips, [(Kind::Execute, 3), (Kind::Execute, 1), (Kind::Execute, 3)]);
        assert_eq!(count(&connection), 1);
    });
}
