use rocket::http::Status;

use crate::http::Error;

/// Why an event is not changed: a field, and what is wrong with it, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    field: &'static str,
    why: String,
}

impl Refused {
    /// Of this field.
    pub fn of(field: &'static str, why: impl Into<String>) -> Self {
        Self { field, why: why.into() }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::invalid(refused.field, refused.why)
    }
}

/// 404 on `occurrence`: the event has no occurrence of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchOccurrence;

impl From<NoSuchOccurrence> for Error {
    fn from(NoSuchOccurrence: NoSuchOccurrence) -> Self {
        Self::new(Status::NotFound, "occurrence", "Occurrence not found")
    }
}
