use std::collections::BTreeMap;

use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, Response, async_trait};

use super::Error;
use crate::watch::watched;

/// Behind every other route.
const RANK: isize = 100;

/// All that Rocket routes.
const METHODS: [Method; 9] = [
    Method::Get,
    Method::Head,
    Method::Put,
    Method::Post,
    Method::Delete,
    Method::Patch,
    Method::Trace,
    Method::Connect,
    Method::Options,
];

/// The routes, and for each of their paths one that answers every other method with a 405, and
/// OPTIONS with what the path takes. Rocket alone says 404 there. Each keeps a record of its
/// requests.
pub fn with_refusals(routes: Vec<Route>) -> Vec<Route> {
    let mut taken = BTreeMap::<String, Vec<Method>>::new();
    for route in &routes {
        let methods = taken.entry(route.uri.to_string()).or_default();
        methods.push(route.method);
        // Rocket answers HEAD by the GET route.
        if route.method == Method::Get {
            methods.push(Method::Head);
        }
    }
    let refusals = taken.into_iter().flat_map(|(path, taken)| {
        let mut allowed: Vec<_> = taken.iter().map(|method| method.as_str()).collect();
        allowed.push("OPTIONS");
        let allowed = allowed.join(", ");
        METHODS
            .into_iter()
            .filter(move |method| !taken.contains(method))
            .map(move |method| Route::ranked(RANK, method, &path, Refusal(allowed.clone())))
    });
    refusals.chain(routes.iter().cloned()).map(watched).collect()
}

#[derive(Clone)]
struct Refusal(String);

#[async_trait]
impl Handler for Refusal {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        if request.method() == Method::Options {
            let mut response = Response::new();
            response.set_status(Status::NoContent);
            response.set_raw_header("Allow", self.0.clone());
            return Outcome::Success(response);
        }
        let refused = Error::new(Status::MethodNotAllowed, "method", "Method not allowed");
        Outcome::from(request, refused.with_header("Allow", self.0.clone()))
    }
}
