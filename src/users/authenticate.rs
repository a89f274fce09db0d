//! A login up to the point where the password is known to be right, whatever is handed out for it.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, async_trait};
use uuid::Uuid;

use super::address_limits::AddressLimits;
use super::error::InvalidCredentials;
use super::queries::Credentials;
use super::throttle::{Attempt, LoginThrottle};
use crate::audit::{Act, Entry, LoginLog};
use crate::auth::{PasswordHash, PasswordHasher, UserId, now};
use crate::db::{Db, DbError, Unit};
use crate::http::{ClientAddress, Error};
use crate::watch;

/// No address in USERS is longer, in bytes: what is need not be looked up.
const EMAIL_MAX_BYTES: usize = 255;

/// What a login is held to, and checked against.
pub struct Logins<'r> {
    limits: &'r AddressLimits,
    throttle: &'r LoginThrottle,
    hasher: &'r PasswordHasher,
    db: &'r Db,
    log: &'r Arc<LoginLog>,
}

/// Somebody who has shown their password. The login is over when it has succeeded, and no other one of
/// the address goes on in this process until then.
pub struct Authenticated<'r> {
    /// Who it is.
    pub user: Credentials,
    /// The second, since 1970, in which the hash of the password was asked for: who changes it after that refuses
    /// what is handed out, too.
    pub asked_at: u64,
    attempt: Attempt<'r>,
    db: &'r Db,
    noted: Noted<'r>,
}

/// Where a login comes from, and when it began, for the audit log.
struct Noted<'r> {
    log: &'r LoginLog,
    address: IpAddr,
    began_at: DateTime<Utc>,
}

#[async_trait]
impl<'r> FromRequest<'r> for Logins<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let rocket = request.rocket();
        Outcome::Success(Self {
            limits: rocket.state().expect("limits are managed at the start"),
            throttle: rocket.state().expect("the throttle is managed at the start"),
            hasher: rocket.state().expect("the hasher is managed at the start"),
            db: rocket.state().expect("the database is managed at the start"),
            log: rocket.state().expect("the audit log is managed at the start"),
        })
    }
}

impl<'r> Logins<'r> {
    /// Looks at an address and its password.
    ///
    /// # Errors
    /// A 401 on `email` where they are not somebody's, a 403 where the account is closed, a 429 where the client or the address has to wait,
    /// a 503 where passwords cannot be looked at.
    pub async fn authenticate(
        &self,
        address: IpAddr,
        email: String,
        password: String,
    ) -> Result<Authenticated<'r>, Error> {
        let client = ClientAddress::of(address);
        self.limits.admit_login(client)?;
        if email.len() > EMAIL_MAX_BYTES {
            self.hasher.enter(client)?.verify(password, None).await;
            return Err(InvalidCredentials.into());
        }
        let asked_at = now().as_secs();
        let (user, mut attempt) = self.throttle.begin(self.db, email).await?;
        // Before the try is counted: whom the line turns away has not been wrong.
        let place = self.hasher.enter(client)?;
        attempt.reserve(self.db).await?;
        let noted = Noted { log: self.log, address, began_at: attempt.began_at() };
        let stored = user.as_ref().and_then(usable_hash);
        let matches = place.verify(password, stored).await;
        let user = match user {
            Some(user) if matches => user,
            user => {
                attempt.failed(self.db).await?;
                // What was typed as an address that nobody has can be a password.
                if let Some(user) = user {
                    noted.note(Act::LoginFailed, user.id, None);
                }
                return Err(InvalidCredentials.into());
            }
        };
        watch::saw_user(user.id.0);
        if let Some(closed) = user.closed {
            attempt.succeeded(self.db).await?;
            noted.note(Act::LoginFailed, user.id, None);
            return Err(closed.into());
        }
        Ok(Authenticated { user, asked_at, attempt, db: self.db, noted })
    }
}

impl Authenticated<'_> {
    /// Ends the login, and writes nothing but what has to be forgotten of failures before it.
    ///
    /// # Errors
    /// A 503 where the database does not answer.
    pub async fn succeeded(self) -> Result<Credentials, Error> {
        self.attempt.succeeded(self.db).await?;
        self.noted.note(Act::Login, self.user.id, None);
        Ok(self.user)
    }

    /// As [`Authenticated::succeeded`], together with a session that begins: its last write commits both.
    /// What is written says whether the person is still there.
    ///
    /// # Errors
    /// As [`Authenticated::succeeded`]; a 401 on `email` for a person who is not.
    pub async fn succeeded_with<F>(self, session: Uuid, work: F) -> Result<Credentials, Error>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<bool, DbError> + Send + 'static,
    {
        match self.attempt.succeeded_with(self.db, work).await? {
            true => {
                self.noted.note(Act::Login, self.user.id, Some(session));
                Ok(self.user)
            }
            false => Err(InvalidCredentials.into()),
        }
    }
}

impl Noted<'_> {
    fn note(&self, act: Act, user: UserId, session: Option<Uuid>) {
        self.log.note(Entry::by_user(act, user, self.address, session).at(self.began_at));
    }
}

/// The hash that a password is checked against; none where it is not of a form that is known.
pub fn usable_hash(user: &Credentials) -> Option<PasswordHash> {
    let hash = PasswordHash::parse(&user.password_hash);
    if hash.is_none() {
        tracing::warn!("user {} has a password hash that is not Werkzeug's: nobody can log in", user.id.0);
    }
    hash
}
