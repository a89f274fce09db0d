use rocket::http::Status;
use utoipa::IntoResponses;

use crate::http::{Error, ErrorBody};

/// Why nobody can log in to an account. Who knows its password is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// An operator has deactivated it, whether it is to be erased or not.
    Deactivated,
    /// It is to be erased.
    Erased,
}

/// 403 on `email`.
impl From<Closed> for Error {
    fn from(closed: Closed) -> Self {
        let message = match closed {
            Closed::Deactivated => "This account is deactivated: ask who runs the server to activate it",
            Closed::Erased => "This account is being erased: ask who runs the server if it is to be restored",
        };
        Self::new(Status::Forbidden, "email", message)
    }
}

/// The password is right, and the account is deactivated or being erased.
#[derive(IntoResponses)]
#[response(
    status = 403,
    example = json!({"errors": {"email": "This account is deactivated: ask who runs the server to activate it"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct LoginClosed(ErrorBody);
