use uuid::Uuid;

use super::Kind;
use crate::auth::UserId;

/// What a token says whose signature and times are good.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// Whose it is.
    pub user: UserId,
    /// The token's own name.
    pub jti: Option<String>,
    /// What a page that sends it as a cookie has to know.
    pub csrf: Option<Uuid>,
    /// The session that it belongs to.
    pub session: Option<Uuid>,
    /// The second at which it was made, since 1970, by the clock of who made it.
    pub issued_at: u64,
    /// Of a refresh token, whether the cookies of what takes its place outlive their browser.
    pub remember: bool,
}

/// Why a token is refused, in Flask-JWT-Extended's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// `exp` is not ahead.
    Expired,
    /// `nbf` is ahead.
    NotYetValid,
    /// `type` is not what is asked for.
    NotOf(Kind),
    /// Not a JWT that was signed here with HS256, or without a usable `exp` or `sub`.
    Invalid,
    /// It was ended before its time.
    Revoked,
}

impl Refusal {
    /// What the client is told.
    pub fn message(self) -> &'static str {
        match self {
            Self::Expired => "Token has expired",
            Self::NotYetValid => "The token is not yet valid (nbf)",
            Self::NotOf(Kind::Access) => "Only access tokens are allowed",
            Self::NotOf(Kind::Refresh) => "Only refresh tokens are allowed",
            Self::Invalid => "Invalid token",
            Self::Revoked => "Token has been revoked",
        }
    }
}
