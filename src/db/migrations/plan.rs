//! What is to be run on a database that was looked at.

use std::collections::BTreeSet;
use std::fmt;

use super::records::{complete_records, record, records_table};
use super::refusals::{compare_texts, newer, refuse_lost_tables, refuse_others_tables};
use super::{DOCUMENTED, Dialect, Found, Records, Step, TABLES, all_steps, newest};
use crate::db::DbError;

/// What a database says of itself.
#[derive(Debug)]
pub struct State {
    /// `None` where there is no table of records yet.
    pub records: Option<Records>,
    /// What there is of each of [`TABLES`], in their order.
    pub tables: Vec<Found>,
    /// Whether what instances lock against each other is there.
    pub has_lock: bool,
}

/// What a database lacks.
#[derive(Debug, Clone)]
pub struct Plan {
    dialect: Dialect,
    /// All that is run for it, in order; none where nothing is lacking.
    pub statements: Vec<Statement>,
    /// How many steps of migrations are lacking.
    pub steps: usize,
    /// The migration of the last of them.
    pub last: i64,
    /// What a newer program has left that this one works beside, for a person.
    pub newer: Option<String>,
}

/// A statement that is run to migrate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it belongs to, as `migration 2 (login failures), step 1`.
    pub what: String,
    /// Without a semicolon.
    pub sql: String,
    pub kind: Kind,
}

/// What a statement does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It defines something, which counts as done where it is there already.
    Definition,
    /// It makes a table of the schema: where there is one already, this query must find its columns.
    Table { probe: String },
    /// It records a step.
    Record,
}

/// What makes the table that the instance which migrates locks. It stays empty. The table of records
/// would not do: its lock would keep the session that works from recording.
pub const LOCK_TABLE: &str = "CREATE TABLE PERSONY_MIGRATION_LOCK (ID NUMBER)";

/// How long DDL waits for transactions on its table, in seconds: it would fail at once where another
/// program writes. Not long, because writers stand in line behind it meanwhile.
const DDL_LOCK_TIMEOUT: &str = "ALTER SESSION SET DDL_LOCK_TIMEOUT = 5";

/// What this database lacks.
///
/// # Errors
/// `Failed` when a migration of a newer program does not let this one work, when a step was applied
/// with another text, when a table is not Persony's, or is gone.
pub fn plan(dialect: Dialect, state: &State) -> Result<Plan, DbError> {
    plan_of(dialect, newest(), &all_steps(dialect)?, state).map_err(DbError::Failed)
}

fn plan_of(dialect: Dialect, newest: i64, steps: &[Step], state: &State) -> Result<Plan, String> {
    let records = state.records.as_ref().map_or(&[][..], |records| &records.rows);
    let newer = newer(newest, records)?;
    compare_texts(steps, records)?;
    refuse_others_tables(&state.tables)?;
    let recorded = records.iter().map(|record| (record.migration, record.step)).collect();
    refuse_lost_tables(steps, &recorded, &state.tables)?;
    let (taken, made) = lacking(steps, &recorded, &state.tables);
    let last = taken.iter().chain(&made).map(|step| step.migration).max().unwrap_or(0);
    let mut plan = Plan { dialect, statements: Vec::new(), steps: taken.len() + made.len(), last, newer };
    if plan.steps > 0 {
        plan.statements.extend(preparations(dialect, state));
        for step in taken {
            let what = format!("{}: the table is there already", step.label());
            plan.statements.push(Statement { what, sql: record(step, dialect), kind: Kind::Record });
        }
        for step in made {
            let kind = kind(step);
            plan.statements.push(Statement { what: step.label(), sql: step.sql.clone(), kind });
            let what = format!("the record of {}", step.label());
            plan.statements.push(Statement { what, sql: record(step, dialect), kind: Kind::Record });
        }
    }
    Ok(plan)
}

fn kind(step: &Step) -> Kind {
    let made = step.target().filter(|target| target.makes);
    let table = made.and_then(|target| TABLES.iter().find(|table| table.name == target.table));
    table.map_or(Kind::Definition, |table| Kind::Table { probe: table.probe() })
}

/// The steps that are only to be recorded, because their table is there, and those that are to be
/// run.
fn lacking<'s>(
    steps: &'s [Step],
    recorded: &BTreeSet<(i64, i64)>,
    tables: &[Found],
) -> (Vec<&'s Step>, Vec<&'s Step>) {
    let is_there = |name: &str| {
        TABLES.iter().zip(tables).any(|(table, found)| table.name == name && *found == Found::Ours)
    };
    // Tables that the Flask application made are recorded nowhere, and are used as they are. With
    // records of its first steps the schema is one that this program was making.
    let made_elsewhere = !recorded.iter().any(|(migration, _)| *migration == DOCUMENTED);
    let mut documented = TABLES.iter().filter(|table| table.since == DOCUMENTED);
    let has_documented = made_elsewhere && documented.all(|table| is_there(table.name));
    let is_done = |step: &Step| {
        let is_adopted = has_documented && step.migration == DOCUMENTED;
        is_adopted || recorded.contains(&(step.migration, step.step))
    };
    let is_taken = |step: &&Step| {
        step.target().is_some_and(|target| {
            is_there(&target.table) && (target.makes || made_elsewhere && step.migration == DOCUMENTED)
        })
    };
    steps.iter().filter(|step| !is_done(step)).partition(is_taken)
}

/// What comes before the steps.
fn preparations(dialect: Dialect, state: &State) -> Vec<Statement> {
    let mut wanted = Vec::new();
    if dialect == Dialect::Oracle {
        if !state.has_lock {
            wanted.push(("what instances lock against each other", LOCK_TABLE));
        }
        wanted.push(("waits for transactions of other programs", DDL_LOCK_TIMEOUT));
    }
    match &state.records {
        None => wanted.push(("the table of records", records_table(dialect))),
        Some(records) if !records.is_complete => {
            wanted.extend(complete_records(dialect).iter().map(|sql| ("the table of records", *sql)));
        }
        Some(_) => {}
    }
    let statement =
        |(what, sql): (&str, &str)| Statement { what: what.into(), sql: sql.into(), kind: Kind::Definition };
    wanted.into_iter().map(statement).collect()
}

impl Statement {
    /// As logs and errors call it: with its first line, by which a person knows it.
    pub fn label(&self) -> String {
        let line = self.sql.lines().next().unwrap_or_default();
        format!("{}, {}", self.what, line.trim_end_matches([' ', '(']))
    }
}

impl Plan {
    /// Whether the database lacks nothing.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }
}

/// As a script: for sqlplus, or as the embedded engine runs it.
impl fmt::Display for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return writeln!(formatter, "-- The schema is up to date.");
        }
        match self.dialect {
            Dialect::Oracle => {
                writeln!(formatter, "-- For sqlplus.\nWHENEVER SQLERROR EXIT FAILURE ROLLBACK\n")?
            }
            Dialect::Embedded => writeln!(
                formatter,
                "-- For sqlite3; where tables are made, for 3.43 or later.\nBEGIN IMMEDIATE;\n"
            )?,
        }
        for Statement { what, sql, .. } in &self.statements {
            writeln!(formatter, "-- {what}\n{sql};\n")?;
        }
        writeln!(formatter, "COMMIT;")
    }
}

#[cfg(test)]
mod tests;
