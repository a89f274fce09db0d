//! The errors that routes have in common, as the document names them.

use utoipa::IntoResponses;

use crate::error::ErrorBody;

/// Fields are missing or wrong, each with what is wrong; or the body is no JSON object (`body`).
#[derive(IntoResponses)]
#[response(status = 400, example = json!({"errors": {"body": "The request body must be a JSON object"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Refused(ErrorBody);

/// The access token is missing or no longer good.
#[derive(IntoResponses)]
#[response(
    status = 401,
    headers(("WWW-Authenticate" = String, description = "`Bearer`")),
    example = json!({"errors": {"authorization": "Missing Authorization Header"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Unauthorized(ErrorBody);

/// Nobody has this address, or the password is wrong: nobody learns which.
#[derive(IntoResponses)]
#[response(
    status = 401,
    headers(("WWW-Authenticate" = String, description = "`Bearer`")),
    example = json!({"errors": {"email": "Invalid credentials"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct WrongCredentials(ErrorBody);

/// There is no such event, or it is somebody else's.
#[derive(IntoResponses)]
#[response(status = 404, example = json!({"errors": {"id": "Event not found"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct NotFound(ErrorBody);

/// The body is larger than 64 KiB.
#[derive(IntoResponses)]
#[response(status = 413, example = json!({"errors": {"body": "The request body is larger than 64 KiB"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct TooLarge(ErrorBody);

/// Too many attempts from this client, or on this account after wrong passwords.
#[derive(IntoResponses)]
#[response(
    status = 429,
    headers(("Retry-After" = i32, description = "Seconds to wait")),
    example = json!({"errors": {"rate_limit": "Too many attempts, please try again later"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct TooMany(ErrorBody);

/// A fault of the server's; its log tells more.
#[derive(IntoResponses)]
#[response(status = 500, example = json!({"errors": {"server": "Internal server error"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Broken(ErrorBody);

/// The database cannot be had, or too many passwords wait to be hashed.
#[derive(IntoResponses)]
#[response(
    status = 503,
    headers(("Retry-After" = i32, description = "Seconds to wait")),
    example = json!({"errors": {"database": "The database is not available, please try again shortly"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Unavailable(ErrorBody);
