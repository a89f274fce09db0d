use std::sync::Arc;

use rocket::get;
use rocket::http::{Accept, ContentType, Header};
use rocket::response::content::RawHtml;
use rocket::response::{Redirect, Responder};
use utoipa_swagger_ui::{Config, serve};

use crate::http::Error;

const DOCUMENT: &str = "/api/openapi.json";

/// An answer that depends on what the client would like.
#[derive(Responder)]
pub struct ByAccept {
    redirect: Redirect,
    vary: Header<'static>,
}

/// Leads a person to the documentation, and a program that asks for JSON to the document.
#[get("/")]
pub fn get_root(accept: Option<&Accept>) -> ByAccept {
    let wants_json = accept.is_some_and(|accept| accept.preferred().is_json());
    let redirect = Redirect::to(if wants_json { DOCUMENT } else { "/docs" });
    ByAccept { redirect, vary: Header::new("Vary", "Accept") }
}

/// Swagger UI's page. Its own has links that do not work without a slash after `/docs`.
#[get("/docs")]
pub fn get_docs() -> RawHtml<&'static str> {
    RawHtml(include_str!("swagger.html"))
}

/// Swagger UI's scripts and styles, out of the program itself.
#[get("/docs/<name>")]
pub fn get_docs_file(name: &str) -> Result<(ContentType, Vec<u8>), Error> {
    let file = serve(name, Arc::new(config())).map_err(|error| Error::internal(error.to_string()))?;
    let file = file.ok_or_else(Error::no_such_path)?;
    let content_type = ContentType::parse_flexible(&file.content_type).unwrap_or(ContentType::Binary);
    Ok((content_type, file.bytes.into_owned()))
}

fn config() -> Config<'static> {
    Config::new([DOCUMENT])
        .use_base_layout()
        .try_it_out_enabled(true)
        .display_request_duration(true)
        // Lest it send the document's address to validator.swagger.io.
        .validator_url("none")
}
