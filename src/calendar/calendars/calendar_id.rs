use rocket::request::FromParam;

use super::error::NoSuchCalendar;
use crate::id::positive_integer;

/// CALENDARS.ID. What is no id in a path names no calendar: there is nothing to ask the database for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarId(pub i64);

impl<'a> FromParam<'a> for CalendarId {
    type Error = NoSuchCalendar;

    fn from_param(segment: &'a str) -> Result<Self, NoSuchCalendar> {
        positive_integer(segment).map(Self).ok_or(NoSuchCalendar)
    }
}
