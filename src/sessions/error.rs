use rocket::http::Status;
use utoipa::IntoResponses;

use crate::auth::Refusal;
use crate::http::{Error, ErrorBody};

/// 404 on `id`: a session that is not there, or somebody else's.
#[derive(Debug)]
pub struct NoSuchSession;

impl From<NoSuchSession> for Error {
    fn from(NoSuchSession: NoSuchSession) -> Self {
        Self::new(Status::NotFound, "id", "Session not found")
    }
}

/// 401 on `refresh_token`: what is wrong with it.
#[derive(Debug, Clone, Copy)]
pub struct NotRefreshed(pub Refusal);

impl From<NotRefreshed> for Error {
    fn from(NotRefreshed(refusal): NotRefreshed) -> Self {
        Self::new(Status::Unauthorized, "refresh_token", refusal.message())
            .with_header("WWW-Authenticate", "Bearer")
    }
}

/// There is no such session, or it is somebody else's.
#[derive(IntoResponses)]
#[response(status = 404, example = json!({"errors": {"id": "Session not found"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct NotFound(ErrorBody);

/// The refresh token is no longer good: log in again.
#[derive(IntoResponses)]
#[response(
    status = 401,
    headers(("WWW-Authenticate" = String, description = "`Bearer`")),
    example = json!({"errors": {"refresh_token": "Token has been revoked"}}),
)]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct RefreshRefused(ErrorBody);
