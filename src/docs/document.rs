use rocket::response::content::RawJson;
use rocket::{State, get};
use utoipa::openapi::OpenApi;

/// The document, as it is sent.
pub struct Document(String);

impl Document {
    /// Writes it down once.
    pub fn new(document: &OpenApi) -> Self {
        Self(document.to_json().unwrap_or_default())
    }
}

/// This document
#[utoipa::path(
    tag = "common",
    responses((status = 200, description = "OpenAPI 3.1", body = Object, content_type = "application/json")),
)]
#[get("/api/openapi.json")]
pub fn get_openapi(document: &State<Document>) -> RawJson<&str> {
    RawJson(&document.0)
}
