use rocket::http::Status;
use rocket::response::{Responder, Result};
use rocket::{Catcher, Request, catch, catchers as list};

use super::security_headers::secure;
use super::{Error, Unreadable};
use crate::watch;

/// Gives what guards and the framework itself refuse the body that every error has.
pub fn catchers() -> Vec<Catcher> {
    list![any]
}

/// Its answer has the security headers already: what Rocket refuses before it can be routed, such
/// as an unknown method, passes no fairing.
struct Caught(Error);

impl<'r> Responder<'r, 'static> for Caught {
    fn respond_to(self, request: &'r Request<'_>) -> Result<'static> {
        let mut response = self.0.respond_to(request)?;
        secure(request, &mut response);
        Ok(response)
    }
}

#[catch(default)]
fn any(status: Status, request: &Request<'_>) -> Caught {
    let unreadable = Unreadable::of(request).map(Error::from);
    let error = unreadable.or_else(|| Error::of_guard(request)).unwrap_or_else(|| match status.code {
        404 => Error::no_such_path(),
        413 => Error::body_too_large(),
        400..=499 => Error::invalid("body", "The request is malformed"),
        _ => Error::internal(status.to_string()),
    });
    watch::salvage(request, error.status());
    Caught(error)
}
