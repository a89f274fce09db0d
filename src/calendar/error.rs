use rocket::http::Status;
use utoipa::IntoResponses;

use crate::http::{Error, ErrorBody};

/// 404 on `id`: an event that is not there, or somebody else's.
#[derive(Debug)]
pub struct NoSuchEvent;

impl From<NoSuchEvent> for Error {
    fn from(NoSuchEvent: NoSuchEvent) -> Self {
        Self::new(Status::NotFound, "id", "Event not found")
    }
}

/// There is no such event, or it is somebody else's.
#[derive(IntoResponses)]
#[response(status = 404, example = json!({"errors": {"id": "Event not found"}}))]
#[expect(dead_code, reason = "the type of the body, for the document")]
pub struct NotFound(ErrorBody);
