//! What the schema is made of: numbered migrations, each a list of statements that are applied and
//! recorded one by one. `db/schema.sql` is number one.

use std::collections::BTreeSet;

use super::DbError;

/// A change of the schema, written for both engines.
struct Migration {
    number: i64,
    name: &'static str,
    oracle: &'static str,
    embedded: &'static str,
}

/// All migrations, in order. A text that both engines take stands once in `db/migrations`; else
/// there is a pair of files.
const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "the documented schema",
        oracle: include_str!("../../db/schema.sql"),
        embedded: include_str!("../../db/schema.embedded.sql"),
    },
    Migration {
        number: 2,
        name: "login failures",
        oracle: include_str!("../../db/migrations/0002_login_failures.oracle.sql"),
        embedded: include_str!("../../db/migrations/0002_login_failures.embedded.sql"),
    },
    Migration {
        number: 3,
        name: "jobs",
        oracle: include_str!("../../db/migrations/0003_jobs.oracle.sql"),
        embedded: include_str!("../../db/migrations/0003_jobs.embedded.sql"),
    },
];

/// The engine whose texts are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Oracle,
    Embedded,
}

/// One statement of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The migration's number.
    pub migration: i64,
    /// What the migration brings.
    pub name: &'static str,
    /// Counts from 1 within the migration.
    pub step: i64,
    /// The statement, without a semicolon.
    pub sql: String,
}

/// As sqlplus takes it.
impl std::fmt::Display for Step {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { migration, name, step, sql } = self;
        write!(formatter, "-- migration {migration} ({name}), step {step}\n{sql};\n")
    }
}

/// What a database says of itself.
pub struct State {
    /// (migration, step) as recorded; `None` where there is no table of records yet.
    pub recorded: Option<BTreeSet<(i64, i64)>>,
    /// Whether the documented tables can be read.
    pub has_schema: bool,
}

/// The records, and a probe for the documented schema that names each of its columns: it must
/// find a missing one at the start, not a request later.
pub const READ_RECORDS: &str = "SELECT MIGRATION, STEP FROM PERSONY_MIGRATIONS";
pub const RECORD_STEP: &str = "INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP) VALUES (:migration, :step)";
pub const PROBE_SCHEMA: &str = "SELECT U.ID, U.EMAIL, U.PASSWORD_HASH, U.NAME, U.CREATED_AT, \
    E.ID, E.USER_ID, E.TITLE, E.DESCRIPTION, E.START_AT, E.END_AT, E.IS_ALL_DAY, E.LOCATION, E.COLOR, \
    E.CREATED_AT, E.UPDATED_AT FROM USERS U, CALENDAR_EVENTS E WHERE 1 = 0";

/// The table of records itself.
pub fn records_table(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Oracle => {
            "CREATE TABLE PERSONY_MIGRATIONS (MIGRATION NUMBER NOT NULL, STEP NUMBER NOT NULL, \
             APPLIED_AT TIMESTAMP WITH TIME ZONE DEFAULT SYSTIMESTAMP, PRIMARY KEY (MIGRATION, STEP))"
        }
        Dialect::Embedded => {
            "CREATE TABLE PERSONY_MIGRATIONS (MIGRATION INTEGER NOT NULL, STEP INTEGER NOT NULL, \
             APPLIED_AT INTEGER DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (MIGRATION, STEP)) STRICT"
        }
    }
}

/// The steps that a database lacks, in order.
///
/// # Errors
/// When the records tell of a migration that this program does not know: a newer one ran here.
pub fn pending(dialect: Dialect, state: &State) -> Result<Vec<Step>, DbError> {
    plan(&all_steps(dialect), state)
}

