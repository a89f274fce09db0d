use std::convert::Infallible;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use crate::http::{Presented, presented};
use crate::text::Locale;

/// The cookie in which a browser keeps what was chosen on it.
pub const THEME_COOKIE: &str = "theme";

/// How a browser would like its pages, whoever is logged in on it.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    /// The language that it likes best (RFC 9110, section 12.5.4).
    pub language: Option<Locale>,
    /// Light or dark, where it was chosen; else as the system has it.
    pub theme: Option<Theme>,
    /// The path and query that it has asked for.
    pub asked_for: String,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// Takes what a form or a cookie says. `None`: as the system has it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// As a cookie, a form and the stylesheet spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Looks {
    /// Those of a request.
    pub fn of(request: &Request<'_>) -> Self {
        let theme = match presented(request, THEME_COOKIE) {
            Presented::One(theme) => Theme::parse(theme),
            Presented::Nothing | Presented::Unclear => None,
        };
        let language = request.headers().get_one("Accept-Language").and_then(first);
        Self { language, theme, asked_for: request.uri().to_string() }
    }
}

/// The first language of the list: browsers put the one that is liked best there.
fn first(list: &str) -> Option<Locale> {
    let tag = list.split([',', ';']).next()?.trim();
    Locale::parse(tag.to_owned()).ok()
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Looks {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self::of(request))
    }
}
