//! One instance at a time migrates: the one whose transaction has locked a table.

use std::thread;
use std::time::{Duration, Instant};

use crate::db::DbError;
use crate::db::migrations::{Kind, LOCK_TABLE, Pause, Reminder, Statement};
use crate::db::oracle::error::{Class, Code};
use crate::db::oracle::session::Session;

/// `NOWAIT`: a wait in the database ends with its holder, and would hang on a call meanwhile.
const LOCK: &str = "LOCK TABLE PERSONY_MIGRATION_LOCK IN EXCLUSIVE MODE NOWAIT";

/// Between tries, at first and at most.
const TRIES: Pause = Pause::new(Duration::from_millis(100), Duration::from_secs(2));

/// By whom the table is locked, for somebody who may look.
const WHO: &str = "SELECT S.SID, S.SERIAL#, S.MACHINE, S.MODULE, S.ACTION, S.LOGON_TIME FROM V$LOCKED_OBJECT L \
    JOIN DBA_OBJECTS O ON O.OBJECT_ID = L.OBJECT_ID JOIN V$SESSION S ON S.SID = L.SESSION_ID \
    WHERE O.OBJECT_NAME = 'PERSONY_MIGRATION_LOCK'";

/// Locks the table in a transaction of the session, and makes it if it is missing: then gives what
/// made it. If the process dies, Oracle frees the lock.
///
/// # Errors
/// `Failed` when another session has held the lock for as long as `patience`; without one it is
/// waited for without end.
pub fn lock(
    keeper: &mut Session,
    patience: Option<Duration>,
    reminder: &Reminder,
) -> Result<Option<Statement>, DbError> {
    let make = Statement {
        what: "what instances lock against each other".into(),
        sql: LOCK_TABLE.into(),
        kind: Kind::Definition,
    };
    let mut made = None;
    keeper.begin();
    let mut attempt = || loop {
        match keeper.run(LOCK) {
            Ok(()) => return Ok(true),
            Err(error) if error.code == Code::Ora(54) => return Ok(false),
            Err(error) if error.class == Class::NoTable && made.is_none() => {
                super::run(keeper, &make)?;
                made = Some(make.clone());
            }
            Err(error) => return Err(super::in_context(LOCK, error.into())),
        }
    };
    wait(&mut attempt, patience, TRIES, || {
        let waits =
            "waiting for another instance that migrates: it has locked the table PERSONY_MIGRATION_LOCK";
        tracing::info!("{waits}");
        reminder.note(format!("{waits}. A DBA sees by whom: {WHO}"));
    })?;
    Ok(made)
}

/// Tries until it succeeds or patience is at an end. `begin` is called where the first try does not.
fn wait(
    attempt: &mut impl FnMut() -> Result<bool, DbError>,
    patience: Option<Duration>,
    mut tries: Pause,
    begin: impl FnOnce(),
) -> Result<(), DbError> {
    let since = Instant::now();
    if attempt()? {
        return Ok(());
    }
    begin();
    loop {
        let left = patience.map(|patience| patience.saturating_sub(since.elapsed()));
        if left == Some(Duration::ZERO) {
            return Err(DbError::Failed(format!(
                "another session has kept the table PERSONY_MIGRATION_LOCK locked for {} s: an instance that \
                 migrates, or one that hangs. Wait for it longer (--wait), or end it. A DBA sees by whom it is \
                 locked: {WHO}",
                since.elapsed().as_secs()
            )));
        }
        thread::sleep(tries.next().min(left.unwrap_or(Duration::MAX)));
        if attempt()? {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: Pause = Pause::new(Duration::from_micros(10), Duration::from_micros(100));

    #[test]
    fn a_lock_that_is_free_is_not_waited_for() {
        let mut tries = 0;
        let mut attempt = || {
            tries += 1;
            Ok(true)
        };
        wait(&mut attempt, Some(Duration::ZERO), QUICK, || panic!("nobody waits")).unwrap();
        assert_eq!(tries, 1);
    }

    #[test]
    fn who_waits_says_so_once_and_goes_on_when_the_lock_is_free() {
        let (mut tries, mut told) = (0, 0);
        let mut attempt = || {
            tries += 1;
            Ok(tries == 50)
        };
        wait(&mut attempt, None, QUICK, || told += 1).unwrap();
        assert_eq!((tries, told), (50, 1));
    }

    #[test]
    fn patience_ends_and_the_table_is_named() {
        let started = Instant::now();
        let error = wait(&mut || Ok(false), Some(Duration::from_millis(20)), QUICK, || ()).unwrap_err();
        assert!(started.elapsed() >= Duration::from_millis(20));
        let text = error.to_string();
        assert!(text.contains("PERSONY_MIGRATION_LOCK locked for 0 s"), "{text}");
        assert!(text.contains("V$LOCKED_OBJECT"), "{text}");
    }

    #[test]
    fn an_error_ends_the_wait() {
        let mut tries = 0;
        let mut attempt = || {
            tries += 1;
            if tries < 3 { Ok(false) } else { Err(DbError::Unavailable("ORA-03113".into())) }
        };
        let error = wait(&mut attempt, None, QUICK, || ()).unwrap_err();
        assert!(matches!(error, DbError::Unavailable(_)), "{error:?}");
    }
}
