use rocket::http::Status;

use super::Error;

/// There were too many attempts: so many seconds are left to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(pub u64);

impl From<TooMany> for Error {
    fn from(TooMany(seconds): TooMany) -> Self {
        Self::new(Status::TooManyRequests, "rate_limit", "Too many attempts, please try again later")
            .with_header("Retry-After", seconds.to_string())
    }
}
