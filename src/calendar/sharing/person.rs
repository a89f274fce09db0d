use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

use crate::db::{DbError, Row, required};

/// Somebody with whom one has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Person {
    /// Names them among all people.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// What they are called.
    #[schema(required, example = "John Doe")]
    pub name: Option<String>,
    /// Their address.
    #[schema(example = "john@example.com")]
    pub email: String,
}

impl Person {
    /// What they are called: their name, else their address.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.email)
    }

    /// Reads ID, NAME and EMAIL, which are the columns from `first` on. `None`: there is no row.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn read(row: &dyn Row, first: usize) -> Result<Option<Self>, DbError> {
        let Some(id) = row.integer(first)? else { return Ok(None) };
        let name = row.text(first + 1)?.map(Cow::into_owned);
        Ok(Some(Self { id, name, email: required(row.text(first + 2)?, "EMAIL")?.into_owned() }))
    }
}
