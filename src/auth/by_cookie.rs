//! Guards of the routes that are about the cookies themselves. A header has no say there.

use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use uuid::Uuid;

use super::csrf::Proof;
use super::shown::{Checks, Renewable};
use super::{Cookies, Tokens, Unauthorized, Verified};
use crate::http::{
    ACCESS_COOKIE, Error, Form, Presented, REFRESH_COOKIE, Submitted, presented, refuse_elsewhere,
};

/// The refresh token of a request's cookies.
pub struct RefreshCookie<'r> {
    renewable: Renewable<'r>,
    proof: Proof<'r>,
}

impl RefreshCookie<'_> {
    /// Exchanges it, if header or body prove that a page of ours sends the request. What the next ones are to
    /// prove that by.
    ///
    /// # Errors
    /// A 401 on `csrf` where neither does; else as [`Renewable::renew`].
    pub async fn renewed_for(self, body: &impl Submitted) -> Result<Uuid, Error> {
        self.proof.confirm(&self.renewable.token, Some(body))?;
        Ok(self.renewable.renew().await?.csrf)
    }
}

/// What a login needs that is answered with cookies. A request from elsewhere has none of it: its person would
/// be logged in as somebody else, and not know.
pub struct NewCookies<'r> {
    /// Those to be set.
    pub cookies: Cookies<'r>,
    /// The token of those that the browser has, if it is good: it is to be ended.
    pub replaced: Option<Verified>,
}

/// The token of a request's cookies, for its end. A request that brings no good one has `None`.
pub struct EndedCookie(pub Option<Verified>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for RefreshCookie<'r> {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let found = async {
            let missing = Unauthorized("Missing cookie \"refresh_token_cookie\"");
            let renewable = Renewable::of(request).await?.ok_or(missing)?;
            let proof = Proof::of(request);
            proof.confirm_early(&renewable.token)?;
            Ok::<_, Error>(Self { renewable, proof })
        };
        match found.await {
            Ok(found) => Outcome::Success(found),
            Err(error) => error.in_guard(request),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for NewCookies<'r> {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let found = async {
            refuse_elsewhere(request)?;
            good_one(request).await
        };
        match found.await {
            Ok(replaced) => Outcome::Success(Self { cookies: Cookies::of(request), replaced }),
            Err(error) => error.in_guard(request),
        }
    }
}

/// A good token is confirmed by the request's header, or refused with a 401 on `csrf`.
#[rocket::async_trait]
impl<'r> FromRequest<'r> for EndedCookie {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let found = async {
            let token = good_one(request).await?;
            if let Some(token) = &token {
                Proof::of(request).confirm(token, None::<&Form>)?;
            }
            Ok::<_, Error>(token)
        };
        match found.await {
            Ok(token) => Outcome::Success(Self(token)),
            Err(error) => error.in_guard(request),
        }
    }
}

/// The token of a request's cookies that is good, if one of them is.
async fn good_one(request: &Request<'_>) -> Result<Option<Verified>, Error> {
    let checks = Checks::of(request);
    if let Presented::One(token) = presented(request, ACCESS_COOKIE)
        && let Ok(token) = checks.good(token, Tokens::verify).await?
    {
        return Ok(Some(token));
    }
    match presented(request, REFRESH_COOKIE) {
        Presented::One(token) => {
            let token = checks.good(token, Tokens::verify_refresh).await?;
            Ok(token.ok().filter(|token| token.session.is_some()))
        }
        Presented::Nothing | Presented::Unclear => Ok(None),
    }
}
