//! The execution of a statement, for one set of binds or many, and what goes wrong on the way.

use std::time::{Duration, Instant};

use super::session::{Answer, Session, unusable};
use crate::database::{Column, ColumnType, Outcome, Statement, StatementKind};
use crate::error::OracleError;
use crate::faults::KillPoint;
use crate::messages;
use crate::trips::Kind;
use crate::value::Value;

/// A value for each IN bind by name, for one iteration of a statement.
pub type Binds = Vec<(String, Value)>;

/// How a statement shall be executed.
#[derive(Debug, Clone, Copy)]
pub struct Mode {
    /// The commit rides along.
    pub commit: bool,
    /// An iteration that fails does not keep the later ones from being tried.
    pub batch_errors: bool,
    /// How many rows of a query ride along.
    pub prefetch: usize,
}

/// The outcome of each iteration until one failed, and that one's error. With batch errors an
/// iteration that failed has changed nothing, and its error is listed under its number, from 0 on.
#[derive(Default)]
pub struct Execution {
    pub outcomes: Vec<Outcome>,
    pub failure: Option<OracleError>,
    pub batch_errors: Vec<(u32, OracleError)>,
}

/// Whether a query has a column that keeps its rows from being sent before they are asked for.
pub fn has_lob(columns: &[Column]) -> bool {
    columns.iter().any(|column| column.kind == ColumnType::Clob)
}

impl Execution {
    fn rows(&self, prefetch: usize) -> u64 {
        let rows = |outcome: &Outcome| match outcome {
            Outcome::Rows { columns, rows } if !has_lob(columns) => rows.len().min(prefetch) as u64,
            Outcome::Rows { .. } => 0,
            Outcome::Changed { rows, .. } => *rows,
            Outcome::Done => 0,
        };
        self.outcomes.iter().map(rows).sum()
    }
}

impl Session {
    /// Runs a statement once for each set of binds, all in one round trip.
    pub fn execute(
        &mut self,
        statement: &Statement,
        iterations: &[Binds],
        mode: Mode,
        timeout: Option<Duration>,
    ) -> Result<Execution, OracleError> {
        let query = statement.kind == StatementKind::Select;
        let kind = if mode.commit && (!query || self.in_transaction()) {
            Kind::ExecuteCommit
        } else {
            Kind::Execute
        };
        self.call(kind, &statement.text, timeout, |session, faults| {
            if let Some(code) =
                faults.for_statement(&session.link.folder, &statement.text).map_err(unusable)?
            {
                return Err(messages::error(code));
            }
            let kill = faults.take_kill(&session.link.folder).map_err(unusable)?;
            if kill == Some(KillPoint::BeforeEffect) {
                return Err(session.lost());
            }
            // A statement that waits for a lock does so no longer than its client.
            session.database()?.wait_until(timeout.map(|timeout| Instant::now() + timeout))?;
            let character_set = faults.character_set.as_deref().unwrap_or("AL32UTF8");
            session.database()?.set_character_set(character_set);
            let mut execution = Execution::default();
            for (iteration, binds) in iterations.iter().enumerate() {
                if mode.batch_errors {
                    // A statement that is wrong by itself is no matter of one row.
                    session.database()?.check(statement, binds)?;
                }
                match session.database()?.execute(statement, binds) {
                    Ok(outcome) => execution.outcomes.push(outcome),
                    Err(error) if mode.batch_errors => {
                        execution.outcomes.push(Outcome::Changed { rows: 0, returned: Vec::new() });
                        execution.batch_errors.push((iteration as u32, error));
                    }
                    Err(error) => {
                        execution.failure = Some(error);
                        break;
                    }
                }
            }
            // What succeeded beside rows that failed is the caller's to commit or not.
            let whole = execution.failure.is_none() && execution.batch_errors.is_empty();
            if mode.commit && whole && session.in_transaction() {
                session.settle(faults)?;
            }
            if kill == Some(KillPoint::AfterEffect) {
                return Err(session.lost());
            }
            let rows = execution.rows(mode.prefetch);
            Ok(Answer { value: execution, rows })
        })
    }
}