fn plan(known: &[Step], state: &State) -> Result<Vec<Step>, DbError> {
    let empty = BTreeSet::new();
    let recorded = state.recorded.as_ref().unwrap_or(&empty);
    let newest = known.iter().map(|step| step.migration).max().unwrap_or(0);
    if let Some((migration, _)) = recorded.iter().find(|(migration, _)| *migration > newest) {
        return Err(DbError::Failed(format!(
            "the database has migration {migration}, and this program knows {newest} at most: a newer version \
             of it ran here. Run that one."
        )));
    }
    // Tables that the Flask application made are recorded nowhere, and are used as they are. With
    // records of its first steps the schema is one that this program was making.
    let made_elsewhere = state.has_schema && !recorded.iter().any(|(migration, _)| *migration == 1);
    let done = |step: &&Step| {
        recorded.contains(&(step.migration, step.step)) || (made_elsewhere && step.migration == 1)
    };
    Ok(known.iter().filter(|step| !done(step)).cloned().collect())
}

fn all_steps(dialect: Dialect) -> Vec<Step> {
    let text = |migration: &Migration| match dialect {
        Dialect::Oracle => migration.oracle,
        Dialect::Embedded => migration.embedded,
    };
    MIGRATIONS
        .iter()
        .flat_map(|migration| {
            statements(text(migration)).into_iter().zip(1..).map(|(sql, step)| Step {
                migration: migration.number,
                name: migration.name,
                step,
                sql,
            })
        })
        .collect()
}

/// The statements of a script as sqlplus splits it: each ends with a semicolon at the end of a
/// line, which is not part of it; whole lines of comment are left out.
pub fn statements(script: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut statement = Vec::new();
    for line in script.lines().filter(|line| !line.trim_start().starts_with("--")) {
        let line = line.trim_end();
        match line.strip_suffix(';') {
            Some(last) => {
                statement.push(last);
                found.push(statement.join("\n").trim().to_owned());
                statement.clear();
            }
            None if line.is_empty() && statement.is_empty() => {}
            None => statement.push(line),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(migration: i64, step: i64) -> Step {
        Step { migration, name: "", step, sql: String::new() }
    }

    fn planned(recorded: Option<&[(i64, i64)]>, has_schema: bool) -> Vec<(i64, i64)> {
        let known = [step(1, 1), step(1, 2), step(2, 1)];
        let recorded = recorded.map(|steps| steps.iter().copied().collect());
        let steps = plan(&known, &State { recorded, has_schema }).unwrap();
        steps.into_iter().map(|step| (step.migration, step.step)).collect()
    }

    #[test]
    fn an_empty_database_lacks_everything() {
        assert_eq!(planned(None, false), [(1, 1), (1, 2), (2, 1)]);
    }

    #[test]
    fn tables_made_elsewhere_are_recognised() {
        assert_eq!(planned(None, true), [(2, 1)]);
        assert_eq!(planned(Some(&[]), true), [(2, 1)]);
    }

    #[test]
    fn a_migration_that_was_cut_short_goes_on_where_it_stopped() {
        assert_eq!(planned(Some(&[(1, 1)]), true), [(1, 2), (2, 1)]);
        assert_eq!(planned(Some(&[(1, 1), (1, 2), (2, 1)]), true), []);
    }

    #[test]
    fn a_database_of_a_newer_version_is_refused() {
        let state = State { recorded: Some([(3, 1)].into()), has_schema: true };
        let error = plan(&[step(1, 1)], &state).unwrap_err().to_string();
        assert!(error.starts_with("the database has migration 3, and this program knows 1"), "{error}");
    }

    #[test]
    fn a_script_splits_at_semicolons_that_end_lines() {
        let script =
            "-- one; not\nCREATE TABLE A (\n  B NUMBER -- ; inside\n);\n\nCREATE INDEX C ON A (B);\n";
        assert_eq!(
            statements(script),
            ["CREATE TABLE A (\n  B NUMBER -- ; inside\n)", "CREATE INDEX C ON A (B)"]
        );
    }

    #[test]
    fn both_engines_have_every_migration() {
        for dialect in [Dialect::Oracle, Dialect::Embedded] {
            let numbers: BTreeSet<_> = all_steps(dialect).iter().map(|step| step.migration).collect();
            assert_eq!(numbers, MIGRATIONS.iter().map(|migration| migration.number).collect());
        }
    }
}
