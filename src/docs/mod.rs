//! The OpenAPI document as it is sent, and Swagger UI to read and try it.

mod document;
mod pages;

use rocket::{Route, routes};
use utoipa::OpenApi;

pub use document::Document;
pub use pages::SwaggerUi;

/// The module's routes, below `/`.
pub fn routes() -> Vec<Route> {
    routes![document::get_openapi, pages::get_docs, pages::get_docs_file]
}

/// What the document says of itself.
#[derive(OpenApi)]
#[openapi(paths(document::get_openapi))]
pub struct Described;
