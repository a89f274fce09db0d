use rocket::async_trait;

use super::{Grant, Refusal, Tokens, Verified};
use crate::db::DbError;
use crate::http::Device;

/// How a refresh token is exchanged for what takes its place. Who keeps sessions does it; the guard, which
/// knows nothing of them, asks for it where no access token is good any more.
#[async_trait]
pub trait Renewal: Send + Sync {
    /// Uses a refresh token up.
    ///
    /// # Errors
    /// `NotRenewed`, with which it is as it was before, or as nobody knows: it can be shown again.
    async fn renew(&self, tokens: &Tokens, token: &Verified, device: Device) -> Result<Grant, NotRenewed>;
}

/// Why a refresh token was not exchanged.
#[derive(Debug, Clone)]
pub enum NotRenewed {
    /// It is not good any more.
    Refused(Refusal),
    /// The database did not do what it was asked.
    Database(DbError),
}

impl From<DbError> for NotRenewed {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}
