use rocket::Request;
use rocket::async_trait;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::Token;
use crate::calendar::calendars::CalendarId;
use crate::http::Error;

/// What the query's `since` says. Left out: nothing has been seen.
pub struct Since(Option<Token>);

/// 400 on `since`: no token, one of another calendar's, or several.
#[derive(Debug)]
pub struct NoToken;

/// 410 on `since`: deletions that it does not know of are forgotten, the database is an older one than it was written by, or
/// the calendar was shared otherwise.
#[derive(Debug)]
pub struct TokenGone;

impl Since {
    /// The token of this calendar.
    pub fn of(self, calendar: CalendarId) -> Result<Option<Token>, NoToken> {
        match self.0 {
            Some(token) if token.calendar != calendar => Err(NoToken),
            token => Ok(token),
        }
    }
}

impl From<NoToken> for Error {
    fn from(NoToken: NoToken) -> Self {
        Self::invalid("since", "Must be the token of an answer about this calendar")
    }
}

impl From<TokenGone> for Error {
    fn from(TokenGone: TokenGone) -> Self {
        Self::new(Status::Gone, "since", "Is not good any more: read everything again")
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for Since {
    type Error = NoToken;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, NoToken> {
        let query = request.uri().query();
        let given = query.iter().flat_map(|query| query.segments()).filter(|(name, _)| *name == "since");
        let given: Vec<_> = given.map(|(_, value)| Token::read(value)).collect();
        match given[..] {
            [] => Outcome::Success(Self(None)),
            [Some(token)] => Outcome::Success(Self(Some(token))),
            _ => Outcome::Error((Status::BadRequest, NoToken)),
        }
    }
}
