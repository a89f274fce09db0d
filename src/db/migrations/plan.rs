//! What is to be run on a database that was looked at.

use std::collections::BTreeSet;
use std::fmt;

use super::records::{complete_records, record, records_table};
use super::{DOCUMENTED, Dialect, Found, Record, Records, Step, TABLES, all_steps};
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
    /// Whether it is data, which counts once: a definition that is there already counts as done.
    pub is_data: bool,
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
    plan_of(dialect, &all_steps(dialect)?, state).map_err(DbError::Failed)
}

fn plan_of(dialect: Dialect, steps: &[Step], state: &State) -> Result<Plan, String> {
    let records = state.records.as_ref().map_or(&[][..], |records| &records.rows);
    let newer = newer(steps, records)?;
    compare_texts(steps, records)?;
    refuse_others_tables(&state.tables)?;
    let recorded = records.iter().map(|record| (record.migration, record.step)).collect();
    refuse_lost_tables(steps, &recorded, &state.tables)?;
    let (taken, made) = lacking(steps, &recorded, &state.tables);
    let mut plan = Plan { dialect, statements: Vec::new(), steps: taken.len() + made.len(), newer };
    if plan.steps > 0 {
        plan.statements.extend(preparations(dialect, state));
        for step in taken {
            let what = format!("{}: the table is there already", step.label());
            plan.statements.push(Statement { what, sql: record(step), is_data: true });
        }
        for step in made {
            plan.statements.push(Statement { what: step.label(), sql: step.sql.clone(), is_data: false });
            let what = format!("the record of {}", step.label());
            plan.statements.push(Statement { what, sql: record(step), is_data: true });
        }
    }
    Ok(plan)
}

/// What a newer program has left, if it lets this one work.
fn newer(steps: &[Step], records: &[Record]) -> Result<Option<String>, String> {
    let newest = steps.iter().map(|step| step.migration).max().unwrap_or(0);
    let Some(last) = records.iter().map(|record| record.migration).filter(|number| *number > newest).max()
    else {
        return Ok(None);
    };
    let wants = |record: &Record| record.works_with.unwrap_or(record.migration);
    let beyond = records.iter().filter(|record| record.migration > newest);
    match beyond.max_by_key(|record| wants(record)).filter(|record| wants(record) > newest) {
        None => Ok(Some(format!(
            "the database has migration {last}, and this program knows {newest} at most: a newer version of it \
             ran here, and recorded that this one works, too"
        ))),
        Some(record) => Err(format!(
            "the database has migration {}, and this program knows {newest} at most: a newer version of it ran \
             here. Run that one.",
            record.migration
        )),
    }
}

/// A text that was released does not change: another is another program's, or was edited.
fn compare_texts(steps: &[Step], records: &[Record]) -> Result<(), String> {
    for record in records {
        let (Some(applied), Some(same)) =
            (&record.sha256, steps.iter().find(|step| step.migration == record.migration))
        else {
            continue;
        };
        let known = steps.iter().find(|step| (step.migration, step.step) == (record.migration, record.step));
        if known.is_none_or(|step| step.sha256() != *applied) {
            let Record { migration, step, .. } = record;
            return Err(format!(
                "migration {migration} ({}), step {step}, was applied with another text than this program has \
                 (SHA-256 {applied} in PERSONY_MIGRATIONS): another build of it ran here. Run that one.",
                same.name
            ));
        }
    }
    Ok(())
}

/// Nothing is made beside tables that are somebody else's.
fn refuse_others_tables(tables: &[Found]) -> Result<(), String> {
    let others = TABLES.iter().zip(tables).filter_map(|(table, found)| match found {
        Found::NotOurs(why) if table.is_first() => Some(why.as_str()),
        _ => None,
    });
    match others.collect::<Vec<_>>() {
        others if others.is_empty() => Ok(()),
        others => Err(format!(
            "tables of Persony's names are somebody else's: {}. Give Persony an account or a file of its own.",
            others.join("; ")
        )),
    }
}

/// What is recorded as made must be there.
fn refuse_lost_tables(
    steps: &[Step],
    recorded: &BTreeSet<(i64, i64)>,
    tables: &[Found],
) -> Result<(), String> {
    for (table, found) in TABLES.iter().zip(tables).filter(|(_, found)| **found != Found::Ours) {
        let mut of_table = steps
            .iter()
            .filter(|step| step.migration == table.since)
            .filter(|step| step.target().is_some_and(|target| target.table == table.name))
            .filter(|step| step.target().is_some_and(|target| target.makes) == table.is_first());
        if of_table.any(|step| recorded.contains(&(step.migration, step.step))) {
            let what = match found {
                Found::NotOurs(why) => why.clone(),
                _ => format!("{} is not there, or may not be read", table.name),
            };
            return Err(format!(
                "{what}, though migration {} is recorded. Restore the table; or, to have an empty one made, delete \
                 what PERSONY_MIGRATIONS holds of migration {0}.",
                table.since
            ));
        }
    }
    Ok(())
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
    let is_lacking = |step: &&Step| {
        !recorded.contains(&(step.migration, step.step)) && !(has_documented && step.migration == DOCUMENTED)
    };
    let is_taken = |step: &&Step| {
        step.target().is_some_and(|target| {
            is_there(&target.table) && (target.makes || made_elsewhere && step.migration == DOCUMENTED)
        })
    };
    steps.iter().filter(is_lacking).partition(is_taken)
}

/// What comes before the steps.
fn preparations(dialect: Dialect, state: &State) -> Vec<Statement> {
    let mut wanted = Vec::new();
    if dialect == Dialect::Oracle {
        if !state.has_lock {
            wanted.push(("what instances lock against each other", LOCK_TABLE));
        }
        wanted.push(("other programs' transactions are waited for", DDL_LOCK_TIMEOUT));
    }
    match &state.records {
        None => wanted.push(("the table of records", records_table(dialect))),
        Some(records) if !records.is_complete => {
            wanted.extend(complete_records(dialect).iter().map(|sql| ("the table of records", *sql)));
        }
        Some(_) => {}
    }
    let statement =
        |(what, sql): (&str, &str)| Statement { what: what.into(), sql: sql.into(), is_data: false };
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
            Dialect::Embedded => {
                writeln!(formatter, "-- The defaults call Persony's clock.\nBEGIN IMMEDIATE;\n")?
            }
        }
        for Statement { what, sql, .. } in &self.statements {
            writeln!(formatter, "-- {what}\n{sql};\n")?;
        }
        writeln!(formatter, "COMMIT;")
    }
}

#[cfg(test)]
mod tests;
