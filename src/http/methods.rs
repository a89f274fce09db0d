use std::collections::BTreeMap;

use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request, Response, async_trait};

use super::from_here::checked;
use super::{Endpoint, Error, verb};
use crate::watch::watched;

/// Behind every other route; behind a path that is written out those that take any segment in its place.
const RANK: isize = 100;

/// All that Rocket routes; those that it has no name for come as TRACE.
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
/// requests, and those that change something refuse a browser's that come from elsewhere.
pub fn with_refusals(endpoints: Vec<impl Into<Endpoint>>) -> Vec<Route> {
    let endpoints: Vec<Endpoint> = endpoints.into_iter().map(Into::into).collect();
    let mut taken = BTreeMap::<String, Vec<&'static str>>::new();
    for endpoint in &endpoints {
        let (path, method) = endpoint.taken();
        let methods = taken.entry(path).or_default();
        methods.push(method);
        // Rocket answers HEAD by the GET route.
        if method == "GET" {
            methods.push("HEAD");
        }
    }
    let refusals = taken.into_iter().flat_map(|(path, taken)| {
        let allowed = [&taken[..], &["OPTIONS"]].concat().join(", ");
        METHODS.into_iter().filter(move |method| !taken.contains(&method.as_str())).map(move |method| {
            let rank = RANK + path.matches('<').count().cast_signed();
            Route::ranked(rank, method, &path, Refusal(allowed.clone()))
        })
    });
    refusals.chain(verb::routes(endpoints).into_iter().map(checked)).map(watched).collect()
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
