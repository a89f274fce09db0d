use chrono::{DateTime, Utc};
use persony::db::{Row, Value, required};

use super::support::alone;

const INSERT: &str = "INSERT INTO THINGS (NAME, AMOUNT, MADE_AT, DIGEST, WHOLE) \
                      VALUES (:name, :amount, :made_at, :digest, :whole)";
const SELECT: &str = "SELECT NAME, AMOUNT, MADE_AT, DIGEST, WHOLE FROM THINGS";

#[test]
fn every_kind_of_value_comes_back_as_it_was() {
    alone(|things| {
        let when: DateTime<Utc> = "9999-12-31T23:59:59.999999Z".parse().unwrap();
        things
            .unit(move |db| {
                let digest = [0, 1, 254, 255];
                db.last().execute(
                    INSERT,
                    &[
                        ("name", "é".into()),
                        ("amount", i64::MIN.into()),
                        ("made_at", when.into()),
                        ("digest", digest.as_slice().into()),
                        ("whole", "short".into()),
                    ],
                )
            })
            .unwrap();
        let read = things.read(|db| {
            db.row(SELECT, &[], |row| {
                assert_eq!(row.text(0)?.as_deref(), Some("é"));
                assert_eq!(row.bytes(3)?.as_deref(), Some(&[0, 1, 254, 255][..]));
                assert_eq!(row.text(4)?.as_deref(), Some("short"));
                Ok((row.integer(1)?, row.timestamp(2)?))
            })
        });
        assert_eq!(read.unwrap(), Some((Some(i64::MIN), Some(when))));
    });
}

#[test]
fn every_kind_of_value_can_be_null() {
    alone(|things| {
        let nulls: [(&str, Value<'static>); 5] = [
            ("name", None::<&str>.into()),
            ("amount", None::<i64>.into()),
            ("made_at", None::<DateTime<Utc>>.into()),
            ("digest", None::<&[u8]>.into()),
            ("whole", "".into()),
        ];
        things.unit(move |db| db.last().execute(INSERT, &nulls)).unwrap();
        let all_null = |row: &dyn Row| {
            Ok(row.text(0)?.is_none()
                && row.integer(1)?.is_none()
                && row.timestamp(2)?.is_none()
                && row.bytes(3)?.is_none()
                && row.text(4)?.is_none())
        };
        assert_eq!(things.read(move |db| db.row(SELECT, &[], all_null)).unwrap(), Some(true));
    });
}

/// The beginning stands in a VARCHAR2, so that lists never touch a LOB; the whole is read by a
/// statement of its own where there is more.
#[test]
fn a_long_text_costs_a_trip_more_and_a_short_one_does_not() {
    alone(|things| {
        let long = "ü".repeat(50_000);
        let written = long.clone();
        things
            .unit(move |db| {
                let (beginning, whole) = persony::text::beginning(&written, 4000);
                db.execute(INSERT, &row(beginning, whole))?;
                let (beginning, whole) = persony::text::beginning("short", 4000);
                db.last().execute(INSERT, &row(beginning, whole))
            })
            .unwrap();
        let list = "SELECT NAME, CASE WHEN WHOLE IS NULL THEN 0 ELSE 1 END, ID FROM THINGS ORDER BY ID";
        let listed = things.read(move |db| {
            db.rows(list, &[], |row| {
                let name = required(row.text(0)?, "NAME")?.into_owned();
                Ok((name, required(row.integer(1)?, "WHOLE")? == 1, required(row.integer(2)?, "ID")?))
            })
        });
        let listed = listed.unwrap();
        assert_eq!((listed[0].0.len(), listed[0].1), (4000, true));
        assert_eq!((listed[1].0.as_str(), listed[1].1), ("short", false));
        let id = listed[0].2;
        let whole = things.read(move |db| {
            db.row("SELECT WHOLE FROM THINGS WHERE ID = :id", &[("id", id.into())], |row| {
                Ok(required(row.text(0)?, "WHOLE")?.into_owned())
            })
        });
        assert_eq!(whole.unwrap().unwrap(), long);
    });
}

fn row<'t>(name: &'t str, whole: Option<&'t str>) -> [(&'static str, Value<'t>); 5] {
    [
        ("name", name.into()),
        ("amount", None::<i64>.into()),
        ("made_at", None::<DateTime<Utc>>.into()),
        ("digest", None::<&[u8]>.into()),
        ("whole", whole.into()),
    ]
}
