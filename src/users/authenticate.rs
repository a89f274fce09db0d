//! A login up to the point where the password is known to be right, whatever is handed out for it.

use std::convert::Infallible;

use rocket::request::{FromRequest, Outcome};
use rocket::{Request, async_trait};

use super::address_limits::AddressLimits;
use super::error::InvalidCredentials;
use super::queries::Credentials;
use super::throttle::{Attempt, LoginThrottle};
use crate::auth::{PasswordHash, PasswordHasher};
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
}

/// Somebody who has shown their password. The login is over when it has succeeded, and no other one of
/// the address goes on in this process until then.
pub struct Authenticated<'r> {
    /// Who it is.
    pub user: Credentials,
    attempt: Attempt<'r>,
    db: &'r Db,
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
        })
    }
}

impl<'r> Logins<'r> {
    /// Looks at an address and its password.
    ///
    /// # Errors
    /// A 401 on `email` where they are not somebody's, a 429 where the client or the address has to wait,
    /// a 503 where passwords cannot be looked at.
    pub async fn authenticate(
        &self,
        client: ClientAddress,
        email: String,
        password: String,
    ) -> Result<Authenticated<'r>, Error> {
        self.limits.admit_login(client)?;
        if email.len() > EMAIL_MAX_BYTES {
            self.hasher.enter(client)?.verify(password, None).await;
            return Err(InvalidCredentials.into());
        }
        let (user, mut attempt) = self.throttle.begin(self.db, email).await?;
        // Before the try is counted: whom the line turns away has not been wrong.
        let place = self.hasher.enter(client)?;
        attempt.reserve(self.db).await?;
        let stored = user.as_ref().and_then(usable_hash);
        let matches = place.verify(password, stored).await;
        let Some(user) = user.filter(|_| matches) else {
            attempt.failed(self.db).await?;
            return Err(InvalidCredentials.into());
        };
        watch::saw_user(user.id.0);
        Ok(Authenticated { user, attempt, db: self.db })
    }
}

impl Authenticated<'_> {
    /// Ends the login, and writes nothing but what has to be forgotten of failures before it.
    ///
    /// # Errors
    /// A 503 where the database does not answer.
    pub async fn succeeded(self) -> Result<Credentials, Error> {
        self.attempt.succeeded(self.db).await?;
        Ok(self.user)
    }

    /// As [`Authenticated::succeeded`], together with more that is written then: its last write commits
    /// both. What is written says whether the person is still there.
    ///
    /// # Errors
    /// As [`Authenticated::succeeded`]; a 401 on `email` for a person who is not.
    pub async fn succeeded_with<F>(self, work: F) -> Result<Credentials, Error>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<bool, DbError> + Send + 'static,
    {
        match self.attempt.succeeded_with(self.db, work).await? {
            true => Ok(self.user),
            false => Err(InvalidCredentials.into()),
        }
    }
}

fn usable_hash(user: &Credentials) -> Option<PasswordHash> {
    let hash = PasswordHash::parse(&user.password_hash);
    if hash.is_none() {
        tracing::warn!("user {} has a password hash that is not Werkzeug's: nobody can log in", user.id.0);
    }
    hash
}
