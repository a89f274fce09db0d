use r2d2::ManageConnection;

use super::error::{Code, OracleError};
use super::manager::SessionManager;
use super::session::Session;
use crate::db::DbError;
use crate::db::migrations::{self, Dialect, PROBE_SCHEMA, READ_RECORDS, RECORD_STEP, State, Step};
use crate::db::row::required;

/// Locked by the one instance that migrates, and empty. The table of records would not do: its lock
/// would keep the session that works from recording.
const LOCK_TABLE: &str = "CREATE TABLE PERSONY_MIGRATION_LOCK (ID NUMBER)";
const LOCK: &str = "LOCK TABLE PERSONY_MIGRATION_LOCK IN EXCLUSIVE MODE";

/// What the schema lacks: two round trips beside those of the connection.
///
/// # Errors
/// `Away` or `Unavailable` when the database cannot be had.
pub fn pending(manager: &SessionManager) -> Result<Vec<Step>, DbError> {
    migrations::pending(Dialect::Oracle, &state(&mut open(manager)?)?)
}

/// Applies what is pending, and gives the steps it took. Oracle commits before and after every DDL
/// statement, so that a step cannot be undone: each is recorded when it is done, and what is there
/// already counts as done.
///
/// Of several instances one session at a time holds the lock, in a transaction that does nothing
/// else, while a second session works; if the process dies, Oracle frees the lock.
///
/// # Errors
/// `Away` or `Unavailable` when the database cannot be had, `Failed` when a statement is refused.
pub fn apply(manager: &SessionManager) -> Result<Vec<Step>, DbError> {
    let mut worker = open(manager)?;
    let found = state(&mut worker)?;
    if migrations::pending(Dialect::Oracle, &found)?.is_empty() {
        return Ok(Vec::new());
    }
    if found.recorded.is_none() {
        unless_there(worker.run(migrations::records_table(Dialect::Oracle)))?;
        unless_there(worker.run(LOCK_TABLE))?;
    }
    let mut keeper = open(manager)?;
    keeper.begin();
    keeper.run(LOCK)?;
    let steps = migrations::pending(Dialect::Oracle, &state(&mut worker)?)?;
    for step in &steps {
        unless_there(worker.run(&step.sql))?;
        let record = [("migration", step.migration.into()), ("step", step.step.into())];
        worker.execute(RECORD_STEP, &record, true)?;
    }
    Ok(steps)
}

/// A session without a call timeout: an index on a large table takes its time, and so does waiting
/// for the lock. If none can be opened, the gate has told the log why.
fn open(manager: &SessionManager) -> Result<Session, DbError> {
    let mut session = manager.connect().map_err(|error| DbError::Away(error.to_string()))?;
    manager.cautions().look_at_character_set(&mut session);
    session.lift_call_timeout()?;
    Ok(session)
}

/// Two round trips: the records, and a probe for the documented schema.
fn state(session: &mut Session) -> Result<State, DbError> {
    let records = session.rows(READ_RECORDS, &[], |record| {
        Ok((required(record.integer(0)?, "MIGRATION")?, required(record.integer(1)?, "STEP")?))
    });
    let recorded = unless_missing(records)?.map(|records| records.into_iter().collect());
    let has_schema = unless_missing(session.rows(PROBE_SCHEMA, &[], |_| Ok(())))?.is_some();
    Ok(State { recorded, has_schema })
}

fn unless_missing<T>(result: Result<T, DbError>) -> Result<Option<T>, DbError> {
    match result {
        Err(DbError::NoTable(_)) => Ok(None),
        result => result.map(Some),
    }
}

/// Takes "there already" for done: ORA-00955 and its like.
fn unless_there(result: Result<(), OracleError>) -> Result<(), DbError> {
    match result {
        Err(error) if matches!(error.code, Code::Ora(955 | 1408 | 1418 | 1430 | 2260 | 2261 | 2275)) => {
            Ok(())
        }
        result => Ok(result?),
    }
}
