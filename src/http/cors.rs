use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
use rocket::http::uri::Absolute;
use rocket::{Build, Data, Request, Response, Rocket, async_trait};
use rocket_cors::{AllowedHeaders, AllowedOrigins, CorsOptions, Error};

use super::CorsOrigins;

/// How long a browser may keep a preflight's answer, in seconds.
const MAX_AGE: usize = 600;

/// What a page may read of an answer beside what every page may (Fetch, "CORS-safelisted response-header
/// name").
const EXPOSED: [&str; 5] = ["ETag", "Link", "Location", "Retry-After", "X-Request-Id"];

/// Lets pages of the configured origins call `/api/*`. The headers are rocket_cors's.
///
/// rocket_cors alone answers a request of any other origin with a 403, although a page of this
/// very server sends its own origin along with each POST. Such requests are served without CORS
/// headers, and the browser keeps the answer from a page that must not see it.
pub struct Cors {
    headers: rocket_cors::Cors,
    origins: CorsOrigins,
}

/// Whether rocket_cors has a request in hand.
struct InHand(bool);

impl Cors {
    /// CORS for these origins.
    ///
    /// # Errors
    /// When rocket_cors finds fault with its options.
    pub fn new(origins: CorsOrigins) -> Result<Self, Error> {
        let options = CorsOptions {
            // Whom rocket_cors gets to see has been chosen already: it names the origin, or `*`.
            allowed_origins: AllowedOrigins::all(),
            send_wildcard: origins == CorsOrigins::Any,
            allowed_methods: ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT"]
                .iter()
                .filter_map(|method| method.parse().ok())
                .collect(),
            allowed_headers: AllowedHeaders::all(),
            allow_credentials: false,
            expose_headers: EXPOSED.map(str::to_owned).into(),
            max_age: Some(MAX_AGE),
            fairing_route_base: "/cors".into(),
            ..CorsOptions::default()
        };
        Ok(Self { headers: options.to_cors()?, origins })
    }

    /// Whether this request is one for rocket_cors: of an allowed origin, and if it is a
    /// preflight, a whole one.
    fn concerns(&self, request: &Request<'_>) -> bool {
        let Some(origin) = request.headers().get_one("Origin") else { return false };
        let asked = request.headers().get_one("Access-Control-Request-Method");
        let whole = request.method() != Method::Options
            || asked.is_some_and(|method| method.parse::<Method>().is_ok());
        is_api(request) && whole && self.allows(origin)
    }

    fn allows(&self, origin: &str) -> bool {
        match &self.origins {
            CorsOrigins::Any => true,
            CorsOrigins::Localhost => is_localhost(origin),
            CorsOrigins::Listed(origins) => origins.iter().any(|listed| listed == origin),
        }
    }
}

fn is_api(request: &Request<'_>) -> bool {
    request.uri().path().starts_with("/api/")
}

/// Whether a page of this origin was served from this machine.
fn is_localhost(origin: &str) -> bool {
    Absolute::parse(origin).is_ok_and(|uri| {
        let host = uri.authority().map(|authority| authority.host());
        (uri.scheme() == "http" || uri.scheme() == "https")
            && matches!(host, Some("localhost" | "127.0.0.1" | "[::1]"))
    })
}

#[async_trait]
impl Fairing for Cors {
    fn info(&self) -> Info {
        Info { name: "CORS", kind: Kind::Ignite | Kind::Request | Kind::Response }
    }

    async fn on_ignite(&self, rocket: Rocket<Build>) -> rocket::fairing::Result {
        self.headers.on_ignite(rocket).await
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        let concerned = self.concerns(request);
        request.local_cache(|| InHand(concerned));
        if concerned {
            self.headers.on_request(request, data).await;
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        if request.local_cache(|| InHand(false)).0 {
            self.headers.on_response(request, response).await;
        } else if is_api(request) && self.origins != CorsOrigins::Any {
            // A cache must not give this answer to an allowed origin.
            response.adjoin_raw_header("Vary", "Origin");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_localhost;

    #[test]
    fn localhost_is_any_port_of_this_machine_and_no_name_that_looks_like_it() {
        for origin in
            ["http://localhost", "http://localhost:5173", "https://127.0.0.1:8080", "http://[::1]:3000"]
        {
            assert!(is_localhost(origin), "{origin}");
        }
        for origin in ["http://localhost.example.com", "http://example.com", "null", "ftp://localhost", ""] {
            assert!(!is_localhost(origin), "{origin}");
        }
    }
}
