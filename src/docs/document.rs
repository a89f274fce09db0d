use std::io;

use rocket::http::ContentType;
use rocket::{State, get};
use utoipa::openapi::OpenApi;

use crate::http::Asset;

/// The document, as it is sent.
pub struct Document(Asset);

impl Document {
    /// Writes it down once.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn new(document: &OpenApi) -> io::Result<Self> {
        Ok(Self(Asset::new(ContentType::JSON, document.to_json()?.into_bytes())?))
    }
}

/// This document
#[utoipa::path(
    tag = "common",
    responses(
        (status = 200, description = "OpenAPI 3.1", body = Object, content_type = "application/json"),
        (status = 304, description = "The `ETag` that `If-None-Match` names is this document's"),
    ),
)]
#[get("/api/openapi.json")]
pub fn get_openapi(document: &State<Document>) -> &Asset {
    &document.inner().0
}
