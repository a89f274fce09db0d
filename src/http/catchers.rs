use rocket::http::Status;
use rocket::{Catcher, Request, catch, catchers as list};

use crate::error::Error;
use crate::watch;

/// Gives what guards and the framework itself refuse the body that every error has.
pub fn catchers() -> Vec<Catcher> {
    list![any]
}

#[catch(default)]
fn any(status: Status, request: &Request<'_>) -> Error {
    watch::salvage(request, status);
    Error::of_guard(request).unwrap_or_else(|| match status.code {
        404 => Error::NoSuchPath,
        413 => Error::BodyTooLarge,
        400..=499 => Error::invalid("body", "The request is malformed"),
        _ => Error::Internal(format!("{status}")),
    })
}
