use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use rocket::request::{FromRequest, Outcome};
use rocket::{Request, async_trait};

use crate::audit::{Act, Entry, LoginLog};
use crate::auth::{PasswordHasher, Place, Refusal, Unauthorized, UserId, Verified};
use crate::db::{Db, DbError};
use crate::http::{ClientAddress, Error, address};
use crate::users::address_limits::AddressLimits;
use crate::users::authenticate::usable_hash;
use crate::users::queries::{Credentials, find_email};
use crate::users::throttle::{Attempt, LoginThrottle};

/// Looks at the password of somebody who is logged in already, as a login would: it costs what a login costs,
/// waits in the same line, and is counted and written down together with logins. So nobody guesses with a stolen token what
/// cannot be guessed at the login.
pub struct PasswordCheck<'r> {
    address: IpAddr,
    limits: &'r AddressLimits,
    hasher: &'r PasswordHasher,
    throttle: &'r LoginThrottle,
    db: &'r Db,
    log: &'r Arc<LoginLog>,
}

/// A password that was right.
pub struct Right<'r> {
    /// Its try, which is still to be told that it succeeded.
    pub attempt: Attempt<'r>,
    /// USERS.PASSWORD_HASH, as it was.
    pub hash: String,
}

#[async_trait]
impl<'r> FromRequest<'r> for PasswordCheck<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self {
            address: address(request),
            limits: managed(request),
            hasher: managed(request),
            throttle: managed(request),
            db: managed(request),
            log: managed(request),
        })
    }
}

fn managed<'r, T: Send + Sync + 'static>(request: &'r Request<'_>) -> &'r T {
    request.rocket().state().expect("it is managed on ignition")
}

impl<'r> PasswordCheck<'r> {
    /// Takes one more place in the line, for a password that is to be hashed after this one was right.
    ///
    /// # Errors
    /// A 503, as at a login.
    pub fn place(&self) -> Result<Place<'r>, Error> {
        Ok(self.hasher.enter(ClientAddress::of(self.address))?)
    }

    /// Checks it. Two round trips, and one more as at a login where something is counted; after a wrong one it is.
    ///
    /// # Errors
    /// A 400 on `field` where it is wrong; what a login refuses; a 401 where the user is gone or the account
    /// closed.
    pub async fn check(
        &self,
        token: &Verified,
        password: String,
        field: &'static str,
    ) -> Result<Right<'r>, Error> {
        self.limits.admit_login(ClientAddress::of(self.address))?;
        let (user, mut attempt) = self.begin(token.user).await?;
        let began_at = attempt.began_at();
        // Before the try is counted: whom the line turns away has not been wrong.
        let place = self.place()?;
        attempt.reserve(self.db).await?;
        if !place.verify(password, usable_hash(&user)).await {
            attempt.failed(self.db).await?;
            let entry = Entry::by_user(Act::LoginFailed, user.id, self.address, token.session);
            self.log.note(entry.at(began_at));
            return Err(wrong(field));
        }
        Ok(Right { attempt, hash: user.password_hash })
    }

    async fn begin(&self, user: UserId) -> Result<(Credentials, Attempt<'r>), Error> {
        let email = self.db.read("find_email", move |db| find_email(db, user)).await?;
        let email = email.ok_or(Unauthorized("User not found"))?;
        let (found, attempt) = self.throttle.begin(self.db, email).await?;
        // The address can be somebody else's by now.
        let found = found.filter(|found| found.id == user);
        let found = found.ok_or_else(|| DbError::Unavailable("the address has just been changed".into()))?;
        match found.closed {
            // Another instance has closed it.
            Some(_) => Err(Unauthorized::from(Refusal::Revoked).into()),
            None => Ok((found, attempt)),
        }
    }

    /// The way to the database.
    pub fn db(&self) -> &'r Db {
        self.db
    }
}

/// A 400 on the field of a password that is wrong.
pub fn wrong(field: &'static str) -> Error {
    Error::invalid(field, "Wrong password")
}
