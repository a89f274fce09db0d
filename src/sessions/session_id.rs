use rocket::request::FromParam;
use uuid::Uuid;

use super::error::NoSuchSession;

/// USER_SESSIONS.ID in a path. What is no id names no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionId(pub Uuid);

impl<'a> FromParam<'a> for SessionId {
    type Error = NoSuchSession;

    /// Written as we write it, or not at all: one session has one path.
    fn from_param(segment: &'a str) -> Result<Self, NoSuchSession> {
        let id: Uuid = segment.parse().map_err(|_| NoSuchSession)?;
        (id.to_string() == segment).then_some(Self(id)).ok_or(NoSuchSession)
    }
}
