//! LOCK TABLE.

use std::time::{Duration, Instant};

use crate::harness::{File, Session};

const LOCK: &str = "LOCK TABLE gate IN EXCLUSIVE MODE";

fn gate(file: &File) -> (Session, Session) {
    let mut session = file.application();
    session.run("CREATE TABLE gate (a NUMBER)");
    (session, file.session("APP"))
}

#[test]
fn a_table_is_locked_until_the_transaction_ends() {
    let file = File::new();
    let (mut one, mut two) = gate(&file);
    one.run(LOCK);
    one.run(LOCK);
    assert!(one.database.in_transaction());
    let nowait = format!("{LOCK} NOWAIT");
    assert_eq!(
        two.error(&nowait).message,
        "ORA-00054: resource busy and acquire with NOWAIT specified or timeout expired"
    );
    assert_eq!(two.error(&format!("{LOCK} WAIT 0")).code, 30006);
    assert_eq!(two.lines("SELECT COUNT(*) FROM gate"), ["0"]);
    one.run("COMMIT");
    two.run(&nowait);
    assert_eq!(one.error(&nowait).code, 54);
    two.run("ROLLBACK");
    one.run(&nowait);
    drop(one);
    two.run(&nowait);
    assert_eq!(two.error("LOCK TABLE nothing IN EXCLUSIVE MODE").code, 942);
}

#[test]
fn while_a_table_is_locked_another_session_defines_tables() {
    let file = File::new();
    let (mut one, mut two) = gate(&file);
    one.run(LOCK);
    two.run("CREATE TABLE work (a NUMBER)");
    two.run("INSERT INTO work VALUES (1)");
    two.run("COMMIT");
    assert_eq!(two.error("DROP TABLE gate").code, 54);
    one.run("COMMIT");
    two.run("DROP TABLE gate");
}

#[test]
fn rows_wait_for_the_lock_and_the_lock_for_rows() {
    let file = File::new();
    let (mut one, mut two) = gate(&file);
    one.run(LOCK);
    let writer = std::thread::spawn(move || {
        let start = Instant::now();
        two.run("INSERT INTO gate VALUES (1)");
        (start.elapsed(), two)
    });
    std::thread::sleep(Duration::from_millis(200));
    one.run("COMMIT");
    let (waited, mut two) = writer.join().unwrap();
    assert!(waited >= Duration::from_millis(100), "{waited:?}");
    assert_eq!(one.error(&format!("{LOCK} NOWAIT")).code, 54);
    two.run("COMMIT");
    one.run(LOCK);
    one.run("INSERT INTO gate VALUES (2)");
}

#[test]
fn ddl_waits_for_a_table_in_use_as_long_as_the_session_says() {
    let file = File::new();
    let (mut one, mut two) = gate(&file);
    one.run(LOCK);
    let alter = "ALTER TABLE gate ADD (b NUMBER)";
    assert_eq!(two.error(alter).code, 54);
    two.run("ALTER SESSION SET DDL_LOCK_TIMEOUT = 1");
    let start = Instant::now();
    assert_eq!(two.error(alter).code, 54);
    assert!(start.elapsed() >= Duration::from_secs(1));
    two.run("ALTER SESSION SET DDL_LOCK_TIMEOUT = 30");
    let definer = std::thread::spawn(move || two.run(alter));
    // Whoever holds the lock can still write: the wait is for the lock alone.
    one.run("INSERT INTO gate VALUES (1)");
    one.run("COMMIT");
    definer.join().unwrap();
    assert_eq!(one.lines("SELECT b FROM gate"), ["NULL"]);
    assert_eq!(one.error("ALTER SESSION SET DDL_LOCK_TIMEOUT = 'x'").code, 2017);
}
