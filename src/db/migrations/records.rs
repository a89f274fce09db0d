//! The program's own account of what it applied, in PERSONY_MIGRATIONS.

use super::{Dialect, Step};

/// A step that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub migration: i64,
    pub step: i64,
    /// The newest migration that a program must know at least. `None` in records from before this
    /// was kept.
    pub works_with: Option<i64>,
    /// Of the statement that was applied; likewise.
    pub sha256: Option<String>,
}

/// What the table holds.
#[derive(Debug)]
pub struct Records {
    pub rows: Vec<Record>,
    /// Whether it has the columns WORKS_WITH and SHA256: a table from before lacks them.
    pub is_complete: bool,
}

pub const READ_RECORDS: &str = "SELECT MIGRATION, STEP, WORKS_WITH, SHA256 FROM PERSONY_MIGRATIONS";
pub const READ_RECORDS_FROM_BEFORE: &str = "SELECT MIGRATION, STEP FROM PERSONY_MIGRATIONS";

/// The time, on the embedded engine: a number of microseconds in the program's own connections, and in
/// milliseconds in those of any other program, as in the tables' defaults.
macro_rules! embedded_now {
    () => {
        "(CASE TYPEOF(CURRENT_TIMESTAMP) WHEN 'integer' THEN CURRENT_TIMESTAMP \
         ELSE CAST(ROUND((JULIANDAY('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 END)"
    };
}

/// What makes the table.
pub fn records_table(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Oracle => {
            "CREATE TABLE PERSONY_MIGRATIONS (MIGRATION NUMBER NOT NULL, STEP NUMBER NOT NULL, \
             APPLIED_AT TIMESTAMP WITH TIME ZONE DEFAULT SYSTIMESTAMP, WORKS_WITH NUMBER, \
             SHA256 VARCHAR2(64), PRIMARY KEY (MIGRATION, STEP))"
        }
        Dialect::Embedded => {
            concat!(
                "CREATE TABLE PERSONY_MIGRATIONS (MIGRATION INTEGER NOT NULL, STEP INTEGER NOT NULL, \
                 APPLIED_AT INTEGER DEFAULT ",
                embedded_now!(),
                ", WORKS_WITH INTEGER, SHA256 TEXT, PRIMARY KEY (MIGRATION, STEP)) STRICT"
            )
        }
    }
}

/// What brings a table from before up to date. Older programs go on with it.
pub fn complete_records(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Oracle => &["ALTER TABLE PERSONY_MIGRATIONS ADD (WORKS_WITH NUMBER, SHA256 VARCHAR2(64))"],
        Dialect::Embedded => &[
            "ALTER TABLE PERSONY_MIGRATIONS ADD COLUMN WORKS_WITH INTEGER",
            "ALTER TABLE PERSONY_MIGRATIONS ADD COLUMN SHA256 TEXT",
        ],
    }
}

/// What records a step. Its values are written out, so that a person can run what the program runs.
pub fn record(step: &Step, dialect: Dialect) -> String {
    // The embedded engine's table may still have a default that the program's connections alone know.
    let (column, value) = match dialect {
        Dialect::Oracle => ("", ""),
        Dialect::Embedded => (", APPLIED_AT", concat!(", ", embedded_now!())),
    };
    format!(
        "INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP, WORKS_WITH, SHA256{column}) \
         VALUES ({}, {}, {}, '{}'{value})",
        step.migration,
        step.step,
        step.works_with,
        step.sha256()
    )
}
