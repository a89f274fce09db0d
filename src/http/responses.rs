//! The errors that routes have in common, as the document names them.

use utoipa::IntoResponses;

use super::ErrorBody;

/// Fields are missing or wrong, each with what is wrong; or the body is no JSON object (`body`).
#[derive(IntoResponses)]
#[response(status = 400, example = json!({"errors": {"body": "The request body must be a JSON object"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Refused(ErrorBody);

/// The body is larger than 64 KiB.
#[derive(IntoResponses)]
#[response(status = 413, example = json!({"errors": {"body": "The request body is larger than 64 KiB"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct TooLarge(ErrorBody);

/// The request brings cookies, or asks for some, and says that it comes from elsewhere.
#[derive(IntoResponses)]
#[response(status = 403, example = json!({"errors": {"origin": "Requests of pages from elsewhere are not taken"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Elsewhere(ErrorBody);

/// Too many attempts from this client, or on this account after wrong passwords.
#[derive(IntoResponses)]
#[response(
    status = 429,
    headers(("Retry-After" = i32, description = "Seconds to wait")),
    example = json!({"errors": {"rate_limit": "Too many attempts, please try again later"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct TooManyAttempts(ErrorBody);

/// What was asked for by a token is not known any more: begin anew, without one.
#[derive(IntoResponses)]
#[response(status = 410, example = json!({"errors": {"since": "Is not good any more: read everything again"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct Gone(ErrorBody);

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
