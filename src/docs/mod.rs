//! What the API says of itself: an OpenAPI document, and Swagger UI to read and try it.

mod document;
mod pages;
mod responses;

#[cfg(test)]
mod tests;

use rocket::{Route, routes};

pub use document::Document;
pub use responses::{
    Broken, NotFound, Refused, TooLarge, TooMany, Unauthorized, Unavailable, WrongCredentials,
};

/// The module's routes, below `/`.
pub fn routes() -> Vec<Route> {
    routes![document::get_openapi, pages::get_root, pages::get_docs, pages::get_docs_file]
}
