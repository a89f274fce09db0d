//! Transactions: who sees what, and what a failure leaves.

use crate::harness::{File, Session};

fn table(file: &File) -> (Session, Session) {
    let mut session = file.application();
    session.run("CREATE TABLE t (id NUMBER CONSTRAINT pk_t PRIMARY KEY)");
    (session, file.session("APP"))
}

fn ids(session: &mut Session) -> String {
    session.lines("SELECT id FROM t ORDER BY id").join(" ")
}

#[test]
fn others_see_what_is_committed_alone() {
    let file = File::new();
    let (mut one, mut two) = table(&file);
    one.run("INSERT INTO t VALUES (1)");
    assert!(one.database.in_transaction());
    assert_eq!((ids(&mut one).as_str(), ids(&mut two).as_str()), ("1", ""));
    one.database.commit().unwrap();
    assert!(!one.database.in_transaction());
    assert_eq!(ids(&mut two), "1");
    one.run("DELETE FROM t");
    one.database.rollback().unwrap();
    assert_eq!(ids(&mut one), "1");
    one.run("INSERT INTO t VALUES (2)");
    drop(one);
    assert_eq!(ids(&mut two), "1", "a session that ends rolls back");
}

#[test]
fn a_failed_statement_undoes_its_own_work_alone() {
    let file = File::new();
    let (mut session, _) = table(&file);
    session.run("INSERT INTO t VALUES (1)");
    assert_eq!(session.error("INSERT INTO t SELECT id + 1 - 1 FROM t").code, 1);
    session.run("INSERT INTO t VALUES (5)");
    assert_eq!(session.error("UPDATE t SET id = 7").code, 1);
    assert_eq!(ids(&mut session), "1 5");
    session.run("COMMIT WORK");
    session.run("ROLLBACK");
    assert_eq!(ids(&mut session), "1 5");
}

#[test]
fn a_first_statement_that_fails_or_changes_nothing_holds_nobody_up() {
    let file = File::new();
    let (mut one, mut two) = table(&file);
    one.run("INSERT INTO t VALUES (1)");
    one.run("COMMIT");
    assert_eq!(one.error("INSERT INTO t VALUES (1)").code, 1);
    assert_eq!(one.changed("DELETE FROM t WHERE id = 9"), 0);
    assert!(!one.database.in_transaction());
    let start = std::time::Instant::now();
    two.run("INSERT INTO t VALUES (2)");
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn definitions_commit_before_and_after_themselves() {
    let file = File::new();
    let (mut one, mut two) = table(&file);
    one.run("INSERT INTO t VALUES (1)");
    assert_eq!(one.error("CREATE TABLE t (a NUMBER)").code, 955);
    assert_eq!(ids(&mut two), "1");
    one.run("INSERT INTO t VALUES (2)");
    assert_eq!(one.error("CREATE TABLE u (a NONSENSE)").code, 902);
    one.database.rollback().unwrap();
    assert_eq!(ids(&mut one), "1", "a text that cannot be read commits nothing");
}

#[test]
fn definitions_of_one_session_are_known_to_the_others() {
    let file = File::new();
    let (mut one, mut two) = table(&file);
    assert_eq!(ids(&mut two), "");
    one.run("ALTER TABLE t ADD name VARCHAR2(5) DEFAULT 'x'");
    two.run("INSERT INTO t (id) VALUES (1)");
    assert_eq!(two.lines("SELECT * FROM t"), ["1|x"]);
    two.run("COMMIT");
    one.run("DROP TABLE t");
    assert_eq!(two.error("SELECT id FROM t ORDER BY id").code, 942);
}

#[test]
fn rows_are_locked_for_update() {
    let file = File::new();
    let (mut one, mut two) = table(&file);
    one.run("INSERT INTO t VALUES (1)");
    one.run("COMMIT");
    assert_eq!(one.lines("SELECT id FROM t FOR UPDATE"), ["1"]);
    assert!(one.database.in_transaction());
    assert_eq!(two.error("SELECT id FROM t FOR UPDATE NOWAIT").code, 54);
    assert_eq!(two.error("SELECT id FROM t FOR UPDATE WAIT 0").code, 30006);
    assert!(two.lines("SELECT id FROM t FOR UPDATE SKIP LOCKED").is_empty());
    assert_eq!(ids(&mut two), "1", "readers do not wait");
    one.run("ROLLBACK");
    assert_eq!(two.lines("SELECT id FROM t FOR UPDATE OF id NOWAIT"), ["1"]);
}

#[test]
fn a_read_only_transaction_sees_one_moment_and_writes_nothing() {
    let file = File::new();
    let (mut one, mut two) = table(&file);
    one.run("SET TRANSACTION READ ONLY");
    two.run("INSERT INTO t VALUES (1)");
    two.run("COMMIT");
    assert_eq!(ids(&mut one), "");
    assert_eq!(one.error("INSERT INTO t VALUES (2)").code, 1456);
    assert_eq!(one.error("SET TRANSACTION READ ONLY").code, 1453);
    one.run("COMMIT");
    assert_eq!(ids(&mut one), "1");
}
