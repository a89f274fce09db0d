use std::net::SocketAddr;

use rocket::Request;
use rocket::http::{Method, Status};
use rocket::local::asynchronous::{Client, LocalResponse};

use super::Error;

/// Why there is no request that could be routed: what came off the connection is none, or is not whole.
/// The listener leaves it with a request that is made up for the catcher to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no HTTP, or not of this version.
    NoHttp,
    /// Its head is larger than 64 KiB, or has more than a hundred lines.
    HeadTooLarge,
    /// Its head did not come in time.
    HeadTooLate,
    /// What answers it broke down.
    Failed,
}

impl Unreadable {
    /// The catcher's answer to a request that is made up for it: in the one form, with an id, a line of the
    /// log, and counted.
    pub async fn answer(self, client: &Client, remote: SocketAddr) -> LocalResponse<'_> {
        // No path of HTTP: Rocket leaves it to the catcher.
        let mut request = client.req(Method::Get, "");
        request.set_remote(remote);
        request.inner().local_cache(|| Some(self));
        request.dispatch().await
    }

    /// What was left with this request.
    pub fn of(request: &Request<'_>) -> Option<Self> {
        *request.local_cache(|| None)
    }
}

impl From<Unreadable> for Error {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::NoHttp => Self::invalid("body", "The request is malformed"),
            Unreadable::HeadTooLarge => Self::new(
                Status::RequestHeaderFieldsTooLarge,
                "headers",
                "The request's head is larger than 64 KiB, or has more than 100 lines",
            ),
            Unreadable::HeadTooLate => {
                Self::new(Status::RequestTimeout, "headers", "The request's head did not come in time")
            }
            Unreadable::Failed => Self::internal("a fairing panicked"),
        }
    }
}
