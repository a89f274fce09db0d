//! What the API says of itself: an OpenAPI document, and Swagger UI to read and try it.

mod asset;
mod document;
mod pages;
mod responses;
mod unpacked;

#[cfg(test)]
mod tests;

use rocket::{Route, routes};

pub use document::Document;
pub use pages::SwaggerUi;
pub use responses::{
    Broken, NotFound, Refused, TooLarge, TooMany, Unauthorized, Unavailable, WrongCredentials,
};

/// The module's routes, below `/`.
pub fn routes() -> Vec<Route> {
    routes![document::get_openapi, pages::get_root, pages::get_docs, pages::get_docs_file]
}
