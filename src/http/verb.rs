use rocket::Request;
use rocket::http::Method;
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, async_trait};

use super::Error;

/// The method of a request that Rocket has no name for, such as PROPFIND (RFC 4918).
///
/// Rocket routes it as a TRACE. What it really is stands in the request's local cache under this
/// private type, which nothing that a client sends can reach.
struct Verb(Option<String>);

/// What Rocket routes a method as that it has no name for.
pub const STANDS_FOR_OTHERS: Method = Method::Trace;

/// Marks a request as one of such a method.
pub fn mark(request: &Request<'_>, verb: &str) {
    request.local_cache(|| Verb(Some(verb.to_owned())));
}

/// The method of a request, if it is one that Rocket has no name for.
pub fn verb<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    request.local_cache(|| Verb(None)).0.as_deref()
}

/// A route, and the method that it takes if that is none of Rocket's.
pub struct Endpoint {
    pub(super) route: Route,
    pub(super) verb: Option<&'static str>,
}

impl Endpoint {
    /// A route for a method that Rocket has no name for.
    pub fn of_verb(verb: &'static str, path: &str, handler: impl Handler) -> Self {
        let handler = ByVerb { verb, handler: Box::new(handler) };
        Self { route: Route::new(STANDS_FOR_OTHERS, path, handler), verb: Some(verb) }
    }

    /// The method that a client sends.
    pub fn method(&self) -> &'static str {
        self.verb.unwrap_or(self.route.method.as_str())
    }
}

impl From<Route> for Endpoint {
    fn from(route: Route) -> Self {
        Self { route, verb: None }
    }
}

/// Leaves requests of other methods to the routes behind it.
#[derive(Clone)]
struct ByVerb {
    verb: &'static str,
    handler: Box<dyn Handler>,
}

#[async_trait]
impl Handler for ByVerb {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        match verb(request) == Some(self.verb) {
            true => self.handler.handle(request, data).await,
            false => Outcome::forward(data, Error::no_such_path().status()),
        }
    }
}
