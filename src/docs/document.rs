use std::io;

use rocket::http::ContentType;
use rocket::{State, get};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, OpenApi, RefOr, Schema};
use utoipa::{Modify, OpenApi as Describe};

use super::asset::Asset;
use crate::error::ErrorBody;
use crate::{calendar, common, users};

/// The whole API, module by module as `build` mounts them.
#[derive(Describe)]
#[openapi(
    info(title = "Persony", description = "\
A personal calendar: accounts, logins, and each person's own events, as JSON in UTF-8.

Register, log in, and send the access token as `Authorization: Bearer …`.

Every error has one form: `errors`, with what is wrong for each field that is at fault. A path that \
is not there is a 404 on `path`; another method on a known path is a 405 on `method`, and its `Allow` \
header lists what the path takes.

Limits of length count bytes in UTF-8, as the database's columns do. `maxLength` counts characters: \
what is longer is refused, and so is a shorter text whose letters take more bytes than that. Blanks \
around a text, other than a password, are cut off before it is measured. Members of a body that are \
not described here are ignored. A body is at most 64 KiB; its `Content-Type` does not matter."),
    paths(get_openapi),
    nest(
        (path = "/api", api = common::Described),
        (path = "/api/users", api = users::Described),
        (path = "/api/calendar", api = calendar::Described),
    ),
    tags(
        (name = "users", description = "Accounts: registration and login"),
        (name = "calendar", description = "Each person's own events"),
        (name = "common", description = "Signs of life, and this document"),
    ),
    components(schemas(ErrorBody)),
    modifiers(&AccessToken),
)]
pub struct Described;

struct AccessToken;

impl Modify for AccessToken {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("The `access_token` of a login"));
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme("access_token", SecurityScheme::Http(scheme.build()));
    }
}

/// The document, as it is sent.
pub struct Document(Asset);

impl Document {
    /// The document of a server that wants passwords of so many characters.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn new(password_min_length: usize) -> io::Result<Self> {
        let mut document = Described::openapi();
        for field in ["password", "confirm_password"] {
            if let Some(limit) = shortest(&mut document, "Registration", field) {
                *limit = Some(password_min_length);
            }
        }
        Ok(Self(Asset::new(ContentType::JSON, document.to_json()?.into_bytes())?))
    }
}

fn shortest<'d>(document: &'d mut OpenApi, schema: &str, field: &str) -> Option<&'d mut Option<usize>> {
    let schema = document.components.as_mut()?.schemas.get_mut(schema)?;
    let RefOr::T(Schema::Object(schema)) = schema else { return None };
    match schema.properties.get_mut(field)? {
        RefOr::T(Schema::Object(field)) => Some(&mut field.min_length),
        _ => None,
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
