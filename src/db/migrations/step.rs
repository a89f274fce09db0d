use sha2::{Digest, Sha256};

use super::script::words;

/// One statement of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The migration's number.
    pub migration: i64,
    /// What the migration brings.
    pub name: &'static str,
    /// The newest migration that a program must know at least to work beside this one.
    pub works_with: i64,
    /// Counts from 1 within the migration.
    pub step: i64,
    /// The statement, without a semicolon.
    pub sql: String,
}

/// What a statement does to which table.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    pub table: String,
    /// Whether it makes the table.
    pub makes: bool,
}

impl Step {
    /// As logs and errors call it.
    pub fn label(&self) -> String {
        format!("migration {} ({}), step {}", self.migration, self.name, self.step)
    }

    /// The SHA-256 of its text, as 64 hexadecimal digits.
    pub fn sha256(&self) -> String {
        Sha256::digest(&self.sql).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The table that it makes, changes or makes an index of.
    pub fn target(&self) -> Option<Target> {
        let words = words(&self.sql);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let (table, makes) = match &words[..] {
            ["CREATE", "TABLE", table, ..] => (table, true),
            ["CREATE", "INDEX", _, "ON", table, ..] | ["CREATE", "UNIQUE", "INDEX", _, "ON", table, ..] => {
                (table, false)
            }
            ["ALTER", "TABLE", table, ..] | ["UPDATE", table, ..] => (table, false),
            ["INSERT", "INTO", table, ..] | ["DELETE", "FROM", table, ..] => (table, false),
            _ => return None,
        };
        Some(Target { table: (*table).to_owned(), makes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_tells_its_table() {
        for (sql, table, makes) in [
            ("CREATE TABLE USERS (\n  ID NUMBER\n)", "USERS", true),
            ("create table users(id number)", "USERS", true),
            ("CREATE INDEX IDX ON CALENDAR_EVENTS (USER_ID)", "CALENDAR_EVENTS", false),
            ("CREATE UNIQUE INDEX IDX ON USERS (EMAIL)", "USERS", false),
            ("ALTER TABLE USERS ADD (LOCALE VARCHAR2(35))", "USERS", false),
            ("UPDATE USERS SET LOCALE = 'en'", "USERS", false),
        ] {
            let step = Step { migration: 1, name: "", works_with: 1, step: 1, sql: sql.into() };
            assert_eq!(step.target(), Some(Target { table: table.into(), makes }), "{sql}");
        }
        let step = Step { migration: 1, name: "", works_with: 1, step: 1, sql: "DROP INDEX IDX".into() };
        assert_eq!(step.target(), None);
    }
}
