use std::collections::BTreeMap;
use std::error::Error as AnyError;
use std::sync::Arc;

use rocket::http::ContentType;
use rocket::{State, get};
use utoipa_swagger_ui::{Config, serve};

use crate::http::{Asset, Error};

const DOCUMENT: &str = "/api/openapi.json";

/// Swagger UI's page. Its own has links that do not work without a slash after `/docs`.
const PAGE: &str = include_str!("swagger.html");

/// What the page loads.
const FILES: [&str; 6] = [
    "favicon-32x32.png",
    "index.css",
    "swagger-initializer.js",
    "swagger-ui-bundle.js",
    "swagger-ui-standalone-preset.js",
    "swagger-ui.css",
];

/// Swagger UI: its page, and what that loads.
pub struct SwaggerUi {
    page: Asset,
    files: BTreeMap<&'static str, Asset>,
}

impl SwaggerUi {
    /// Reads it out of the program itself, where most of it is compressed.
    ///
    /// # Errors
    /// When a file is missing, or is not what it should be.
    pub fn load() -> Result<Self, Box<dyn AnyError>> {
        let page = Asset::new(ContentType::HTML, PAGE.as_bytes())?;
        let config = Arc::new(config());
        let files = FILES.into_iter().map(|name| {
            let file =
                serve(name, Arc::clone(&config))?.ok_or_else(|| format!("Swagger UI has no {name}"))?;
            let content_type = ContentType::parse_flexible(&file.content_type).unwrap_or(ContentType::Binary);
            let asset = match file.gzpipped {
                true => Asset::packed(content_type, file.bytes),
                false => Asset::new(content_type, file.bytes),
            };
            Ok((name, asset?))
        });
        Ok(Self { page, files: files.collect::<Result<_, Box<dyn AnyError>>>()? })
    }
}

/// Swagger UI's page.
#[get("/docs")]
pub fn get_docs(swagger_ui: &State<SwaggerUi>) -> &Asset {
    &swagger_ui.inner().page
}

/// Swagger UI's scripts and styles; its page, too, under the name that Swagger UI gives it.
#[get("/docs/<name>")]
pub fn get_docs_file<'s>(name: &str, swagger_ui: &'s State<SwaggerUi>) -> Result<&'s Asset, Error> {
    match name {
        "index.html" => Ok(&swagger_ui.page),
        name => swagger_ui.files.get(name).ok_or_else(Error::no_such_path),
    }
}

fn config() -> Config<'static> {
    Config::new([DOCUMENT])
        .use_base_layout()
        .try_it_out_enabled(true)
        .display_request_duration(true)
        // Lest it send the document's address to validator.swagger.io.
        .validator_url("none")
}
