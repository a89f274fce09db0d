//! Accounts as tests find and leave them.

use std::collections::BTreeSet;

use tempfile::TempDir;

use crate::api::support::database::{Database, StandInOracle};

/// An account of a folder of its own.
pub struct Account {
    pub oracle: StandInOracle,
    pub folder: TempDir,
}

impl Account {
    pub fn new(prepare: impl FnOnce(&StandInOracle)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let oracle = StandInOracle::new(folder.path());
        prepare(&oracle);
        Self { oracle, folder }
    }
}

/// The account as a program from before left it when it was cut short: records without the later
/// columns, no lock, and no migration but the first.
pub fn left_by_a_program_from_before(oracle: &dyn Database) {
    oracle.execute_all(&super::documented_schema());
    oracle.execute(
        "CREATE TABLE PERSONY_MIGRATIONS (MIGRATION NUMBER NOT NULL, STEP NUMBER NOT NULL, \
         APPLIED_AT TIMESTAMP WITH TIME ZONE DEFAULT SYSTIMESTAMP, PRIMARY KEY (MIGRATION, STEP))",
    );
    for step in 1..=4 {
        oracle.execute(&format!("INSERT INTO PERSONY_MIGRATIONS (MIGRATION, STEP) VALUES (1, {step})"));
    }
}

/// All that the dictionary says of the account's tables, and what is recorded.
pub fn contents(database: &dyn Database) -> BTreeSet<String> {
    [
        "SELECT TABLE_NAME || '.' || COLUMN_NAME || ' ' || COLUMN_ID || ' ' || DATA_TYPE || ' ' || DATA_LENGTH \
         || ' ' || DATA_PRECISION || ' ' || NULLABLE || ' ' || IDENTITY_COLUMN FROM USER_TAB_COLUMNS",
        "SELECT TABLE_NAME || ' ' || CONSTRAINT_TYPE || ' ' || COUNT(*) FROM USER_CONSTRAINTS \
         GROUP BY TABLE_NAME, CONSTRAINT_TYPE",
        "SELECT C.TABLE_NAME || ' ' || I.UNIQUENESS || ' ' || C.COLUMN_NAME FROM USER_INDEXES I \
         JOIN USER_IND_COLUMNS C ON C.INDEX_NAME = I.INDEX_NAME",
        "SELECT INDEX_NAME FROM USER_INDEXES WHERE INDEX_NAME LIKE 'IDX%'",
        "SELECT 'recorded: ' || MIGRATION || '.' || STEP || ' ' || WORKS_WITH || ' ' || SHA256 \
         FROM PERSONY_MIGRATIONS",
    ]
    .iter()
    .flat_map(|sql| database.texts(sql))
    .collect()
}
