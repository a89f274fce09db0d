use rocket::Request;
use rocket::http::uri::Absolute;

use super::Settings;

/// Where a page comes from: scheme, host and port (RFC 6454). Only those of HTTP are any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebOrigin {
    https: bool,
    host: String,
    port: u16,
}

impl WebOrigin {
    /// Reads an origin as browsers write it: `https://calendar.example.com`. `null` is none.
    pub fn parse(text: &str) -> Option<Self> {
        let uri = Absolute::parse(text).ok()?;
        Self::of(&uri).filter(|_| uri.path() == "" && uri.query().is_none())
    }

    /// That of an absolute URL, which names nobody's account.
    pub fn of_url(url: &str) -> Option<Self> {
        Self::of(&Absolute::parse(url).ok()?)
    }

    /// That of the server, as this request itself names it: by its scheme and its Host.
    pub fn asked_for(request: &Request<'_>) -> Option<Self> {
        let (host, https) = (request.host()?, came_by_https(request));
        Some(Self::new(https, host.domain().as_str(), host.port()))
    }

    fn of(uri: &Absolute<'_>) -> Option<Self> {
        let https = match uri.scheme().to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = uri.authority().filter(|authority| authority.user_info().is_none())?;
        (!authority.host().is_empty()).then(|| Self::new(https, authority.host(), authority.port()))
    }

    fn new(https: bool, host: &str, port: Option<u16>) -> Self {
        let port = port.unwrap_or(if https { 443 } else { 80 });
        Self { https, host: host.to_ascii_lowercase(), port }
    }
}

/// Whether the client spoke HTTPS: to the server itself, or to a proxy that says so. Only a server that is
/// told by CLIENT_IP_HEADER that it stands behind one believes it, and of several the nearest.
pub fn came_by_https(request: &Request<'_>) -> bool {
    let settings = request.rocket().state::<Settings>().expect("settings are managed at the start");
    let told = settings.client_ip_header.as_ref().and_then(|_| {
        let proxies = request.headers().get("X-Forwarded-Proto").last()?;
        proxies.rsplit(',').next().map(str::trim)
    });
    request.rocket().config().tls_enabled() || told.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_known_however_it_is_spelt() {
        let parse = |text| WebOrigin::parse(text).unwrap_or_else(|| panic!("{text}"));
        for (one, other) in [
            ("https://a.example", "https://a.example:443"),
            ("http://a.example", "http://a.example:80"),
            ("HTTPS://A.Example", "https://a.example"),
            ("http://[::1]:5000", "http://[::1]:5000"),
        ] {
            assert_eq!(parse(one), parse(other), "{one}");
        }
        for (one, other) in [
            ("https://a.example", "http://a.example"),
            ("https://a.example", "http://a.example:443"),
            ("https://a.example", "https://a.example:8443"),
            ("https://a.example", "https://b.a.example"),
            ("https://a.example", "https://a.example."),
        ] {
            assert_ne!(parse(one), parse(other), "{one}");
        }
    }

    #[test]
    fn what_is_no_origin_is_none() {
        for text in [
            "",
            "null",
            "a.example",
            "//a.example",
            "https:",
            "https://",
            "https://a.example/",
            "https://a.example/path",
            "https://a.example?query",
            "https://user@a.example",
            "https://a.example:99999",
            "https://a.example, https://b.example",
            "ftp://a.example",
            "chrome-extension://abcdef",
        ] {
            assert_eq!(WebOrigin::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_url_has_the_origin_that_it_begins_with() {
        let origin = WebOrigin::parse("https://calendar.example.com");
        for url in [
            "https://calendar.example.com",
            "https://calendar.example.com/",
            "https://calendar.example.com:443/at?a=b",
        ] {
            assert_eq!(WebOrigin::of_url(url), origin, "{url}");
        }
        for url in [
            "calendar.example.com",
            "/path",
            "ftp://calendar.example.com",
            "https://user:pw@calendar.example.com/",
        ] {
            assert_eq!(WebOrigin::of_url(url), None, "{url}");
        }
    }
}
