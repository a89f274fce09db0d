//! Looks at an account's schema, and makes what it lacks.

mod lock;
mod look;

use std::time::Duration;

use r2d2::ManageConnection;

use super::asked::Asked;
use super::error::{Code, OracleError};
use super::manager::SessionManager;
use super::session::Session;
use crate::db::DbError;
use crate::db::migrations::{Kind, Plan, Reminder, Statement};

/// How long a call may take that is not DDL: one that is never answered shall not be the end.
const CALL_TIMEOUT: Duration = Duration::from_secs(60);

/// What the schema lacks, and beside that what somebody should know of the database.
///
/// # Errors
/// `Away` or `Unavailable` when the database cannot be had; as `migrations::plan`.
pub fn look(manager: &SessionManager, database: &mut impl Asked) -> Result<Plan, DbError> {
    manager.cautions().look_at_character_set(database);
    look::look(database)
}

/// As [`look`], by a session of its own.
///
/// # Errors
/// As [`look`].
pub fn plan(manager: &SessionManager) -> Result<Plan, DbError> {
    look(manager, &mut open(manager, "look_at_schema")?)
}

/// Applies what is lacking, and gives what it ran. Oracle commits before and after every DDL
/// statement, so that a step cannot be undone: each is recorded when it is done, and what is there
/// already counts as done.
///
/// Of several instances one session at a time holds the lock, in a transaction that does nothing
/// else, while a second session works. Another one's lock is waited for as long as `patience`;
/// without one, without end. The log is told each minute of what takes so long.
///
/// # Errors
/// `Away` or `Unavailable` when the database cannot be had, `Failed` when a statement is refused or
/// patience is at an end. The statement is named.
pub fn apply(manager: &SessionManager, patience: Option<Duration>) -> Result<Plan, DbError> {
    let reminder = Reminder::of_log("opening a session to look at the schema");
    let mut keeper = open(manager, "keep_migration_lock")?;
    let lacking = look(manager, &mut keeper)?;
    if lacking.is_empty() {
        return Ok(lacking);
    }
    let made = lock::lock(&mut keeper, patience, &reminder)?;
    reminder.note("opening a session to migrate");
    let mut worker = open(manager, "migrate")?;
    let mut plan = look::look(&mut worker)?;
    for statement in &plan.statements {
        // A lock whose session has died is another instance's by now.
        keeper.ping().map_err(|error| in_context("keeping PERSONY_MIGRATION_LOCK locked", error.into()))?;
        reminder.note(statement.label());
        run(&mut worker, statement)?;
    }
    reminder.note("looking at the schema again");
    let still = look::look(&mut worker)?;
    if let Some(first) = still.statements.first() {
        return Err(DbError::Failed(format!("after migrating, the schema still lacks {}", first.label())));
    }
    plan.statements.splice(0..0, made);
    Ok(plan)
}

/// A session for this alone. If none can be opened, the gate has told the log why.
fn open(manager: &SessionManager, action: &str) -> Result<Session, DbError> {
    let mut session = manager.connect().map_err(|error| DbError::Away(error.to_string()))?;
    session.limit_calls(CALL_TIMEOUT)?;
    session.begin_work(action, None)?;
    Ok(session)
}

/// Runs a statement of a plan.
fn run(session: &mut Session, statement: &Statement) -> Result<(), DbError> {
    let done = match &statement.kind {
        Kind::Definition => define(session, &statement.sql, None),
        Kind::Table { probe } => define(session, &statement.sql, Some(probe)),
        Kind::Record => record(session, &statement.sql),
    };
    done.map_err(|error| in_context(&statement.label(), error))
}

fn record(session: &mut Session, sql: &str) -> Result<(), DbError> {
    session.execute(sql, &[], true).map(drop)
}

/// DDL takes its time: an index on a large table, or one that waits for other programs'
/// transactions. It alone does, for the session's next calls may be for its lock. What is there already is taken for what it was to make, if the probe finds that it
/// can be that.
fn define(session: &mut Session, sql: &str, probe: Option<&str>) -> Result<(), DbError> {
    session.lift_call_timeout()?;
    let done = session.run(sql);
    let limited = session.limit_calls(CALL_TIMEOUT);
    let error = match done {
        Ok(()) => return Ok(limited?),
        Err(error) if says_it_is_there(&error) => error,
        Err(error) if error.code == Code::Ora(54) => {
            return Err(DbError::Failed(format!(
                "{error}. Another program's transaction on the table went on for longer than was waited for; try \
                 again"
            )));
        }
        Err(error) => return Err(error.into()),
    };
    limited?;
    match probe.map(|probe| session.rows(probe, &[], |_| Ok(()))) {
        Some(Err(DbError::NoTable(other) | DbError::Failed(other))) => {
            Err(DbError::Failed(format!("{error}. What has the name cannot serve: {other}")))
        }
        Some(Err(away)) => Err(away),
        Some(Ok(_)) | None => Ok(()),
    }
}

/// ORA-00955 and its like.
fn says_it_is_there(error: &OracleError) -> bool {
    matches!(error.code, Code::Ora(955 | 1408 | 1418 | 1430 | 2260 | 2261 | 2275))
}

/// The error, behind what it happened to.
fn in_context(what: &str, error: DbError) -> DbError {
    match error {
        DbError::Away(text) => DbError::Away(format!("{what}: {text}")),
        DbError::Unavailable(text) => DbError::Unavailable(format!("{what}: {text}")),
        error => DbError::Failed(format!("{what}: {error}")),
    }
}
