//! Errors as Oracle reports them.

/// An error with Oracle's number and its text, `ORA-nnnnn: …` included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OracleError {
    pub code: i32,
    pub message: String,
}

impl OracleError {
    /// `text` is what follows `ORA-nnnnn: `.
    pub fn new(code: i32, text: impl std::fmt::Display) -> Self {
        Self { code, message: format!("ORA-{code:05}: {text}") }
    }
}
