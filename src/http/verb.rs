use std::collections::BTreeMap;

use rocket::Request;
use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, async_trait};

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

/// A route, or what answers a method of a path that Rocket has no name for.
pub enum Endpoint {
    /// One of Rocket's.
    Route(Box<Route>),
    /// One of such a method.
    Verb(&'static str, String, Box<dyn Handler>),
}

impl Endpoint {
    /// What answers a method that Rocket has no name for.
    pub fn of_verb(verb: &'static str, path: &str, handler: impl Handler) -> Self {
        Self::Verb(verb, path.to_owned(), Box::new(handler))
    }

    /// The path, and the method that a client sends.
    pub fn taken(&self) -> (String, &'static str) {
        match self {
            Self::Route(route) => (route.uri.path().to_owned(), route.method.as_str()),
            Self::Verb(verb, path, _) => (path.clone(), verb),
        }
    }
}

impl From<Route> for Endpoint {
    fn from(route: Route) -> Self {
        Self::Route(Box::new(route))
    }
}

/// All routes of Rocket's: for each path of which methods are taken that it has no name for, one that
/// answers them all.
pub fn routes(endpoints: Vec<Endpoint>) -> Vec<Route> {
    let (mut routes, mut verbs) = (Vec::new(), BTreeMap::<String, ByVerb>::new());
    for endpoint in endpoints {
        match endpoint {
            Endpoint::Route(route) => routes.push(*route),
            Endpoint::Verb(verb, path, handler) => {
                verbs.entry(path).or_default().0.insert(verb, handler);
            }
        }
    }
    routes.extend(verbs.into_iter().map(|(path, by_verb)| Route::new(STANDS_FOR_OTHERS, &path, by_verb)));
    routes
}

/// Leaves requests of other methods to the route behind it.
#[derive(Clone, Default)]
struct ByVerb(BTreeMap<&'static str, Box<dyn Handler>>);

#[async_trait]
impl Handler for ByVerb {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        match verb(request).and_then(|verb| self.0.get(verb)) {
            Some(handler) => handler.handle(request, data).await,
            None => Outcome::forward(data, Status::NotFound),
        }
    }
}
