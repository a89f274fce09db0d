use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Components, OpenApi};
use utoipa::{IntoResponses, Modify};

use crate::http::responses::Elsewhere;
use crate::http::{ACCESS_COOKIE, REFRESH_COOKIE};

const ACCESS_TOKEN: &str = "access_token";

/// How a request says who sends it. A route names the token alone: that a cookie is taken in its place, and what
/// such a request has to bring then, is the same everywhere.
pub struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("The `access_token` of a login"));
        let cookie =
            |name, text| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(name, text)));
        let csrf =
            ApiKeyValue::with_description("X-CSRF-TOKEN", "The value of the cookie `csrf_access_token`");
        let components = document.components.get_or_insert_with(Components::new);
        components.add_security_scheme(ACCESS_TOKEN, SecurityScheme::Http(bearer.build()));
        components.add_security_scheme("access_cookie", cookie(ACCESS_COOKIE, "Set by a browser's login"));
        components.add_security_scheme("refresh_cookie", cookie(REFRESH_COOKIE, "Set by a browser's login"));
        components.add_security_scheme("csrf_token", SecurityScheme::ApiKey(ApiKey::Header(csrf)));
        for path in document.paths.paths.values_mut() {
            let PathItem { get, put, post, delete, patch, .. } = path;
            get.iter_mut().for_each(|operation| take_cookies(operation, false));
            [put, post, delete, patch]
                .into_iter()
                .flatten()
                .for_each(|operation| take_cookies(operation, true));
        }
    }
}

fn take_cookies(operation: &mut Operation, changes_something: bool) {
    let Some(security) = &mut operation.security else { return };
    if !security.contains(&SecurityRequirement::new(ACCESS_TOKEN, [""; 0])) {
        return;
    }
    let cookie = SecurityRequirement::new("access_cookie", [""; 0]);
    if changes_something {
        security.push(cookie.add("csrf_token", [""; 0]));
        for (status, response) in Elsewhere::responses() {
            // A route's own 403 says more.
            operation.responses.responses.entry(status).or_insert(response);
        }
    } else {
        security.push(cookie);
    }
}
