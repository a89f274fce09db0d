//! Errors as Oracle reports them.

/// An error with Oracle's number and its text, `ORA-nnnnn: …` included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OracleError {
    pub code: i32,
    pub message: String,
    /// Where in the statement's text the error lies, in bytes from its start, if Oracle would say.
    pub position: Option<usize>,
}

impl OracleError {
    /// `text` is what follows `ORA-nnnnn: `.
    pub fn new(code: i32, text: impl std::fmt::Display) -> Self {
        Self { code, message: format!("ORA-{code:05}: {text}"), position: None }
    }

    /// The same error, pointing into the statement's text. A position already there stays: it is nearer to the cause.
    pub fn at(mut self, position: usize) -> Self {
        self.position.get_or_insert(position);
        self
    }
}

impl std::fmt::Display for OracleError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for OracleError {}
