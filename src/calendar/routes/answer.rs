use rocket::Request;
use rocket::response::{self, Responder, Response};
use rocket::serde::json::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// The event that was created or changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Written {
    /// Of a series that was changed from an occurrence on: the new event's, which begins there.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    #[schema(example = "Event created successfully")]
    pub message: &'static str,
}

impl Written {
    pub fn created(id: i64) -> Self {
        Self { id, message: "Event created successfully" }
    }

    pub fn updated(id: i64) -> Self {
        Self { id, message: "Event updated successfully" }
    }

    pub fn moved(id: i64) -> Self {
        Self { id, message: "Event moved successfully" }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Deleted {
    #[schema(example = "Event deleted successfully")]
    message: &'static str,
}

impl Deleted {
    pub fn new() -> Self {
        Self { message: "Event deleted successfully" }
    }
}

/// What was written, with the tag that a GET of the same would have now, where that is known.
pub struct Tagged(pub Written, pub Option<String>);

impl<'r> Responder<'r, 'static> for Tagged {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let Self(written, tag) = self;
        let mut response = Response::build_from(Json(written).respond_to(request)?).finalize();
        if let Some(tag) = tag {
            response.set_raw_header("ETag", tag);
        }
        Ok(response)
    }
}
