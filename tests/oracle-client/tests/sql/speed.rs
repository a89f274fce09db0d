//! Fast enough that hundreds of tests can each have a data file. The limits are wide: they catch what is slower by an
//! order of magnitude.

use std::time::{Duration, Instant};

use crate::harness::{File, number};
use crate::schema;

#[test]
fn a_new_file_with_its_schema_takes_milliseconds() {
    let start = Instant::now();
    for _ in 0..10 {
        schema::create(&mut File::new().application());
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn ten_thousand_rows_are_written_and_listed_quickly() {
    let file = File::new();
    let mut session = file.application();
    schema::create(&mut session);
    schema::add_user(&mut session, "a@b.c");
    let start = Instant::now();
    for n in 0..10_000 {
        let sql = "INSERT INTO calendar_events (user_id, title, start_at, end_at) \
                   VALUES (1, 'event ' || :n, SYSTIMESTAMP, SYSTIMESTAMP + NUMTODSINTERVAL(:n, 'HOUR'))";
        session.with(sql, &[("N", number(n))]);
    }
    session.database.commit().unwrap();
    let written = start.elapsed();
    let start = Instant::now();
    let list =
        "SELECT id, title, start_at, end_at FROM calendar_events WHERE user_id = 1 ORDER BY start_at, id";
    assert_eq!(session.lines(list).len(), 10_000);
    let listed = start.elapsed();
    println!("written in {written:?}, listed in {listed:?}");
    assert!(written < Duration::from_secs(30) && listed < Duration::from_secs(5), "{written:?}, {listed:?}");
}
