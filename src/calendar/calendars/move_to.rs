use rocket::Request;
use rocket::async_trait;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::CalendarId;
use super::error::NoSuchTarget;
use crate::id::positive_integer;

/// Where the events of a calendar go that is deleted: the query's `move_to`. Left out: nowhere. What is given and is no
/// id, or is given twice, is refused: the events would else be deleted.
pub struct MoveTo(pub Option<CalendarId>);

impl MoveTo {
    /// Takes what a form says.
    ///
    /// # Errors
    /// It is no id.
    pub fn parse(text: &str) -> Result<Self, NoSuchTarget> {
        positive_integer(text).map(|id| Self(Some(CalendarId(id)))).ok_or(NoSuchTarget)
    }
}

#[async_trait]
impl<'r> FromRequest<'r> for MoveTo {
    type Error = NoSuchTarget;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, NoSuchTarget> {
        let query = request.uri().query();
        let given = query.iter().flat_map(|query| query.segments()).filter(|(name, _)| *name == "move_to");
        let given: Vec<_> = given.map(|(_, value)| positive_integer(value).map(CalendarId)).collect();
        match given[..] {
            [] => Outcome::Success(Self(None)),
            [Some(calendar)] => Outcome::Success(Self(Some(calendar))),
            _ => Outcome::Error((Status::BadRequest, NoSuchTarget)),
        }
    }
}
