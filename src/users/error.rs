use rocket::http::Status;
use utoipa::IntoResponses;

use crate::http::{Error, ErrorBody};

/// 401 on `email`: an unknown address or a wrong password, nobody learns which.
pub struct InvalidCredentials;

impl From<InvalidCredentials> for Error {
    fn from(InvalidCredentials: InvalidCredentials) -> Self {
        Self::new(Status::Unauthorized, "email", "Invalid credentials")
            .with_header("WWW-Authenticate", "Bearer")
    }
}

/// 400 on `email`: somebody has this address.
pub struct AddressTaken;

impl From<AddressTaken> for Error {
    fn from(AddressTaken: AddressTaken) -> Self {
        Self::invalid("email", "This e-mail address is already registered")
    }
}

/// 403 on `login`: it was too long ago for what is asked, which a stolen token alone must not give.
pub struct LoginTooOld;

impl From<LoginTooOld> for Error {
    fn from(LoginTooOld: LoginTooOld) -> Self {
        Self::new(
            Status::Forbidden,
            "login",
            "Log in again first: the login must not be older than 5 minutes",
        )
    }
}

/// The login of this token was more than five minutes ago: log in again.
#[derive(IntoResponses)]
#[response(
    status = 403,
    example = json!({"errors": {"login": "Log in again first: the login must not be older than 5 minutes"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct LoginNeeded(ErrorBody);

/// Nobody has this address, or the password is wrong: nobody learns which.
#[derive(IntoResponses)]
#[response(
    status = 401,
    headers(("WWW-Authenticate" = String, description = "`Bearer`")),
    example = json!({"errors": {"email": "Invalid credentials"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct WrongCredentials(ErrorBody);
