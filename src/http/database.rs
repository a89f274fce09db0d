use rocket::http::Status;

use super::Error;
use super::error::Cause;
use crate::db::DbError;

/// 503 on `database` where it cannot be had, else 500 on `server`: a constraint that a handler
/// expects to fire, it catches itself.
impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        let unavailable = Self::new(
            Status::ServiceUnavailable,
            "database",
            "The database is not available, please try again shortly",
        );
        match error {
            DbError::Away(cause) => unavailable.because(Cause::Told(cause)),
            DbError::Unavailable(cause) => unavailable.because(Cause::Fault(cause)),
            error => Self::internal(error.to_string()),
        }
    }
}
