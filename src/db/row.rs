use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::DbError;

/// A row of either engine. Columns count from 0, in the order of the SELECT or of `RETURNING`.
pub trait Row {
    /// A NUMBER that holds an integer, or NULL.
    ///
    /// # Errors
    /// `Failed` when the column is of another type or the number does not fit.
    fn integer(&self, column: usize) -> Result<Option<i64>, DbError>;

    /// A VARCHAR2 or CLOB, or NULL. Borrowed where the engine keeps the text for the row.
    ///
    /// # Errors
    /// `Failed` when the column is of another type.
    fn text(&self, column: usize) -> Result<Option<Cow<'_, str>>, DbError>;

    /// A TIMESTAMP WITH TIME ZONE as an instant, or NULL.
    ///
    /// # Errors
    /// `Failed` when the column is of another type.
    fn timestamp(&self, column: usize) -> Result<Option<DateTime<Utc>>, DbError>;

    /// A RAW, or NULL. Borrowed as a text is.
    ///
    /// # Errors
    /// `Failed` when the column is of another type.
    fn bytes(&self, column: usize) -> Result<Option<Cow<'_, [u8]>>, DbError>;
}

/// The value of a column that the schema says is never NULL.
///
/// # Errors
/// `Failed` when it is NULL all the same.
pub fn required<T>(value: Option<T>, column: &str) -> Result<T, DbError> {
    value.ok_or_else(|| DbError::Failed(format!("{column} is NULL")))
}
