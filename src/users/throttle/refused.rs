use crate::db::DbError;
use crate::http::{Error, TooMany};

/// Why a login does not go on.
#[derive(Debug, Clone)]
pub enum Refused {
    /// Its address waits.
    TooMany(TooMany),
    /// The database did not do what it was asked.
    Database(DbError),
}

impl From<TooMany> for Refused {
    fn from(too_many: TooMany) -> Self {
        Self::TooMany(too_many)
    }
}

impl From<DbError> for Refused {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooMany(too_many) => too_many.into(),
            Refused::Database(error) => error.into(),
        }
    }
}
