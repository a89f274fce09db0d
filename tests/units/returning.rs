use chrono::{DateTime, Utc};
use oracle_client_stand_in::Kind::ExecuteCommit;
use persony::db::{DbError, Returned, Row, Unit, required};

use super::support::{add, alone};

fn three(db: &mut Unit<'_>) -> Result<(), DbError> {
    for name in ["Ada", "Bob", "Cid"] {
        add(db, name)?;
    }
    Ok(())
}

fn name(row: &dyn Row) -> Result<String, DbError> {
    Ok(required(row.text(0)?, "NAME")?.into_owned())
}

#[test]
fn an_insert_gives_back_columns_of_every_kind() {
    alone(|things| {
        let when: DateTime<Utc> = "2026-03-29T01:59:59.123456Z".parse().unwrap();
        let back = things.unit(move |db| {
            let binds =
                [("name", "Ada".into()), ("made_at", when.into()), ("digest", [7_u8].as_slice().into())];
            let columns = [
                Returned::Integer("ID"),
                Returned::Text("NAME"),
                Returned::Timestamp("MADE_AT"),
                Returned::Bytes("DIGEST"),
                Returned::Integer("AMOUNT"),
                Returned::Text("NAME"),
            ];
            let sql = "INSERT INTO THINGS (NAME, MADE_AT, DIGEST) VALUES (:name, :made_at, :digest)";
            db.last().insert(sql, &binds, &columns[..5], |row| {
                assert_eq!(row.text(1)?.as_deref(), Some("Ada"));
                assert_eq!(row.bytes(3)?.as_deref(), Some(&[7][..]));
                assert_eq!(row.integer(4)?, None);
                Ok((row.integer(0)?, row.timestamp(2)?))
            })
        });
        assert_eq!(back.unwrap(), (Some(1), Some(when)));
    });
}

#[test]
fn an_update_gives_back_every_row_that_it_met() {
    alone(|things| {
        things.unit(three).unwrap();
        let update = || {
            things.unit(|db| {
                let sql = "UPDATE THINGS SET AMOUNT = 7 WHERE NAME <> :other";
                db.last().returning(sql, &[("other", "Bob".into())], &[Returned::Text("NAME")], name)
            })
        };
        let mut back = Vec::new();
        let trips = things.trips(|| back = update().unwrap());
        back.sort();
        assert_eq!(back, ["Ada", "Cid"]);
        assert!(trips.is_none_or(|trips| trips == [ExecuteCommit]));
    });
}

#[test]
fn a_delete_gives_back_what_is_gone_and_nothing_where_there_was_nothing() {
    alone(|things| {
        things.unit(three).unwrap();
        for expected in [&["Bob"][..], &[]] {
            let back = things.unit(|db| {
                let sql = "DELETE FROM THINGS WHERE NAME = :name";
                db.last().returning(sql, &[("name", "Bob".into())], &[Returned::Text("NAME")], name)
            });
            assert_eq!(back.unwrap(), expected);
        }
        assert_eq!(things.names(), ["Ada", "Cid"]);
    });
}

#[test]
fn a_long_text_comes_back_whole() {
    alone(|things| {
        let long = "x".repeat(4000);
        let expected = long.clone();
        let back = things.unit(move |db| {
            let sql = "INSERT INTO THINGS (NAME) VALUES (:name)";
            db.last().insert(sql, &[("name", long.as_str().into())], &[Returned::Text("NAME")], name)
        });
        assert_eq!(back.unwrap(), expected);
    });
}
