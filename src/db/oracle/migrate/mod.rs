//! Looks at an account's schema, and makes what it lacks.

mod lock;
mod look;

use std::time::Duration;

use r2d2::ManageConnection;

pub use look::look;

use super::error::{Code, OracleError};
use super::manager::SessionManager;
use super::session::Session;
use crate::db::DbError;
use crate::db::migrations::{Kind, Plan, Reminder, Statement};

/// How long a call may take that is not DDL: one that is never answered shall not be the end.
const CALL_TIMEOUT: Duration = Duration::from_secs(60);

/// What the schema lacks, seen by a session of its own.
///
/// # Errors
/// `Away` or `Unavailable` when the database cannot be had; as [`look`].
pub fn plan(manager: &SessionManager) -> Result<Plan, DbError> {
    look(&mut open(manager, "look_at_schema")?)
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
    let lacking = look(&mut keeper)?;
    if lacking.is_empty() {
        return Ok(lacking);
    }
    let made = lock::lock(&mut keeper, patience, &reminder)?;
    reminder.note("opening a session to migrate");
    let mut worker = open(manager, "migrate")?;
    let mut plan = look(&mut worker)?;
    for statement in &plan.statements {
        // A lock whose session has died is another instance's by now.
        keeper.ping().map_err(|error| in_context("keeping PERSONY_MIGRATION_LOCK locked", error.into()))?;
        reminder.note(statement.label());
        run(&mut worker, statement)?;
    }
    reminder.note("looking at the schema again");
    let still = look(&mut worker)?;
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
    session.set_action(action)?;
    Ok(session)
}

/// Runs a statement of a plan. DDL takes its time: an index on a large table, or one that waits for
/// other programs' transactions.
fn run(session: &mut Session, statement: &Statement) -> Result<(), DbError> {
    match statement.kind {
        Kind::Record => session.limit_calls(CALL_TIMEOUT)?,
        Kind::Definition | Kind::Table { .. } => session.lift_call_timeout()?,
    }
    let done = match session.run(&statement.sql) {
        Err(error) if says_it_is_there(&error) => accept(session, &statement.kind, error),
        Err(error) if error.code == Code::Ora(54) => Err(DbError::Failed(format!(
            "{error}. Another program's transaction on the table went on for longer than was waited for; try again"
        ))),
        done => done.map_err(DbError::from),
    };
    done.map_err(|error| in_context(&statement.label(), error))
}

/// Takes what is there already for what a statement was to make, if it can be that.
fn accept(session: &mut Session, kind: &Kind, error: OracleError) -> Result<(), DbError> {
    match kind {
        Kind::Record => Err(error.into()),
        Kind::Definition => Ok(()),
        Kind::Table { probe } => match session.rows(probe, &[], |_| Ok(())) {
            Err(DbError::NoTable(other) | DbError::Failed(other)) => {
                Err(DbError::Failed(format!("{error}. What has the name cannot serve: {other}")))
            }
            found => found.map(drop),
        },
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
