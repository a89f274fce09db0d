use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Device, queries};
use crate::auth::{Cookies, Grant, TokenPair, Tokens, UserId, now};
use crate::db::{DbError, Unit};
use crate::http::Error;

/// How a session's tokens are kept by its client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By a program, which sends them as it likes.
    Token,
    /// By a browser, as cookies; those of who is to be remembered outlive it.
    Cookies {
        /// Whether that is so.
        remember: bool,
    },
}

impl Kind {
    /// As the database and the wire have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Cookies { .. } => "cookies",
        }
    }
}

/// The tokens of a session, as they are handed out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Issued {
    /// For `Authorization: Bearer …`.
    #[schema(example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.…")]
    pub access_token: String,
    /// For the next refresh, once: what is given then takes its place.
    #[schema(example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.…")]
    pub refresh_token: String,
    /// How long the access token is good for, in seconds.
    #[schema(minimum = 1, example = 3600)]
    pub expires_in: u64,
}

/// A session that is about to begin. Its tokens are worth nothing before it is in the database.
pub struct Opening {
    pub(super) grant: Grant,
    pub(super) kind: Kind,
    pub(super) device: Device,
    pub(super) expires_at: DateTime<Utc>,
}

impl Opening {
    /// Of a person, who is known to be who they say.
    pub fn new(tokens: &Tokens, user: UserId, kind: Kind, device: Device) -> Self {
        let [session, csrf, refresh_jti] = [(); 3].map(|()| Uuid::new_v4());
        let remember = kind == Kind::Cookies { remember: true };
        let grant = Grant { user, session, csrf, refresh_jti, issued_at: now().as_secs(), remember };
        Self { grant, kind, device, expires_at: expiry(tokens) }
    }

    /// The session's id.
    pub fn session(&self) -> Uuid {
        self.grant.session
    }

    /// Begins it. Says whether its person is still there, and still has this
    /// USERS.PASSWORD_HASH, against which the password was checked: who changes it ends all other sessions, and
    /// a login that was under way must not begin one after that.
    ///
    /// # Errors
    /// `DbError` as the engine classes it.
    pub fn insert(&self, db: &mut Unit<'_>, password_hash: &str) -> Result<bool, DbError> {
        match queries::insert_session(db, self, password_hash) {
            Err(DbError::ForeignKey(_)) => Ok(false),
            inserted => inserted,
        }
    }

    /// Its tokens.
    ///
    /// # Errors
    /// As [`issue`].
    pub fn issue(&self, tokens: &Tokens) -> Result<Issued, Error> {
        issue(tokens, &self.grant)
    }

    /// Sets its tokens as cookies, and gives what a page has to send along with them.
    ///
    /// # Errors
    /// As [`Cookies::set`].
    pub fn set(&self, tokens: &Tokens, cookies: &Cookies<'_>) -> Result<Uuid, Error> {
        cookies.set(tokens, &self.grant)?;
        Ok(self.grant.csrf)
    }
}

/// The tokens of a grant.
///
/// # Errors
/// A 500 where they cannot be signed.
pub fn issue(tokens: &Tokens, grant: &Grant) -> Result<Issued, Error> {
    let TokenPair { access_token, refresh_token } =
        tokens.issue_pair(grant).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Issued { access_token, refresh_token, expires_in: tokens.lifetime().as_secs() })
}

/// When a session ends whose refresh token is made now, unless it is used.
pub fn expiry(tokens: &Tokens) -> DateTime<Utc> {
    let lifetime = TimeDelta::from_std(tokens.refresh_lifetime()).ok();
    lifetime.and_then(|lifetime| Utc::now().checked_add_signed(lifetime)).unwrap_or(LAST)
}

/// The end of what both engines can keep.
const LAST: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(last) => last,
    None => DateTime::<Utc>::MAX_UTC,
};
