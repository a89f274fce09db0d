use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::shown::Shown;
use super::{UserId, Verified};
use crate::http::{Error, Form, Submitted};

/// The user who sent the request's access token. A route with this guard cannot be reached without
/// one: every refusal is a 401 on `authorization`.
///
/// The token comes in a header or in a cookie; one that has expired is renewed from the cookie beside it. With a
/// cookie, a request that changes something has to prove by its header that a page of ours sends it: where
/// a form may do so, the guard is [`Caller`].
pub struct CurrentUser(pub UserId);

/// The request's access token, which is good and not revoked. As a guard it refuses what [`CurrentUser`]
/// refuses.
pub struct VerifiedToken(pub Verified);

/// Who sent a request whose body may have to prove that a page of ours did: who that is can be had for
/// the body alone.
pub struct Caller<'r>(Shown<'r>);

impl Caller<'_> {
    /// Who it is, if header or body prove it.
    ///
    /// # Errors
    /// A 401 on `csrf` where neither does, on `authorization` where a renewal is refused; a 503 where the
    /// database keeps one from happening.
    pub async fn confirmed_by(self, body: &impl Submitted) -> Result<VerifiedToken, Error> {
        self.0.confirmed(Some(body)).await.map(VerifiedToken)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for CurrentUser {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match verified(request).await {
            Ok(token) => Outcome::Success(Self(token.user)),
            Err(error) => error.in_guard(request),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for VerifiedToken {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match verified(request).await {
            Ok(token) => Outcome::Success(Self(token)),
            Err(error) => error.in_guard(request),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Caller<'r> {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let shown = Shown::of(request).await.and_then(|shown| shown.confirm_early().map(|()| shown));
        match shown {
            Ok(shown) => Outcome::Success(Self(shown)),
            Err(error) => error.in_guard(request),
        }
    }
}

async fn verified(request: &Request<'_>) -> Result<Verified, Error> {
    Shown::of(request).await?.confirmed(None::<&Form>).await
}
