use std::sync::Arc;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::{Refusal, Revocations, Tokens, Unauthorized, UserId, Verified};
use crate::http::Error;
use crate::watch;

/// The user who sent the request's access token. A route with this guard cannot be reached without
/// one: every refusal is a 401 on `authorization`.
pub struct CurrentUser(pub UserId);

/// The request's access token, which is good and not revoked. As a guard it refuses what [`CurrentUser`]
/// refuses.
pub struct VerifiedToken(pub Verified);

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

/// What the request's token says. What was revoked is known by heart: the database is asked once, before the
/// first answer of an instance.
async fn verified(request: &Request<'_>) -> Result<Verified, Error> {
    let token = bearer_token(request)?;
    let tokens = request.rocket().state::<Tokens>().expect("tokens are managed at the start");
    let revocations = request.rocket().state::<Arc<Revocations>>().expect("they are managed at the start");
    let token = tokens.verify(token).map_err(Unauthorized::from)?;
    revocations.begun().await?;
    if revocations.is_revoked(&token) {
        return Err(Unauthorized::from(Refusal::Revoked).into());
    }
    watch::saw_user(token.user.0);
    Ok(token)
}

/// The credentials of `Authorization: Bearer …` (RFC 6750, section 2.1). The scheme's case does
/// not matter (RFC 9110, section 11.1).
fn bearer_token<'r>(request: &'r Request<'_>) -> Result<&'r str, Unauthorized> {
    let header =
        request.headers().get_one("Authorization").ok_or(Unauthorized("Missing Authorization Header"))?;
    let (scheme, token) = header.trim().split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Unauthorized(
            "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'",
        ));
    }
    Ok(token.trim())
}
