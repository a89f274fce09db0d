//! Units of work that go to the disk together: what fails among them, and what all of them learn.

mod deadlines;

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::mpsc::{Sender, channel};
use std::task::Poll;

use persony::db::{DbError, Reader, Unit};

use crate::units::support::{Things, add, alone, count};

/// A unit under way.
type Asked<T> = Pin<Box<dyn Future<Output = Result<T, DbError>>>>;

fn file() -> PathBuf {
    std::env::var_os("EMBEDDED_DB_PATH").unwrap().into()
}

/// How many transactions stand in the write-ahead log: frames that say how large the file is after
/// them (<https://www.sqlite.org/fileformat2.html#walformat>).
fn transactions() -> usize {
    let mut log = file().into_os_string();
    log.push("-wal");
    let log = std::fs::read(log).unwrap();
    let number = |bytes: &[u8]| u32::from_be_bytes(bytes.try_into().unwrap());
    let (head, frames) = log.split_at(32);
    let frames = frames.chunks_exact(24 + number(&head[8..12]) as usize);
    let frames = frames.take_while(|frame| frame[8..16] == head[16..24]);
    frames.filter(|frame| number(&frame[4..8]) > 0).count()
}

impl Things {
    /// Puts a unit in line. It is there when this returns.
    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Unit<'_>) -> Result<T, DbError> + Send + 'static,
    ) -> Asked<T> {
        let db = self.db.clone();
        let mut asked: Asked<T> = Box::pin(async move { db.unit("unit", work).await });
        self.runtime().block_on(std::future::poll_fn(|context| {
            assert!(asked.as_mut().poll(context).is_pending());
            Poll::Ready(())
        }));
        asked
    }

    /// A unit that keeps the writer until it is told to go on. The writer is at it when this returns.
    fn hold(&self) -> (Asked<bool>, Sender<()>) {
        let (begun, has_begun) = channel();
        let (release, released) = channel();
        let held = self.ask(move |db| {
            begun.send(()).unwrap();
            released.recv().unwrap();
            add(db.last(), "held")
        });
        has_begun.recv().unwrap();
        (held, release)
    }

    fn answer<T>(&self, asked: Asked<T>) -> Result<T, DbError> {
        self.runtime().block_on(asked)
    }
}

fn pragma(db: &mut Reader<'_>, sql: &str) -> Result<i64, DbError> {
    Ok(db.row(sql, &[], |row| row.integer(0))?.flatten().unwrap_or(0))
}

#[test]
fn what_waits_goes_to_the_disk_together() {
    alone(|things| {
        let before = transactions();
        let (held, release) = things.hold();
        let line: Vec<_> =
            (0..100).map(|number| things.ask(move |db| add(db.last(), &number.to_string()))).collect();
        release.send(()).unwrap();
        assert!(things.answer(held).unwrap());
        for asked in line {
            assert!(things.answer(asked).unwrap());
        }
        // One, or two where it took long to queue; more where the machine is too busy to do a hundred
        // in a tenth of a second.
        let transactions = transactions() - before;
        assert!((1..=5).contains(&transactions), "{transactions}");
    });
}

#[test]
fn a_unit_that_fails_or_panics_leaves_its_neighbours() {
    alone(|things| {
        let (held, release) = things.hold();
        let one = things.ask(|db| add(db.last(), "one"));
        let fails = things.ask(|db| {
            add(db, "of the one that fails")?;
            Err::<(), _>(DbError::Failed("on purpose".into()))
        });
        let taken = things.ask(|db| {
            add(db, "of the one that finds its name taken")?;
            db.last().execute("INSERT INTO THINGS (NAME) VALUES ('one')", &[])
        });
        let panics = things.ask(|db| {
            add(db, "of the one that panics")?;
            panic!("on purpose");
            #[expect(unreachable_code, reason = "the type of the closure")]
            Ok(())
        });
        let reads = things.ask(|db| count(db));
        let two = things.ask(|db| Ok(add(db, "two")? && add(db, "three")?));
        assert_eq!(things.seen.waiting.load(SeqCst), 6);
        assert_eq!(things.read(count).unwrap(), 0, "nothing is seen before it is committed");
        release.send(()).unwrap();
        assert!(things.answer(held).unwrap() && things.answer(one).unwrap());
        assert_eq!(things.answer(fails).unwrap_err().to_string(), "on purpose");
        assert_eq!(things.answer(panics).unwrap_err().to_string(), "unit panicked");
        assert!(matches!(things.answer(taken), Err(DbError::Unique(_))));
        assert_eq!(things.answer(reads).unwrap(), 2, "a unit sees those before it");
        assert!(things.answer(two).unwrap());
        assert_eq!(things.names(), ["held", "one", "two", "three"]);
    });
}

