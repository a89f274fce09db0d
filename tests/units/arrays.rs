use oracle_client_stand_in::Kind::{Commit, Execute, ExecuteCommit};
use persony::db::{Batched, Bind, DbError, Unit};

use super::support::{add, alone};

/// Adds things of these names by one statement.
fn add_all(db: &mut Unit<'_>, names: &[&str]) -> Result<Batched, DbError> {
    let rows: Vec<[Bind<'_>; 1]> = names.iter().map(|name| [("name", (*name).into())]).collect();
    let rows: Vec<&[Bind<'_>]> = rows.iter().map(<[_; 1]>::as_slice).collect();
    db.batch("INSERT INTO THINGS (NAME) VALUES (:name)", &rows)
}

#[test]
fn many_rows_are_one_round_trip() {
    alone(|things| {
        let names: Vec<String> = (0..1_000).map(|number| format!("{number:04}")).collect();
        let sent = names.clone();
        let add = move || {
            let sent = sent.clone();
            things.unit(move |db| add_all(db.last(), &sent.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        let trips = things.trips(|| {
            let batched = add().unwrap();
            assert!(batched.failed.is_empty() && batched.met == vec![1; 1_000], "{batched:?}");
        });
        assert!(trips.is_none_or(|trips| trips == [ExecuteCommit]));
        assert!(things.names() == names);
    });
}

#[test]
fn a_row_that_fails_does_not_touch_its_neighbours() {
    alone(|things| {
        things.unit(|db| add(db.last(), "taken")).unwrap();
        let long = "x".repeat(4001);
        let run = || {
            let long = long.clone();
            things.unit(move |db| add_all(db.last(), &["one", "taken", "two", &long, "three"]))
        };
        let trips = things.trips(|| {
            let Batched { met, failed } = run().unwrap();
            assert_eq!(met, [1, 0, 1, 0, 1]);
            assert_eq!(failed.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 3]);
            assert!(matches!(failed[0].1, DbError::Unique(_)), "{failed:?}");
        });
        // Whether the database commits by itself where a row failed is nothing to rely on.
        assert!(trips.is_none_or(|trips| trips == [ExecuteCommit, Commit]));
        assert_eq!(things.names(), ["taken", "one", "two", "three"]);
    });
}

#[test]
fn an_array_is_part_of_its_unit() {
    alone(|things| {
        let failed = things.unit(|db| {
            add_all(db, &["one", "two"])?;
            Err::<(), _>(DbError::Failed("on purpose".into()))
        });
        assert!(failed.is_err());
        assert_eq!(things.names(), [""; 0]);
        let both = || {
            things.unit(|db| {
                add_all(db, &["one", "two"])?;
                add(db.last(), "three")
            })
        };
        let trips = things.trips(|| assert!(both().unwrap()));
        assert!(trips.is_none_or(|trips| trips == [Execute, ExecuteCommit]));
        assert_eq!(things.names(), ["one", "two", "three"]);
    });
}

#[test]
fn an_empty_array_is_nothing_to_do() {
    alone(|things| {
        let trips =
            things.trips(|| assert!(things.unit(|db| add_all(db.last(), &[])).unwrap().met.is_empty()));
        assert!(trips.is_none_or(|trips| trips.is_empty()));
    });
}
