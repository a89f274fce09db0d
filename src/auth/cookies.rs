//! The cookies in which browsers keep tokens, as Flask-JWT-Extended names and reads them.

use std::convert::Infallible;

use parking_lot::Mutex;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, Response, async_trait};

use super::{Grant, TokenPair, Tokens};
use crate::http::{
    ACCESS_COOKIE, CSRF_ACCESS_COOKIE, CSRF_REFRESH_COOKIE, Error, REFRESH_COOKIE, Settings, came_by_https,
};

/// What an answer does to its browser's cookies.
#[derive(Clone, Copy)]
pub struct Cookies<'r> {
    lines: &'r Lines,
    secure: bool,
    are_heard: bool,
}

/// The values of `Set-Cookie` that an answer is to have: whatever becomes of the rest of its request, for what
/// they replace may be used up.
#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

#[async_trait]
impl<'r> FromRequest<'r> for Cookies<'r> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(request))
    }
}

impl<'r> Cookies<'r> {
    /// Those of the answer to a request.
    pub fn of(request: &'r Request<'_>) -> Self {
        let settings = request.rocket().state::<Settings>().expect("settings are managed at the start");
        Self {
            lines: request.local_cache(Lines::default),
            secure: settings.cookie_secure || came_by_https(request),
            are_heard: !request.headers().contains("Authorization"),
        }
    }

    /// Puts the tokens of a grant in the place of what the browser has.
    ///
    /// # Errors
    /// A 500 where they cannot be signed.
    pub fn set(&self, tokens: &Tokens, grant: &Grant) -> Result<(), Error> {
        let TokenPair { access_token, refresh_token } =
            tokens.issue_pair(grant).map_err(|error| Error::internal(error.to_string()))?;
        let csrf = grant.csrf.to_string();
        let last = match grant.remember {
            true => format!("; Max-Age={}", tokens.refresh_lifetime().as_secs()),
            false => String::new(),
        };
        *self.lines.0.lock() = self.all([&access_token, &refresh_token, &csrf, &csrf], &last);
        Ok(())
    }

    /// Takes them away.
    pub fn clear(&self) {
        // RFC 6265, section 5.2.2, and what is older than that.
        *self.lines.0.lock() = self.all([""; 4], "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    }

    /// Takes them away if it was they that said who is asking.
    pub fn clear_if_heard(&self) {
        if self.are_heard {
            self.clear();
        }
    }

    /// No `Domain`: no other host is sent them.
    fn all(&self, [access, refresh, csrf_access, csrf_refresh]: [&str; 4], last: &str) -> Vec<String> {
        let secure = if self.secure { "; Secure" } else { "" };
        [
            (ACCESS_COOKIE, access, "; HttpOnly"),
            (REFRESH_COOKIE, refresh, "; HttpOnly"),
            (CSRF_ACCESS_COOKIE, csrf_access, ""),
            (CSRF_REFRESH_COOKIE, csrf_refresh, ""),
        ]
        .map(|(name, value, hidden)| format!("{name}={value}; Path=/; SameSite=Lax{hidden}{secure}{last}"))
        .into()
    }
}

/// Puts them on the answer. Rocket's own jar forgets what guards have set where the answer is an error.
pub struct SetCookies;

#[async_trait]
impl Fairing for SetCookies {
    fn info(&self) -> Info {
        Info { name: "Cookies", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        for line in std::mem::take(&mut *request.local_cache(Lines::default).0.lock()) {
            response.adjoin_raw_header("Set-Cookie", line);
        }
    }
}
