use rocket::request::FromParam;

use super::error::NoSuchEvent;
use crate::id::positive_integer;

/// CALENDAR_EVENTS.ID in a path. What is no id names no event: there is nothing to ask the
/// database for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventId(pub i64);

impl<'a> FromParam<'a> for EventId {
    type Error = NoSuchEvent;

    fn from_param(segment: &'a str) -> Result<Self, NoSuchEvent> {
        positive_integer(segment).map(Self).ok_or(NoSuchEvent)
    }
}
