//! Requests that change something, of pages of elsewhere: a browser sends cookies along whoever asks it to.

use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, async_trait};

use super::cookies::brings_ours;
use super::{CorsOrigins, Error, Settings, WebOrigin};

/// 403 on `origin`.
struct Elsewhere;

impl From<Elsewhere> for Error {
    fn from(Elsewhere: Elsewhere) -> Self {
        Self::new(Status::Forbidden, "origin", "Requests of pages from elsewhere are not taken")
    }
}

/// Lets a request go on that is to be answered with cookies, unless it says that it comes from elsewhere. Where a
/// request brings cookies, each route that changes something asks by itself.
///
/// # Errors
/// A 403 on `origin`.
pub fn refuse_elsewhere(request: &Request<'_>) -> Result<(), Error> {
    if says_elsewhere(request) { Err(Elsewhere.into()) } else { Ok(()) }
}

/// Whether a request is to change something (RFC 9110, section 9.2.1): also one whose method Rocket has no
/// name for.
pub fn changes_something(request: &Request<'_>) -> bool {
    is_unsafe(request.method())
}

fn is_unsafe(method: Method) -> bool {
    !matches!(method, Method::Get | Method::Head | Method::Options)
}

/// The route. If it changes something, a request that brings our cookies and says that it comes from elsewhere
/// is refused, whatever else it brings.
pub fn checked(mut route: Route) -> Route {
    if is_unsafe(route.method) {
        route.handler = Box::new(Checked(route.handler));
    }
    route
}

#[derive(Clone)]
struct Checked(Box<dyn Handler>);

#[async_trait]
impl Handler for Checked {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        match brings_ours(request) && says_elsewhere(request) {
            true => Outcome::from(request, Error::from(Elsewhere)),
            false => self.0.handle(request, data).await,
        }
    }
}

/// Whether a browser says so: by `Sec-Fetch-Site` (Fetch Metadata), or an `Origin` that is neither this
/// server nor one that is listed. Who says neither is no browser, and has no cookies but its own.
fn says_elsewhere(request: &Request<'_>) -> bool {
    let mut origins = request.headers().get("Origin").peekable();
    let mut sites = request.headers().get("Sec-Fetch-Site");
    if sites.any(|site| site.trim().eq_ignore_ascii_case("cross-site")) {
        return true;
    }
    if origins.peek().is_none() {
        return false;
    }
    let settings = request.rocket().state::<Settings>().expect("settings are managed at the start");
    let own = settings.public_origin.clone().or_else(|| WebOrigin::asked_for(request));
    !origins.all(|origin| {
        WebOrigin::parse(origin)
            .is_some_and(|origin| own.as_ref() == Some(&origin) || is_listed(&settings.cors, &origin))
    })
}

/// `*` lists nobody, nor does the default of the debug profile.
fn is_listed(cors: &CorsOrigins, origin: &WebOrigin) -> bool {
    match cors {
        CorsOrigins::Any | CorsOrigins::Localhost => false,
        CorsOrigins::Listed(listed) => {
            listed.iter().any(|listed| WebOrigin::parse(listed).as_ref() == Some(origin))
        }
    }
}
