use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use oracle_client_stand_in::Kind::{Commit, Execute, ExecuteCommit, Rollback};
use persony::db::DbError;

use super::support::{add, alone, alone_with, count};

#[test]
fn a_unit_of_one_write_is_committed_with_it() {
    alone(|things| {
        let trips = things.trips(|| assert!(things.unit(|db| add(db.last(), "one")).unwrap()));
        assert!(trips.is_none_or(|trips| trips == [ExecuteCommit]));
        assert_eq!(things.names(), ["one"]);
    });
}

#[test]
fn a_unit_of_several_writes_is_committed_with_its_last() {
    alone(|things| {
        let both = || things.unit(|db| Ok(add(db, "one")? && add(db.last(), "two")?));
        let trips = things.trips(|| assert!(both().unwrap()));
        assert!(trips.is_none_or(|trips| trips == [Execute, ExecuteCommit]));
        assert_eq!(things.names(), ["one", "two"]);
    });
}

#[test]
fn a_unit_that_does_not_say_which_write_is_its_last_is_committed_by_itself() {
    alone(|things| {
        let trips =
            things.trips(|| assert!(things.unit(|db| Ok(add(db, "one")? && add(db, "two")?)).unwrap()));
        assert!(trips.is_none_or(|trips| trips == [Execute, Execute, Commit]));
        assert_eq!(things.names(), ["one", "two"]);
    });
}

#[test]
fn of_a_unit_that_fails_nothing_stays() {
    alone(|things| {
        let fails = || {
            things.unit(|db| {
                add(db, "one")?;
                Err::<(), _>(DbError::Failed("on purpose".into()))
            })
        };
        let trips = things.trips(|| assert_eq!(fails().unwrap_err().to_string(), "on purpose"));
        assert!(trips.is_none_or(|trips| trips == [Execute, Rollback]));
        assert_eq!(things.names(), [""; 0]);
        assert!(things.unit(|db| add(db.last(), "one")).unwrap(), "its locks are gone, too");
    });
}

#[test]
fn of_a_unit_whose_last_write_fails_nothing_stays() {
    alone(|things| {
        things.unit(|db| add(db.last(), "taken")).unwrap();
        let refused = things.unit(|db| {
            add(db, "one")?;
            db.last().execute("INSERT INTO THINGS (NAME) VALUES ('taken')", &[])
        });
        assert!(matches!(refused, Err(DbError::Unique(_))), "{refused:?}");
        assert_eq!(things.names(), ["taken"]);
    });
}

/// The driver lets every execution carry a commit along while its autocommit is on, a query's too.
#[test]
fn what_is_read_after_a_last_write_that_failed_commits_nothing() {
    alone(|things| {
        things.unit(|db| add(db.last(), "taken")).unwrap();
        let fails = || {
            things.unit(|db| {
                add(db, "one")?;
                assert!(!add(db.last(), "taken")?);
                assert_eq!(count(db)?, 2);
                Err::<(), _>(DbError::Failed("on purpose".into()))
            })
        };
        let trips = things.trips(|| assert_eq!(fails().unwrap_err().to_string(), "on purpose"));
        assert_eq!(things.names(), ["taken"]);
        assert!(trips.is_none_or(|trips| trips == [Execute, ExecuteCommit, Execute, Rollback]));
    });
}

#[test]
fn of_a_unit_that_panics_nothing_stays_and_the_next_is_served() {
    alone(|things| {
        let panicked = things.unit(|db| {
            add(db, "one")?;
            panic!("on purpose");
            #[expect(unreachable_code, reason = "the type of the closure")]
            Ok(())
        });
        assert!(matches!(panicked, Err(DbError::Failed(_))), "{panicked:?}");
        for name in ["two", "three", "four"] {
            assert!(things.unit(move |db| add(db.last(), name)).unwrap());
        }
        assert_eq!(things.names(), ["two", "three", "four"]);
    });
}

/// What a unit writes can still be taken back by its last write's failure; what comes after it could
/// not be.
#[test]
fn nothing_is_written_after_the_last_write() {
    alone(|things| {
        let late = things.unit(|db| Ok(add(db.last(), "one")? && add(db, "two")?));
        assert_eq!(late.unwrap_err().to_string(), "a write came after the last of its unit");
        assert_eq!(things.names(), ["one"]);
    });
}

#[test]
fn another_write_takes_the_place_of_a_last_one_that_did_nothing() {
    alone(|things| {
        let rename = "UPDATE THINGS SET NAME = 'renamed' WHERE NAME = 'one'";
        let met = things.unit(move |db| {
            let met = db.last().execute(rename, &[])?;
            Ok((met, add(db.last(), "one")?, add(db.last(), "two")))
        });
        let (met, added, late) = met.unwrap();
        assert_eq!((met, added), (0, true));
        assert!(late.is_err(), "the second one was the last");
        let refused_first = things.unit(|db| Ok(!add(db.last(), "one")? && add(db.last(), "three")?));
        assert!(refused_first.unwrap());
        assert_eq!(things.names(), ["one", "three"]);
    });
}

#[test]
fn a_unit_reads_what_it_wrote_and_others_do_not() {
    alone(|things| {
        let (other, runtime) = (things.db.clone(), things.runtime().handle().clone());
        let seen = things.unit(move |db| {
            add(db, "one")?;
            let others = runtime.block_on(other.read("read", count));
            Ok((count(db)?, others?))
        });
        assert_eq!(seen.unwrap(), (1, 0));
    });
}

#[test]
fn a_snapshot_sees_one_moment_and_takes_two_trips_more() {
    alone(|things| {
        let other = things.db.clone();
        let seen = things.snapshot(move |db| {
            let before = count(db)?;
            let add = other.unit("unit", |db| add(db.last(), "one"));
            tokio::runtime::Handle::current().block_on(add)?;
            Ok((before, count(db)?))
        });
        assert_eq!(seen.unwrap(), (0, 0));
        let trips = things.trips(|| assert_eq!(things.snapshot(count).unwrap(), 1));
        assert!(trips.is_none_or(|trips| trips == [Execute, Execute, Commit]));
    });
}

/// As where a driver hangs: nothing can end its thread.
#[test]
fn work_that_does_not_come_back_keeps_its_place_and_not_who_asked_for_it() {
    alone_with(&[("ORACLE_POOL_TIMEOUT", "1"), ("ORACLE_CALL_TIMEOUT", "1")], |things| {
        let (release, released) = channel::<()>();
        let asked = Instant::now();
        let late = things.read(move |db| {
            released.recv().unwrap_or_default();
            count(db)
        });
        assert!(matches!(late, Err(DbError::Unavailable(_))), "{late:?}");
        // The embedded engine's times are not settings: five seconds and five more.
        assert!(asked.elapsed() < Duration::from_secs(12), "{:?}", asked.elapsed());
        assert_eq!(things.read(count).unwrap(), 0, "the others are served");
        drop(release);
    });
}
