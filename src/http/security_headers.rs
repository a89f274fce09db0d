use hyper::HeaderMap;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};

/// An answer is data: whatever shows it as a page runs nothing and loads nothing.
const CSP_OF_DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// The documentation is a page (Swagger UI), which draws from data URLs.
const CSP_OF_DOCS: &str = "default-src 'self'; img-src 'self' data:; \
    object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page of ours loads its own style and modules and sends its own forms. Colours that people choose show by an SVG's
/// `fill`; no text becomes markup but by a template (Trusted Types).
const CSP_OF_PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// A year, in seconds.
const HSTS: &str = "max-age=31536000";

/// The headers that keep browsers from making more of an answer than it is, after OWASP's HTTP Headers Cheat
/// Sheet. They stand in the place of Rocket's Shield, and the listener sets them on all that goes out: also on
/// what no fairing gets to see.
#[derive(Debug, Clone, Copy)]
pub struct SecurityHeaders {
    docs: bool,
    tls: bool,
}

impl SecurityHeaders {
    /// Those of the answer to a request for this path, of a server that speaks TLS or does not.
    pub fn of(path: &str, tls: bool) -> Self {
        Self { docs: path == "/docs" || path.starts_with("/docs/"), tls }
    }

    /// Sets them, in the place of others of their names. They do not go through Rocket's map of headers, which
    /// hashes each name letter by letter.
    pub fn set(self, headers: &mut HeaderMap) {
        let is_page = !self.docs && headers.get(CONTENT_TYPE).is_some_and(is_html);
        for (name, value) in self.all(is_page) {
            // A route can know better how long its answer may be kept.
            if name != CACHE_CONTROL || !headers.contains_key(CACHE_CONTROL) {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
    }

    fn all(self, is_page: bool) -> impl Iterator<Item = (HeaderName, &'static str)> {
        let Self { docs, tls } = self;
        let policy = match (docs, is_page) {
            (true, _) => CSP_OF_DOCS,
            (false, true) => CSP_OF_PAGES,
            (false, false) => CSP_OF_DATA,
        };
        [
            (X_CONTENT_TYPE_OPTIONS, Some("nosniff")),
            (X_FRAME_OPTIONS, Some("DENY")),
            // A page's own forms are to say where they come from: with `no-referrer` they say `Origin: null`.
            (REFERRER_POLICY, Some(if docs || is_page { "same-origin" } else { "no-referrer" })),
            (CONTENT_SECURITY_POLICY, Some(policy)),
            // Tokens and people's events are nothing for a cache.
            (CACHE_CONTROL, (!docs).then_some("no-store")),
            // RFC 6797, section 7.2: never over plain HTTP.
            (STRICT_TRANSPORT_SECURITY, tls.then_some(HSTS)),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)))
    }
}

fn is_html(content_type: &HeaderValue) -> bool {
    content_type.as_bytes().starts_with(b"text/html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(path: &str, tls: bool, name: HeaderName) -> Option<&'static str> {
        SecurityHeaders::of(path, tls).all(false).find(|header| header.0 == name).map(|header| header.1)
    }

    #[test]
    fn browsers_are_told_to_stay_with_tls_where_there_is_tls() {
        assert_eq!(value("/api", true, STRICT_TRANSPORT_SECURITY), Some("max-age=31536000"));
        assert_eq!(value("/api", false, STRICT_TRANSPORT_SECURITY), None);
    }

    #[test]
    fn the_documentation_may_be_a_page_and_be_kept() {
        for path in ["/docs", "/docs/swagger-ui.css"] {
            let policy = value(path, false, CONTENT_SECURITY_POLICY).unwrap();
            assert!(policy.starts_with("default-src 'self';"));
            assert_eq!(value(path, false, CACHE_CONTROL), None);
            assert_eq!(value(path, false, X_FRAME_OPTIONS), Some("DENY"));
        }
        for path in ["/", "/docsx", "/api/docs"] {
            assert_eq!(value(path, false, CONTENT_SECURITY_POLICY), Some(CSP_OF_DATA));
            assert_eq!(value(path, false, CACHE_CONTROL), Some("no-store"));
        }
    }

    #[test]
    fn a_page_runs_nothing_but_modules_of_ours_and_says_where_its_forms_come_from() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        SecurityHeaders::of("/login", false).set(&mut headers);
        assert_eq!(
            headers[CONTENT_SECURITY_POLICY],
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
        );
        assert_eq!(headers[REFERRER_POLICY], "same-origin");
        assert_eq!(headers[CACHE_CONTROL], "no-store");
    }

    #[test]
    fn a_route_can_say_how_long_its_answer_may_be_kept_and_nothing_else() {
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        SecurityHeaders::of("/api", false).set(&mut headers);
        assert_eq!(headers[CACHE_CONTROL], "private, no-cache");
        assert_eq!(headers[X_FRAME_OPTIONS], "DENY");
        assert_eq!(headers.len(), 5);
    }
}
