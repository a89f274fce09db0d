//! The line of units that wait to be written: how long, how many, and who is told what of it.

use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

use persony::db::DbError;
use rusqlite::Connection;

use super::file;
use crate::units::support::{add, alone, count};

/// By whoever is first to find that it is late: who waits for it, or the writer.
#[test]
fn a_unit_that_is_not_begun_by_its_deadline_is_answered_then_and_never_run() {
    alone(|things| {
        let (held, release) = things.hold();
        let asked = Instant::now();
        let late = things.ask(|db| add(db.last(), "late"));
        let nobody_looks = things.ask(|db| add(db.last(), "late as well"));
        let error = things.answer(late).unwrap_err();
        assert_eq!(error.to_string(), "all connections are busy for 5s");
        let waited = asked.elapsed();
        assert!((5..7).contains(&waited.as_secs()), "{waited:?}");
        assert_eq!(things.seen.waiting.load(SeqCst), 1, "one of them does not wait any more");
        let in_time = things.ask(|db| add(db.last(), "in time"));
        release.send(()).unwrap();
        assert!(things.answer(held).unwrap() && things.answer(in_time).unwrap());
        let error = things.answer(nobody_looks).unwrap_err();
        assert_eq!(error.to_string(), "embedded engine: its turn came too late");
        let (waiting, _, without, _) = things.seen.counts();
        assert_eq!((waiting, without), (0, 2));
        assert_eq!(things.names(), ["held", "in time"]);
    });
}

#[test]
fn a_unit_that_was_not_done_by_its_deadline_is_not_committed_later() {
    alone(|things| {
        let (held, release) = things.hold();
        let error = things.answer(held).unwrap_err();
        assert_eq!(error.to_string(), "unit was not done in time");
        let next = things.ask(|db| add(db.last(), "next"));
        release.send(()).unwrap();
        // It was taken in by the group of the one that is late, or by the next one.
        let next = things.answer(next);
        let expected = if next.is_ok() { &["next"][..] } else { &[] };
        assert_eq!(things.names(), expected);
    });
}

#[test]
fn while_another_program_has_the_file_each_waits_until_its_own_deadline() {
    alone(|things| {
        let other = Connection::open(file()).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let first = things.ask(|db| add(db.last(), "first"));
        // Readers go on, and time goes by.
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(1) {
            assert_eq!(things.read(count).unwrap(), 0);
        }
        let second = things.ask(|db| add(db.last(), "second"));
        let error = things.answer(first).unwrap_err();
        assert!(matches!(error, DbError::Unavailable(_)), "{error:?}");
        other.execute_batch("ROLLBACK").unwrap();
        assert!(things.answer(second).unwrap());
        assert_eq!(things.names(), ["second"]);
    });
}

#[test]
fn whoever_does_not_wait_for_the_answer_leaves_the_unit_to_be_done_whole() {
    alone(|things| {
        let (held, release) = things.hold();
        let gone = things.ask(|db| Ok(add(db, "one")? && add(db, "two")?));
        drop(gone);
        release.send(()).unwrap();
        assert!(things.answer(held).unwrap());
        assert!(things.unit(|db| add(db.last(), "three")).unwrap());
        assert_eq!(things.names(), ["held", "one", "two", "three"]);
    });
}

#[test]
fn a_line_that_is_full_refuses_at_once() {
    alone(|things| {
        let (held, release) = things.hold();
        let line: Vec<_> =
            (0..4096).map(|number| things.ask(move |db| add(db.last(), &number.to_string()))).collect();
        let error = things.unit(|db| add(db.last(), "too many")).unwrap_err();
        assert_eq!(error.to_string(), "embedded engine: 4096 units of work wait");
        release.send(()).unwrap();
        assert!(things.answer(held).unwrap());
        for asked in line {
            assert!(things.answer(asked).unwrap());
        }
        assert_eq!(things.read(count).unwrap(), 4097);
    });
}

#[test]
fn the_observer_is_told_of_each_unit_once() {
    alone(|things| {
        let before = things.seen.counts();
        let (held, release) = things.hold();
        let one = things.ask(|db| add(db.last(), "one"));
        assert_eq!(things.seen.counts(), (1, before.1 + 1, before.2, before.3));
        let connections = things.db.connections();
        assert_eq!((connections.open, connections.idle, connections.most), (8, 7, 8));
        release.send(()).unwrap();
        assert!(things.answer(held).unwrap() && things.answer(one).unwrap());
        assert_eq!(things.seen.counts(), (0, before.1 + 2, before.2, before.3 + 2));
        assert_eq!(things.db.connections().idle, 8);
    });
}
