use rocket::http::Status;
use utoipa::IntoResponses;

use super::{Busy, Refusal};
use crate::http::{Cause, Error, ErrorBody};

/// 401 on `authorization`: what is wrong with the access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unauthorized(pub &'static str);

impl From<Refusal> for Unauthorized {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.message())
    }
}

impl From<Unauthorized> for Error {
    fn from(Unauthorized(message): Unauthorized) -> Self {
        Self::new(Status::Unauthorized, "authorization", message).with_header("WWW-Authenticate", "Bearer")
    }
}

/// 503 on `server`: too many passwords are waiting to be hashed.
impl From<Busy> for Error {
    fn from(busy: Busy) -> Self {
        let message = "Too many logins at once, please try again shortly";
        let cause = match busy {
            Busy::Full => "the line for password hashing is full",
            Busy::Share => "a client address has its share of the line for password hashing",
        };
        Self::new(Status::ServiceUnavailable, "server", message).because(Cause::Strain(cause.into()))
    }
}

/// The access token is missing or no longer good.
#[derive(IntoResponses)]
#[response(
    status = 401,
    headers(("WWW-Authenticate" = String, description = "`Bearer`")),
    example = json!({"errors": {"authorization": "Missing Authorization Header"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct UnauthorizedResponse(ErrorBody);

/// A cookie is there, and not what proves that a page of ours sends the request.
#[derive(IntoResponses)]
#[response(
    status = 401,
    headers(("WWW-Authenticate" = String, description = "`Bearer`")),
    example = json!({"errors": {"csrf": "Missing CSRF token"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct CsrfRefused(ErrorBody);