#[test]
fn nothing_of_a_group_is_answered_or_seen_before_it_is_committed() {
    alone(|things| {
        // Two units are of one group, but where the machine is busy for too long between them.
        let together = (0..10).any(|number| {
            let before = things.read(count).unwrap();
            let (held, release) = things.hold();
            let mut one = things.ask(move |db| add(db.last(), &format!("one {number}")));
            let (begun, has_begun) = channel();
            let (go_on, goes_on) = channel::<()>();
            let last = things.ask(move |db| {
                let added = add(db.last(), &format!("last {number}"))?;
                begun.send(()).unwrap();
                goes_on.recv().unwrap();
                Ok(added)
            });
            release.send(()).unwrap();
            has_begun.recv().unwrap();
            let answered = things.runtime().block_on(std::future::poll_fn(|context| {
                Poll::Ready(match one.as_mut().poll(context) {
                    Poll::Ready(done) => Some(done.unwrap()),
                    Poll::Pending => None,
                })
            }));
            let seen = things.read(count).unwrap() - before;
            go_on.send(()).unwrap();
            assert!(things.answer(last).unwrap());
            assert!(answered.is_some() || things.answer(one).unwrap());
            drop(things.answer(held));
            if answered.is_none() {
                assert!(seen < 2, "{seen} were seen before their group was committed");
            }
            answered.is_none() && seen == 0
        });
        assert!(together);
    });
}

/// A constraint that is looked at as the transaction ends, which the schema has none of.
#[test]
fn where_the_commit_fails_all_of_the_group_learn_it_and_nothing_stays() {
    alone(|things| {
        let (held, release) = things.hold();
        let one = things.ask(|db| add(db.last(), "one"));
        let of_nobody = things.ask(|db| {
            pragma(db, "PRAGMA defer_foreign_keys = ON")?;
            let sql = "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT) VALUES (77, 'T', 0, 0)";
            db.last().execute(sql, &[]).map(|met| met == 1)
        });
        let taken = things.ask(|db| db.last().execute("INSERT INTO THINGS (NAME) VALUES ('one')", &[]));
        release.send(()).unwrap();
        // It may be of a group of its own, where it took long to queue the others.
        let stands = things.answer(held).is_ok();
        for asked in [one, of_nobody] {
            let error = things.answer(asked).unwrap_err();
            assert!(matches!(&error, DbError::Failed(text) if text.contains("FOREIGN KEY")), "{error:?}");
        }
        let error = things.answer(taken).unwrap_err();
        assert!(matches!(error, DbError::Failed(_)), "what it failed by is not there: {error:?}");
        assert_eq!(things.names(), if stands { &["held"][..] } else { &[] });
        assert!(things.unit(|db| add(db.last(), "two")).unwrap(), "the next group is served");
    });
}

#[test]
fn where_sqlite_ends_the_transaction_all_of_the_group_learn_it_and_nothing_stays() {
    alone(|things| {
        let (held, release) = things.hold();
        let one = things.ask(|db| add(db.last(), "one"));
        let full = things.ask(|db| {
            let pages = pragma(db, "PRAGMA page_count")?;
            pragma(db, &format!("PRAGMA max_page_count = {pages}"))?;
            let long = "x".repeat(4000);
            for number in 0..100 {
                // What is written after the end of the transaction would be committed by itself.
                drop(add(db, &format!("{number} {}", &long[8..])));
            }
            pragma(db, "PRAGMA max_page_count = 1073741823")?;
            add(db, "after the end").map(|_| true)
        });
        release.send(()).unwrap();
        let stands = things.answer(held).is_ok();
        for asked in [one, full] {
            let error = things.answer(asked).unwrap_err();
            assert!(matches!(error, DbError::Unavailable(_)), "{error:?}");
        }
        assert_eq!(things.names(), if stands { &["held"][..] } else { &[] });
        assert!(things.unit(|db| add(db.last(), "two")).unwrap(), "the next group is served");
    });
}
