use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::{Tokens, Unauthorized, UserId};
use crate::http::Error;
use crate::watch;

/// The user who sent the request's access token. A route with this guard cannot be reached without
/// one: every refusal is a 401 on `authorization`.
pub struct CurrentUser(pub UserId);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for CurrentUser {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match bearer_token(request).and_then(|token| {
            let tokens = request.rocket().state::<Tokens>().expect("tokens are managed at the start");
            tokens.verify(token).map_err(|refusal| Unauthorized(refusal.message()))
        }) {
            Ok(user) => {
                watch::saw_user(user.0);
                Outcome::Success(Self(user))
            }
            Err(refusal) => Error::from(refusal).in_guard(request),
        }
    }
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
