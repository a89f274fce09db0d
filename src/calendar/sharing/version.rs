use crate::db::{DbError, Row, required};

/// By which share somebody sees a calendar, and how often it has come to let them do more or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareVersion {
    /// SHARES.ID.
    pub id: i64,
    /// SHARES.REVISION.
    pub revision: i64,
}

impl ShareVersion {
    /// Reads ID and REVISION, which are the columns from `first` on. `None`: there is no row.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn read(row: &dyn Row, first: usize) -> Result<Option<Self>, DbError> {
        let Some(id) = row.integer(first)? else { return Ok(None) };
        Ok(Some(Self { id, revision: required(row.integer(first + 1)?, "REVISION")? }))
    }
}
