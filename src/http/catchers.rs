use rocket::http::Status;
use rocket::{Catcher, Request, catch, catchers as list};

use super::{Error, Unreadable};
use crate::watch;

/// Gives what guards and the framework itself refuse the body that every error has.
pub fn catchers() -> Vec<Catcher> {
    list![any]
}

#[catch(default)]
fn any(status: Status, request: &Request<'_>) -> Error {
    of_catcher(status, request)
}

/// What a catcher is to answer, in whichever form: what a guard refused, or what the framework did.
pub fn of_catcher(status: Status, request: &Request<'_>) -> Error {
    let unreadable = Unreadable::of(request).map(Error::from);
    let error = unreadable.or_else(|| Error::of_guard(request)).unwrap_or_else(|| match status.code {
        404 => Error::no_such_path(),
        413 => Error::body_too_large(),
        400..=499 => Error::invalid("body", "The request is malformed"),
        _ => Error::internal(status.to_string()),
    });
    watch::salvage(request, error.status());
    error
}
