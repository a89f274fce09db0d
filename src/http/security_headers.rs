use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Request, Response, async_trait};

/// An answer is data: whatever shows it as a page runs nothing and loads nothing.
const CSP_OF_DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// The documentation is a page (Swagger UI), which draws from data URLs.
const CSP_OF_DOCS: &str = "default-src 'self'; img-src 'self' data:; \
    object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A year, in seconds.
const HSTS: &str = "max-age=31536000";

/// Gives every answer the headers that keep browsers from making more of it than it is, after
/// OWASP's HTTP Headers Cheat Sheet. It stands in the place of Rocket's Shield.
pub struct SecurityHeaders;

#[async_trait]
impl Fairing for SecurityHeaders {
    fn info(&self) -> Info {
        Info { name: "Security headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        secure(request, response);
    }
}

/// Sets the headers, in the place of others of their names.
pub fn secure(request: &Request<'_>, response: &mut Response<'_>) {
    let path = request.uri().path();
    let docs = path == "/docs" || path.starts_with("/docs/");
    for (name, value) in headers(docs, request.rocket().config().tls_enabled()) {
        // A route can know better how long its answer may be kept.
        if name != "Cache-Control" || !response.headers().contains(name) {
            response.set_header(Header::new(name, value));
        }
    }
}

fn headers(docs: bool, tls: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        ("X-Content-Type-Options", Some("nosniff")),
        ("X-Frame-Options", Some("DENY")),
        // A page's own forms are to say where they come from: with `no-referrer` they say `Origin: null`.
        ("Referrer-Policy", Some(if docs { "same-origin" } else { "no-referrer" })),
        ("Content-Security-Policy", Some(if docs { CSP_OF_DOCS } else { CSP_OF_DATA })),
        // Tokens and people's events are nothing for a cache.
        ("Cache-Control", (!docs).then_some("no-store")),
        // RFC 6797, section 7.2: never over plain HTTP.
        ("Strict-Transport-Security", tls.then_some(HSTS)),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(docs: bool, tls: bool, name: &str) -> Option<&'static str> {
        headers(docs, tls).find(|header| header.0 == name).map(|header| header.1)
    }

    #[test]
    fn browsers_are_told_to_stay_with_tls_where_there_is_tls() {
        assert_eq!(value(false, true, "Strict-Transport-Security"), Some("max-age=31536000"));
        assert_eq!(value(false, false, "Strict-Transport-Security"), None);
    }

    #[test]
    fn the_documentation_may_be_a_page_and_be_kept() {
        assert!(value(true, false, "Content-Security-Policy").unwrap().starts_with("default-src 'self';"));
        assert_eq!(value(true, false, "Cache-Control"), None);
        assert_eq!(value(true, false, "X-Frame-Options"), Some("DENY"));
    }
}
