use std::convert::Infallible;
use std::net::IpAddr;

use rocket::request::{FromRequest, Outcome};
use rocket::{Request, async_trait};

use super::address;

/// What fits USER_SESSIONS.USER_AGENT, in bytes.
const USER_AGENT_MAX_BYTES: usize = 512;

/// What a request says of where it comes from, for the person whose session it is.
#[derive(Debug, Clone)]
pub struct Device {
    /// The client's address.
    pub address: IpAddr,
    /// What it calls itself (RFC 9110, section 10.1.5): its own claim, and no more of it than is kept.
    pub user_agent: Option<String>,
}

impl Device {
    /// What this request says.
    pub fn of(request: &Request<'_>) -> Self {
        let user_agent = request.headers().get_one("User-Agent").map(cut).filter(|text| !text.is_empty());
        Self { address: address(request), user_agent }
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for Device {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(request))
    }
}

fn cut(text: &str) -> String {
    let end = (0..=USER_AGENT_MAX_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text[..end.unwrap_or(0)].trim().to_owned()
}
