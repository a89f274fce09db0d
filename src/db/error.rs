use thiserror::Error;

/// What became of a statement that did not succeed. The texts are for the log alone: they can
/// hold SQL, paths and host names.
#[derive(Debug, Clone, Error)]
pub enum DbError {
    /// A unique constraint (ORA-00001).
    #[error("{0}")]
    Unique(String),
    /// A foreign key whose parent is not there (ORA-02291), or whose children are (ORA-02292).
    #[error("{0}")]
    ForeignKey(String),
    /// A table that is not there, or that the account may not see (ORA-00942).
    #[error("{0}")]
    NoTable(String),
    /// The database cannot be had now. Whether a statement under way took effect is not known, so
    /// it must not be repeated unless it is idempotent.
    #[error("{0}")]
    Unavailable(String),
    /// As `Unavailable`, where the log has been told already of what keeps sessions from opening.
    #[error("{0}")]
    Away(String),
    /// Anything else: a fault of the program or of the schema.
    #[error("{0}")]
    Failed(String),
}
