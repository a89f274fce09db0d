use thiserror::Error;

use crate::db::DbError;

/// Why a batch failed. The text is for the log alone.
#[derive(Debug, Clone, Error)]
#[error("{0}")]
pub struct Failure(String);

/// As long as the text that the database keeps may be, in bytes.
const BRIEF: usize = 300;

/// Words with which a statement begins that an error's text repeats.
const STATEMENTS: [&str; 6] = ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH"];

impl Failure {
    /// A failure with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The beginning of its text, without a statement or what follows it: for whoever asks how the
    /// jobs do, who may see less than the log.
    pub fn brief(&self) -> String {
        let line = self.0.lines().next().unwrap_or_default();
        let words: Vec<_> = line.split(' ').take_while(|word| !STATEMENTS.contains(word)).collect();
        let text = words.join(" ");
        match text.trim_end_matches(" in").trim_end_matches(':') {
            "" => "it failed".to_owned(),
            text => at_most(text, BRIEF).to_owned(),
        }
    }
}

/// The beginning of a text, in so many bytes.
pub fn at_most(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_failure_is_short_and_repeats_no_statement() {
        for (text, brief) in [
            ("ORA-00942: table or view does not exist", "ORA-00942: table or view does not exist"),
            ("no such table: T in DELETE FROM T WHERE A = 'secret' at offset 12", "no such table: T"),
            ("2 binds wanted, 1 given: SELECT A FROM T", "2 binds wanted, 1 given"),
            (
                "ORA-00001: unique constraint violated\nrow with (EMAIL:'john')",
                "ORA-00001: unique constraint violated",
            ),
            ("SELECT A FROM T", "it failed"),
            ("", "it failed"),
        ] {
            assert_eq!(Failure::new(text).brief(), brief);
        }
        assert_eq!(Failure::new("é".repeat(1000)).brief().len(), 300);
        assert_eq!(Failure::new(format!("x{}", "é".repeat(1000))).brief().len(), 299);
    }
}
